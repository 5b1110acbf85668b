/** The resource of a ResourceSpans in protobuf → a slot of the sink. Those that repeat are recognised by their bytes. */
import type { ResourceSlot, SpanSink } from '../model/sink.ts';
import { KnownMessages } from './known-messages.ts';
import { ProtobufAttributes } from './otlp-protobuf-attributes.ts';
import type { ValueRemarks } from './otlp-protobuf-json.ts';
import { RESOURCE_ATTRIBUTES } from './otlp-protobuf-tags.ts';
import type { ProtobufCursor } from './protobuf.ts';

export interface ResourceRemarks extends ValueRemarks {
  /** The same spans have a resource already. */
  secondResource(): void;
}

/** Its slot can be repeated in this epoch of the sink. */
interface KnownResource {
  slot: ResourceSlot;
  epoch: number;
}

const NO_SLOT: ResourceSlot = -1;

export class ProtobufResourceReader {
  readonly #cursor: ProtobufCursor;
  readonly #sink: SpanSink;
  readonly #remarks: ResourceRemarks;
  readonly #attributes: ProtobufAttributes;
  readonly #known = new KnownMessages<KnownResource>();
  /** NO_SLOT: neither the resource nor a span of it was met yet. */
  #slot = NO_SLOT;
  #isOpen = false;

  constructor(cursor: ProtobufCursor, sink: SpanSink, remarks: ResourceRemarks) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#remarks = remarks;
    this.#attributes = new ProtobufAttributes(cursor, sink, remarks);
  }

  /** A ResourceSpans begins. */
  begin(): void {
    this.#slot = NO_SLOT;
  }

  /** Of its spans, whose resource may come after them. */
  get slot(): ResourceSlot {
    if (this.#slot === NO_SLOT) this.#open();
    return this.#slot;
  }

  /** The Resource from the cursor to `limit`, all of it in the window. The first of a ResourceSpans counts. */
  read(limit: number): void {
    const known = this.#known.find(this.#cursor, limit);
    if (this.#slot !== NO_SLOT && !this.#isOpen) this.#remarks.secondResource();
    else if (known && this.#slot === NO_SLOT && known.epoch === this.#sink.epoch) {
      this.#sink.repeatResource(known.slot);
      this.#slot = known.slot;
    } else this.#readNew(limit, known);
  }

  /** The ResourceSpans has ended. */
  end(): void {
    if (this.#isOpen) this.#sink.closeResource(this.#slot);
    this.#isOpen = false;
  }

  #open(): void {
    this.#slot = this.#sink.openResource();
    this.#isOpen = true;
  }

  #readNew(limit: number, known: KnownResource | null): void {
    const cursor = this.#cursor;
    const list = this.#attributes;
    const { epoch } = this.#sink;
    const { pos } = cursor;
    const { repairs } = list;
    const isBeforeSpans = this.#slot === NO_SLOT;
    if (isBeforeSpans) this.#open();
    const slot = this.#slot;
    list.begin();
    while (cursor.pos < limit) {
      const field = cursor.varint();
      if (field !== RESOURCE_ATTRIBUTES) cursor.skip(field, limit);
      else if (list.read(cursor.fieldEnd(limit))) {
        this.#sink.resourceAttribute(slot, list.key, list.type, list.value);
      }
    }
    cursor.expectAt(limit);
    this.end();
    if (!isBeforeSpans) return;
    if (known) {
      known.slot = slot;
      known.epoch = epoch;
    } else if (list.repairs === repairs) this.#known.keep(cursor, pos, limit, { slot, epoch });
  }
}
