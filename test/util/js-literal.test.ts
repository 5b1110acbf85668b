import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJsLiteral } from '../../src/util/js-literal.ts';

describe('a value as Node prints it', () => {
  const scalar = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string(),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  );
  const value = fc.letrec((tie) => ({
    value: fc.oneof({ maxDepth: 3 }, scalar, fc.array(tie('value'), { maxLength: 5 }), tie('object')),
    object: fc.dictionary(fc.string(), tie('value'), { maxKeys: 5 }),
  })).value;

  test('reads what util.inspect writes', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 20, max: 120 }), (written, breakLength) => {
        const text = inspect(written, { depth: null, breakLength, maxArrayLength: null });
        expect(JSON.stringify(parseJsLiteral(text))).toBe(JSON.stringify(written));
      }),
    );
  });

  test.each([
    [
      '{ a: undefined, b: [Object], c: [ [Array] ], d: [Function: f] }',
      '{"a":null,"b":null,"c":[null],"d":null}',
    ],
    [
      "<ref *1> Span { resource: Resource { 'a.b': 1 }, self: [Circular *1] }",
      '{"resource":{"a.b":1},"self":null}',
    ],
    ['[Object: null prototype] { a: 1 }', '{"a":1}'],
    ["Map(2) { 'a' => 1, 'b' => [Object: null prototype] {} }", '{"a":1,"b":{}}'],
    ['[ 1, 2, ... 3 more items ]', '[1,2]'],
    ["{ long: 'aaa'... 5 more characters }", '{"long":"aaa"}'],
    [
      '{ at: 2024-05-01T12:51:30.000Z, big: 12n, exact: 12345678901234567890 }',
      '{"at":"2024-05-01T12:51:30.000Z","big":"12","exact":"12345678901234567890"}',
    ],
    ['{ [Symbol(a)]: 1 }', '{"Symbol(a)":1}'],
  ])('%s', (text, json) => {
    expect(JSON.stringify(parseJsLiteral(text))).toBe(json);
  });

  test.each([
    '',
    '{',
    '{ a: 1',
    '{ a: 1 } }',
    "{ a: 'x }",
    '{ a 1 }',
    "{ a: '\\u12' }",
    "'a' + 1",
    '['.repeat(100_000),
  ])('is refused where it breaks off: %s', (text) => {
    expect(() => parseJsLiteral(text)).toThrow(SyntaxError);
  });
});
