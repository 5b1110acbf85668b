/** The vocabulary of TraceQL as far as conditions go: https://grafana.com/docs/tempo/latest/traceql/construct-traceql-queries/ */
import { ATTRIBUTE_SCOPES, INTRINSICS } from '../model/conditions.ts';
import type { AttributeScope, ConditionField, Intrinsic } from '../model/conditions.ts';

/** Intrinsics as TraceQL wrote them before they had a scope. */
const OLD_INTRINSICS: ReadonlyMap<string, Intrinsic> = new Map([
  ['duration', 'span:duration'],
  ['name', 'span:name'],
  ['status', 'span:status'],
  ['statusMessage', 'span:statusMessage'],
  ['kind', 'span:kind'],
]);

export const STATUSES = ['error', 'ok', 'unset'] as const;
export const KINDS = ['server', 'client', 'producer', 'consumer', 'internal', 'unspecified'] as const;

/** ns */
export const DURATION_UNITS: ReadonlyMap<string, number> = new Map([
  ['ns', 1],
  ['us', 1e3],
  ['µs', 1e3],
  ['μs', 1e3],
  ['ms', 1e6],
  ['s', 1e9],
  ['m', 60e9],
  ['h', 3600e9],
  ['d', 86_400e9],
]);

/** What an intrinsic is compared with; attributes take any value. */
export type ValueType = 'text' | 'duration' | 'boolean' | 'status' | 'kind' | 'any';

export function valueTypeOf(field: ConditionField): ValueType {
  if (field.kind === 'attribute') return 'any';
  if (field.name === 'span:duration') return 'duration';
  if (field.name === 'request:failed') return 'boolean';
  if (field.name === 'request:httpStatus') return 'any';
  if (field.name === 'span:status') return 'status';
  return field.name === 'span:kind' ? 'kind' : 'text';
}

/** undefined: no intrinsic. */
export function findIntrinsic(word: string): Intrinsic | undefined {
  return OLD_INTRINSICS.get(word) ?? INTRINSICS.find((name) => name === word);
}

/** Of `span` and the like; `any` is written as a bare dot. undefined: no scope. */
export function findScope(word: string): AttributeScope | undefined {
  return word === '' ? 'any' : ATTRIBUTE_SCOPES.find((scope) => scope !== 'any' && scope === word);
}

const FOREIGN_SCOPES = ['event', 'link', 'instrumentation', 'parent', 'trace'];
const FOREIGN_INTRINSICS = [
  'rootName',
  'rootServiceName',
  'traceDuration',
  'childCount',
  'nestedSetLeft',
  'nestedSetRight',
  'nestedSetParent',
];
const PIPELINE = ['count', 'avg', 'max', 'min', 'sum', 'by', 'coalesce', 'select', 'rate', 'with'];
const ENGLISH: ReadonlyMap<string, string> = new Map([
  ['and', '&&'],
  ['or', '||'],
  ['not', '!'],
  ['AND', '&&'],
  ['OR', '||'],
  ['NOT', '!'],
]);

export function isEnglish(word: string): boolean {
  return ENGLISH.has(word);
}

/** Why a word cannot stand where an attribute or intrinsic must. */
export function refuseWord(word: string): string {
  const english = ENGLISH.get(word);
  if (english !== undefined) return `“${word}” is written ${english} here`;
  const scope = /^(\w+)[.:]/.exec(word)?.[1] ?? '';
  if (FOREIGN_SCOPES.includes(scope))
    return `“${scope}” is TraceQL’s, but not known here: conditions are about the request’s own span and its resource`;
  if (FOREIGN_INTRINSICS.includes(word))
    return `“${word}” is TraceQL’s, but not known here: conditions are about the request’s own span and its resource`;
  if (PIPELINE.includes(word) || word.endsWith('_over_time'))
    return `“${word}” is TraceQL’s, but not known here: there are no aggregates, only conditions`;
  if (word.includes(':')) return `“${word}” is not known; there are ${INTRINSICS.join(', ')}`;
  return `“${word}” is not known; attributes are written span.${word}, resource.${word} or .${word}`;
}
