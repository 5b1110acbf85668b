import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unionLength } from '../../src/util/intervals.ts';

test('what intervals cover together is what is covered instant by instant', () => {
  const interval = fc.tuple(fc.nat(60), fc.nat(9));
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 60 }), fc.nat(5), fc.nat(5), (intervals, before, after) => {
      const outside: [number, number][] = [[0, 99]];
      const padded = [
        ...Array<[number, number]>(before).fill(outside[0]),
        ...intervals,
        ...Array<[number, number]>(after).fill(outside[0]),
      ];
      const from = Float64Array.from(padded, ([start]) => start);
      const to = Float64Array.from(padded, ([start, length]) => start + length);
      const covered = new Set(
        intervals.flatMap(([start, length]) => Array.from({ length }, (_, i) => start + i)),
      );
      expect(unionLength(from, to, before, before + intervals.length)).toBe(covered.size);
      expect(from).toEqual(Float64Array.from(padded, ([start]) => start));
    }),
  );
});
