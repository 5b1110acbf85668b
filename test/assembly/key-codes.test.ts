import { expect, test } from 'vitest';
import { FIELD_LOOKUPS } from '../../src/assembly/key-codes.ts';

test('every field has a bit of its own', () => {
  const bits = Object.values(FIELD_LOOKUPS).map(({ word, bit }) => `${word} ${bit}`);
  expect(new Set(bits).size).toBe(bits.length);
});
