import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexOfWords, wordsOfHex } from '../../src/util/hex.ts';

test('words read as the digits of their numbers, and back', () => {
  const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 4 }), fc.nat(2), (drawn, before) => {
      const words = Uint32Array.from([...Array<number>(before).fill(7), ...drawn]);
      const hex = hexOfWords(words, before, drawn.length);
      expect(hex).toBe(drawn.map((each) => each.toString(16).padStart(8, '0')).join(''));
      expect([...wordsOfHex(hex)]).toEqual(drawn);
    }),
  );
  expect(hexOfWords(Uint32Array.of(0, 0xdeadbeef), 0, 2)).toBe('00000000deadbeef');
});
