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

/** As a sink takes it. */
export function sinkValue({ type, value }: AttributeValue): { type: ValueType; text: string } {
  return { type: VALUE_TYPES[type], text: String(value) };
}

/** Keeps the resources that it has described, so that equal ones are described once per epoch of the sink. */
export class SpanEmitter {
  readonly #sink: SpanSink;
  #epoch = -1;
  readonly #slots = new Map<string, ResourceSlot>();
  /** By service, the resource seen last: the next one of the service mostly is the same. */
  readonly #latest = new Map<unknown, { readonly attributes: Attributes; readonly slot: ResourceSlot }>();
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
    const { attributes } = resource;
    const service = attributes.get('service.name')?.value;
    const latest = this.#latest.get(service);
    if (latest && haveSame(latest.attributes, attributes)) return latest.slot;
    const content = contentOf(attributes);
    const slot = this.#slots.get(content) ?? this.#describe(attributes);
    // Describing may end the epoch; the slot opened last outlives it.
    if (this.#epoch !== this.#sink.epoch) this.#forget();
    this.#slots.set(content, slot);
    this.#latest.set(service, { attributes, slot });
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
    this.#latest.clear();
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

/** The same keys and values, in whatever order. */
function haveSame(some: Attributes, others: Attributes): boolean {
  if (some === others) return true;
  if (some.size !== others.size) return false;
  for (const [key, { type, value }] of some) {
    const other = others.get(key);
    if (!other || other.value !== value || other.type !== type) return false;
  }
  return true;
}

/** Eight hex digits. */
function word(hex: string, at: number): number {
  let value = 0;
  for (let i = at; i < at + 8; i++) {
    const c = hex.charCodeAt(i);
    // Digits, then letters of either case.
    value = (value << 4) | (c <= 0x39 ? c & 15 : (c & 15) + 9);
  }
  return value >>> 0;
}

function isInstant(time: bigint | null): time is bigint {
  return time !== null && time > 0n && time <= LARGEST;
}

/** Its two words, through memory: arithmetic would make bigints of them first. */
const instant = new DataView(new ArrayBuffer(8));

function high(time: bigint): number {
  instant.setBigUint64(0, time);
  return instant.getUint32(0);
}

function low(time: bigint): number {
  instant.setBigUint64(0, time);
  return instant.getUint32(4);
}
