import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeText } from '../../src/util/bytes.ts';
import { Decimal } from '../../src/util/decimal.ts';

function read(text: string, shift = 0): bigint | null {
  const decimal = new Decimal();
  const bytes = encodeText(` ${text}"`);
  if (!decimal.read(bytes, 1, bytes.length - 1, shift)) return null;
  const size = (BigInt(decimal.hi) << 32n) | BigInt(decimal.lo);
  return decimal.negative ? -size : size;
}

describe('Decimal', () => {
  test.each([
    ['0', 0n],
    ['00000000000000000000000000001', 1n],
    ['1544712660123456789', 1544712660123456789n],
    ['18446744073709551615', 18446744073709551615n],
    ['18446744073709551616', null],
    ['99999999999999999999', null],
    ['100000000000000000000', null],
    ['1.7e18', 1700000000000000000n],
    ['1.7E+18', 1700000000000000000n],
    ['17000000000000000000e-1', 1700000000000000000n],
    ['0.00000000000000000015e20', 15n],
    ['12.99', 12n],
    ['-5', -5n],
    ['+5', 5n],
    ['1e30', null],
    ['1e99999', null],
    ['', null],
    ['-', null],
    ['.', null],
    ['e5', null],
    ['1e', null],
    ['12a', null],
    ['1544712660 12345678', null],
    ['2024-05-01', null],
    ['NaN', null],
  ])('reads “%s” as %s', (text, value) => {
    expect(read(text)).toBe(value);
  });

  test('reads every unsigned 64-bit integer exactly, however it is written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }), fc.nat(6), (value, zeros) => {
        expect(read(String(value))).toBe(value);
        expect(read('0'.repeat(zeros) + value)).toBe(value);
        expect(read(`${value}.5`)).toBe(value);
        expect(read(`${value}e0`)).toBe(value);
        const micros = value / 1000n;
        expect(read(String(micros), 3)).toBe(micros * 1000n);
      }),
    );
  });

  test('shifts fractions of µs to ns', () => {
    expect(read('1556604172355737.25', 3)).toBe(1556604172355737250n);
    expect(read('0.5', 3)).toBe(500n);
  });
});
