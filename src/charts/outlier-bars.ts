/** Response times as bars in which the outliers stand out. */
import type { OutlierBar } from '../model/answers-outliers.ts';
import { describeCount, describeDuration } from '../util/text.ts';
import type { ChartOption } from './chart-option.ts';
import { barSpan } from './histogram.ts';
import { failurePattern } from './palette.ts';
import { stackedBarsOption } from './stacked-bars.ts';
import type { ChartTheme } from './theme.ts';

/** `name`: of the outliers. */
export function outlierBarsOption(bars: readonly OutlierBar[], name: string, theme: ChartTheme): ChartOption {
  return stackedBarsOption(
    {
      labels: bars.map(({ fromNs }) => describeDuration(fromNs / 1e6)),
      parts: [
        { name: 'others', data: bars.map(({ others }) => others), itemStyle: { color: theme.bar } },
        {
          name,
          data: bars.map(({ outliers }) => outliers),
          itemStyle: { color: theme.failed, decal: failurePattern(theme, 3) ?? undefined },
        },
      ],
      tooltip: (place) => ({
        title: barSpan(bars[place]),
        rows: [
          [name, describeCount(bars[place].outliers)],
          ['others', describeCount(bars[place].others)],
        ],
      }),
    },
    theme,
  );
}
