/** Plain spans into a sink: for the formats that read a record at a time. */
import type { ResourceSlot, SpanSink, TextId, ValueType } from '../model/sink.ts';
import { VALUE_BOOL, VALUE_BYTES, VALUE_DOUBLE, VALUE_INT, VALUE_JSON, VALUE_STRING } from '../model/sink.ts';
import type { Attributes, AttributeValue, Resource, Span } from '../model/span.ts';

const VALUE_TYPES: Readonly<Record<AttributeValue['type'], ValueType>> = {
  string: VALUE_STRING,
  int: VALUE_INT,
  double: VALUE_DOUBLE,
  bool: VALUE_BOOL,
  json: VALUE_JSON,
  bytes: VALUE_BYTES,
};
const TEXTS_KEPT = 10_000;
const LONGEST_KEPT = 60;
const LARGEST = 0xffff_ffff_ffff_ffffn;
const LOW_WORD = 0xffff_ffffn;

/** As a sink takes it. */
export function sinkValue({ type, value }: AttributeValue): { type: ValueType; text: string } {
  return { type: VALUE_TYPES[type], text: String(value) };
}

/** Keeps the resources that it has described, so that equal ones are described once per epoch of the sink. */
export class SpanEmitter {
  readonly #sink: SpanSink;
  #epoch = -1;
  readonly #slots = new Map<string, ResourceSlot>();
  #slotOf = new WeakMap<Resource, ResourceSlot>();
  /** Ids of texts that come again and again, of this epoch. */
  readonly #texts = new Map<string, TextId>();

  constructor(sink: SpanSink) {
    this.#sink = sink;
  }

  #text(text: string): TextId {
    const known = this.#texts.get(text);
    if (known !== undefined) return known;
    const id = this.#sink.textOf(text);
    if (text.length > LONGEST_KEPT) return id;
    if (this.#texts.size >= TEXTS_KEPT) this.#texts.clear();
    this.#texts.set(text, id);
    return id;
  }

  emit(span: Span): void {
    const sink = this.#sink;
    const resource = this.#resource(span.resource);
    sink.openSpan(resource, sink.scope(this.#text(span.scope.name), this.#text(span.scope.version)));
    sink.traceId(
      word(span.traceId, 0),
      word(span.traceId, 8),
      word(span.traceId, 16),
      word(span.traceId, 24),
    );
    sink.spanId(word(span.spanId, 0), word(span.spanId, 8));
    if (span.parentSpanId !== null) {
      sink.parentSpanId(word(span.parentSpanId, 0), word(span.parentSpanId, 8));
    }
    sink.name(this.#text(span.name));
    sink.kind(span.kind);
    if (isInstant(span.startUnixNano)) sink.startUnixNano(high(span.startUnixNano), low(span.startUnixNano));
    if (span.durationNs !== null) sink.durationNs(span.durationNs);
    sink.status(span.status);
    sink.statusMessage(this.#text(span.statusMessage));
    if (span.shared) sink.shared();
    if (span.partial) sink.partial();
    for (const [key, value] of span.attributes) {
      sink.attribute(this.#text(key), VALUE_TYPES[value.type], this.#text(String(value.value)));
    }
    this.#events(span);
    for (const { traceId, spanId } of span.links) {
      sink.link(
        word(traceId, 0),
        word(traceId, 8),
        word(traceId, 16),
        word(traceId, 24),
        word(spanId, 0),
        word(spanId, 8),
      );
    }
    sink.closeSpan();
  }

  #events(span: Span): void {
    const sink = this.#sink;
    for (const { name, timeUnixNano, attributes } of span.events) {
      const time = isInstant(timeUnixNano) ? timeUnixNano : 0n;
      sink.event(this.#text(name), high(time), low(time));
      for (const [key, value] of attributes) {
        sink.eventAttribute(this.#text(key), VALUE_TYPES[value.type], this.#text(String(value.value)));
      }
    }
  }

  #resource(resource: Resource): ResourceSlot {
    if (this.#epoch !== this.#sink.epoch) this.#forget();
    let slot = this.#slotOf.get(resource);
    if (slot !== undefined) return slot;
    const content = contentOf(resource.attributes);
    slot = this.#slots.get(content) ?? this.#describe(resource.attributes);
    // Describing may end the epoch; the slot opened last outlives it.
    if (this.#epoch !== this.#sink.epoch) this.#forget();
    this.#slots.set(content, slot);
    this.#slotOf.set(resource, slot);
    return slot;
  }

  #describe(attributes: Attributes): ResourceSlot {
    const sink = this.#sink;
    const slot = sink.openResource();
    for (const [key, value] of attributes) {
      sink.resourceAttribute(slot, this.#text(key), VALUE_TYPES[value.type], this.#text(String(value.value)));
    }
    sink.closeResource(slot);
    return slot;
  }

  #forget(): void {
    this.#slots.clear();
    this.#texts.clear();
    this.#slotOf = new WeakMap();
    this.#epoch = this.#sink.epoch;
  }
}

const emitters = new WeakMap<SpanSink, SpanEmitter>();

/** Pushes one span with its resource, through the sink's one emitter. */
export function emitSpan(sink: SpanSink, span: Span): void {
  const emitter = emitters.get(sink) ?? new SpanEmitter(sink);
  emitters.set(sink, emitter);
  emitter.emit(span);
}

function contentOf(attributes: Attributes): string {
  let content = '';
  for (const [key, { type, value }] of attributes) content += `${key}\u0000${type}\u0000${value}\u0001`;
  return content;
}

function word(hex: string, at: number): number {
  return Number.parseInt(hex.slice(at, at + 8), 16) >>> 0;
}

function isInstant(time: bigint | null): time is bigint {
  return time !== null && time > 0n && time <= LARGEST;
}

function high(time: bigint): number {
  return Number(time >> 32n);
}

function low(time: bigint): number {
  return Number(time & LOW_WORD);
}
