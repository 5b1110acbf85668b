import { expect, test } from 'vitest';
import { binomialTail } from '../../src/util/binomial.ts';

test.each([
  // By hand: 1 − 0.75⁴ − 4 · 0.25 · 0.75³.
  [4, 2, 0.25, 0.26171875],
  [4, 4, 0.25, 0.00390625],
  [10, 1, 0.5, 1 - 0.5 ** 10],
  [1, 1, 0, 0],
  [5, 0, 0, 1],
  [5, 5, 1, 1],
])('of %i tries %i or more succeed at rate %f with chance %f', (trials, successes, rate, chance) => {
  expect(binomialTail(trials, successes, rate)).toBeCloseTo(chance, 12);
});

test('holds for a million tries', () => {
  expect(binomialTail(1_000_000, 500_001, 0.5)).toBeCloseTo(0.4996, 4);
});
