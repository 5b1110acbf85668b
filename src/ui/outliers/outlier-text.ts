/** Outliers in words. */
import type { OutlierField, OutlierSet, OutlierValue, RequestFact } from '../../model/answers-outliers.ts';
import type { ChainEnd } from '../../model/service.ts';

/** As in "the …". */
export const SET_NAMES: Readonly<Record<OutlierSet, string>> = {
  slow10: 'slowest 10\u00a0%',
  slow5: 'slowest 5\u00a0%',
  slow1: 'slowest 1\u00a0%',
  failed: 'failed requests',
};

export const SET_TITLES: Readonly<Record<OutlierSet, string>> = {
  slow10: 'Slowest 10\u00a0%',
  slow5: 'Slowest 5\u00a0%',
  slow1: 'Slowest 1\u00a0%',
  failed: 'Failed',
};

export const PERCENTILES: Readonly<Record<Exclude<OutlierSet, 'failed'>, string>> = {
  slow10: '90th',
  slow5: '95th',
  slow1: '99th',
};

const FACT_NAMES: Readonly<Record<RequestFact, string>> = {
  endpoint: 'endpoint',
  instance: 'instance',
  caller: 'caller',
  chain: 'chain',
  outcome: 'outcome',
  reason: 'reason',
  httpStatus: 'HTTP status',
  grpcStatus: 'gRPC status',
};

const ENDS: Readonly<Record<ChainEnd, string>> = {
  userAction: 'none: a user action itself',
  entryPoint: 'none: an entry point',
  callerMissing: 'missing in the data',
};

export function describeField(field: OutlierField): string {
  return field.kind === 'request' ? FACT_NAMES[field.name] : field.key;
}

export function describeValue({ field, value, path }: OutlierValue): string {
  if (value === null) return field.kind === 'request' && field.name === 'reason' ? 'did not fail' : 'not set';
  if (value === '') return '(empty)';
  const isEnd = field.kind === 'request' && field.name === 'caller' && path === null;
  return isEnd ? (ENDS[value as ChainEnd] ?? value) : value;
}

/** `db.name = orders` */
export function describePair(value: OutlierValue): string {
  return `${describeField(value.field)} = ${describeValue(value)}`;
}

/** An adjusted chance, never 0. */
export function describeChance(chance: number): string {
  if (chance < 0.001) return '<\u00a00.001';
  return chance.toFixed(3).replace(/\.?0+$/, '');
}
