import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { describeInterval, isBeyondChance } from '../../../src/ui/impact/DifferenceInterval.tsx';
import { describePoints } from '../../../src/util/text.ts';
import { answerInstead } from '../../support/answer-instead.ts';
import { makeDataset, makeFakeClient } from '../../support/fake-client.ts';
import { renderApp, settled } from '../render-app.tsx';

const AT = '#/backtrace?data=0123456789ab&file=shop.json&service=orders';
const client = () => makeFakeClient({ datasets: [makeDataset()] });

describe('the impact tab', () => {
  test('is reached with the tabs, keeps target and filters, and the link names it', async () => {
    await renderApp(client(), `${AT}&chain=orders,web-server:nginx&last=5m`);
    fireEvent.click(screen.getByRole('tab', { name: 'Impact' }));
    await settled();
    expect(window.location.hash).toContain('tab=impact');
    for (const part of ['service=orders', 'chain=orders,web-server:nginx', 'last=5m'])
      expect(window.location.hash).toContain(part);
    expect(screen.getByRole('tab', { name: 'Impact' }).getAttribute('aria-selected')).toBe('true');
  });

  test('says in one sentence what became of the failures', async () => {
    await renderApp(client(), `${AT}&tab=impact`);
    expect(screen.getByText('nginx', { selector: '.fate-sentence *' }).closest('p')?.textContent).toBe(
      '28 of 30 failures were absorbed by nginx; 2 reached the user action click on "Buy".',
    );
  });

  test('writes out that the fates add up to the failures', async () => {
    await renderApp(client(), `${AT}&tab=impact`);
    const ledger = screen.getByRole('region', { name: 'Fates of the failures' });
    const terms = [...ledger.querySelectorAll('.term strong')].map((term) => Number(term.textContent));
    expect(terms).toEqual([30, 2, 0, 28, 0, 0]);
    expect(within(ledger).queryByRole('alert')).toBeNull();
  });

  test('each fate opens its failures', async () => {
    const fake = client();
    await renderApp(fake, `${AT}&tab=impact`);
    const table = screen.getByRole('table', { name: 'Fates by place' });
    const link = within(table).getByRole('link', { name: '28' });
    expect(new URLSearchParams(link.getAttribute('href')?.split('?')[1]).getAll('evidence')).toEqual([
      'failedCalls',
      'at:orders',
      'fate:absorbed,web-server:nginx',
    ]);
  });

  test('compares caller and callee hop by hop, with the interval as text', async () => {
    await renderApp(client(), `${AT}&tab=impact`);
    const table = screen.getByRole('table', { name: 'Hops' });
    const row = within(table).getAllByRole('row')[1];
    expect(row.textContent).toContain('2 of 30');
    expect(row.textContent).toContain('+6.7 +1.1 to +21.3 points');
  });

  test('tells retries and disagreement, each number with its requests', async () => {
    await renderApp(client(), `${AT}&tab=impact`);
    const retries = screen.getByRole('region', { name: 'Retries' });
    expect(retries.textContent).toContain('20 were retried: 14 recovered, 6 failed to the end');
    const hrefs = (region: HTMLElement, name: string) =>
      within(region)
        .getAllByRole('link', { name })
        .map((link) =>
          new URLSearchParams(link.getAttribute('href')?.split('?')[1]).getAll('evidence').slice(2),
        );
    expect(hrefs(retries, '6')).toEqual([
      ['operation:exhausted'],
      ['calledBy:web-server:nginx', 'endpoint:GET /orders/{id}', 'operation:exhausted'],
    ]);
    expect(retries.textContent).toMatch(
      / 5\srequests begin a chain: no caller is known to have tried them\./,
    );
    const sides = screen.getByRole('region', { name: 'Where caller and service disagree' });
    expect(sides.textContent).toContain('9 failed to the caller only, 2 to the service only');
    expect(sides.textContent).toContain('4 were called without a client span');
    expect(hrefs(sides, '2')[0]).toEqual(['agreement:serviceOnly']);
  });

  test('lists no rows of zeros where nothing was retried', async () => {
    const fake = client();
    answerInstead(fake, 'retries', { retried: 0, recovered: 0, exhausted: 0, notRetried: 0 });
    await renderApp(fake, `${AT}&tab=impact`);
    const retries = screen.getByRole('region', { name: 'Retries' });
    expect(retries.textContent).toMatch(
      /Of \d+\soperations none was retried; 0 failed at the only attempt\./,
    );
    expect(within(retries).queryByRole('table')).toBeNull();
  });

  test.each([
    ['explains bounds that differ although no caller is missing', { low: 2, high: 3 }, true],
    ['says nothing of bounds that agree', { low: 2, high: 2 }, false],
  ])('%s', async (_, usersHit, explained) => {
    const fake = client();
    const same = { low: 2, high: 2 };
    const others = { userActionsHit: same, userActionsHitFailed: same, failuresAtUsers: same };
    answerInstead(fake, 'completeness', { callsMissing: 0, ...others, usersHit });
    await renderApp(fake, `${AT}&tab=impact`);
    const sentence = screen.getByText(/^No caller is missing: every chain is known to its end\./);
    expect(sentence.textContent?.includes('Where bounds differ')).toBe(explained);
  });

  test('names where chains break, and bounds for the impact', async () => {
    await renderApp(client(), `${AT}&tab=impact`);
    const bounds = screen.getByRole('table', { name: 'Bounds for the impact on users' });
    const row = within(bounds).getByRole('row', { name: /User actions hit 29 30/ });
    const [low, high] = within(row)
      .getAllByRole('link')
      .map((link) => new URLSearchParams(link.getAttribute('href')?.split('?')[1]).getAll('evidence'));
    expect(low).toEqual(['hit', 'end:userAction']);
    expect(high).toEqual(['hit', 'end:userAction', 'orMissing:yes']);
    expect(screen.getByRole('table', { name: 'Where chains break' }).textContent).toContain('nginx');
  });
});

describe('a difference of shares', () => {
  test('is told in percentage points with its sign', () => {
    expect([0.5, 0, -0.051, 0.0004].map(describePoints)).toEqual(['+50', '0', '−5.1', '0']);
    expect(describeInterval({ low: -0.1, high: 0.25 })).toBe('−10 to +25 points');
  });

  test('is beyond chance where the interval does not hold 0', () => {
    expect(isBeyondChance({ low: 0.01, high: 0.2 })).toBe(true);
    expect(isBeyondChance({ low: -0.01, high: 0.2 })).toBe(false);
    expect(isBeyondChance({ low: -0.3, high: -0.2 })).toBe(true);
  });
});
