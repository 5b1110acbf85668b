/** Response time over time: median and 95th percentile as lines. */
import type { TimeBucket, TimeSeries } from '../model/answers.ts';
import { describeCounted, describeDuration } from '../util/text.ts';
import type { ChartOption } from './chart-option.ts';
import { inDataRows } from './failure-rate.ts';
import type { ChartTheme } from './theme.ts';
import { bucketSpan, lastLabelRoom, pointsOf, timeFrame, valueScale } from './time-axis.ts';
import { PLAIN_TOOLTIP, tooltipElement } from './tooltip.ts';
import type { TooltipText } from './tooltip.ts';

export function responseTimeOption(series: TimeSeries, theme: ChartTheme): ChartOption {
  const { buckets } = series;
  const line = { type: 'line', connectNulls: false, ...pointsOf(series) } as const;
  return {
    ...timeFrame(series, theme, lastLabelRoom(series)),
    tooltip: {
      ...PLAIN_TOOLTIP,
      trigger: 'axis',
      formatter: (items) => {
        const bucket = buckets[Array.isArray(items) ? items[0].dataIndex : items.dataIndex];
        return bucket === undefined ? '' : tooltipElement(responseTimeTooltip(bucket, series.widthNs));
      },
    },
    yAxis: valueScale(theme, describeDuration),
    series: [
      {
        ...line,
        name: 'median',
        data: buckets.map((bucket) => bucket.median),
        symbol: 'circle',
        lineStyle: { color: theme.median, width: 2 },
        itemStyle: { color: theme.median },
      },
      {
        ...line,
        name: '95th percentile',
        data: buckets.map((bucket) => bucket.p95),
        symbol: 'diamond',
        lineStyle: { color: theme.p95, width: 2, type: [6, 4] },
        itemStyle: { color: theme.p95 },
      },
    ],
  };
}

export function responseTimeTooltip(bucket: TimeBucket, widthNs: bigint): TooltipText {
  const time = (value: number | null) => (value === null ? 'no requests' : describeDuration(value));
  return {
    title: bucketSpan(bucket.from, widthNs),
    rows: [
      ['median', time(bucket.median)],
      ['95th percentile', time(bucket.p95)],
      ['requests', describeCounted(bucket.requests, bucket)],
      ...inDataRows(bucket),
    ],
  };
}
