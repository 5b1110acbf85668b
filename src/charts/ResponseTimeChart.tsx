import type { JSX } from 'solid-js';
import { describeCounted, describeDuration } from '../util/text.ts';
import { Chart } from './Chart.tsx';
import { ChartFigure } from './ChartFigure.tsx';
import type { TimeChartProps } from './FailureRateChart.tsx';
import { responseTimeOption } from './response-time.ts';
import { bucketSpan, describeUndrawn, emptySeries, rangeOfBuckets } from './time-axis.ts';

/** Median and 95th percentile of the response time over time. */
export function ResponseTimeChart(props: TimeChartProps): JSX.Element {
  const time = (value: number | null) => (value === null ? 'no requests' : describeDuration(value));
  const rows = () =>
    props.series.buckets.map((bucket) => [
      bucketSpan(bucket.from, props.series.widthNs),
      time(bucket.median),
      time(bucket.p95),
      describeCounted(bucket.requests, bucket),
    ]);
  const range = (first: number, last: number) => {
    const marked = rangeOfBuckets(props.series, first, last);
    if (marked !== null) props.onRange?.(marked);
  };
  const select = (bar: number) => {
    if (!props.series.buckets.at(bar)?.requests) return;
    const marked = rangeOfBuckets(props.series, bar, bar);
    if (marked !== null) props.onBar?.(marked);
  };
  return (
    <ChartFigure
      title={props.title}
      note={describeUndrawn(props.series)}
      empty={emptySeries(props.series)}
      table={{ headings: ['Time', 'Median', '95th percentile', 'Requests'], rows }}
    >
      <Chart
        class="chart-time"
        label={`${props.title}: the solid line is the median, the dashed line the 95th percentile`}
        option={(theme) => responseTimeOption(props.series, theme)}
        onSelect={props.onBar === undefined ? undefined : select}
        onDragRange={props.onRange === undefined ? undefined : range}
      />
    </ChartFigure>
  );
}
