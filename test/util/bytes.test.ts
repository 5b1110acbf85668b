import { expect, test } from 'vitest';
import { ByteBuffer, encodeText, isComparable, sameBytes, viewOf } from '../../src/util/bytes.ts';

test('bytes are the same, or differ at any one place', () => {
  const one = encodeText('..{"key":"http.request.method"}');
  for (let length = 0; length < 28; length++) {
    const other = encodeText(`.${'{"key":"http.request.method"}'.slice(0, length)}`);
    expect(sameBytes(viewOf(one), 2, viewOf(other), 1, length)).toBe(true);
    for (let i = 1; i <= length; i++) {
      const changed = other.slice();
      changed[i] ^= 1;
      expect(sameBytes(viewOf(one), 2, viewOf(changed), 1, length)).toBe(false);
    }
  }
});

test('what two doubles of other bytes equal each other in is not comparable', () => {
  const zero = new Uint8Array(8);
  const negative = new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0x80]);
  expect(sameBytes(viewOf(zero), 0, viewOf(negative), 0, 8)).toBe(true);
  for (const bytes of [zero, negative]) expect(isComparable(bytes, 0, 8)).toBe(false);
  expect(isComparable(zero, 0, 6)).toBe(true);
  expect(isComparable(new Uint8Array([0, 0, 0, 1, 0, 0, 0, 0]), 0, 8)).toBe(true);
});

test('a buffer becomes another one, which it then equals', () => {
  const one = new ByteBuffer();
  const other = new ByteBuffer();
  one.ascii('lib');
  expect(one.equals(other)).toBe(false);
  other.ascii('a longer name');
  other.become(one);
  expect(other.equals(one)).toBe(true);
  other.ascii('!');
  expect(other.equals(one)).toBe(false);
});
