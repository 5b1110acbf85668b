import fc from 'fast-check';
import { expect, test } from 'vitest';
import { valuesAtRanks } from '../../src/util/ranks.ts';

const scale = fc.constantFrom(0, 1, 1e-300, 1e9, 2 ** 53, 1e300);
const value = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), scale, fc.boolean())
  .map(([part, size, isWhole]) => (isWhole ? Math.floor(part * size) : part * size));

test('gives what stands at the ranks of the sorted values', () => {
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 1500 }),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { maxLength: 7 }),
      (drawn, length, parts) => {
        const values = Float64Array.from({ length }, (_, i) => drawn[i % drawn.length] * (1 + (i % 7)));
        const ranks = parts.map((part) => Math.floor(part * length)).sort((a, b) => a - b);
        const sorted = [...values].sort((a, b) => a - b);
        expect(valuesAtRanks(values, ranks)).toEqual(ranks.map((rank) => sorted[rank]));
      },
    ),
  );
});

test('a zero with a sign is a zero', () => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => (i < 500 ? -0 : i));
  expect(valuesAtRanks(values, [499, 500, 999])).toEqual([-0, 500, 999]);
});

test('asks of one list after another are independent of each other', () => {
  const many = Float64Array.from({ length: 5000 }, (_, i) => (i * 7919) % 5000);
  expect(valuesAtRanks(many.slice(), [0, 2499, 4999])).toEqual([0, 2499, 4999]);
  expect(
    valuesAtRanks(
      many.map((number) => number + 1e6),
      [0, 4999],
    ),
  ).toEqual([1e6, 1e6 + 4999]);
  expect(valuesAtRanks(many.subarray(0, 3000).fill(5), [17])).toEqual([5]);
});
