import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test, vi } from 'vitest';
import { EVERYTHING } from '../../../src/model/answers.ts';
import type { CompareNode } from '../../../src/model/answers-compare.ts';
import { compareRows, directionOf, stands } from '../../../src/ui/compare/compare-rows.ts';
import { offersFor } from '../../../src/ui/compare/describe-side.ts';
import { IMPACT_ANSWERS } from '../../support/fake-impact.ts';
import { makeDataset, makeFakeClient, ORDERS, RANGE } from '../../support/fake-client.ts';
import { renderApp, settled } from '../render-app.tsx';

const AT = '#/backtrace?data=0123456789ab&file=shop.json&service=orders&tab=compare';
const client = () => makeFakeClient({ datasets: [makeDataset()] });

describe('the tab Compare', () => {
  test('asks for nothing until a side is chosen', async () => {
    const fake = client();
    await renderApp(fake, AT);
    expect(fake.asked.some(({ question }) => question === 'compare')).toBe(false);
    expect(screen.getByText('nothing yet: choose below')).toBeTruthy();
  });

  test('compares the halves of the data, and the link names both', async () => {
    const fake = client();
    await renderApp(fake, AT);
    fireEvent.click(screen.getByRole('button', { name: 'First half with second half' }));
    await settled();
    const middle = (RANGE.from + RANGE.to) / 2n;
    expect(fake.asked.filter(({ question }) => question === 'compare').at(-1)?.params).toMatchObject({
      filter: { timeframe: { from: RANGE.from, to: middle } },
      other: { filter: { timeframe: { from: middle, to: RANGE.to } } },
    });
    expect(window.location.hash).toContain('with=from:');
  });

  test('marks only what is beyond chance, and names what only one side has', async () => {
    await renderApp(client(), `${AT}&with=all`);
    const rows = within(screen.getByRole('table', { name: 'Differences by step' })).getAllByRole('row');
    expect(rows[1].querySelectorAll('.change-worse')).toHaveLength(1);
    expect(rows[1].querySelector('.change-worse')?.textContent).toBe('+10 points');
    expect(rows[1].querySelector('.change-better')).toBeNull();
    expect(rows[2].textContent).toContain('only in B');
    const chains = screen.getByRole('table', { name: 'Chains that appeared or vanished' });
    expect(within(chains).getAllByRole('row')[1].textContent).toContain('shop → nginx → orders');
  });

  test('one version is compared with another, and the sides can be swapped', async () => {
    const fake = client();
    await renderApp(fake, AT);
    fireEvent.change(screen.getByLabelText('Version of A'), { target: { value: '0' } });
    await settled();
    fireEvent.change(screen.getByLabelText('Version of B'), { target: { value: '1' } });
    await settled();
    const zone = (value: string) => [{ key: 'service.version', values: [value] }];
    const last = () => fake.asked.filter(({ question }) => question === 'compare').at(-1)?.params;
    expect(last()).toMatchObject({
      filter: { zones: zone('1.4') },
      other: { filter: { zones: zone('1.5') } },
    });
    expect(window.location.hash).toContain('with=filter:own&with=zone:service.version:1.5');
    expect(screen.getByText('version 1.5, Whole data')).toBeTruthy();
    window.location.hash = screen.getByRole('link', { name: 'Swap A and B' }).getAttribute('href') ?? '';
    await vi.waitFor(() =>
      expect(last()).toMatchObject({
        filter: { zones: zone('1.5') },
        other: { filter: { zones: zone('1.4') } },
      }),
    );
  });

  test('this view is kept as side B, whatever side A becomes', async () => {
    const fake = client();
    await renderApp(fake, `${AT}&endpoint=POST+/orders`);
    fireEvent.click(screen.getByRole('button', { name: 'Keep this view as B' }));
    await settled();
    expect(screen.getAllByText('POST /orders, Whole data')).toHaveLength(2);
    window.location.hash = window.location.hash.replace('&endpoint=POST+/orders', '');
    await settled();
    await vi.waitFor(() =>
      expect(fake.asked.filter(({ question }) => question === 'compare').at(-1)?.params).toMatchObject({
        target: { endpoint: null },
        other: { target: { endpoint: 'POST /orders' } },
      }),
    );
  });

  test('a chosen step and the colours of the sunburst are in the link', async () => {
    await renderApp(client(), `${AT}&with=all`);
    const tree = screen.getByRole('table', { name: 'Differences by step' });
    const step = within(tree).getByRole('button', { name: /nginx/ });
    expect(step.getAttribute('aria-pressed')).toBe('false');
    fireEvent.click(step);
    expect(step.getAttribute('aria-pressed')).toBe('true');
    expect(step.closest('tr')?.classList.contains('chosen')).toBe(true);
    fireEvent.pointerEnter(within(tree).getAllByRole('row')[1]);
    expect(within(tree).getAllByRole('row')[1].classList.contains('hovered')).toBe(true);
    const colours = screen.getByRole('group', { name: 'Difference that the colours show' });
    fireEvent.click(within(colours).getByRole('button', { name: 'Response time' }));
    expect(window.location.hash).toMatch(/node=orders,web-server:nginx.*mode=time/);
    expect(screen.getByText(/Slower in B/)).toBeTruthy();
  });

  test('another stored dataset is side B, named in the link and closed when it is left', async () => {
    const other = makeDataset({ id: 9, name: 'before.json', fingerprint: 'f'.repeat(32) });
    const fake = makeFakeClient({ datasets: [makeDataset(), other] });
    const closed: number[] = [];
    const closeSecond = (id: number) => (closed.push(id), fake.closeSecond(id));
    await renderApp({ ...fake, closeSecond }, AT);
    fireEvent.change(screen.getByLabelText('Dataset of B'), { target: { value: '0' } });
    await settled();
    expect(fake.asked.filter(({ question }) => question === 'compare').at(-1)?.params).toMatchObject({
      filter: { timeframe: { from: null, to: null } },
      other: { dataset: 9, filter: { timeframe: { from: null, to: null } } },
    });
    expect(window.location.hash).toContain('with=data:ffffffffffff&with=file:shop.json');
    const sides = screen.getByRole('region', { name: 'Sides of the comparison' });
    expect(within(sides).getByText('before.json, Whole data')).toBeTruthy();
    expect(within(sides).getByText('shop.json, Whole data')).toBeTruthy();
    expect(within(screen.getByLabelText('Instance of B')).getByText('pod-7')).toBeTruthy();
    expect(closed).toEqual([]);
    fireEvent.click(screen.getByRole('tab', { name: 'Impact' }));
    await settled();
    expect(closed).toEqual([9]);
  });

  test('a dataset that is not here is asked for, by its files', async () => {
    const fake = client();
    await renderApp(fake, `${AT}&with=data:ffffffff&with=file:before.json`);
    expect(screen.getByText(/Side B needs data that is not in this browser: before\.json/)).toBeTruthy();
    expect(fake.asked.some(({ question }) => question === 'compare')).toBe(false);
  });

  test('another instance is side B, all else as in the view', async () => {
    const fake = client();
    await renderApp(fake, `${AT}&last=5m`);
    fireEvent.change(screen.getByLabelText('Instance of B'), { target: { value: '1' } });
    await settled();
    expect(fake.asked.filter(({ question }) => question === 'compare').at(-1)?.params).toMatchObject({
      target: { instance: null },
      other: {
        target: { service: { name: 'orders' }, instance: 'pod-2' },
        filter: { timeframe: { from: RANGE.to - 300_000_000_000n, to: null } },
      },
    });
    const sides = screen.getByRole('region', { name: 'Sides of the comparison' });
    expect(within(sides).getByText(/^instance pod-2, /)).toBeTruthy();
    fireEvent.change(screen.getByLabelText('Instance of B'), { target: { value: '0' } });
    await settled();
    expect(within(sides).getByText(/^instance pod-1, /)).toBeTruthy();
  });
});

describe('a compared tree', () => {
  const { root } = IMPACT_ANSWERS.compare({
    target: { service: ORDERS, endpoint: null, instance: null },
    other: { target: { service: ORDERS, endpoint: null, instance: null } },
  });

  test('is listed with its chains, and stands out where one side lacks a step', () => {
    const rows = compareRows(root);
    expect(rows.map((row) => [row.depth, row.chain()])).toEqual([
      [0, 'orders'],
      [1, 'nginx → orders'],
    ]);
    const still: CompareNode = { ...root, failureRate: root.share };
    expect([root, root.callers[0], still].map(stands)).toEqual([true, true, false]);
  });

  test('says worse and better only beyond chance', () => {
    const more = { difference: 0.1, chance: 0.01, beyondChance: true };
    expect(directionOf('failureRate', more)).toBe('worse');
    expect(directionOf('responseTime', { ...more, difference: -1 })).toBe('better');
    expect(directionOf('share', more)).toBe('other');
    expect(directionOf('failureRate', { ...more, beyondChance: false })).toBeNull();
  });
});

test('times to compare with lie beside the timeframe', () => {
  const timeframe = { from: RANGE.from + 100n, to: RANGE.from + 150n };
  const offers = offersFor({ ...EVERYTHING, timeframe }, RANGE);
  expect(offers[0].patch.other).toMatchObject({ from: RANGE.from + 50n, to: RANGE.from + 100n });
  expect(offers[1].patch.other).toMatchObject({ from: RANGE.from + 150n, to: RANGE.from + 200n });
});
