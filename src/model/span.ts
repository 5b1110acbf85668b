/**
 * The one shape that all formats deliver, in OpenTelemetry's words (SEMANTICS.md §1).
 * The hot readers never build this object (they push into a SpanSink); it is what the
 * record-at-a-time readers, the demo and the tests speak, and what one span looks like when shown.
 */

/** OTLP numbering: 0 unspecified, 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
export type SpanKind = 0 | 1 | 2 | 3 | 4 | 5;

export const KIND_UNSET = 0;
export const KIND_INTERNAL = 1;
export const KIND_SERVER = 2;
export const KIND_CLIENT = 3;
export const KIND_PRODUCER = 4;
export const KIND_CONSUMER = 5;

/** OTLP numbering: 0 unset, 1 ok, 2 error. */
export type StatusCode = 0 | 1 | 2;

export const STATUS_UNSET = 0;
export const STATUS_OK = 1;
export const STATUS_ERROR = 2;

/** Arrays and maps are carried as JSON text with the type 'json'. */
export type AttributeValue =
  | { readonly type: 'string' | 'json' | 'bytes'; readonly value: string }
  | { readonly type: 'int' | 'double'; readonly value: string }
  | { readonly type: 'bool'; readonly value: boolean };

/** A Map and not an object: keys such as `__proto__` are just strings. First writer of a key wins. */
export type Attributes = ReadonlyMap<string, AttributeValue>;

export interface SpanEvent {
  readonly name: string;
  /** Unix epoch, ns; null where the format gives none. */
  readonly timeUnixNano: bigint | null;
  readonly attributes: Attributes;
}

export interface SpanLink {
  /** 32 lower-case hex digits. */
  readonly traceId: string;
  /** 16 lower-case hex digits. */
  readonly spanId: string;
}

export interface Resource {
  readonly attributes: Attributes;
}

export interface Scope {
  readonly name: string;
  readonly version: string;
}

export interface Span {
  /** 32 lower-case hex digits; a 64-bit id is zero-extended on the left. */
  readonly traceId: string;
  /** 16 lower-case hex digits. */
  readonly spanId: string;
  /** 16 lower-case hex digits; null: the span names no parent. */
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly kind: SpanKind;
  /** Unix epoch, ns; null: the record bears no time. */
  readonly startUnixNano: bigint | null;
  /** ns, never negative; null: the record bears no end. */
  readonly durationNs: number | null;
  readonly status: StatusCode;
  readonly statusMessage: string;
  /** Zipkin: the server half of a pair that shares its client half's id. */
  readonly shared: boolean;
  /** It only adds to a span that other records tell (an error that is a document of its own), and is none itself. */
  readonly partial?: boolean;
  readonly resource: Resource;
  readonly scope: Scope;
  readonly attributes: Attributes;
  readonly events: readonly SpanEvent[];
  readonly links: readonly SpanLink[];
}
