/** Response times as bars with their failed part hatched. */
import type { DistributionAnswer, HistogramBar } from '../model/answers-distribution.ts';
import { describeCount, describeDuration, describeShareOf } from '../util/text.ts';
import type { ChartOption } from './chart-option.ts';
import { failurePattern } from './palette.ts';
import type { ChartTheme } from './theme.ts';
import { stackedBarsOption } from './stacked-bars.ts';
import type { TooltipText } from './tooltip.ts';

/** `10 ms to 20 ms`, `1 s or longer`. */
export function barSpan({ fromNs, toNs }: Pick<HistogramBar, 'fromNs' | 'toNs'>): string {
  const from = describeDuration(fromNs / 1e6);
  return toNs === null ? `${from} or longer` : `${from} to ${describeDuration(toNs / 1e6)}`;
}

export function histogramOption({ bars }: DistributionAnswer, theme: ChartTheme): ChartOption {
  return stackedBarsOption(
    {
      labels: bars.map(({ fromNs }) => describeDuration(fromNs / 1e6)),
      parts: [
        {
          name: 'succeeded',
          data: bars.map((bar) => bar.requests - bar.failedRequests),
          itemStyle: { color: theme.bar },
        },
        {
          name: 'failed',
          data: bars.map((bar) => bar.failedRequests),
          itemStyle: { color: theme.failed, decal: failurePattern(theme, 3) ?? undefined },
        },
      ],
      tooltip: (place) => histogramTooltip(bars[place]),
    },
    theme,
  );
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
  bars: readonly Pick<HistogramBar, 'fromNs' | 'toNs'>[],
  first: number,
  last: number,
): { readonly from: number; readonly to: number | null } | null {
  const end = Math.min(last, bars.length - 1);
  if (bars.length === 0 || first > end) return null;
  return { from: bars[first].fromNs, to: bars[end].toNs };
}
