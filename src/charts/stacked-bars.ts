/** Upright bars of several parts, in classes of the x axis. */
import { describeCount } from '../util/text.ts';
import type { ChartOption } from './chart-option.ts';
import type { ChartTheme } from './theme.ts';
import { PLAIN_LEGEND, valueScale } from './time-axis.ts';
import { PLAIN_TOOLTIP, tooltipElement } from './tooltip.ts';
import type { TooltipText } from './tooltip.ts';

export interface BarPart {
  readonly name: string;
  readonly data: readonly number[];
  readonly itemStyle: object;
}

export interface StackedBars {
  /** Of the classes. */
  readonly labels: readonly string[];
  /** From the bottom up. */
  readonly parts: readonly BarPart[];
  readonly tooltip: (place: number) => TooltipText;
}

export function stackedBarsOption({ labels, parts, tooltip }: StackedBars, theme: ChartTheme): ChartOption {
  return {
    backgroundColor: 'transparent',
    textStyle: { fontFamily: theme.fontFamily, color: theme.text },
    aria: { enabled: false },
    grid: { left: 8, right: 8, top: 34, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: { ...PLAIN_LEGEND, textStyle: { color: theme.text } },
    xAxis: {
      type: 'category',
      data: [...labels],
      axisLabel: { color: theme.mutedText, hideOverlap: true },
      axisLine: { lineStyle: { color: theme.line } },
      axisTick: { show: false },
    },
    yAxis: { ...valueScale(theme, describeCount), minInterval: 1 },
    tooltip: {
      ...PLAIN_TOOLTIP,
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (items) => {
        const place = Array.isArray(items) ? items[0].dataIndex : items.dataIndex;
        return labels[place] === undefined ? '' : tooltipElement(tooltip(place));
      },
    },
    series: parts.map(({ name, data, itemStyle }) => ({
      type: 'bar' as const,
      name,
      stack: 'all',
      data: [...data],
      itemStyle,
      barCategoryGap: '4%',
    })),
  };
}
