import { expect, test } from 'vitest';
import { valueAt } from '../../src/formats/json-value.ts';
import { parseTextExactly } from '../../src/formats/parse-text.ts';

test('only own values are found', () => {
  expect(valueAt({ a: { b: 1 } }, 'a', 'b')).toBe(1);
  expect(valueAt({}, 'constructor', 'name')).toBeUndefined();
  expect(valueAt([1], 'length')).toBeUndefined();
  expect(valueAt(parseTextExactly('{"__proto__":{"x":2}}'), '__proto__', 'x')).toBe(2);
  expect(valueAt(null, 'a')).toBeUndefined();
});
