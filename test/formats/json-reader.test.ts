/** Against JSON.parse, over documents of few shapes and many values, however the bytes arrive. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { JsonPlace, JsonReader } from '../../src/formats/json-reader.ts';
import type { Json } from '../../src/formats/json-value.ts';
import { JsonCursor, NEED_MORE } from '../../src/util/json-cursor.ts';

/** What the reader makes of the values that stand one after another, in windows that grow by so many bytes. */
function readAll(text: string, chunkBytes: number, place = new JsonPlace()): Json[] {
  const bytes = new TextEncoder().encode(text);
  const cursor = new JsonCursor();
  const reader = new JsonReader(cursor);
  const values: Json[] = [];
  for (let at = 0; at < bytes.length || !cursor.final; at += chunkBytes) {
    cursor.append(bytes.subarray(at, at + chunkBytes));
    cursor.final = at + chunkBytes >= bytes.length;
    try {
      for (;;) {
        cursor.skipSpace();
        cursor.checkpoint = cursor.pos;
        if (cursor.pos >= cursor.end) break;
        values.push(reader.value(place));
      }
    } catch (error) {
      if (error !== NEED_MORE) throw error;
      cursor.pos = cursor.checkpoint;
    }
  }
  return values;
}

const KEYS = [
  'id',
  'name',
  'tags',
  'a.b',
  'größe',
  'k"ey',
  '',
  '0',
  '__proto__',
  'constructor',
  'x'.repeat(70),
];
const TEXTS = [
  '',
  'GET /cart',
  'a\\b"c\n\t\u0001/',
  'größe €',
  '🚂 train',
  'long '.repeat(30),
  'exactly sixty-four bytes, which is the longest text that is kept.',
  '8badf00d8badf00d8badf00d8badf00d',
];
const NUMBERS = [
  0,
  -0,
  1,
  -17,
  0.5,
  1e21,
  1.5e-7,
  1_714_567_890.123_456,
  1_714_567_890_123_456,
  0.1 + 0.2,
  -1e300,
  5e-324,
];

/** They come as text: see parse-text.test.ts. */
function isNoLongInteger(number: number): boolean {
  return !Number.isInteger(number) || Math.abs(number) < 9e15 || Math.abs(number) >= 1e21;
}

const { document } = fc.letrec<{ value: unknown; document: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(...TEXTS, ...NUMBERS, true, false, null),
    fc.string({ unit: 'grapheme' }),
    fc.double({ noDefaultInfinity: true, noNaN: true }).filter(isNoLongInteger),
    fc.integer(),
    fc.array(tie('value'), { maxLength: 4 }),
    tie('document'),
  ),
  document: fc
    .array(
      fc.tuple(fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...KEYS) }, fc.string()), tie('value')),
      {
        maxLength: 6,
      },
    )
    .map((entries) => Object.fromEntries(entries)),
}));

/** As JSON.stringify writes it, for people, or with spaces where nobody puts any. */
const LAYOUTS: readonly ((value: unknown) => string)[] = [
  (value) => JSON.stringify(value, null, 1).replaceAll(/\n( *)("(?:[^"\\]|\\.)*"): /g, '\n$1$2 \t: '),
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, null, 2),
  (value) => JSON.stringify(value, null, '\t').replaceAll('\n', '\r\n'),
  (value) =>
    JSON.stringify(value).replaceAll(
      /[\u0080-\uffff]/g,
      (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
];

describe('JsonReader', () => {
  test('reads what JSON.parse reads, in the same order of keys', () => {
    fc.assert(
      fc.property(
        fc.array(document, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...LAYOUTS),
        fc.constantFrom(1, 7, 40, 100_000),
        (documents, layout, chunkBytes) => {
          const texts = documents.map(layout);
          const read = readAll(texts.join('\n'), chunkBytes);
          const parsed = texts.map((text) => JSON.parse(text) as Json);
          expect(read).toEqual(parsed);
          expect(JSON.stringify(read)).toBe(JSON.stringify(parsed));
        },
      ),
      { numRuns: 600 },
    );
  });

  test('a text may be the beginning of the one that came before, or go on', () => {
    const texts = [
      'cart',
      'car',
      'carts',
      'cart',
      '',
      'cart',
      'c',
      'cart\\"',
      'cart"'.slice(0, 4),
      'cart\\u0021',
    ];
    const document = texts.map((text) => `{"name":"${text}","next":1}`).join('');
    for (const chunkBytes of [1, 3, 1000]) {
      expect(readAll(document, chunkBytes)).toEqual(
        texts.map((text) => ({ name: JSON.parse(`"${text}"`), next: 1 })),
      );
    }
  });

  test('what a window held before is not read again', () => {
    // The second document ends where the bytes of the first, which are longer, still lie.
    const cursor = new JsonCursor();
    const reader = new JsonReader(cursor);
    const place = new JsonPlace();
    cursor.takeText(`{"name":"${'x'.repeat(60)}","kind":"server"}`);
    reader.value(place);
    cursor.takeText(`{"name":"${'x'.repeat(20)}`);
    cursor.final = false;
    expect(() => reader.value(place)).toThrow(NEED_MORE);
  });

  test('more different keys than are kept are read all the same', () => {
    const documents = Array.from({ length: 30_000 }, (_, n) => ({
      id: n,
      [`key-${n}`]: { [`inner-${n}`]: `${n}` },
      end: true,
    }));
    expect(readAll(documents.map((one) => JSON.stringify(one)).join('\n'), 1 << 20)).toEqual(documents);
  });

  test('fields of JSON as text come as what is in them, and as text where that is no JSON', () => {
    const place = new JsonPlace({ jsonTexts: ['Document'] });
    const inner = { id: 'a', n: [1, { Document: '{"x":1}' }], text: 'a "quoted" one' };
    const documents = [JSON.stringify(inner), JSON.stringify(inner), '{"cut":', '{} {}', 'plain', ''];
    const text = documents
      .map((document) => JSON.stringify({ Id: '1', Document: document, Other: '{"y":2}' }))
      .join('\n');
    for (const chunkBytes of [1, 13, 1000]) {
      expect(readAll(text, chunkBytes, place)).toEqual(
        [inner, inner, '{"cut":', '{} {}', 'plain', ''].map((document) => ({
          Id: '1',
          Document: document,
          Other: '{"y":2}',
        })),
      );
    }
  });

  test('half a surrogate pair is told wherever it stands, and so is what is cut', () => {
    const remarks = (text: string): string[] => {
      const found: string[] = [];
      const cursor = new JsonCursor();
      cursor.takeText(text);
      cursor.onRemark = (remark, position) => found.push(`${remark} at ${position}`);
      new JsonReader(cursor).value(new JsonPlace({ jsonTexts: ['d'] }));
      return found;
    };
    expect(remarks('{"a":"\\ud800"}')).toEqual(['lone-surrogate at 6']);
    expect(remarks('{"d":"{\\"a\\":\\"\\\\ud800\\"}"}')).toEqual(['lone-surrogate at 26']);
    expect(remarks('['.repeat(514) + ']'.repeat(514))).toEqual(['deep-value at 512']);
  });

  test('a byte order mark within is part of its text', () => {
    const document = '{"id":1,"\uFEFFid":2,"t":"\uFEFFtext"}';
    expect(readAll(document, 1000)).toEqual([JSON.parse(document)]);
  });

  test('keys of which only a byte differs, among bytes that mean nothing, are told apart', () => {
    const nothing = '\0'.repeat(30);
    const bytes = new TextEncoder().encode(`{"${nothing}":1}{"${nothing}":1}`);
    bytes[bytes.length - 16] = 0x80;
    const cursor = new JsonCursor();
    cursor.takeBytes(bytes, 0, bytes.length);
    const reader = new JsonReader(cursor);
    const place = new JsonPlace();
    const [first] = Object.keys(reader.value(place) ?? {});
    const [second] = Object.keys(reader.value(place) ?? {});
    expect([first, second]).toEqual([nothing, expect.stringContaining('\uFFFD')]);
  });

  test.each([
    ['keys', Array.from({ length: 60_000 }, (_, n) => `"k${n}":{"x${n}":1}`).join(',')],
    [
      'lists in lists',
      Array.from({ length: 300 }, (_, n) => `"k${n}":${'['.repeat(400)}${']'.repeat(400)}`).join(','),
    ],
  ])('what is remembered of many %s is bounded', (_what, members) => {
    const cursor = new JsonCursor();
    cursor.takeText(`{${members}}`);
    const place = new JsonPlace();
    new JsonReader(cursor).value(place);
    expect(placesIn(place)).toBeLessThan(25_000);
  });
});

function placesIn(place: JsonPlace): number {
  let count = 0;
  const open = [place];
  for (let next = open.pop(); next; next = open.pop()) {
    count++;
    if (next.elements) open.push(next.elements);
    for (const member of next.members?.values() ?? []) open.push(member.place);
  }
  return count;
}
