/**
 * Draws one chart of each kind that the first screens show, into nothing, while nobody needs the page: what an engine
 * has not run yet is slow, and a first chart would keep the page from answering for longer than a frame or two.
 */
import type { TimeSeries } from '../model/answers.ts';
import type { ChartOption, ChartSize } from './chart-option.ts';
import { failureRateOption } from './failure-rate.ts';
import { responseTimeOption } from './response-time.ts';
import { layoutSunburst } from './sunburst-layout.ts';
import type { SunburstNode } from './sunburst-layout.ts';
import { drawSunburst } from './sunburst-picture.ts';
import { readTheme } from './theme.ts';
import type { ChartTheme } from './theme.ts';
import { topBarsOption, topLinesOption } from './top-requests.ts';
import type { TopChartData } from './top-requests.ts';

const SIZE: ChartSize = { width: 480, height: 320 };

export async function rehearseCharts(): Promise<void> {
  // Where nothing can be drawn there is nothing to rehearse.
  if (document.createElement('canvas').getContext('2d') === null) return;
  const library = await import('./echarts.ts');
  const theme = readTheme(document.body);
  for (const optionOf of [sampleSunburst, sampleFailureRate, sampleResponseTime, sampleBars, sampleLines]) {
    await idle();
    const chart = library.init(document.createElement('div'), null, { renderer: 'canvas', ...SIZE });
    chart.setOption({ animation: false, ...optionOf(theme) });
    await idle();
    chart.getZr().flush();
    chart.dispose();
  }
}

const WITHOUT_IDLE_CALLBACKS_MS = 200;

/** Resolves when a step of some 50 ms does no harm. */
function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Safari has none.
    if (typeof requestIdleCallback === 'undefined') setTimeout(resolve, WITHOUT_IDLE_CALLBACKS_MS);
    else requestIdleCallback(() => resolve());
  });
}

interface SampleNode extends SunburstNode {
  readonly callers: readonly SampleNode[];
}

function caller(name: string, callers: readonly SampleNode[] = []): SampleNode {
  const service = { name, type: 'service' } as const;
  return {
    service,
    calls: 2,
    failedCalls: 1,
    ends: { userAction: 1, entryPoint: 0, callerMissing: 0 },
    callers,
  };
}

function sampleSunburst(theme: ChartTheme): ChartOption {
  const root = caller('a', [caller('b', [caller('c')]), caller('d')]);
  const picture = {
    layout: layoutSunburst(root),
    paint: () => ({ fill: theme.accent, text: theme.text, decal: null }),
    label: () => 'a',
    tooltip: () => ({ title: 'a', rows: [] }),
  };
  return drawSunburst(picture, theme, SIZE);
}

const SERIES: TimeSeries = {
  widthNs: 1_000_000_000n,
  buckets: [1n, 2n, 3n].map((second) => ({
    from: second * 1_000_000_000n,
    requests: 2,
    failedRequests: 1,
    median: 1,
    p95: 2,
  })),
};

const GROUPS: TopChartData = {
  groups: [1, 2, 3, 4].map((value) => ({
    name: `group ${value}`,
    value,
    overTime: SERIES.buckets.map(() => value),
    isRest: false,
  })),
  measure: 'Requests',
  format: String,
  most: null,
  bars: SERIES.buckets.map(({ from }) => from),
  widthNs: SERIES.widthNs,
};

const sampleBars = (theme: ChartTheme) => topBarsOption(GROUPS, theme, SIZE);
const sampleLines = (theme: ChartTheme) => topLinesOption(GROUPS, theme);
const sampleFailureRate = (theme: ChartTheme) => failureRateOption(SERIES, theme);
const sampleResponseTime = (theme: ChartTheme) => responseTimeOption(SERIES, theme);
