/** Failure rate over time: requests as bars with their failed part hatched, the rate as a line. */
import type { TimeBucket, TimeSeries } from '../model/answers.ts';
import { describeCount, describeCounted, describeShare } from '../util/text.ts';
import type { ChartOption } from './chart-option.ts';
import { failurePattern } from './palette.ts';
import type { ChartTheme } from './theme.ts';
import { bucketSpan, pointsOf, timeFrame, valueScale } from './time-axis.ts';
import { PLAIN_TOOLTIP, tooltipElement } from './tooltip.ts';
import type { TooltipText } from './tooltip.ts';

export function failureRateOption(series: TimeSeries, theme: ChartTheme): ChartOption {
  const { buckets } = series;
  return {
    ...timeFrame(series, theme, 8),
    tooltip: {
      ...PLAIN_TOOLTIP,
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (items) => {
        const bucket = buckets[Array.isArray(items) ? items[0].dataIndex : items.dataIndex];
        return bucket === undefined ? '' : tooltipElement(failureRateTooltip(bucket, series.widthNs));
      },
    },
    yAxis: [
      { ...valueScale(theme, describeCount), minInterval: 1 },
      { ...valueScale(theme, describeShare), max: 1, splitNumber: 2, splitLine: { show: false } },
    ],
    series: [
      {
        type: 'bar',
        name: 'succeeded',
        stack: 'requests',
        data: buckets.map((bucket) => bucket.requests - bucket.failedRequests),
        itemStyle: { color: theme.bar },
        barCategoryGap: '15%',
        barMaxWidth: 48,
      },
      {
        type: 'bar',
        name: 'failed',
        stack: 'requests',
        data: buckets.map((bucket) => bucket.failedRequests),
        itemStyle: { color: theme.failed, decal: failurePattern(theme, 3) ?? undefined },
        barMaxWidth: 48,
      },
      {
        type: 'line',
        name: 'failure rate',
        yAxisIndex: 1,
        data: buckets.map(failureRateOf),
        connectNulls: false,
        symbol: 'circle',
        ...pointsOf(series),
        lineStyle: { color: theme.text, width: 1.5, type: [4, 3] },
        itemStyle: { color: theme.text },
      },
    ],
  };
}

/** 0..1; null where there is no request. */
export function failureRateOf(bucket: TimeBucket): number | null {
  return bucket.requests === 0 ? null : bucket.failedRequests / bucket.requests;
}

/** Beside estimates. */
export function inDataRows({ inData }: TimeBucket): [string, string][] {
  return inData?.requests === undefined ? [] : [['requests in the data', describeCount(inData.requests)]];
}

export function failureRateTooltip(bucket: TimeBucket, widthNs: bigint): TooltipText {
  const rate = failureRateOf(bucket);
  return {
    title: bucketSpan(bucket.from, widthNs),
    rows: [
      ['requests', describeCounted(bucket.requests, bucket)],
      ['failed', describeCounted(bucket.failedRequests, bucket)],
      ['failure rate', rate === null ? 'no requests' : describeShare(rate)],
      ...inDataRows(bucket),
    ],
  };
}
