/** Conditions as the query bar can write them. */
import fc from 'fast-check';
import { ATTRIBUTE_SCOPES } from '../../src/model/conditions.ts';
import type { Comparison, Condition, ConditionField, ConditionValue } from '../../src/model/conditions.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('cart', '"', '\\', '\n', '`', '} && {', '__proto__', 'GET /a?b=c&d', '\ud800', 'é', '5xx'),
);
const attribute: fc.Arbitrary<ConditionField> = fc.record({
  kind: fc.constant('attribute' as const),
  scope: fc.constantFrom(...ATTRIBUTE_SCOPES),
  key: fc.oneof(
    fc.constantFrom('service.name', 'http.response.status_code', 'odd key', '', '.x', '1a'),
    anyText,
  ),
});
const equality = fc.constantFrom<Comparison>('=', '!=');
const order = fc.constantFrom<Comparison>('=', '!=', '<', '<=', '>', '>=');
const match = fc.constantFrom<Comparison>('=~', '!~');

const text = anyText.map((value): ConditionValue => ({ kind: 'text', text: value }));
const expression = fc.constantFrom<ConditionValue>(
  { kind: 'text', text: 'GET .*' },
  { kind: 'text', text: String.raw`\d+|a"b` },
);
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
const plainNumber = number.map((value): ConditionValue => ({
  kind: 'number',
  number: value === 0 ? 0 : value,
}));
const duration = fc
  .oneof(fc.nat(), fc.maxSafeNat(), fc.constantFrom(200e6, 1.5e9, 60e9, 5400e9, 86_400e9))
  .map((ns): ConditionValue => ({ kind: 'duration', ns }));
const boolean = fc.boolean().map((value): ConditionValue => ({ kind: 'boolean', boolean: value }));
const keyword = (...words: string[]) =>
  fc.constantFrom(...words).map((word): ConditionValue => ({ kind: 'keyword', keyword: word }));
const nil = fc.constant<ConditionValue>({ kind: 'nil' });

const intrinsic = (...names: Extract<ConditionField, { kind: 'intrinsic' }>['name'][]) =>
  fc.constantFrom(...names).map((name): ConditionField => ({ kind: 'intrinsic', name }));

function comparing(
  field: fc.Arbitrary<ConditionField>,
  comparison: fc.Arbitrary<Comparison>,
  value: fc.Arbitrary<ConditionValue>,
): fc.Arbitrary<Condition> {
  return fc.record({ kind: fc.constant('compare' as const), field, comparison, value });
}

const texts = intrinsic('span:name', 'trace:id', 'request:endpoint', 'request:reason', 'span:statusMessage');
const comparisons: fc.Arbitrary<Condition> = fc.oneof(
  comparing(attribute, order, fc.oneof(text, plainNumber, duration)),
  comparing(attribute, equality, fc.oneof(boolean, nil)),
  comparing(fc.oneof(attribute, texts), match, expression),
  comparing(texts, equality, fc.oneof(text, nil)),
  comparing(intrinsic('span:duration'), order, duration),
  comparing(intrinsic('span:status'), equality, keyword('error', 'ok', 'unset')),
  comparing(intrinsic('span:kind'), equality, keyword('server', 'client', 'unspecified')),
  comparing(intrinsic('request:failed'), equality, boolean),
);

export const conditions: fc.Arbitrary<Condition> = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    comparisons,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      conditions: fc.array(tie('any'), { minLength: 2, maxLength: 4 }),
    }),
    fc.record({ kind: fc.constant('not' as const), condition: tie('any') }),
  ),
})).any;
