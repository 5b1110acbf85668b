import type { JSX } from 'solid-js';
import type { OutliersAnswer } from '../model/answers-outliers.ts';
import { describeCount } from '../util/text.ts';
import { Chart } from './Chart.tsx';
import { ChartFigure } from './ChartFigure.tsx';
import { barSpan, rangeOfBars } from './histogram.ts';
import { outlierBarsOption } from './outlier-bars.ts';

export interface OutlierChartProps {
  readonly title: string;
  readonly note: string;
  /** Of the outliers, as in a legend. */
  readonly name: string;
  readonly answer: OutliersAnswer;
  /** ns, half-open; to null: no upper end. A bar that was clicked, or bars that were dragged over. */
  readonly onRange: (range: { readonly from: number; readonly to: number | null }) => void;
}

/** How the response times spread on a logarithmic scale, and where in them the outliers are. */
export function OutlierChart(props: OutlierChartProps): JSX.Element {
  const choose = (first: number, last: number) => {
    const range = rangeOfBars(props.answer.bars, first, last);
    if (range !== null) props.onRange(range);
  };
  const select = (at: number) => {
    const bar = props.answer.bars.at(at);
    if (bar && bar.outliers + bar.others > 0) choose(at, at);
  };
  const rows = () =>
    props.answer.bars.map((bar) => [barSpan(bar), describeCount(bar.outliers), describeCount(bar.others)]);
  return (
    <ChartFigure
      title={props.title}
      note={props.note}
      table={{ headings: ['Response time', props.name, 'others'], rows }}
    >
      <Chart
        class="chart-strip"
        label={`${props.title}: each bar holds the requests of that response time, its hatched part the ${props.name}`}
        option={(theme) => outlierBarsOption(props.answer.bars, props.name, theme)}
        onSelect={select}
        onDragRange={choose}
      />
    </ChartFigure>
  );
}
