import fc from 'fast-check';
import { expect, test } from 'vitest';
import { invertColumn } from '../../src/util/inverted-column.ts';
import { firstNotBelow } from '../../src/util/sorted.ts';

const NUMBERS = 6;

test('the rows of each number are those that hold it, ascending', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1, max: NUMBERS - 1 }), { maxLength: 30 }), (column) => {
      const { first, rows } = invertColumn(Int32Array.from(column), NUMBERS);
      expect(first).toHaveLength(NUMBERS + 1);
      for (let number = 0; number < NUMBERS; number++) {
        const expected = column.flatMap((held, row) => (held === number ? [row] : []));
        expect([...rows.subarray(first[number], first[number + 1])]).toEqual(expected);
      }
      expect(rows).toHaveLength(column.filter((held) => held >= 0).length);
    }),
  );
});

test('the first that is not below a value, in the part of the list that counts', () => {
  const list = Uint32Array.of(2, 4, 4, 9);
  expect([0, 2, 3, 4, 5, 9, 10].map((value) => firstNotBelow(list, value))).toEqual([0, 0, 1, 1, 3, 3, 4]);
  expect(firstNotBelow(list, 9, 2)).toBe(2);
});
