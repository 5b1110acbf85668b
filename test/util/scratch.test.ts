import { expect, test } from 'vitest';
import { scratch } from '../../src/util/scratch.ts';

test('arrays have the length that was asked for, and are of the same memory where it is enough', () => {
  const numbers = scratch((length) => new Uint32Array(length));
  const first = numbers(3);
  first[2] = 7;
  expect(numbers(2)).toHaveLength(2);
  expect(numbers(3)[2]).toBe(7);
  const longer = numbers(5);
  expect(longer).toHaveLength(5);
  expect(longer.buffer).not.toBe(first.buffer);
  expect(numbers(4).buffer).toBe(longer.buffer);
});
