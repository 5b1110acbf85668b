import { expect, test } from 'vitest';
import { dottedKey } from '../../src/formats/dotted-key.ts';

test('keys are joined, however many there are', () => {
  expect(dottedKey('', 'http')).toBe('http');
  for (let i = 0; i < 25_000; i++) {
    expect(dottedKey('http', `key${i % 12_000}`)).toBe(`http.key${i % 12_000}`);
  }
  expect(dottedKey('__proto__', 'constructor')).toBe('__proto__.constructor');
});
