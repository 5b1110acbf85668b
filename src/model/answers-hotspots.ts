/**
 * Where the response time of the requests at a node of the backtrace goes (docs/figures.md, Hotspots): at its root, of
 * the target requests. Times are ns, as exact sums.
 */
import type { ChainPath, Target } from './answers.ts';
import type { Sampled } from './answers-spans.ts';
import type { NamedServices, ServiceRef } from './service.ts';
import type { SpanKind } from './span.ts';

/** A place: the node's service itself, a service that it calls, one that this calls, … */
export interface HotspotNode extends NamedServices {
  /** Place of its caller in the list of nodes; −1: the node's service itself. */
  readonly caller: number;
  /** Distinct requests here, and those of them that were on the critical path. */
  readonly requests: number;
  readonly failedRequests: number;
  readonly waitedFor: number;
  /** What of the response time goes here: own time and callees. */
  readonly timeNs: bigint;
  /** Of it, what no callee takes. */
  readonly ownNs: bigint;
  /** Share of the response time of a single request at the node, over all of them, 0..1: of the first one's own time, and of what it calls; null further down. */
  readonly shares: { readonly median: number; readonly p95: number } | null;
}

/** What was found, in requests of `caller`. */
export type FindingKey =
  /** Many calls of one endpoint, one after another (N+1). */
  | {
      readonly kind: 'repeated';
      readonly caller: ServiceRef;
      readonly callee: ServiceRef;
      readonly endpoint: string;
    }
  /** A call to one service and, when it had ended, one to another. */
  | {
      readonly kind: 'sequential';
      readonly caller: ServiceRef;
      readonly first: ServiceRef;
      readonly second: ServiceRef;
    }
  /** Calls of one endpoint of a database. */
  | { readonly kind: 'statement'; readonly callee: ServiceRef; readonly endpoint: string };

/** Calls below that do not count in full (HotspotsAnswer). */
export interface UncountedKey {
  readonly kind: 'outside' | 'withoutTime';
}

export function isUncounted(key: FindingKey | UncountedKey): key is UncountedKey {
  return key.kind === 'outside' || key.kind === 'withoutTime';
}

export interface HotspotFinding {
  readonly key: FindingKey;
  /** Distinct requests of the caller; of a statement, those of the database. */
  readonly requests: number;
  /** Calls that these requests waited for; of two callees: pairs of calls. */
  readonly calls: number;
  /** In the request with most. */
  readonly mostCalls: number;
  /** Of the response time: all these calls; of two callees the shorter of each pair, the most that could be won. */
  readonly timeNs: bigint;
}

export interface HotspotsAnswer {
  readonly target: Target;
  readonly path: ChainPath;
  /** The node's service first; a node before its callees, these by time, then name, then type. Empty: no request came this way. */
  readonly nodes: readonly HotspotNode[];
  /** Most time first. */
  readonly findings: readonly HotspotFinding[];
  /** Calls below with a part outside of their caller's time, which is not counted. */
  readonly outside: number;
  /** Calls below without a time. */
  readonly withoutTime: number;
}

/** Spans of one name, kind and code within the requests that were looked at. Times are ns. */
export interface MethodRow {
  /** Tells it from the other rows: Sighting. */
  readonly seenAs: readonly string[];
  readonly name: string;
  readonly kind: SpanKind;
  /** '': the spans name no function. */
  readonly code: string;
  /** File and line as written; '' where none is given. */
  readonly place: string;
  /** Is it own code, as far as its name tells? null: the spans name no function. */
  readonly own: boolean | null;
  readonly spans: number;
  readonly requests: number;
  /** Without what their children cover. */
  readonly selfNs: number;
  /** What of the critical paths of the requests falls to these spans themselves. */
  readonly criticalNs: number;
  /** One span: the one with most self time. */
  readonly traceId: string;
  readonly spanId: string;
}

export interface MethodsAnswer {
  readonly found: boolean;
  readonly sampled: Sampled;
  /** Most self time first. */
  readonly rows: readonly MethodRow[];
  /** Rows beyond the first that are not given. */
  readonly leftOut: number;
  /** Sum of the response times of the requests that were looked at: criticalNs of all rows and of the callees' spans. */
  readonly responseNs: number;
  readonly calleesNs: number;
  /** Of all rows. */
  readonly selfNs: number;
}
