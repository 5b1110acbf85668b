/** Where the response time of the target requests goes (docs/figures.md, Hotspots). Times are ns, as exact sums. */
import type { Target } from './answers.ts';
import type { ServiceRef } from './service.ts';

/** A place below the target: the target itself, a service that it calls, one that this calls, … */
export interface HotspotNode {
  readonly service: ServiceRef;
  /** Place of its caller in the list of nodes; −1: the target itself. */
  readonly caller: number;
  /** Distinct requests here, and those of them that were on the critical path. */
  readonly requests: number;
  readonly failedRequests: number;
  readonly waitedFor: number;
  /** What of the response time of the target requests goes here: own time and callees. */
  readonly timeNs: bigint;
  /** Of it, what no callee takes. */
  readonly ownNs: bigint;
  /** Share of the response time of a single target request, over all of them; 0..1. Of the target and what it calls itself; null further down. */
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

export interface HotspotFinding {
  readonly key: FindingKey;
  /** Distinct requests of the caller; of a statement, those of the database. */
  readonly requests: number;
  /** Calls that these requests waited for; of two callees: pairs of calls. */
  readonly calls: number;
  /** In the request with most. */
  readonly mostCalls: number;
  /** Of the response time of the target: all these calls; of two callees the shorter of each pair, the most that could be won. */
  readonly timeNs: bigint;
}

export interface HotspotsAnswer {
  readonly target: Target;
  readonly found: boolean;
  /** The target first; a node before its callees, these by time, then name, then type. */
  readonly nodes: readonly HotspotNode[];
  /** Most time first. */
  readonly findings: readonly HotspotFinding[];
  /** Calls below the target with a part outside of their caller's time, which is not counted. */
  readonly outside: number;
  /** Calls below the target without a time. */
  readonly withoutTime: number;
}
