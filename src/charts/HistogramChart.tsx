import type { JSX } from 'solid-js';
import type { DistributionAnswer } from '../model/answers-distribution.ts';
import { describeCount, describeShareOf } from '../util/text.ts';
import { Chart } from './Chart.tsx';
import { ChartFigure } from './ChartFigure.tsx';
import { barSpan, histogramOption, rangeOfBars } from './histogram.ts';

export interface HistogramChartProps {
  readonly title: string;
  readonly answer: DistributionAnswer;
  /** ns, half-open; to null: no upper end. A bar that was clicked, or bars that were dragged over. */
  readonly onRange: (range: { readonly from: number; readonly to: number | null }) => void;
}

/** How the response times spread, with the failed part of each bar. */
export function HistogramChart(props: HistogramChartProps): JSX.Element {
  const choose = (first: number, last: number) => {
    const range = rangeOfBars(props.answer.bars, first, last);
    if (range !== null) props.onRange(range);
  };
  const select = (at: number) => {
    if (props.answer.bars.at(at)?.requests) choose(at, at);
  };
  const rows = () =>
    props.answer.bars.map((bar) => [
      barSpan(bar),
      describeCount(bar.requests),
      describeCount(bar.failedRequests),
      describeShareOf(bar.failedRequests, bar.requests),
    ]);
  return (
    <ChartFigure
      title={props.title}
      table={{ headings: ['Response time', 'Requests', 'Failed', 'Failure rate'], rows }}
    >
      <Chart
        class="chart-histogram"
        label={`${props.title}: each bar holds the requests of that response time, its hatched part failed`}
        option={(theme) => histogramOption(props.answer, theme)}
        onSelect={select}
        onDragRange={choose}
      />
    </ChartFigure>
  );
}
