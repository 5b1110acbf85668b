import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainStrings } from '../../src/formats/kept-strings.ts';
import { parseTextExactly } from '../../src/formats/parse-text.ts';
import { textIn } from '../../src/formats/text-cache.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function textOf(bytes: Uint8Array): string {
  const text = textIn(bytes);
  text.to = bytes.length;
  return plainStrings.textOf(text);
}

/** At the lengths where strings are kept in another way. */
const LENGTHS = [0, 1, 7, 8, 9, 63, 64, 65, 4096, 4097];
const unit = fc.constantFrom(
  ...[0, 0x61, 0x62, 0x80, 0xff].map((byte) => [byte]),
  [0xc3, 0xa4],
  [0xef, 0xbb, 0xbf],
);
const piece = fc
  .tuple(fc.constantFrom(...LENGTHS), fc.array(unit, { minLength: 1, maxLength: 12 }), fc.nat({ max: 70 }))
  .map(([length, units, changed]) => {
    const some = units.flat();
    const bytes = Uint8Array.from({ length }, (_, i) => some[i % some.length]);
    if (changed < length) bytes[changed] ^= 1;
    return bytes;
  });

test('a text is what its bytes say, whatever came before it', () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 30 }), (pieces) => {
      // Thrice: what is long is kept from the second time on.
      for (const bytes of [...pieces, ...pieces, ...pieces])
        expect(textOf(bytes)).toBe(decoder.decode(bytes));
    }),
    { numRuns: 300 },
  );
});

test('fields of tables and lines are not taken for JSON, in which they would mean something else', () => {
  for (let i = 0; i < 5000; i++) {
    expect(parseTextExactly(`{"k":"t${i}"}`)).toEqual({ k: `t${i}` });
    textOf(new TextEncoder().encode('x\\n'));
    textOf(new TextEncoder().encode('a":1,"b'));
    expect(parseTextExactly('{"k":"x\\n"}')).toEqual({ k: 'x\n' });
    expect(() => parseTextExactly('{"k":"a":1,"b"}')).toThrow(SyntaxError);
  }
});
