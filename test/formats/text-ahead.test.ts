import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextAhead } from '../../src/formats/text-ahead.ts';
import { decodeBytes } from '../../src/util/bytes.ts';

/** More of them than are decoded at a time. */
const MOST_RECORDS = 3000;

const letters = fc.constantFrom('a', '{', '\n', 'ä', '€', '😀', '\u0000');
const bytes = fc.oneof(
  { weight: 4, arbitrary: letters.map((letter) => [...new TextEncoder().encode(letter)]) },
  { weight: 1, arbitrary: fc.integer({ min: 0x80, max: 0xff }).map((byte) => [byte]) },
);

test('records have the text of their bytes, whatever stands around them and however the window moves', () => {
  const record = fc.oneof(
    fc.array(bytes, { maxLength: 8 }).map((some) => some.flat()),
    fc.integer({ min: 0, max: 20 }).map((length) => Array.from({ length }, (_, i) => 0x61 + (i % 26))),
  );
  fc.assert(
    fc.property(
      fc.array(record, { minLength: 1, maxLength: 20 }),
      fc.integer({ min: 1, max: 400 }),
      (records, moveAfter) => {
        const texts = new TextAhead();
        const stream = Array.from({ length: MOST_RECORDS }, (_, i) => records[i % records.length]);
        const whole = Uint8Array.from(stream.flat());
        let window = { bytes: whole, end: whole.length, base: 0 };
        let at = 0;
        stream.forEach((one, i) => {
          if (i % moveAfter === 0) {
            // A window forgets what was read, in a buffer of which the rest means nothing.
            const rest = Uint8Array.of(...whole.subarray(at, at + 65_000), 0x78, 0x78);
            window = { bytes: rest, end: rest.length - 2, base: at };
          }
          const from = at - window.base;
          if (from + one.length <= window.end) {
            expect(texts.textOf(window, from, from + one.length)).toBe(decodeBytes(Uint8Array.from(one)));
          }
          at += one.length;
        });
      },
    ),
    { numRuns: 15 },
  );
});
