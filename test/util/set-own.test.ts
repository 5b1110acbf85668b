import { expect, test } from 'vitest';
import { setOwn } from '../../src/util/set-own.ts';

test('any key is just a key', () => {
  const object: Record<string, unknown> = {};
  const value = { polluted: true };
  for (const key of ['__proto__', 'constructor', 'a']) setOwn(object, key, value);
  expect(Object.keys(object)).toEqual(['__proto__', 'constructor', 'a']);
  expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
});
