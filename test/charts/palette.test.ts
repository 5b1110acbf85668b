import { expect, test } from 'vitest';
import { failureLevel, failurePattern } from '../../src/charts/palette.ts';
import { SAMPLE_THEME } from './sample-theme.ts';

test.each([
  [0, 10, 0],
  [0, 0, 0],
  [1, 1000, 1],
  [5, 100, 1],
  [6, 100, 2],
  [25, 100, 2],
  [60, 100, 3],
  [61, 100, 4],
  [100, 100, 4],
])('%i failed of %i is level %i', (failed, all, level) => {
  expect(failureLevel(failed, all)).toBe(level);
});

test('only what failed is hatched, and denser the more failed', () => {
  expect(failurePattern(SAMPLE_THEME, 0)).toBeNull();
  const gaps = ([1, 2, 3, 4] as const).map((level) => failurePattern(SAMPLE_THEME, level)?.dashArrayY[1]);
  expect(gaps).toEqual(gaps.toSorted((a, b) => Number(b) - Number(a)));
  expect(new Set(gaps).size).toBe(4);
});
