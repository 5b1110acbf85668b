import { describe, expect, test } from 'vitest';
import {
  describeBytes,
  describeCount,
  describeCountOf,
  describeDate,
  describeDuration,
  describeInstant,
  describeList,
  describeShare,
  describeShareOf,
} from '../../src/util/text.ts';

/** No-break spaces as spaces. */
const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('text for people', () => {
  test.each([
    [0, '0'],
    [999, '999'],
    [1234567, '1,234,567'],
  ])('count %d is %s', (count, text) => expect(describeCount(count)).toBe(text));

  test.each([
    [0, '0 requests'],
    [1, '1 request'],
    [1200, '1,200 requests'],
  ])('count of %d is %s', (count, text) => expect(plain(describeCountOf(count, 'request'))).toBe(text));

  test.each([
    [0, '0 ms'],
    [0.0000004, '0.4 ns'],
    [0.00035, '350 ns'],
    [0.35, '350 µs'],
    [0.9996, '1 ms'],
    [1.2345, '1.23 ms'],
    [999.4, '999 ms'],
    [999.6, '1 s'],
    [1250, '1.25 s'],
    [59_949, '59.9 s'],
    [59_960, '1 min'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
    [90_000_000, '1 d 1 h'],
    [-5, '−5 ms'],
    [Number.NaN, '–'],
  ])('%d ms are %s', (ms, text) => expect(plain(describeDuration(ms))).toBe(text));

  test.each([
    [0, '0 %'],
    [0.0004, '< 0.1 %'],
    [0.001, '0.1 %'],
    [0.0425, '4.3 %'],
    [0.5, '50 %'],
    [0.9996, '> 99.9 %'],
    [1, '100 %'],
    [Number.NaN, '–'],
  ])('share %d is %s', (share, text) => expect(plain(describeShare(share))).toBe(text));

  test('a share of nothing is a dash', () => expect(describeShareOf(0, 0)).toBe('–'));

  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1500, '1.5 kB'],
    [12_345_678, '12.3 MB'],
    [3_200_000_000, '3.2 GB'],
  ])('%d bytes are %s', (bytes, text) => expect(plain(describeBytes(bytes))).toBe(text));

  test('an instant keeps its milliseconds, in the local zone', () => {
    const local = new Date(2026, 0, 31, 10, 0, 0, 123);
    expect(describeInstant(BigInt(local.getTime()) * 1_000_000n)).toBe('2026-01-31 10:00:00.123');
    expect(describeDate(local.getTime())).toBe('2026-01-31 10:00');
  });

  test.each([
    [['a'], 'a'],
    [['a', 'b', 'c'], 'a, b and c'],
  ])('list %j', (items, text) => expect(describeList(items)).toBe(text));
});
