import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { Chart } from './Chart.tsx';
import { ChartFigure } from './ChartFigure.tsx';
import { LineLegend } from './LineLegend.tsx';
import { bucketSpan } from './time-axis.ts';
import { cutOfRest, drawnLines, MOST_LINES, topBarsOption, topLinesOption } from './top-requests.ts';
import type { TopChartData } from './top-requests.ts';

export interface TopChartProps {
  readonly title: string;
  readonly data: TopChartData;
  readonly overTime: boolean;
  /** A bar was clicked: place among the groups. */
  readonly onSelect: (group: number) => void;
}

/** Groups of requests by a measure, or how it went in the first of them over time. */
export function TopChart(props: TopChartProps): JSX.Element {
  const lines = () => props.data.groups.filter(({ isRest }) => !isRest);
  const table = () =>
    props.overTime
      ? {
          headings: ['Time', ...lines().map(({ name }) => name)],
          rows: () =>
            props.data.bars.map((from, bar) => [
              bucketSpan(from, props.data.widthNs),
              ...lines().map(({ overTime }) => {
                const value = overTime[bar];
                return value === null ? '–' : props.data.format(value);
              }),
            ]),
        }
      : {
          headings: ['Group', props.data.measure],
          rows: () => props.data.groups.map(({ name, value }) => [name, props.data.format(value)]),
        };
  const note = () => {
    const text = props.overTime ? noteOfLines(lines().length) : noteOfCut(props.data);
    return text === null ? {} : { note: text };
  };
  return (
    <ChartFigure title={props.title} table={table()} {...note()}>
      <Show
        when={props.overTime}
        fallback={
          <div class="chart-top-frame">
            <div class="chart-top-rows" style={{ '--rows': props.data.groups.length }}>
              <Chart
                class="chart-top-bars"
                label={`${props.title}: a bar for each group, the longest first`}
                option={(theme, size) => topBarsOption(props.data, theme, size)}
                onSelect={(group) => props.onSelect(group)}
              />
            </div>
          </div>
        }
      >
        <LineLegend names={drawnLines(props.data.groups).map(({ name }) => name)} />
        <div class="chart-top-box">
          <Chart
            class="chart-top-lines"
            label={`${props.title} over time: a line for each group`}
            option={(theme) => topLinesOption(props.data, theme)}
          />
        </div>
      </Show>
    </ChartFigure>
  );
}

function noteOfLines(count: number): string | null {
  return count > MOST_LINES ? `The first ${MOST_LINES} of ${count}; all are in the table.` : null;
}

/** Said in words where a bar is not as long as its number. */
export function noteOfCut({ groups, format }: TopChartData): string | null {
  const rest = groups.find(({ isRest }) => isRest);
  if (rest === undefined || cutOfRest(groups) === null) return null;
  return `The bar of ${rest.name} (${format(rest.value)}) is cut off, so that the groups can be compared.`;
}
