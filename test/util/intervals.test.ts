import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unionLength, UnionSum } from '../../src/util/intervals.ts';

const intervals = fc.array(fc.tuple(fc.nat(60), fc.nat(9)), { maxLength: 60 });

/** Instant by instant. */
function covered(of: readonly (readonly [start: number, length: number])[]): number {
  return new Set(of.flatMap(([start, length]) => Array.from({ length }, (_, i) => start + i))).size;
}

test('what intervals cover together is what is covered instant by instant', () => {
  fc.assert(
    fc.property(intervals, fc.nat(5), (some, behind) => {
      const padded = [...some, ...Array<[number, number]>(behind).fill([0, 99])];
      const from = Float64Array.from(padded, ([start]) => start);
      const to = Float64Array.from(padded, ([start, length]) => start + length);
      expect(unionLength(from, to, some.length)).toBe(covered(some));
      expect(from.subarray(some.length)).toEqual(new Float64Array(behind));
    }),
  );
});

test('the sum over groups counts what intervals of different groups cover once for each', () => {
  fc.assert(
    fc.property(fc.array(intervals, { maxLength: 5 }), (groups) => {
      const sum = new UnionSum();
      groups.forEach((group, number) => {
        for (const [start, length] of group) sum.add(number, start, start + length);
      });
      expect(sum.total()).toBe(groups.reduce((all, group) => all + covered(group), 0));
    }),
  );
});
