/** The axis and frame that all charts over time share. */
import type { TimeSeries } from '../model/answers.ts';
import { describeCountOf, describeInstant } from '../util/text.ts';
import type { ChartOption } from './chart-option.ts';
import type { ChartTheme } from './theme.ts';

/** What the axis needs of a series. */
export interface TimeAxis {
  readonly widthNs: bigint;
  readonly buckets: readonly Pick<TimeSeries['buckets'][number], 'from'>[];
}

const NS_PER_MS = 1_000_000n;
const SECOND_NS = 1_000_000_000n;
const MINUTE_NS = 60n * SECOND_NS;
const DAY_NS = 1440n * MINUTE_NS;

/** Start of a bucket as read on the axis, local time: as exact as the buckets are wide. */
export function bucketLabel(from: bigint, widthNs: bigint, withDay: boolean): string {
  const instant = describeInstant(from);
  if (widthNs >= DAY_NS) return instant.slice(0, 10);
  if (widthNs >= MINUTE_NS) return instant.slice(withDay ? 5 : 11, 16);
  return clock(from, widthNs);
}

/** `2026-01-31 10:00:00 to 10:05:00`: the whole bucket, for tooltips and tables. */
export function bucketSpan(from: bigint, widthNs: bigint): string {
  const day = describeInstant(from).slice(0, 10);
  const end = from + widthNs;
  const endDay = describeInstant(end).slice(0, 10);
  return `${day} ${clock(from, widthNs)} to ${endDay === day ? '' : `${endDay} `}${clock(end, widthNs)}`;
}

function clock(ns: bigint, widthNs: bigint): string {
  const instant = describeInstant(ns);
  if (widthNs >= SECOND_NS) return instant.slice(11, 19);
  if (widthNs >= NS_PER_MS) return instant.slice(11);
  const micros = (((ns % SECOND_NS) + SECOND_NS) % SECOND_NS) / 1000n;
  return `${instant.slice(11, 19)}.${String(micros).padStart(6, '0')}`;
}

/** Half-open [from, to) in ns that buckets `first` to `last` cover. */
export function rangeOfBuckets(
  series: TimeSeries,
  first: number,
  last: number,
): { from: bigint; to: bigint } | null {
  const end = Math.min(last, series.buckets.length - 1);
  if (series.buckets.length === 0 || first > end) return null;
  return { from: series.buckets[first].from, to: series.buckets[end].from + series.widthNs };
}

/** What is said instead of a chart over time without any request; null: there are some. */
export function emptySeries({ buckets, undrawn }: TimeSeries): string | null {
  if (buckets.some((bucket) => bucket.requests > 0)) return null;
  return undrawn === undefined ? 'No request here bears a time.' : 'No request here bears a time after 1970.';
}

/** What the chart leaves out; undefined: nothing. */
export function describeUndrawn({ undrawn }: TimeSeries): string | undefined {
  return undrawn === undefined
    ? undefined
    : `Without ${describeCountOf(undrawn, 'request')} of 1970: the clock was not set, or the unit is another.`;
}

/** px; of the axis labels, whose letters are 12 px high. */
const LETTER_WIDTH = 7;

/** px to keep at the right of a chart without a second scale: half of the last label stands there. */
export function lastLabelRoom(series: TimeAxis): number {
  const longest = Math.max(0, ...axisLabels(series).map((label) => label.length));
  return Math.max(16, Math.ceil((longest * LETTER_WIDTH) / 2));
}

function axisLabels({ buckets, widthNs }: TimeAxis): readonly string[] {
  const withDay = new Set(buckets.map(({ from }) => describeInstant(from).slice(0, 10))).size > 1;
  return buckets.map(({ from }) => bucketLabel(from, widthNs, withDay));
}

/** Above the chart, and no switch. */
export const PLAIN_LEGEND = {
  top: 0,
  left: 0,
  itemWidth: 18,
  itemHeight: 10,
  selectedMode: false,
} as const;

/** px of a line of legend above a chart. */
const LEGEND_ROOM = 34;

/** Grid, axis, legend and text of a chart over time; `right`: px kept for a second scale, `top`: for the legend. */
export function timeFrame(
  series: TimeAxis,
  theme: ChartTheme,
  right: number,
  top = LEGEND_ROOM,
): ChartOption {
  return {
    backgroundColor: 'transparent',
    textStyle: { fontFamily: theme.fontFamily, color: theme.text },
    aria: { enabled: false },
    grid: { left: 8, right, top, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: { ...PLAIN_LEGEND, textStyle: { color: theme.text } },
    xAxis: {
      type: 'category',
      data: [...axisLabels(series)],
      axisLabel: { color: theme.mutedText, hideOverlap: true },
      axisLine: { lineStyle: { color: theme.line } },
      axisTick: { show: false },
    },
  };
}

/** Part of the most that there can be, from which on a scale would be rounded up beyond it. */
const NEAR_THE_MOST = 0.75;

/** A scale from 0 with few lines. `most`: no value can be above. */
export function valueScale(
  theme: ChartTheme,
  format: (value: number) => string,
  most: number | null = null,
): object {
  return {
    type: 'value',
    min: 0,
    ...(most !== null && {
      max: ({ max }: { max: number }) => (max > most * NEAR_THE_MOST ? most : null),
    }),
    // Fifths end at a most, thirds do not.
    splitNumber: most === null ? 3 : 5,
    axisLabel: { color: theme.mutedText, formatter: format },
    splitLine: { lineStyle: { color: theme.line } },
  };
}

/** Every point is drawn: one between two gaps has no line to show it. */
export function pointsOf(series: TimeSeries): {
  readonly showSymbol: true;
  readonly showAllSymbol: true;
  readonly symbolSize: number;
} {
  return { showSymbol: true, showAllSymbol: true, symbolSize: series.buckets.length <= 60 ? 5 : 3 };
}
