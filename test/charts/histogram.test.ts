import { expect, test } from 'vitest';
import { barSpan, histogramOption, rangeOfBars } from '../../src/charts/histogram.ts';
import type { DistributionAnswer } from '../../src/model/answers-distribution.ts';
import { SAMPLE_THEME } from './sample-theme.ts';

const BARS = [
  { fromNs: 0, toNs: 10_000_000, requests: 5, failedRequests: 1 },
  { fromNs: 10_000_000, toNs: 20_000_000, requests: 3, failedRequests: 0 },
  { fromNs: 20_000_000, toNs: null, requests: 2, failedRequests: 2 },
] as const;
const TIMES = { count: 10, average: 1, median: 1, p75: 1, p90: 1, p95: 1, p99: 1, max: 1 };
const ANSWER: DistributionAnswer = {
  path: [],
  found: true,
  scale: 'linear',
  bars: BARS,
  responseTime: TIMES,
};

test('each bar is stacked from what succeeded and what failed', () => {
  const { series } = histogramOption(ANSWER, SAMPLE_THEME);
  expect(Array.isArray(series) && series.map((one) => one.data)).toEqual([
    [4, 3, 0],
    [1, 0, 2],
  ]);
});

test('a bar says where it begins and ends', () => {
  expect(BARS.map(barSpan)).toEqual([
    '0\u00a0ms to 10\u00a0ms',
    '10\u00a0ms to 20\u00a0ms',
    '20\u00a0ms or longer',
  ]);
});

test('dragging over bars covers them whole, the open one without an end', () => {
  expect(rangeOfBars(BARS, 0, 1)).toEqual({ from: 0, to: 20_000_000 });
  expect(rangeOfBars(BARS, 1, 9)).toEqual({ from: 10_000_000, to: null });
  expect(rangeOfBars([], 0, 0)).toBeNull();
});
