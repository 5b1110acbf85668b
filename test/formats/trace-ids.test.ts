import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { IdReader, NO_ID, OPAQUE_ID, USUAL_ID } from '../../src/formats/trace-ids.ts';
import { encodeText } from '../../src/util/bytes.ts';

function words(...values: number[]): string {
  return values.map((value) => value.toString(16).padStart(8, '0')).join('');
}

function traceId(text: string, base64 = true): string | typeof NO_ID | typeof OPAQUE_ID {
  const reader = new IdReader({ base64 });
  const bytes = encodeText(text);
  const form = reader.readTraceId(bytes, 0, bytes.length);
  return form === USUAL_ID ? words(reader.a, reader.b, reader.c, reader.d) : form;
}

function spanId(text: string, base64 = true): string | typeof NO_ID | typeof OPAQUE_ID {
  const reader = new IdReader({ base64 });
  const bytes = encodeText(text);
  const form = reader.readSpanId(bytes, 0, bytes.length);
  return form === USUAL_ID ? words(reader.c, reader.d) : form;
}

describe('trace ids', () => {
  test.each([
    ['5B8EFFF798038103D269B633813FC60C', '5b8efff798038103d269b633813fc60c'],
    ['5b8efff7-9803-8103-d269-b633813fc60c', '5b8efff798038103d269b633813fc60c'],
    ['0x5b8efff798038103d269b633813fc60c', '5b8efff798038103d269b633813fc60c'],
    ['d269b633813fc60c', '0000000000000000d269b633813fc60c'],
    ['1', '00000000000000000000000000000001'],
    ['W47/95gDgQPSabYzgT/GDA==', '5b8efff798038103d269b633813fc60c'],
    ['W47_95gDgQPSabYzgT_GDA', '5b8efff798038103d269b633813fc60c'],
    ['', NO_ID],
    ['0', NO_ID],
    ['00000000000000000000000000000000', NO_ID],
    ['AAAAAAAAAAAAAAAAAAAAAA==', NO_ID],
    ['request-1', OPAQUE_ID],
    ['5b8efff798038103d269b633813fc60c00', OPAQUE_ID],
  ])('“%s” is %s', (text, id) => {
    expect(traceId(text)).toBe(id);
  });

  test('base64 with its padding is base64 everywhere, and what only looks like it is a name', () => {
    expect(traceId('W47/95gDgQPSabYzgT/GDA==', false)).toBe('5b8efff798038103d269b633813fc60c');
    expect(spanId('7uGbfsPBsXQ=', false)).toBe('eee19b7ec3c1b174');
    expect(spanId('7uGbfsPBsXQ', false)).toBe(OPAQUE_ID);
    expect(spanId('a=b&c=d&e=f=', false)).toBe(OPAQUE_ID);
  });

  test('in formats without base64, 22 hex digits are hex', () => {
    expect(traceId('abcdefabcdefabcdefabcd', false)).toBe('0000000000abcdefabcdefabcdefabcd');
  });
});

describe('span ids', () => {
  test.each([
    ['EEE19B7EC3C1B174', 'eee19b7ec3c1b174'],
    ['abc', '0000000000000abc'],
    ['7uGbfsPBsXQ=', 'eee19b7ec3c1b174'],
    ['7uGbfsPBsXQ', 'eee19b7ec3c1b174'],
    ['abcdefabcdef', '0000abcdefabcdef'],
    ...['', '0000000000000000', 'root', 'ROOT', 'none', 'None', 'nil', 'NULL', '-1', 'NaN'].map(
      (text): [string, number] => [text, NO_ID],
    ),
    ['5b8efff798038103d269b633813fc60c', OPAQUE_ID],
    ['a/b', OPAQUE_ID],
  ])('“%s” is %s', (text, id) => {
    expect(spanId(text)).toBe(id);
  });

  test('an 11-digit id of hex letters is base64 where base64 is spoken, and hex elsewhere', () => {
    expect(spanId('abcdefabcde')).not.toBe('00000abcdefabcde');
    expect(spanId('abcdefabcde', false)).toBe('00000abcdefabcde');
  });

  test('every id comes back, in hex and in base64, by the fast way and the other', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (bytes) => {
        const hex = Buffer.from(bytes).toString('hex');
        const expected = /^0+$/.test(hex) ? NO_ID : hex;
        expect(spanId(hex)).toBe(expected);
        expect(spanId(Buffer.from(bytes).toString('base64'))).toBe(expected);
        const reader = new IdReader({ base64: true });
        expect(reader.readHex16(encodeText(hex), 0)).toBe(true);
        expect(words(reader.c, reader.d)).toBe(hex);
      }),
    );
  });

  test('equal texts that are no ids give equal ids, others give others', () => {
    const idOf = (text: string): string => {
      const reader = new IdReader({ base64: true });
      reader.readSpanId(encodeText(text), 0, text.length);
      return words(reader.c, reader.d);
    };
    expect(idOf('span-1!')).toBe(idOf('span-1!'));
    const ids = new Set(Array.from({ length: 2000 }, (_, i) => idOf(`span-${i}!`)));
    expect(ids.size).toBe(2000);
  });
});
