import { describe, expect, test } from 'vitest';
import { noteOfCut } from '../../src/charts/TopChart.tsx';
import { cutOfRest, topBarsOption } from '../../src/charts/top-requests.ts';
import type { ChartSize } from '../../src/charts/chart-option.ts';
import type { ChartGroup, TopChartData } from '../../src/charts/top-requests.ts';
import { SAMPLE_THEME } from './sample-theme.ts';

const group = (name: string, value: number, isRest = false): ChartGroup => ({
  name,
  value,
  overTime: [],
  isRest,
});
const dataOf = (...groups: ChartGroup[]): TopChartData => ({
  groups,
  measure: 'Requests',
  format: (value) => `${value} requests`,
  most: null,
  bars: [],
  widthNs: 1n,
});

interface Bars {
  readonly data: readonly { readonly value: number }[];
  readonly label: { readonly formatter: (at: { dataIndex: number }) => string };
}

function barsOf(data: TopChartData): Bars {
  const { series } = topBarsOption(data, SAMPLE_THEME, { width: 800, height: 200 });
  return (Array.isArray(series) ? series[0] : series) as unknown as Bars;
}

describe('the bar of the rest', () => {
  const far = dataOf(group('a', 40), group('b', 20), group('the other 42', 2400, true));

  test('does not set the scale of the groups: it is cut, and its number stands beside it', () => {
    const { data, label } = barsOf(far);
    expect(data.map(({ value }) => value)).toEqual([40, 20, 50]);
    expect([0, 2].map((dataIndex) => label.formatter({ dataIndex }))).toEqual([
      '40 requests',
      '… 2400 requests',
    ]);
  });

  test('is said to be cut', () => {
    expect(noteOfCut(far)).toBe(
      'The bar of the other 42 (2400 requests) is cut off, so that the groups can be compared.',
    );
  });

  test('is drawn whole where it is hardly longer than the others, or they have none', () => {
    const near = dataOf(group('a', 40), group('the other 2', 50, true));
    expect(barsOf(near).data.map(({ value }) => value)).toEqual([40, 50]);
    expect(noteOfCut(near)).toBeNull();
    expect(cutOfRest([group('a', 0), group('the other 2', 7, true)])).toBeNull();
  });
});

test('names stand above the bars where there is height for both, and leave them the width', () => {
  const data = dataOf(group('GET /a/long/name', 40), group('b', 20));
  const labelIn = (size: ChartSize) => {
    const { yAxis } = topBarsOption(data, SAMPLE_THEME, size);
    return (Array.isArray(yAxis) ? yAxis[0] : yAxis)?.axisLabel;
  };
  expect(labelIn({ width: 300, height: 136 })).toMatchObject({ inside: true, width: 276 });
  expect(labelIn({ width: 300, height: 72 })).not.toHaveProperty('inside');
});

test('the scale of a share ends at its most', () => {
  const scaleOf = (data: TopChartData) => {
    const { xAxis } = topBarsOption(data, SAMPLE_THEME, { width: 800, height: 200 });
    return xAxis as unknown as { max?: (values: { max: number }) => number | null };
  };
  const shares = scaleOf({ ...dataOf(group('a', 1)), most: 1 });
  expect(shares.max?.({ max: 1 })).toBe(1);
  expect(shares.max?.({ max: 0.3 })).toBeNull();
  expect(scaleOf(dataOf(group('a', 40))).max).toBeUndefined();
});
