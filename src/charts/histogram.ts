/** Response times as bars with their failed part hatched. */
import type { DistributionAnswer, HistogramBar } from '../model/answers-distribution.ts';
import { describeCount, describeDuration, describeShareOf } from '../util/text.ts';
import type { ChartOption } from './chart-option.ts';
import { failurePattern } from './palette.ts';
import type { ChartTheme } from './theme.ts';
import { valueScale } from './time-axis.ts';
import { PLAIN_TOOLTIP, tooltipElement } from './tooltip.ts';
import type { TooltipText } from './tooltip.ts';

/** `10 ms to 20 ms`, `1 s or longer`. */
export function barSpan({ fromNs, toNs }: HistogramBar): string {
  const from = describeDuration(fromNs / 1e6);
  return toNs === null ? `${from} or longer` : `${from} to ${describeDuration(toNs / 1e6)}`;
}

export function histogramOption(answer: DistributionAnswer, theme: ChartTheme): ChartOption {
  const { bars } = answer;
  const stack = (name: string, data: readonly number[], itemStyle: object) => ({
    type: 'bar' as const,
    name,
    stack: 'requests',
    data: [...data],
    itemStyle,
    barCategoryGap: '4%',
  });
  return {
    backgroundColor: 'transparent',
    textStyle: { fontFamily: theme.fontFamily, color: theme.text },
    aria: { enabled: false },
    grid: { left: 8, right: 8, top: 34, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    legend: {
      top: 0,
      left: 0,
      itemWidth: 18,
      itemHeight: 10,
      textStyle: { color: theme.text },
      selectedMode: false,
    },
    xAxis: {
      type: 'category',
      data: bars.map(({ fromNs }) => describeDuration(fromNs / 1e6)),
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
        const bar = bars[Array.isArray(items) ? items[0].dataIndex : items.dataIndex];
        return bar === undefined ? '' : tooltipElement(histogramTooltip(bar));
      },
    },
    series: [
      stack(
        'succeeded',
        bars.map((bar) => bar.requests - bar.failedRequests),
        { color: theme.bar },
      ),
      stack(
        'failed',
        bars.map((bar) => bar.failedRequests),
        { color: theme.failed, decal: failurePattern(theme, 3) ?? undefined },
      ),
    ],
  };
}

export function histogramTooltip(bar: HistogramBar): TooltipText {
  return {
    title: barSpan(bar),
    rows: [
      ['requests', describeCount(bar.requests)],
      ['failed', describeCount(bar.failedRequests)],
      ['failure rate', describeShareOf(bar.failedRequests, bar.requests)],
    ],
  };
}

/** ns, half-open, that bars `first` to `last` cover; null: there is no such bar. */
export function rangeOfBars(
  bars: readonly HistogramBar[],
  first: number,
  last: number,
): { readonly from: number; readonly to: number | null } | null {
  const end = Math.min(last, bars.length - 1);
  if (bars.length === 0 || first > end) return null;
  return { from: bars[first].fromNs, to: bars[end].toNs };
}
