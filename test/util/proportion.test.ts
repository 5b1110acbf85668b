import { expect, test } from 'vitest';
import { differenceInterval, wilsonInterval } from '../../src/util/proportion.ts';

const rounded = ({ low, high }: { low: number; high: number }): number[] => [
  Number(low.toFixed(4)),
  Number(high.toFixed(4)),
];

/** Values printed in Newcombe 1998 (Statistics in Medicine 17), tables I (one share) and II (method 10). */
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])('the score interval of %i of %i is %f to %f', (marked, all, low, high) => {
  expect(rounded(wilsonInterval(marked, all))).toEqual([low, high]);
});

test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [6, 7, 2, 7, 0.0582, 0.8062],
  [5, 56, 0, 29, -0.0381, 0.1926],
  [0, 10, 0, 20, -0.1611, 0.2775],
  [10, 10, 0, 20, 0.6791, 1],
])('the difference of %i/%i and %i/%i is within %f to %f', (a, n, b, m, low, high) => {
  expect(rounded(differenceInterval({ marked: a, all: n }, { marked: b, all: m }))).toEqual([low, high]);
});
