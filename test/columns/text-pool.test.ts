import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText, TextPool } from '../../src/columns/text-pool.ts';

test('equal texts get one number, different ones different numbers, and all are read back', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 80 })), (words) => {
      // Small, so that it has to grow.
      const pool = new TextPool(2, 4);
      const numbers = words.map((word) => pool.internString(word));
      const sealed = pool.seal();
      expect(numbers.map((number) => decodeText(sealed, number))).toEqual(words);
      expect(new Set(numbers).size).toBe(new Set(words).size);
      expect(words.map((word) => pool.internString(word))).toEqual(numbers);
    }),
  );
});

test('the empty text is number 0', () => {
  expect(new TextPool().internString('')).toBe(0);
});

test('a cleared pool knows nothing any more', () => {
  const pool = new TextPool();
  pool.internString('first');
  pool.clear();
  const number = pool.internString('second');
  expect([number, pool.count, decodeText(pool.seal(), number)]).toEqual([1, 2, 'second']);
});

test('bytes that are no UTF-8 are kept and shown with replacement characters', () => {
  const pool = new TextPool();
  const number = pool.intern(Uint8Array.of(0x61, 0xff, 0x62), 0, 3);
  expect(decodeText(pool.seal(), number)).toBe('a\uFFFDb');
});
