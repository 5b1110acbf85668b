/** Requests of all services, split by what they bear, by a measure (docs/figures.md, Top requests). */
import type { Filter, InData, ResponseTime } from './answers.ts';
import type { AttributeScope } from './conditions.ts';
import type { ServiceRef } from './service.ts';

/** Which requests are looked at. */
export const REQUEST_KINDS = ['web', 'all', 'database', 'queue', 'third-party'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** Endpoints and instances are told apart by service too. */
export const SPLIT_FACTS = [
  'service',
  'endpoint',
  'instance',
  'status',
  'method',
  'reason',
  'caller',
  'userAction',
] as const;
export type SplitFact = (typeof SPLIT_FACTS)[number];

/** What requests are split by. */
export type Split =
  | { readonly kind: 'fact'; readonly name: SplitFact }
  | { readonly kind: 'attribute'; readonly scope: AttributeScope; readonly key: string };

export const MEASURES = [
  'requests',
  'failedRequests',
  'failureRate',
  'average',
  'median',
  'p95',
  'sum',
  'share',
  'perMinute',
] as const;
export type Measure = (typeof MEASURES)[number];

/** How requests are split and ranked. */
export interface TopChoice {
  readonly kind: RequestKind;
  /** One or two: the second splits the groups of the first. */
  readonly splits: readonly Split[];
  readonly measure: Measure;
  /** Groups that are told one by one. */
  readonly top: number;
}

export interface TopParams {
  /** Its chains do not count: they are about one service. */
  readonly filter: Filter;
  readonly choice: TopChoice;
}

/** What the requests of a group bear. */
export interface SplitValue {
  /** null: nothing. Of a caller and a user action without a service: how the chain ends. */
  readonly value: string | null;
  /** Whose endpoint, instance or user action it is, or the service or caller itself; null: said of none. */
  readonly service: ServiceRef | null;
}

export interface TopFigures {
  readonly requests: number;
  readonly failedRequests: number;
  readonly responseTime: ResponseTime;
  /** Sum of response times, ms. */
  readonly sum: number;
  /** Of the sum over all groups; 0..1. */
  readonly share: number;
  /** null: no timeframe to divide by. */
  readonly perMinute: number | null;
  /** The measure in each bar over time; null: no request there. */
  readonly overTime: readonly (number | null)[];
  /** Where the figures are estimates of the whole. */
  readonly inData?: InData;
}

export interface TopRow extends TopFigures {
  /** One for each split. */
  readonly values: readonly SplitValue[];
}

export interface TopAnswer {
  /** What was asked for. */
  readonly choice: TopChoice;
  /** Most of the measure first. */
  readonly rows: readonly TopRow[];
  /** All other groups as one; null: there are none. */
  readonly rest: (TopFigures & { readonly groups: number }) | null;
  /** All groups as one: what the rows and the rest add up to. */
  readonly all: TopFigures;
  /** Bars over time begin here and are this wide, ns. */
  readonly bars: readonly bigint[];
  readonly widthNs: bigint;
}
