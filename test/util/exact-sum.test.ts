import { expect, test } from 'vitest';
import { ExactSums } from '../../src/util/exact-sum.ts';

test('sums stay exact beyond what a double holds', () => {
  const sums = new ExactSums();
  const [a, b] = [sums.open(), sums.open()];
  const values = [2 ** 53 - 1, 1, 2 ** 52 + 1, 2 ** 50 - 1, 3, 2 ** 53 - 1];
  for (const value of values) sums.add(a, value);
  expect(sums.total(a)).toBe(values.reduce((sum, value) => sum + BigInt(value), 0n));
  expect(sums.total(b)).toBe(0n);
});
