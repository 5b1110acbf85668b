/** Filters in words. */
import type { ChainFilter, ChainPath, ZoneFilter } from '../../model/answers.ts';
import type {
  Comparison,
  Condition,
  ConditionField,
  ConditionValue,
  Intrinsic,
} from '../../model/conditions.ts';
import { describeDuration, describeList } from '../../util/text.ts';

const INTRINSIC_WORDS: Readonly<Record<Intrinsic, string>> = {
  'span:duration': 'duration',
  'span:name': 'span name',
  'span:kind': 'span kind',
  'span:status': 'span status',
  'span:statusMessage': 'status message',
  'span:id': 'span id',
  'trace:id': 'trace',
  'request:service': 'service',
  'request:endpoint': 'endpoint',
  'request:instance': 'instance',
  'request:failed': 'failed',
  'request:reason': 'failure reason',
  'request:exception': 'exception',
  'request:method': 'HTTP method',
  'request:httpStatus': 'HTTP status',
  'request:grpcStatus': 'gRPC status',
  'request:caller': 'caller',
  'request:end': 'end of the chain',
  'request:userAction': 'user action',
  'request:application': 'application',
};

/** Keys that everybody calls otherwise. */
const KEY_WORDS: ReadonlyMap<string, string> = new Map([
  ['deployment.environment', 'environment'],
  ['deployment.environment.name', 'environment'],
  ['service.namespace', 'namespace'],
  ['service.version', 'version'],
  ['k8s.cluster.name', 'cluster'],
  ['k8s.namespace.name', 'Kubernetes namespace'],
  ['cloud.region', 'region'],
  ['cloud.availability_zone', 'availability zone'],
  ['host.name', 'host'],
  ['http.response.status_code', 'HTTP status'],
  ['http.status_code', 'HTTP status'],
  ['db.query.text', 'statement'],
  ['db.statement', 'statement'],
]);

export function describeKey(key: string): string {
  return KEY_WORDS.get(key) ?? key;
}

function describeField(field: ConditionField): string {
  return field.kind === 'intrinsic' ? INTRINSIC_WORDS[field.name] : describeKey(field.key);
}

/** `duration over 200 ms`, `environment prod or stage`, `failed`. */
export function describeCondition(condition: Condition): string {
  if (condition.kind === 'compare') return describeComparison(condition);
  if (condition.kind === 'not') return `not (${describeCondition(condition.condition)})`;
  const alternatives = condition.kind === 'or' ? sameFieldValues(condition.conditions) : null;
  if (alternatives !== null) return alternatives;
  const parts = condition.conditions.map((part) =>
    part.kind === 'and' || part.kind === 'or' ? `(${describeCondition(part)})` : describeCondition(part),
  );
  return parts.join(condition.kind === 'and' ? ' and ' : ' or ');
}

/** `environment prod or stage`; null: they are not about one field. */
function sameFieldValues(conditions: readonly Condition[]): string | null {
  const [first] = conditions;
  if (first?.kind !== 'compare' || first.value.kind === 'boolean') return null;
  const name = describeField(first.field);
  const values = conditions.map((one) =>
    one.kind === 'compare' &&
    one.comparison === '=' &&
    one.value.kind !== 'nil' &&
    describeField(one.field) === name
      ? describeValue(one.value)
      : null,
  );
  return values.every((value) => value !== null) ? `${name} ${values.join(' or ')}` : null;
}

/** After the type of an exception, in a regular expression. */
export const ANY_MESSAGE = '(: .*)?';

type Compare = Extract<Condition, { kind: 'compare' }>;

function describeComparison({ field, comparison, value }: Compare): string {
  const name = describeField(field);
  if (value.kind === 'nil') return `${comparison === '=' ? 'without' : 'with'} ${name}`;
  if (value.kind === 'boolean' && field.kind === 'intrinsic')
    return value.boolean === (comparison === '=') ? name : `not ${name}`;
  if (isExceptionType(field, comparison, value))
    return `${name} ${value.text.slice(0, -ANY_MESSAGE.length).replaceAll(/\\(.)/g, '$1')}`;
  const text = describeValue(value);
  const phrases: Readonly<Record<Comparison, string>> = {
    '=': `${name} ${text}`,
    '!=': `${name} not ${text}`,
    '>': `${name} over ${text}`,
    '>=': `${name} ${text} or more`,
    '<': `${name} under ${text}`,
    '<=': `${name} ${text} or less`,
    '=~': `${name} like ${text}`,
    '!~': `${name} not like ${text}`,
  };
  return phrases[comparison];
}

function isExceptionType(
  field: ConditionField,
  comparison: Comparison,
  value: ConditionValue,
): value is Extract<ConditionValue, { kind: 'text' }> {
  const ofException = field.kind === 'intrinsic' && field.name === 'request:exception';
  return ofException && comparison === '=~' && value.kind === 'text' && value.text.endsWith(ANY_MESSAGE);
}

function describeValue(value: ConditionValue): string {
  switch (value.kind) {
    case 'text':
      return value.text === '' ? '(empty)' : value.text;
    case 'number':
      return String(value.number);
    case 'boolean':
      return String(value.boolean);
    case 'duration':
      return describeDuration(value.ns / 1e6);
    case 'keyword':
      return value.keyword;
    case 'nil':
      return 'nothing';
  }
}

/** The conditions that must all hold: each can be taken away by itself. */
export function partsOf(condition: Condition | null): readonly Condition[] {
  if (condition === null) return [];
  return condition.kind === 'and' ? condition.conditions : [condition];
}

/** null: none. */
export function joinParts(parts: readonly Condition[]): Condition | null {
  if (parts.length === 0) return null;
  return parts.length === 1 ? parts[0] : { kind: 'and', conditions: parts };
}

/** `only through shop → nginx → orders, where nginx failed`. */
export function describeChainFilter({ path, exclude, steps }: ChainFilter): string {
  const conditions = path
    .map((service, at) => ({ name: service.name, parts: partsOf(steps[at] ?? null) }))
    .filter(({ parts }) => parts.length > 0)
    .toReversed()
    .map(({ name, parts }) => `${name} ${parts.map(describeStepPart).join(' and ')}`);
  const chain = `${exclude ? 'not' : 'only'} through ${describeChain(path)}`;
  return conditions.length === 0 ? chain : `${chain}, where ${describeList(conditions)}`;
}

/** As said of a service: `failed`, `has endpoint GET /`. */
function describeStepPart(part: Condition): string {
  const words = describeCondition(part);
  if (words === 'failed') return words;
  return words === 'not failed' ? 'did not fail' : `has ${words}`;
}

export function describeZoneFilter({ key, values }: ZoneFilter): string {
  return `${describeKey(key)} ${values.map((value) => (value === '' ? '(empty)' : value)).join(' or ')}`;
}

/** Steps of a long chain that are named at either end. */
const NAMED = 4;

/** As requests flow: the outermost caller first, the target last. Long ones are cut in the middle. */
export function describeChain(path: ChainPath): string {
  const names = path.toReversed().map((service) => service.name);
  const named =
    names.length > 2 * NAMED + 1 ? [...names.slice(0, NAMED), '…', ...names.slice(-NAMED)] : names;
  return named.join(' → ');
}
