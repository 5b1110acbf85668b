import { describe, expect, test } from 'vitest';
import { layoutSunburst } from '../../src/charts/sunburst-layout.ts';
import { arcName, arcTooltip, sunburstOption } from '../../src/charts/sunburst.ts';
import { tooltipElement } from '../../src/charts/tooltip.ts';
import { HOSTILE_NAME, longChain, sampleNode, shopBacktrace } from '../ui/backtrace/sample-backtrace.ts';
import { SAMPLE_THEME } from './sample-theme.ts';

interface Drawing {
  readonly type: string;
  readonly style?: Record<string, unknown>;
  readonly children?: readonly Drawing[];
}

interface CustomSeries {
  readonly data: readonly { readonly value: number }[];
  readonly renderItem: (params: { dataIndex: number }) => Drawing;
}

interface Tooltip {
  readonly formatter: (item: { dataIndex: number }) => HTMLElement;
}

function draw(root = shopBacktrace()) {
  const layout = layoutSunburst(root);
  const option = sunburstOption(layout, SAMPLE_THEME, { width: 600, height: 600 });
  const [series] = option.series as unknown as readonly CustomSeries[];
  const tooltip = option.tooltip as unknown as Tooltip;
  return { layout, series, tooltip, item: (at: number) => series.renderItem({ dataIndex: at }) };
}

describe('the sunburst', () => {
  test('draws every arc of the layout', () => {
    const { layout, series } = draw();
    expect(series.data.map(({ value }) => value)).toEqual(layout.arcs.map(({ calls }) => calls));
  });

  test('marks failing steps by hatching as well as by colour, and leaves the others plain', () => {
    const { layout, item } = draw();
    const sector = (name: string) => {
      const at = layout.arcs.findIndex((arc) => arc.kind === 'step' && arc.node.service.name === name);
      return item(at).children?.[0].style ?? {};
    };
    expect(sector('orders')).toMatchObject({ fill: 'failure2', decal: { color: 'hatching' } });
    expect(sector('cron')).toMatchObject({ fill: 'failure0' });
    expect(sector('cron')).not.toHaveProperty('decal');
  });

  test('names several services below each other in the centre, as far as there is room', () => {
    const others = ['cart', 'email', 'stock', 'mail', 'sms', 'push', 'log', 'tax'].map((name) => ({
      name,
      type: 'service' as const,
    }));
    const text = (root: ReturnType<typeof shopBacktrace>) => draw(root).item(0).children?.at(-1)?.style?.text;
    expect(text(shopBacktrace())).toBe('db');
    expect(text({ ...shopBacktrace(), others: others.slice(0, 1) })).toBe('db\n+ cart');
    expect(text({ ...shopBacktrace(), others })).toMatch(/^db\n\+ cart\n.*\+ \d more$/s);
  });

  test('tells the ends of chains apart by form, not only by colour', () => {
    const { layout, item } = draw();
    const mark = (end: string) => item(layout.arcs.findIndex((arc) => arc.end === end)).style;
    expect(mark('userAction')).toMatchObject({ fill: 'userAction' });
    expect(mark('entryPoint')).toMatchObject({ fill: 'surface', stroke: 'entryPoint' });
  });

  test('what is not drawn one by one has a look of its own, unlike any end of a chain', () => {
    const deep = draw(longChain(40));
    const rim = deep.item(deep.layout.arcs.findIndex(({ kind }) => kind === 'deeper')).style ?? {};
    expect(rim).toMatchObject({ fill: 'other', decal: { color: 'mutedText' } });
    expect(rim).not.toHaveProperty('lineDash');
    const callers = Array.from({ length: 900 }, (_, at) => sampleNode(`caller ${at}`, 1, { failedCalls: 1 }));
    const wide = draw(sampleNode('db', 900, { callers }));
    const other = wide.item(wide.layout.arcs.findIndex(({ kind }) => kind === 'other')).children ?? [];
    expect(other.filter(({ type }) => type === 'sector')).toHaveLength(2);
    expect(other[1].style).toMatchObject({ decal: { color: 'mutedText' } });
  });

  test('elides labels to the room they have and leaves them out where there is none', () => {
    const long = sampleNode('a very long name of a service that never fits', 99);
    const { layout, item } = draw(sampleNode('db', 100, { callers: [long, sampleNode('tiny', 1)] }));
    const labelOf = (name: string) =>
      item(layout.arcs.findIndex((arc) => arcName(arc) === name)).children?.find(
        ({ type }) => type === 'text',
      );
    expect(labelOf(long.service.name)?.style).toMatchObject({ overflow: 'truncate', ellipsis: '…' });
    expect(labelOf('tiny')).toBeUndefined();
  });

  test('a name that looks like markup stays text in the tooltip', () => {
    const { tooltip } = draw(sampleNode(HOSTILE_NAME, 3, { failedCalls: 1 }));
    const content = tooltip.formatter({ dataIndex: 0 });
    expect(content.querySelector('img')).toBeNull();
    expect(content.querySelector('strong')?.textContent).toBe(HOSTILE_NAME);
    expect(content.innerHTML).not.toContain('style=');
  });

  test('the tooltip says calls and failures with their rate', () => {
    const { layout } = draw();
    expect(arcTooltip(layout.arcs[1]).rows.slice(0, 2)).toEqual([
      ['calls', '80'],
      ['failed calls', '20 (25\u00a0%)'],
    ]);
  });
});

test('a tooltip takes everything as text', () => {
  const element = tooltipElement({
    title: HOSTILE_NAME,
    rows: [[HOSTILE_NAME, HOSTILE_NAME]],
    note: HOSTILE_NAME,
  });
  expect(element.querySelectorAll('img')).toHaveLength(0);
  expect(element.textContent).toBe(HOSTILE_NAME.repeat(4));
});
