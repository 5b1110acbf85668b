/** What sets the slowest or the failed requests at a node of the backtrace apart from its others (docs/figures.md, Outliers). */
import type { ChainPath } from './answers.ts';
import type { Interval } from './answers-impact.ts';

/** The slowest tenth, twentieth and hundredth, and those that failed. */
export const OUTLIER_SETS = ['slow10', 'slow5', 'slow1', 'failed'] as const;
export type OutlierSet = (typeof OUTLIER_SETS)[number];

/** Facts of a request that the request table knows. */
export const REQUEST_FACTS = [
  'endpoint',
  'instance',
  'caller',
  'chain',
  'outcome',
  'reason',
  'httpStatus',
  'grpcStatus',
] as const;
export type RequestFact = (typeof REQUEST_FACTS)[number];

/** What is compared: a fact of the request, or an attribute of its opening span or of the span's resource. */
export type OutlierField =
  | { readonly kind: 'request'; readonly name: RequestFact }
  | { readonly kind: 'span' | 'resource'; readonly key: string };

export interface OutlierValue {
  readonly field: OutlierField;
  /** null: the requests that bear no such value. */
  readonly value: string | null;
  /** Of a caller or a chain: as a node of the backtrace; null: it is no such. */
  readonly path: ChainPath | null;
}

export interface OutlierRow extends OutlierValue {
  /** Outliers with the value, and other target requests with it. */
  readonly inside: number;
  readonly outside: number;
  /** Share among the outliers − share among the others, > 0. */
  readonly difference: number;
  /** 95 %. */
  readonly interval: Interval;
  /** Chance of as many or more among the outliers, adjusted for the comparisons. */
  readonly chance: number;
  /** Other values that exactly the same requests bear. */
  readonly alike: readonly OutlierValue[];
}

/** A bar of response times, [fromNs, toNs). */
export interface OutlierBar {
  readonly fromNs: number;
  /** null: no upper end. */
  readonly toNs: number | null;
  readonly outliers: number;
  readonly others: number;
}

/** A key whose rarer values were not compared. */
export interface HiddenValues {
  readonly field: OutlierField;
  readonly values: number;
}

export interface OutliersAnswer {
  readonly found: boolean;
  readonly set: OutlierSet;
  readonly outliers: number;
  readonly others: number;
  /** ns: the shortest of the slow ones; null: the set is no slow one, or nobody is in it. */
  readonly cutNs: number | null;
  readonly bars: readonly OutlierBar[];
  /** Distinct sets of requests that were tested. */
  readonly comparisons: number;
  /** Of these over-represented, and beyond chance. */
  readonly overRepresented: number;
  readonly beyondChance: number;
  /** Those beyond chance first, then by difference; at most 300 of the over-represented. */
  readonly rows: readonly OutlierRow[];
  /** Keys that were compared. */
  readonly keys: number;
  /** Keys whose values tell requests apart, not kinds of requests; at most 200, as of the following. */
  readonly ids: readonly OutlierField[];
  readonly hidden: readonly HiddenValues[];
  /** Keys that belong to these two and are not named. */
  readonly unnamed: number;
}
