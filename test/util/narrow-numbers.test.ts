import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesNeeded, mapNumbers, narrowed } from '../../src/util/narrow-numbers.ts';

const columns = fc
  .tuple(fc.constantFrom(255, 256, 65_535, 65_536, 0xffff_ffff), fc.integer({ min: 0, max: 9000 }))
  .chain(([largest, length]) =>
    fc.tuple(fc.constant(largest), fc.constant(length), fc.integer({ min: 0, max: Math.max(0, length - 1) })),
  );

test('numbers stay what they are, in as few bytes as the largest needs', () => {
  fc.assert(
    fc.property(columns, ([largest, length, at]) => {
      const numbers = new Uint32Array(length);
      if (length > 0) numbers[at] = largest;
      const bytes = length === 0 || largest <= 0xff ? 1 : largest <= 0xffff ? 2 : 4;
      expect(bytesNeeded(numbers)).toBe(bytes);
      const column = narrowed(numbers);
      expect(column.BYTES_PER_ELEMENT).toBe(bytes);
      expect(column.buffer).not.toBe(numbers.buffer);
      expect([...column]).toEqual([...numbers]);
    }),
  );
});

test('what is made of small numbers may be large', () => {
  const column = narrowed(Uint32Array.of(1, 2));
  expect([...mapNumbers(column, (value, i) => value * 1000 + i)]).toEqual([1000, 2001]);
});
