import type { JSX } from 'solid-js';
import type { TimeSeries } from '../model/answers.ts';
import { describeCounted, describeShareOf } from '../util/text.ts';
import { Chart } from './Chart.tsx';
import { ChartFigure } from './ChartFigure.tsx';
import { failureRateOption } from './failure-rate.ts';
import { bucketSpan, describeUndrawn, emptySeries, rangeOfBuckets } from './time-axis.ts';

export interface TimeChartProps {
  readonly title: string;
  readonly series: TimeSeries;
  /** Half-open, ns: what was dragged over. Without it the chart cannot be dragged. */
  readonly onRange?: (range: { from: bigint; to: bigint }) => void;
  /** Half-open, ns: the bar that was clicked. */
  readonly onBar?: (range: { from: bigint; to: bigint }) => void;
}

/** Requests over time with their failed part, and the failure rate. */
export function FailureRateChart(props: TimeChartProps): JSX.Element {
  const rows = () =>
    props.series.buckets.map((bucket) => [
      bucketSpan(bucket.from, props.series.widthNs),
      describeCounted(bucket.requests, bucket),
      describeCounted(bucket.failedRequests, bucket),
      describeShareOf(bucket.failedRequests, bucket.requests),
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
      table={{ headings: ['Time', 'Requests', 'Failed', 'Failure rate'], rows }}
    >
      <Chart
        class="chart-time"
        label={`${props.title}: bars are requests, their hatched part failed, the dashed line is the failure rate`}
        option={(theme) => failureRateOption(props.series, theme)}
        onSelect={props.onBar === undefined ? undefined : select}
        onDragRange={props.onRange === undefined ? undefined : range}
      />
    </ChartFigure>
  );
}
