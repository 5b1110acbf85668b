/** The cursor against JSON.parse, with windows of any size. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteBuffer, decodeBytes, encodeText } from '../../src/util/bytes.ts';
import { writeCompact } from '../../src/util/json-compact.ts';
import { JsonCursor, JsonSyntaxError, NEED_MORE } from '../../src/util/json-cursor.ts';
import { JsonSkipper } from '../../src/util/json-skipper.ts';

/** Runs `read` from the start until there is enough in the window, as a reader of records does. */
function readInChunks<T>(bytes: Uint8Array, size: number, read: (cursor: JsonCursor) => T): T {
  const cursor = new JsonCursor();
  for (let at = 0; ; at += size) {
    if (at >= bytes.length) cursor.final = true;
    else cursor.append(bytes.subarray(at, at + size));
    cursor.pos = cursor.checkpoint;
    try {
      return read(cursor);
    } catch (error) {
      if (error !== NEED_MORE) throw error;
    }
  }
}

function compact(text: string, size = 1_000_000): string {
  return readInChunks(encodeText(text), size, (cursor) => {
    const out = new ByteBuffer();
    writeCompact(cursor, out);
    return decodeBytes(out.bytes, 0, out.length);
  });
}

describe('JsonCursor', () => {
  test('reads what JSON.parse reads, in any window, with any white space', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 5 }),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(3),
        (value, size, indent) => {
          expect(JSON.parse(compact(JSON.stringify(value, null, indent), size))).toEqual(
            JSON.parse(JSON.stringify(value)),
          );
        },
      ),
    );
  });

  test('unescapes and repairs texts as a decoder does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const text = a + b;
        const everyUnit = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
        const escaped = `"${everyUnit.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')}"`;
        const repaired = decodeBytes(encodeText(text));
        expect(JSON.parse(compact(escaped))).toBe(repaired);
        expect(JSON.parse(compact(JSON.stringify(repaired), 3))).toBe(repaired);
      }),
    );
  });

  test('replaces bytes that are no UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), (noise) => {
        const inner = noise.filter((c) => c >= 0x20 && c !== 0x22 && c !== 0x5c);
        const bytes = new Uint8Array([0x22, ...inner, 0x22]);
        const seen = readInChunks(bytes, 5, (cursor) => {
          cursor.pos++;
          cursor.string();
          return decodeBytes(cursor.text, cursor.from, cursor.to);
        });
        // How many replacement characters a broken sequence becomes differs between decoders.
        const once = (text: string): string => text.replaceAll(/\uFFFD+/g, '\uFFFD');
        expect(once(seen)).toBe(once(decodeBytes(inner)));
      }),
    );
  });

  test.each([
    ['{"a" 1}', '“:” expected', 5],
    ['{a:1}', 'a key in quotes expected', 1],
    ['[1 2]', '“,” or “]” expected', 3],
    ['{"a":1 "b":2}', '“,” or “}” expected', 7],
    ['[undefined]', 'a value expected', 1],
    ['["a\nb"]', 'line break inside a text', 3],
    ['["\\x"]', 'unknown escape in a text', 2],
    ['["\\u12g4"]', 'four hex digits expected after “\\u”', 4],
  ])('says what is wrong with %s, and where', (text, reason, position) => {
    for (const size of [1, 100]) {
      try {
        compact(text, size);
        expect.unreachable();
      } catch (error) {
        expect(error).toBeInstanceOf(JsonSyntaxError);
        expect(error).toMatchObject({ message: reason, position, truncated: false });
      }
    }
  });

  test('tells a text that is cut off from one that is wrong', () => {
    for (const text of ['{"a":[1,"b\\u00e9c",{"d":null}]}', '[true,-1.5e3,"\\ud83d\\ude00"]']) {
      for (let length = 1; length < text.length; length++) {
        expect(() => compact(text.slice(0, length), 4)).toThrow(expect.objectContaining({ truncated: true }));
      }
    }
  });
});

describe('JsonSkipper', () => {
  test('ends where the value ends, and may pause anywhere', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 20 }), (value, size) => {
        const text = JSON.stringify(value, null, 1);
        const bytes = encodeText(`${text},`);
        const cursor = new JsonCursor();
        const skipper = new JsonSkipper();
        skipper.begin();
        for (let at = 0; ; at += size) {
          cursor.append(bytes.subarray(at, at + size));
          if (skipper.run(cursor)) break;
          cursor.checkpoint = cursor.pos;
          expect(at).toBeLessThan(bytes.length);
        }
        expect(cursor.position).toBe(bytes.length - 1);
      }),
    );
  });
});
