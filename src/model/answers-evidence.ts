/** The requests behind a number (docs/figures.md, Evidence). */
import type { ChainPath, Timeframe } from './answers.ts';
import type { FindingKey, UncountedKey } from './answers-hotspots.ts';
import type { FateSelection } from './answers-impact.ts';
import type { RuleChange } from './answers-rules.ts';
import type { Sampled } from './answers-spans.ts';
import type { Condition } from './conditions.ts';
import type { RequestKind, Split, SplitValue, TopChoice } from './answers-top.ts';
import type { Ruleset } from './ruleset.ts';
import type { ChainEnd, ServiceRef } from './service.ts';

/** Where the number was read. */
export type EvidencePlace =
  /** At a node of the backtrace; path[0] is the target service itself. */
  | { readonly kind: 'node'; readonly path: ChainPath }
  /**
   * At a node of the service flow of the requests at the node `path`; down[0] is their own service. Here calls and
   * failedCalls list the root requests that led to requests at the place, `hit` says that the root request failed,
   * and `callee` whether one of the requests at the place that the root request led to failed.
   */
  | { readonly kind: 'flow'; readonly path: ChainPath; readonly down: ChainPath }
  /** At the ends of all chains (Impact). */
  | { readonly kind: 'ends' }
  /** Caller requests of a hop over all chains; of these only requests and failedRequests. */
  | { readonly kind: 'hop'; readonly caller: ServiceRef; readonly callee: ServiceRef }
  /** What a finding of the hotspots of the requests at the node `path` counts; of these only requests and failedRequests. */
  | { readonly kind: 'finding'; readonly path: ChainPath; readonly finding: FindingKey | UncountedKey }
  /** In a group of the top requests, of all services; of these only requests and failedRequests. */
  | {
      readonly kind: 'top';
      readonly of: RequestKind;
      readonly splits: readonly Split[];
      readonly values: readonly SplitValue[];
    }
  /** In the groups of the top requests that are not told one by one; of these only requests and failedRequests. */
  | { readonly kind: 'rest'; readonly choice: TopChoice }
  /** What would change if `after` held instead of the rules in force (RulesPreview): of all data, whatever the filter. */
  | { readonly kind: 'rules'; readonly after: Ruleset; readonly change: keyof RuleChange };

export type TopPlace = Extract<EvidencePlace, { kind: 'top' | 'rest' }>;
export type RulesPlace = Extract<EvidencePlace, { kind: 'rules' }>;

/** Of no service: of the requests of all of them. */
export function isOfAllServices(place: EvidencePlace): place is TopPlace | RulesPlace {
  return place.kind === 'top' || place.kind === 'rest' || place.kind === 'rules';
}

/** As in NodeFigures. calls and failedCalls list target requests, the others requests at the place. */
export type EvidenceCount =
  'calls' | 'failedCalls' | 'requests' | 'failedRequests' | 'hit' | 'hitFailed' | 'notHit' | 'notHitFailed';

/** Tables that are read from the spans of the requests at a node, of many from a sample (docs/figures.md, Samples). */
export const SIGHTING_TABLES = ['stacks', 'code', 'methods', 'pages', 'proxies', 'headers'] as const;

/** A row of such a table. */
export interface Sighting {
  readonly in: (typeof SIGHTING_TABLES)[number];
  /** The texts that tell it from the other rows; empty: what was looked at and is in no row. */
  readonly as: readonly string[];
}

/** In what requests of a service flow differ for the request that it begins with. */
export const WAITS = ['waitedFor', 'asynchronous'] as const;
/** RetriesAnswer; the last attempts stand for their operations. */
export const OPERATIONS = [
  'operations',
  'retried',
  'recovered',
  'exhausted',
  'notRetried',
  'withoutCaller',
] as const;
/** DisagreementAnswer; agreed: fine to both or failed to both. */
export const AGREEMENTS = [
  'bothFine',
  'bothFailed',
  'agreed',
  'callerOnly',
  'callerOnlyBy4xx',
  'serviceOnly',
  'withoutView',
] as const;

/**
 * All conditions must hold; one that is left out holds. They are about the requests at the place, but the last
 * four about target requests.
 */
export interface EvidenceSelection {
  readonly place: EvidencePlace;
  readonly count: EvidenceCount;
  /** Of the requests that the view is compared with, side b of the same data; or of those that are on both sides. */
  readonly side?: 'b' | 'both';
  /** Chains that end at the place, in this way or in any; known: with a user action or an entry point. */
  readonly end?: ChainEnd | 'any' | 'known';
  /** What the data cannot tell counts too: where the caller is missing, `end` and `fate` hold. */
  readonly orMissing?: true;
  readonly service?: ServiceRef;
  /** Called a request of this service. */
  readonly calling?: ServiceRef;
  /** Called by a request of this service. */
  readonly calledBy?: ServiceRef;
  /** With this chain to its end, their own service first. */
  readonly chain?: ChainPath;
  readonly here?: Condition;
  readonly endpoint?: string;
  readonly instance?: string;
  readonly reason?: string;
  readonly httpStatus?: number;
  /** Failed, and the cause lies (CausesAnswer) in the requests themselves or in callees further down; there, with this reason. */
  readonly cause?: { readonly own: boolean; readonly service?: ServiceRef; readonly reason?: string };
  /** In whose spans this was seen, of those that were looked at. */
  readonly seen?: Sighting;
  /** Of a flow: has the request a part of the critical path, or does nobody wait for it? */
  readonly waits?: (typeof WAITS)[number];
  /** A bar of the histogram, ns, half-open; to null: no upper end. */
  readonly durationNs?: { readonly from: number; readonly to: number | null };
  /** A bar over time. */
  readonly start?: Timeframe;
  /** Of a hop, or of a node and the one below it: did a request that it made of the callee fail? */
  readonly callee?: 'failed' | 'fine';
  /** Only target requests that failed with this fate, at this place if one is given. */
  readonly fate?: FateSelection;
  /** Only the last attempts of these operations, or target requests whose attempts cannot be seen. */
  readonly operation?: (typeof OPERATIONS)[number];
  /** Only target requests that caller and service see so. */
  readonly agreement?: (typeof AGREEMENTS)[number];
  /** Only target requests that this holds for. */
  readonly where?: Condition;
}

export const EVIDENCE_SORTS = [
  'start',
  'duration',
  'failed',
  'service',
  'endpoint',
  'instance',
  'status',
] as const;
export type EvidenceSort = (typeof EVIDENCE_SORTS)[number];

export interface EvidencePage {
  readonly sort: EvidenceSort;
  readonly descending: boolean;
  readonly offset: number;
  /** At most 1000 rows are given. */
  readonly limit: number;
}

export interface EvidenceRow {
  /** Ids of the span that stands for the request: 32 and 16 lower-case hex digits. */
  readonly traceId: string;
  readonly spanId: string;
  /** Record number of the span that stands for the request: its position over all segments. */
  readonly span: number;
  /** null: no time. */
  readonly start: bigint | null;
  readonly durationMs: number;
  readonly service: ServiceRef;
  readonly endpoint: string;
  readonly instance: string;
  readonly failed: boolean;
  /** '' where it did not fail. */
  readonly reason: string;
  /** null: none. */
  readonly httpStatus: number | null;
  /** From the end of the chain (first) to the request itself (last). */
  readonly chain: readonly ServiceRef[];
}

export interface EvidenceAnswer {
  readonly found: boolean;
  /** Requests in all: exactly the number that was asked about. */
  readonly total: number;
  /** Out of how many requests, where spans were read (`seen`); null: all were looked at. */
  readonly sampled: Sampled | null;
  readonly offset: number;
  readonly rows: readonly EvidenceRow[];
}
