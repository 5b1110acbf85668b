/** Groups of requests side by side: as bars by a measure, and as lines over time. */
import type { ChartOption, ChartSize } from './chart-option.ts';
import type { ChartTheme } from './theme.ts';
import { bucketSpan, lastLabelRoom, timeFrame, valueScale } from './time-axis.ts';
import { PLAIN_TOOLTIP, tooltipElement } from './tooltip.ts';

export interface ChartGroup {
  readonly name: string;
  readonly value: number;
  /** The value in each bar over time; null: none there. */
  readonly overTime: readonly (number | null)[];
  /** Of all groups that have none of their own. */
  readonly isRest: boolean;
}

export interface TopChartData {
  readonly groups: readonly ChartGroup[];
  /** Of the values. */
  readonly measure: string;
  readonly format: (value: number) => string;
  /** No value can be above, as shares are none above 1; null: there is no such. */
  readonly most: number | null;
  readonly bars: readonly bigint[];
  readonly widthNs: bigint;
}

/** The bar of the rest is cut where it is this many times as long as the longest of the groups. */
const CUT_AT = 1.25;

/** Where the bar of the rest is cut, so that those of the groups keep their length; null: no bar is. */
export function cutOfRest(groups: readonly ChartGroup[]): number | null {
  const longest = Math.max(0, ...groups.filter(({ isRest }) => !isRest).map(({ value }) => value));
  const rest = groups.find(({ isRest }) => isRest);
  const cut = longest * CUT_AT;
  return rest !== undefined && cut > 0 && rest.value > cut ? cut : null;
}

/** Lines that people can tell apart. */
export const MOST_LINES = 8;

/** Points of a line up to which each bears the sign; of more some do: hundreds take longer to draw than all else. */
const MOST_SIGNS = 30;

const STROKES = ['solid', 'dashed', 'dotted'] as const;
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond'] as const;

/** What tells a line from the others: its colour, its stroke, and the sign at its points. */
export interface LineMark {
  /** Place in the theme's series. */
  readonly color: number;
  readonly stroke: (typeof STROKES)[number];
  readonly symbol: (typeof SYMBOLS)[number];
}

export function lineMark(line: number): LineMark {
  return {
    color: line % MOST_LINES,
    stroke: STROKES[line % STROKES.length],
    symbol: SYMBOLS[line % SYMBOLS.length],
  };
}

/** The groups that a line is drawn of: the first ones but the rest. */
export function drawnLines(groups: readonly ChartGroup[]): readonly ChartGroup[] {
  return groups.filter(({ isRest }) => !isRest).slice(0, MOST_LINES);
}

/** px of a bar's row from which on its name has a line of its own above the bar: charts.css makes rows so high where the chart is narrow. */
const NAME_ABOVE_FROM = 40;
/** px for the highest label of the scale. */
const ABOVE_LINES = 12;

/** px of a bar below its name. */
const BAR_BELOW_NAME = 14;

export function topBarsOption(data: TopChartData, theme: ChartTheme, size: ChartSize): ChartOption {
  const { groups, measure, format } = data;
  const cut = cutOfRest(groups);
  const nameAbove = size.height / groups.length >= NAME_ABOVE_FROM;
  return {
    backgroundColor: 'transparent',
    textStyle: { fontFamily: theme.fontFamily, color: theme.text },
    aria: { enabled: false },
    grid: {
      left: 8,
      right: nameAbove ? 56 : 72,
      top: 4,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      ...valueScale(theme, format, data.most),
      axisLabel: { color: theme.mutedText, formatter: format, hideOverlap: true },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: groups.map(({ name }) => name),
      axisLabel: nameAbove ? nameAboveBar(theme, size.width) : nameBesideBar(theme, size.width),
      axisLine: { lineStyle: { color: theme.line } },
      axisTick: { show: false },
    },
    tooltip: {
      ...PLAIN_TOOLTIP,
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (items) => {
        const group = groups[Array.isArray(items) ? items[0].dataIndex : items.dataIndex];
        return group === undefined
          ? ''
          : tooltipElement({ title: group.name, rows: [[measure, format(group.value)]] });
      },
    },
    series: [
      {
        type: 'bar',
        name: measure,
        ...(nameAbove ? { barWidth: BAR_BELOW_NAME } : { barCategoryGap: '25%' }),
        data: groups.map(({ value, isRest }) => ({
          value: isRest && cut !== null ? cut : value,
          itemStyle: { color: isRest ? restColor(theme, cut !== null) : theme.bar },
        })),
        label: {
          show: true,
          position: 'right',
          color: theme.mutedText,
          formatter: ({ dataIndex }) => {
            const { value, isRest } = groups[dataIndex];
            return isRest && cut !== null ? `… ${format(value)}` : format(value);
          },
        },
      },
    ],
  };
}

/** `width`: of the chart, px. */
function nameBesideBar(theme: ChartTheme, width: number) {
  return {
    color: theme.text,
    width: Math.max(80, Math.min(360, width * 0.35)),
    overflow: 'truncate' as const,
    interval: 0,
  };
}

/** `width`: of the chart, px. */
function nameAboveBar(theme: ChartTheme, width: number) {
  return {
    color: theme.text,
    inside: true,
    margin: 0,
    padding: [0, 0, BAR_BELOW_NAME / 2 + 2, 0],
    verticalAlign: 'bottom' as const,
    width: width - 24,
    overflow: 'truncate' as const,
    interval: 0,
  };
}

/** A bar that is cut fades out. */
function restColor({ other, surface }: ChartTheme, isCut: boolean) {
  if (!isCut) return other;
  const colorStops = [
    { offset: 0, color: other },
    { offset: 0.7, color: other },
    { offset: 1, color: surface },
  ];
  return { type: 'linear' as const, x: 0, y: 0, x2: 1, y2: 0, colorStops };
}

/** Its legend is beside it, in the page (LineLegend.tsx). */
export function topLinesOption(data: TopChartData, theme: ChartTheme): ChartOption {
  const { bars, widthNs, format } = data;
  const lines = drawnLines(data.groups);
  const axis = { widthNs, buckets: bars.map((from) => ({ from })) };
  return {
    ...timeFrame(axis, theme, lastLabelRoom(axis), ABOVE_LINES),
    legend: { show: false },
    yAxis: valueScale(theme, format, data.most),
    tooltip: {
      ...PLAIN_TOOLTIP,
      trigger: 'axis',
      formatter: (items) => {
        const bar = Array.isArray(items) ? items[0].dataIndex : items.dataIndex;
        if (bars[bar] === undefined) return '';
        const rows = lines.map(({ name, overTime }): readonly [string, string] => [
          name,
          textAt(overTime, bar),
        ]);
        return tooltipElement({ title: bucketSpan(bars[bar], widthNs), rows });
      },
    },
    series: lines.map(({ name, overTime }, line) => {
      const { color, stroke, symbol } = lineMark(line);
      return {
        type: 'line' as const,
        name,
        data: [...overTime],
        color: theme.series[color],
        lineStyle: { type: stroke, width: 2 },
        symbol,
        symbolSize: 6,
        showAllSymbol: bars.length <= MOST_SIGNS,
      };
    }),
  };
  function textAt(values: readonly (number | null)[], bar: number): string {
    const value = values[bar];
    return value === null ? '–' : format(value);
  }
}
