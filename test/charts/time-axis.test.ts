import { describe, expect, test } from 'vitest';
import { failureRateOf, failureRateOption, failureRateTooltip } from '../../src/charts/failure-rate.ts';
import { responseTimeOption, responseTimeTooltip } from '../../src/charts/response-time.ts';
import {
  bucketLabel,
  bucketSpan,
  describeUndrawn,
  emptySeries,
  lastLabelRoom,
  rangeOfBuckets,
} from '../../src/charts/time-axis.ts';
import type { TimeSeries } from '../../src/model/answers.ts';
import { SAMPLE_THEME } from './sample-theme.ts';

const SECOND = 1_000_000_000n;
const NOON = BigInt(new Date(2026, 0, 31, 12, 0, 0).getTime()) * 1_000_000n;

const SERIES: TimeSeries = {
  widthNs: 60n * SECOND,
  buckets: [
    { from: NOON, requests: 10, failedRequests: 4, median: 12, p95: 40 },
    { from: NOON + 60n * SECOND, requests: 0, failedRequests: 0, median: null, p95: null },
    { from: NOON + 120n * SECOND, requests: 5, failedRequests: 0, median: 8, p95: 9 },
  ],
};

test('half of the last label has room beside the chart', () => {
  expect(lastLabelRoom(SERIES)).toBe(18);
  expect(lastLabelRoom({ ...SERIES, widthNs: SECOND / 1000n })).toBe(42);
});

test('a chart without a single request is a sentence', () => {
  expect(emptySeries(SERIES)).toBeNull();
  expect(emptySeries({ ...SERIES, buckets: SERIES.buckets.slice(1, 2) })).toBe(
    'No request here bears a time.',
  );
  expect(emptySeries({ ...SERIES, buckets: [] })).not.toBeNull();
});

test('what a chart leaves out is said below its title', () => {
  expect(describeUndrawn(SERIES)).toBeUndefined();
  expect(describeUndrawn({ ...SERIES, undrawn: 3 })).toMatch(/^Without 3\u00a0requests of 1970/);
});

describe('the time of a bucket', () => {
  test.each([
    [86_400n * SECOND, '2026-01-31'],
    [60n * SECOND, '12:00'],
    [SECOND, '12:00:00'],
    [1_000_000n, '12:00:00.000'],
    [1000n, '12:00:00.000000'],
  ])('is as exact as the bucket of %i ns is wide', (width, label) => {
    expect(bucketLabel(NOON, width, false)).toBe(label);
  });

  test('names the day where the buckets span more than one', () => {
    expect(bucketLabel(NOON, 60n * SECOND, true)).toBe('01-31 12:00');
  });

  test('is told from beginning to end, the second day only where it is another', () => {
    expect(bucketSpan(NOON, 60n * SECOND)).toBe('2026-01-31 12:00:00 to 12:01:00');
    expect(bucketSpan(NOON, 43_200n * SECOND)).toBe('2026-01-31 12:00:00 to 2026-02-01 00:00:00');
  });
});

describe('dragging over buckets', () => {
  test('gives the half-open time that they cover', () => {
    expect(rangeOfBuckets(SERIES, 1, 2)).toEqual({ from: NOON + 60n * SECOND, to: NOON + 180n * SECOND });
  });

  test('past the last bucket ends with it; nothing is there without buckets', () => {
    expect(rangeOfBuckets(SERIES, 2, 9)).toEqual({ from: NOON + 120n * SECOND, to: NOON + 180n * SECOND });
    expect(rangeOfBuckets({ widthNs: 1n, buckets: [] }, 0, 0)).toBeNull();
  });
});

interface Drawn {
  readonly name: string;
  readonly data: readonly unknown[];
  readonly itemStyle: { readonly decal?: unknown };
}

const drawn = (option: { series?: unknown }) => option.series as readonly Drawn[];

describe('the charts over time', () => {
  test('the failed part stands on the succeeded part and is hatched', () => {
    const [succeeded, failed, rate] = drawn(failureRateOption(SERIES, SAMPLE_THEME));
    expect(succeeded.data).toEqual([6, 0, 5]);
    expect(failed.data).toEqual([4, 0, 0]);
    expect(failed.itemStyle.decal).toBeDefined();
    expect(rate.data).toEqual([0.4, null, 0]);
  });

  test('a bucket without requests has no failure rate, rather than one of 0', () => {
    expect(failureRateOf(SERIES.buckets[1])).toBeNull();
    expect(failureRateTooltip(SERIES.buckets[1], SERIES.widthNs).rows[2]).toEqual([
      'failure rate',
      'no requests',
    ]);
  });

  test('response times have a gap where there is no request', () => {
    const [median, p95] = drawn(responseTimeOption(SERIES, SAMPLE_THEME));
    expect(median.data).toEqual([12, null, 8]);
    expect(p95.data).toEqual([40, null, 9]);
    expect(responseTimeTooltip(SERIES.buckets[0], SERIES.widthNs).rows[0]).toEqual(['median', '12\u00a0ms']);
  });

  test('marks estimates, with what is in the data beside them', () => {
    const bucket = { ...SERIES.buckets[0], requests: 40, failedRequests: 8, inData: { requests: 10 } };
    const rows = new Map(failureRateTooltip(bucket, SERIES.widthNs).rows);
    expect(rows.get('requests')).toBe('≈\u00a040');
    expect(rows.get('failed')).toBe('≈\u00a08');
    expect(rows.get('requests in the data')).toBe('10');
    const times = new Map(responseTimeTooltip(bucket, SERIES.widthNs).rows);
    expect(times.get('requests')).toBe('≈\u00a040');
    expect(times.get('requests in the data')).toBe('10');
  });
});
