/** Answers that are read from single spans (docs/figures.md, Traces). Plain data; instants are ns. */
import type { ChainPath, Filter, Target } from './answers.ts';
import type { ChainEnd, ServiceRef } from './service.ts';
import type { Span, SpanKind, StatusCode } from './span.ts';

/** Of the requests at a node of the backtrace; path[0] is the target service itself. */
export interface NodeParams {
  readonly target: Target;
  readonly filter: Filter;
  readonly path: ChainPath;
}

/** What is odd about the time of a span. */
export type ClockMark =
  'no time' | 'ends before it starts' | 'starts before its parent' | 'ends after its parent';

export interface TraceSpan {
  /** Record number of its first record. */
  readonly record: number;
  readonly spanId: string;
  /** Place in the answer's spans; null: none in the data. */
  readonly parent: number | null;
  /** Names a parent that is not in the data. */
  readonly parentMissing: boolean;
  readonly depth: number;
  readonly service: ServiceRef;
  readonly name: string;
  readonly kind: SpanKind;
  /** ns after the start of the trace; null: no time. */
  readonly startNs: number | null;
  /** null: no end. */
  readonly durationNs: number | null;
  readonly status: StatusCode;
  /** It bears an exception. */
  readonly exception: boolean;
  /** Times of its events, ns after the start of the trace; of many only the first. */
  readonly events: readonly number[];
  /** Place in the answer's requests of the request that it is part of; null: unknown. */
  readonly request: number | null;
  /** The span opens that request. */
  readonly opens: boolean;
  /** Place of the inferred request that the span stands for; null: none. */
  readonly inferred: number | null;
  /** Parts of the span on the critical path, ns after the start of the trace, ascending. */
  readonly critical: readonly (readonly [from: number, to: number])[];
  readonly clock: readonly ClockMark[];
}

/** A request that a span of the trace opens or stands for, or one that such a request's chain leads over. */
export interface TraceRequest {
  readonly service: ServiceRef;
  readonly endpoint: string;
  readonly failed: boolean;
  /** '' where it did not fail. */
  readonly reason: string;
  /** Place in the answer's requests; null: the chain ends here. */
  readonly caller: number | null;
  /** How the chain ends; null where it has a caller. */
  readonly end: ChainEnd | null;
  /** Place of its opening span in the answer's spans; null: in another trace. */
  readonly span: number | null;
  readonly traceId: string;
  readonly spanId: string;
}

export interface TraceAnswer {
  readonly found: boolean;
  readonly traceId: string;
  /** Parents before children, siblings by start. */
  readonly spans: readonly TraceSpan[];
  readonly requests: readonly TraceRequest[];
  /** Start of the first span; null: none bears a time. */
  readonly start: bigint | null;
  /** From the first start to the last end. */
  readonly durationNs: number;
  /** Records of the trace that are not shown because there are too many. */
  readonly leftOut: number;
}

export interface SpanDetails {
  readonly span: Span;
  /** Records of the span beyond the first. */
  readonly duplicates: number;
  /** Characters that were cut off its longest values. */
  readonly charactersCut: number;
}

/** How much was looked at: spans are read for some requests only where there are many. */
export interface Sampled {
  /** Requests that the answer is about. */
  readonly requests: number;
  /** Those of them whose spans were read: spread evenly over them. */
  readonly looked: number;
}

export interface StackFrame {
  /** As the language writes it: `com.shop.Cart.add`, `add_item`; '' where none is given. */
  readonly code: string;
  /** File and line as written: `Cart.java:12`; '' where none is given. */
  readonly place: string;
  /** Not of a library or the language itself, as far as its name tells. */
  readonly own: boolean;
  /** A `Caused by` line, after which the frames of the cause follow. */
  readonly cause: boolean;
}

export interface StackGroup {
  /** Tells it from the other rows: Sighting. */
  readonly seenAs: readonly string[];
  readonly type: string;
  /** Without ids and numbers. */
  readonly message: string;
  /** One message as it was written. */
  readonly example: string;
  readonly language: string;
  /** Innermost first; empty: the exceptions bear no stack. */
  readonly frames: readonly StackFrame[];
  readonly service: ServiceRef;
  readonly exceptions: number;
  readonly requests: number;
  readonly failedRequests: number;
  readonly traceId: string;
  readonly spanId: string;
}

/** Code that made the calls (`code.*` of the calling spans). */
export interface CodePlace {
  /** Tells it from the other rows: Sighting. */
  readonly seenAs: readonly string[];
  readonly service: ServiceRef;
  readonly code: string;
  readonly place: string;
  readonly spanName: string;
  readonly requests: number;
  readonly failedRequests: number;
  readonly traceId: string;
  readonly spanId: string;
}

export interface StackTracesAnswer {
  readonly found: boolean;
  /** Of the requests in which an exception was recorded. */
  readonly exceptions: Sampled;
  readonly groups: readonly StackGroup[];
  /** Of all requests at the node. */
  readonly calls: Sampled;
  readonly places: readonly CodePlace[];
  /** Looked at, but no calling span is in the data, or it says nothing of its code. */
  readonly withoutCallingSpan: number;
  readonly withoutCode: number;
}

export interface ReferrerRow {
  /** Tells it from the other rows: Sighting. */
  readonly seenAs: readonly string[];
  /** Origin and path, without query and fragment. */
  readonly page: string;
  /** 'header': the request names the page that it was made from. 'user action': the page of the user action that called. */
  readonly source: 'header' | 'user action';
  readonly requests: number;
  readonly failedRequests: number;
}

export interface ReferrersAnswer {
  readonly found: boolean;
  readonly sampled: Sampled;
  readonly rows: readonly ReferrerRow[];
  /** Looked at, without any sign of a page. */
  readonly without: number;
}

export type ProxySign =
  'proxy span' | 'forwarded header' | 'via header' | 'product header' | 'client and peer address differ';

export interface ProxyRow {
  /** Tells it from the other rows: Sighting. */
  readonly seenAs: readonly string[];
  /** Name of the proxy, its address or its product. */
  readonly proxy: string;
  readonly sign: ProxySign;
  /** Attribute that says so; of a span its service. */
  readonly where: string;
  readonly requests: number;
  readonly failedRequests: number;
}

export interface ProxiesAnswer {
  readonly found: boolean;
  readonly sampled: Sampled;
  readonly rows: readonly ProxyRow[];
  /** Looked at, without any sign of a proxy. */
  readonly without: number;
  /** Looked at, with any request header recorded: only there a missing header means something. */
  readonly withHeaders: number;
}

export interface CauseRow {
  /** In which the cause lies. */
  readonly service: ServiceRef;
  readonly reason: string;
  /** The cause lies in the requests themselves. */
  readonly own: boolean;
  /** Failed requests at the node that have this cause. */
  readonly failedRequests: number;
  /** One request with the cause. */
  readonly traceId: string;
  readonly spanId: string;
}

export interface CausesAnswer {
  readonly found: boolean;
  readonly failedRequests: number;
  readonly causes: readonly CauseRow[];
}
