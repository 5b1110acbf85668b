import type { ResourceSlot, ScopeId, SpanSink, TextId, ValueType } from '../model/sink.ts';
import type { SpanKind, StatusCode } from '../model/span.ts';
import { narrowed } from '../util/narrow-numbers.ts';
import { AttributeBuilder } from './attribute-builder.ts';
import { growableU32 } from './growable.ts';
import { ResourceBuilder } from './resource-builder.ts';
import { COLUMNS_VERSION, FLAG_PARTIAL, FLAG_SHARED } from './segment.ts';
import type { Segment } from './segment.ts';
import { blankFields, SpanColumns } from './span-columns.ts';
import { TextPool } from './text-pool.ts';

export interface SegmentLimits {
  readonly spans: number;
  /** Bytes of distinct text. */
  readonly textBytes: number;
}

const DEFAULT_LIMITS: SegmentLimits = { spans: 65_536, textBytes: 16 * 1024 * 1024 };
/** Distinct (name, version) pairs of instrumentation scopes; pairs are keyed as name × 2^26 + version. */
const SCOPE_KEY_SHIFT = 2 ** 26;

/** Fills growing columns and hands on a sealed Segment whenever one is full. */
export class SegmentBuilder implements SpanSink {
  epoch = 0;
  /** Spans closed so far, over all segments. */
  spans = 0;

  readonly #onSegment: (segment: Segment) => void;
  readonly #limits: SegmentLimits;
  readonly #texts = new TextPool(16_384, 1 << 20);
  readonly #resources = new ResourceBuilder();
  readonly #scopeRows = new Map<number, ScopeId>();
  readonly #scopeNames = growableU32(16);
  readonly #scopeVersions = growableU32(16);

  readonly #columns = new SpanColumns();
  readonly #attributes = new AttributeBuilder();
  readonly #eventStarts = growableU32();
  readonly #eventNames = growableU32();
  readonly #eventTimes = growableU32();
  readonly #eventAttributes = new AttributeBuilder();
  readonly #linkSpans = growableU32();
  readonly #linkIds = growableU32();

  /** The span being built; written to the columns by closeSpan. */
  readonly #span = blankFields();
  #eventOpen = false;

  constructor(onSegment: (segment: Segment) => void, limits: SegmentLimits = DEFAULT_LIMITS) {
    this.#onSegment = onSegment;
    this.#limits = limits;
    this.#eventStarts.push(0);
  }

  text(bytes: Uint8Array, from: number, to: number): TextId {
    return this.#texts.intern(bytes, from, to);
  }

  textOf(value: string): TextId {
    return this.#texts.internString(value);
  }

  openResource(): ResourceSlot {
    return this.#resources.open();
  }

  repeatResource(slot: ResourceSlot): void {
    this.#resources.repeat(slot);
  }

  resourceAttribute(slot: ResourceSlot, key: TextId, type: ValueType, value: TextId): void {
    this.#resources.attribute(slot, key, type, value);
  }

  closeResource(slot: ResourceSlot): void {
    this.#resources.close(slot);
    this.#sealIfFull();
  }

  resetResource(slot: ResourceSlot): void {
    this.#resources.reset(slot);
  }

  scope(name: TextId, version: TextId): ScopeId {
    const key = name * SCOPE_KEY_SHIFT + version;
    const known = this.#scopeRows.get(key);
    if (known !== undefined) return known;
    const row = this.#scopeNames.length;
    this.#scopeNames.push(name);
    this.#scopeVersions.push(version);
    this.#scopeRows.set(key, row);
    return row;
  }

  openSpan(resource: ResourceSlot, scope: ScopeId): void {
    const span = this.#span;
    span.resource = resource;
    span.scope = scope;
    span.parentHi = span.parentLo = span.startHi = span.startLo = span.endHi = span.endLo = 0;
    span.duration = NaN;
    span.name = span.statusMessage = span.kind = span.status = span.marks = 0;
    span.traceA = span.traceB = span.traceC = span.traceD = span.idHi = span.idLo = 0;
    this.#eventOpen = false;
  }

  traceId(a: number, b: number, c: number, d: number): void {
    const span = this.#span;
    span.traceA = a;
    span.traceB = b;
    span.traceC = c;
    span.traceD = d;
  }

  spanId(hi: number, lo: number): void {
    this.#span.idHi = hi;
    this.#span.idLo = lo;
  }

  parentSpanId(hi: number, lo: number): void {
    this.#span.parentHi = hi;
    this.#span.parentLo = lo;
  }

  name(text: TextId): void {
    this.#span.name = text;
  }

  kind(kind: SpanKind): void {
    this.#span.kind = kind;
  }

  startUnixNano(hi: number, lo: number): void {
    this.#span.startHi = hi;
    this.#span.startLo = lo;
  }

  endUnixNano(hi: number, lo: number): void {
    this.#span.endHi = hi;
    this.#span.endLo = lo;
  }

  durationNs(ns: number): void {
    this.#span.duration = ns;
  }

  status(code: StatusCode): void {
    this.#span.status = code;
  }

  statusMessage(text: TextId): void {
    this.#span.statusMessage = text;
  }

  shared(): void {
    this.#span.marks |= FLAG_SHARED;
  }

  partial(): void {
    this.#span.marks |= FLAG_PARTIAL;
  }

  attribute(key: TextId, type: ValueType, value: TextId): void {
    this.#attributes.add(key, type, value);
  }

  event(name: TextId, timeHi: number, timeLo: number): void {
    if (this.#eventOpen) this.#eventAttributes.endRow();
    this.#eventOpen = true;
    this.#eventNames.push(name);
    this.#eventTimes.push(timeHi);
    this.#eventTimes.push(timeLo);
  }

  eventAttribute(key: TextId, type: ValueType, value: TextId): void {
    this.#eventAttributes.add(key, type, value);
  }

  amendEvent(name: TextId, timeHi: number, timeLo: number): void {
    this.#eventNames.values[this.#eventNames.length - 1] = name;
    this.#eventTimes.values[this.#eventTimes.length - 2] = timeHi;
    this.#eventTimes.values[this.#eventTimes.length - 1] = timeLo;
  }

  link(a: number, b: number, c: number, d: number, spanHi: number, spanLo: number): void {
    this.#linkSpans.push(this.#columns.count);
    for (const word of [a, b, c, d, spanHi, spanLo]) this.#linkIds.push(word);
  }

  closeSpan(): void {
    this.#columns.push(this.#span);
    this.#attributes.endRow();
    if (this.#eventOpen) this.#eventAttributes.endRow();
    this.#eventOpen = false;
    this.#eventStarts.push(this.#eventNames.length);
    this.spans++;
    this.#sealIfFull();
  }

  discardSpan(): void {
    const { count } = this.#columns;
    this.#eventOpen = false;
    this.#attributes.rollBack(count);
    const events = this.#eventStarts.values[count];
    this.#eventNames.length = events;
    this.#eventTimes.length = events * 2;
    this.#eventAttributes.rollBack(events);
    let links = this.#linkSpans.length;
    while (links > 0 && this.#linkSpans.values[links - 1] === count) links--;
    this.#linkSpans.length = links;
    this.#linkIds.length = links * 6;
  }

  /** Hands on what is left and forgets all but its room, which the next file may use. */
  finish(): void {
    if (this.#columns.count > 0) this.#seal();
    this.#forget();
    this.#resources.clear();
  }

  #sealIfFull(): void {
    const { count } = this.#columns;
    const full = count >= this.#limits.spans || this.#texts.byteLength >= this.#limits.textBytes;
    // A resource whose attributes are still awaited (Jaeger names processes last) would be lost.
    if (full && count > 0 && this.#resources.unclosed === 0) this.#seal();
  }

  #seal(): void {
    const { columns: resources, rowOfSlot, firstSlot } = this.#resources.seal();
    const texts = this.#texts.seal();
    const segment: Segment = {
      columnsVersion: COLUMNS_VERSION,
      spanCount: this.#columns.count,
      ...this.#columns.seal(rowOfSlot, firstSlot),
      attributes: this.#attributes.seal(),
      eventStarts: narrowed(this.#eventStarts.view()),
      eventNames: narrowed(this.#eventNames.view()),
      eventTimes: this.#eventTimes.seal(),
      eventAttributes: this.#eventAttributes.seal(),
      linkSpans: narrowed(this.#linkSpans.view()),
      linkIds: this.#linkIds.seal(),
      resources,
      scopeNames: narrowed(this.#scopeNames.view()),
      scopeVersions: narrowed(this.#scopeVersions.view()),
      texts,
    };
    this.#forget();
    this.#resources.carryOver(texts, this.#texts);
    this.#onSegment(segment);
  }

  /** All but the resources. */
  #forget(): void {
    this.epoch++;
    this.#texts.clear();
    this.#scopeRows.clear();
    this.#columns.clear();
    for (const column of [
      this.#scopeNames,
      this.#scopeVersions,
      this.#eventNames,
      this.#eventTimes,
      this.#linkSpans,
      this.#linkIds,
    ]) {
      column.length = 0;
    }
    this.#eventStarts.length = 1;
    this.#attributes.clear();
    this.#eventAttributes.clear();
  }
}
