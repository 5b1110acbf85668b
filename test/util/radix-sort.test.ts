import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sortNonNegative } from '../../src/util/radix-sort.ts';

/** Enough that they are not left to the engine. */
const MANY = 5000;

test('numbers are in the order of their values', () => {
  const scale = fc.constantFrom(1, 1e-300, 2 ** 31, 1e9, 2 ** 53, 1e300);
  const value = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), scale, fc.boolean());
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 50 }),
      fc.integer({ min: 1, max: 7 }),
      fc.boolean(),
      (drawn, step, areAllWhole) => {
        const some = drawn.map(([part, size, isWhole]) =>
          isWhole || areAllWhole ? Math.floor(part * size) : part * size,
        );
        const values = Float64Array.from({ length: MANY }, (_, i) => some[i % some.length] * (i % step));
        const sorted = sortNonNegative(values.slice());
        expect(sorted).toEqual(Float64Array.from([...values].sort((a, b) => a - b)));
      },
    ),
  );
});

test('a part of a longer array is sorted alone', () => {
  const all = Float64Array.from({ length: MANY * 2 }, (_, i) => MANY * 2 - i);
  sortNonNegative(all.subarray(0, MANY));
  expect(all[0]).toBe(MANY + 1);
  expect(all[MANY - 1]).toBe(MANY * 2);
  expect(all[MANY]).toBe(MANY);
});
