/**
 * What the screens ask and what they are told: plain data that crosses the thread border.
 * Rates and shares are 0..1, response times are ms, instants are ns as bigint (SEMANTICS.md §8).
 */
import type { Condition } from './conditions.ts';
import type { ChainEnd, NamedServices, ServiceRef, Verdict } from './service.ts';

/** Half-open [from, to) in ns since the epoch; tests the start of the target request. null: open side. */
export interface Timeframe {
  readonly from: bigint | null;
  readonly to: bigint | null;
}

/** A node of a backtrace: the target service first, then its callers outward. */
export type ChainPath = readonly ServiceRef[];

/**
 * Only target requests whose chain, read backwards, begins with this path and whose requests there fit the
 * conditions; with `exclude` only the others.
 */
export interface ChainFilter {
  readonly path: ChainPath;
  readonly exclude: boolean;
  /** steps[i] is about the request at path[i]; null or left out: any. */
  readonly steps: readonly (Condition | null)[];
}

/** Only target requests whose resource bears one of the values under the key. */
export interface ZoneFilter {
  readonly key: string;
  readonly values: readonly string[];
}

/** All of it must hold. */
export interface Filter {
  readonly timeframe: Timeframe;
  readonly chains: readonly ChainFilter[];
  /** About the target requests. null: any. */
  readonly where: Condition | null;
  readonly zones: readonly ZoneFilter[];
  /** Counts as estimates of the whole, where the data says how many its spans stand for (SEMANTICS §9). */
  readonly extrapolated?: boolean;
}

/** What is in the data, where the counts beside it are estimates of the whole. */
export type InData = Partial<
  Readonly<Record<'calls' | 'failedCalls' | 'requests' | 'failedRequests', number>>
>;

/** The filter that every request passes. */
export const EVERYTHING: Filter = {
  timeframe: { from: null, to: null },
  chains: [],
  where: null,
  zones: [],
};

export function throughChain(path: ChainPath): ChainFilter {
  return { path, exclude: false, steps: [] };
}

/** The requests under analysis before filters: those of one service, optionally one endpoint or instance. */
export interface Target {
  readonly service: ServiceRef;
  /**
   * Services whose requests are analysed together with its own. At the root of chains and nodes `service` stands
   * for all of them.
   */
  readonly others?: readonly ServiceRef[];
  readonly endpoint: string | null;
  readonly instance: string | null;
}

/** All in ms, exact (nearest rank). All 0 where count is 0. */
export interface ResponseTime {
  readonly count: number;
  readonly average: number;
  readonly median: number;
  readonly p75: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export interface ChainEnds {
  readonly userAction: number;
  readonly entryPoint: number;
  readonly callerMissing: number;
}

/** The figures of SEMANTICS.md §6 at one node of a backtrace. */
export interface NodeFigures {
  readonly calls: number;
  readonly failedCalls: number;
  readonly requests: number;
  readonly failedRequests: number;
  /** calls ÷ |T|; 0 where T is empty. */
  readonly share: number;
  readonly hit: number;
  readonly hitFailed: number;
  /** Requests that led only to successful calls, and those of them that failed: the baseline. */
  readonly notHit: number;
  readonly notHitFailed: number;
  /** Calls whose chain ends at this node, by kind of end. */
  readonly ends: ChainEnds;
  readonly responseTime: ResponseTime;
  readonly inData?: InData;
}

export interface BacktraceNode extends NodeFigures, NamedServices {
  /** Sorted by calls descending, then name, then type. */
  readonly callers: readonly BacktraceNode[];
}

/** What happened at the end of the chains of the failed calls (SEMANTICS.md §6, Impact). */
export interface Impact {
  readonly verdict: Verdict;
  /** Distinct end-of-chain requests by kind: all, those hit by a failure, those of them that failed. */
  readonly ends: Readonly<Record<ChainEnd, { requests: number; hit: number; hitFailed: number }>>;
  /** Baseline over all ends: requests not hit and those of them that failed. */
  readonly notHit: number;
  readonly notHitFailed: number;
  /** Distinct users / sessions among the hit ends; null where the data has no such id. */
  readonly users: { hit: number; hitFailed: number } | null;
  readonly sessions: { hit: number; hitFailed: number } | null;
}

export interface BacktraceAnswer {
  readonly target: Target;
  /** false: the data holds no such service (a link from elsewhere); then root has zeros. */
  readonly found: boolean;
  readonly root: BacktraceNode;
  readonly impact: Impact;
  /** Target requests without the filters: "x of y requests". */
  readonly unfiltered: number;
}

/** One bar of a chart over time. Requests by start, in [from, from + widthNs). */
export interface TimeBucket {
  readonly from: bigint;
  readonly requests: number;
  readonly failedRequests: number;
  /** ms; null where there is no request. */
  readonly median: number | null;
  readonly p95: number | null;
  /** Where the counts are estimates of the whole. */
  readonly inData?: InData;
}

export interface TimeSeries {
  readonly widthNs: bigint;
  readonly buckets: readonly TimeBucket[];
  /** Requests of 1970 that the chart leaves out (docs/figures.md, Time near 1970); left out: none. */
  readonly undrawn?: number;
}

export interface ServiceRow {
  readonly service: ServiceRef;
  readonly requests: number;
  readonly failedRequests: number;
  /** ms */
  readonly median: number;
  readonly p95: number;
  /** Sum of response times ÷ the sum over all services; 0..1. */
  readonly shareOfTime: number;
  /** A traced service bears the same name or address: "called here, but its span is missing". */
  readonly tracedTwin: boolean;
  readonly inData?: InData;
}

export interface ServicesAnswer {
  readonly services: readonly ServiceRow[];
}

export interface EndpointRow {
  readonly name: string;
  readonly requests: number;
  readonly failedRequests: number;
  readonly responseTime: ResponseTime;
  readonly inData?: InData;
}

export interface ReasonRow {
  readonly reason: string;
  readonly failedRequests: number;
  readonly inData?: InData;
}

/** Key figures of one service (screen 3). */
export interface ServiceAnswer {
  readonly target: Target;
  readonly found: boolean;
  readonly requests: number;
  readonly failedRequests: number;
  readonly responseTime: ResponseTime;
  readonly instances: number;
  readonly tracedTwin: boolean;
  readonly series: TimeSeries;
  readonly endpoints: readonly EndpointRow[];
  readonly reasons: readonly ReasonRow[];
  readonly inData?: InData;
}

/** How far the data was sampled. */
export interface SamplingAnswer {
  readonly requests: number;
  /** How many they stand for. */
  readonly estimate: number;
  /** Requests that stand for another number than one. */
  readonly weighted: number;
}

/** Endpoint of a selected node, or a user action: its requests to the next service of the chain. */
export interface NodeEndpointRow {
  readonly name: string;
  /** Of which service. The same for all rows but on the root. */
  readonly requests: number;
  readonly failedRequests: number;
  readonly calls: number;
  readonly failedCalls: number;
  readonly responseTime: ResponseTime;
  readonly inData?: InData;
}

/** Details of a selected node of the backtrace. */
export interface NodeAnswer {
  readonly path: ChainPath;
  readonly found: boolean;
  readonly figures: NodeFigures;
  /** True: the rows of `endpoints` are user actions. */
  readonly userActions: boolean;
  readonly endpoints: readonly NodeEndpointRow[];
  /** Requests at the node over time (start of the node's request). */
  readonly series: TimeSeries;
  readonly reasons: readonly ReasonRow[];
}

/** First and last start in the data; null where it holds no request. */
export interface DataRange {
  readonly from: bigint;
  /** Exclusive: one ns after the last start. */
  readonly to: bigint;
}
