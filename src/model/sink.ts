/**
 * How a format hands spans on (DESIGN.md §1): it pushes what it finds, field by field, and text
 * as byte ranges, so that nothing needs to become a JavaScript string or object per span.
 *
 * Order of calls: openResource … resourceAttribute* … closeResource may surround, precede or
 * follow the spans that use the slot (Jaeger names its processes after the spans).
 * A span: openSpan, then setters in any order (of one called again the last call counts, unless it is said to be
 * repeated), then closeSpan (kept) or discardSpan (as if never opened: more bytes are needed, or it is broken).
 */
import type { SpanKind, StatusCode } from './span.ts';

/** Index into the sink's dictionary; valid until `epoch` changes. 0 is the empty text. */
export type TextId = number;
/** A resource being described; valid until closeResource and the last span of it have passed. */
export type ResourceSlot = number;
export type ScopeId = number;

/** What an attribute's text stands for. 'json': arrays and maps as JSON text. */
export const VALUE_STRING = 0;
export const VALUE_INT = 1;
export const VALUE_DOUBLE = 2;
export const VALUE_BOOL = 3;
export const VALUE_JSON = 4;
export const VALUE_BYTES = 5;
export type ValueType = 0 | 1 | 2 | 3 | 4 | 5;

export interface SpanSink {
  /** Changes whenever earlier TextIds and ScopeIds became invalid. Only ever changes inside closeSpan or closeResource. */
  readonly epoch: number;

  /** Interns UTF-8 bytes [from, to), free of escapes. */
  text(bytes: Uint8Array, from: number, to: number): TextId;
  /** Interns a JavaScript string. */
  textOf(value: string): TextId;

  /** `service` (the format's own field for it, e.g. Jaeger's process.serviceName) is added as attribute `service.name` by the format. */
  openResource(): ResourceSlot;
  /**
   * More spans of `slot`, which was opened in this epoch and is closed, will come. Of closed resources only the one
   * opened or repeated last outlives the epoch.
   */
  repeatResource(slot: ResourceSlot): void;
  resourceAttribute(slot: ResourceSlot, key: TextId, type: ValueType, value: TextId): void;
  /** Its attributes are complete. */
  closeResource(slot: ResourceSlot): void;
  /** Forgets an unfinished resource and its attributes so that it can be read again from the start. */
  resetResource(slot: ResourceSlot): void;

  scope(name: TextId, version: TextId): ScopeId;

  openSpan(resource: ResourceSlot, scope: ScopeId): void;
  /** 128 bits as four big-endian 32-bit words. */
  traceId(a: number, b: number, c: number, d: number): void;
  spanId(hi: number, lo: number): void;
  /** Not called, or 0/0: no parent. */
  parentSpanId(hi: number, lo: number): void;
  name(text: TextId): void;
  kind(kind: SpanKind): void;
  /** Unix epoch ns as an unsigned 64-bit integer in two 32-bit words; 0/0: no time. */
  startUnixNano(hi: number, lo: number): void;
  /** As startUnixNano. Give either end or duration. 0/0: no end. */
  endUnixNano(hi: number, lo: number): void;
  /** ns; may be negative (a clock problem, kept as 0 and counted). */
  durationNs(ns: number): void;
  status(code: StatusCode): void;
  statusMessage(text: TextId): void;
  /** Zipkin's `shared`. */
  shared(): void;
  /** The record only adds to a span that other records tell. */
  partial(): void;
  /** Repeated. The first of a key counts. */
  attribute(key: TextId, type: ValueType, value: TextId): void;
  /** Repeated; later eventAttribute calls belong to it. 0/0: no time. */
  event(name: TextId, timeHi: number, timeLo: number): void;
  eventAttribute(key: TextId, type: ValueType, value: TextId): void;
  /** Repeated. Sets name and time of the event opened last (formats that give attributes first). */
  amendEvent(name: TextId, timeHi: number, timeLo: number): void;
  /** Repeated. */
  link(a: number, b: number, c: number, d: number, spanHi: number, spanLo: number): void;

  /** Keeps the span; it counts as one record. */
  closeSpan(): void;
  /** Undoes openSpan and all since; counts nothing. */
  discardSpan(): void;
}
