import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
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
