import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { makeDataset, makeFakeClient } from '../../support/fake-client.ts';
import { renderApp, settled } from '../render-app.tsx';

const AT = '#/backtrace?data=0123456789ab&file=shop.json&service=orders';
const client = () => makeFakeClient({ datasets: [makeDataset()] });

const table = () => screen.getByRole('table', { name: 'Where the response time goes' });
const parts = () =>
  within(table())
    .getAllByRole('rowheader')
    .map((cell) => cell.textContent?.replace(/ \(.*\)$/, ''));
/** With plain blanks. */
const textOf = (element: HTMLElement) => element.textContent?.replaceAll('\u00a0', ' ');
const evidenceOf = (link: HTMLElement) =>
  new URLSearchParams(link.getAttribute('href')?.split('?')[1]).getAll('evidence');

describe('the hotspots tab', () => {
  test('says in one sentence where most of the time goes, and is in the link', async () => {
    await renderApp(client(), `${AT}&tab=impact`);
    fireEvent.click(screen.getByRole('tab', { name: 'Hotspots' }));
    await settled();
    expect(window.location.hash).toContain('tab=hotspots');
    expect(textOf(screen.getByText(/is spent waiting for/))).toBe(
      '85 % of the response time of orders is spent waiting for the web server nginx; the largest single part, 70 %, is the own time of the database orders.',
    );
  });

  test('lists own time and callees, which open further; the link knows what is open', async () => {
    await renderApp(client(), `${AT}&tab=hotspots`);
    expect(parts()).toEqual(['nginx', 'Own time of orders', 'orders']);
    fireEvent.click(within(table()).getByRole('button', { name: 'What nginx waits for' }));
    await settled();
    expect(parts()).toEqual(['nginx', 'orders', 'Own time of nginx', 'Own time of orders', 'orders']);
    expect(window.location.hash).toContain('hotspotsOpen=orders,web-server:nginx');
    fireEvent.click(within(table()).getByRole('button', { name: 'Time' }));
    await settled();
    expect(parts()).toEqual(['orders', 'Own time of orders', 'nginx', 'Own time of nginx', 'orders']);
  });

  test('a callee leads to its backtrace, and its count to its requests', async () => {
    await renderApp(client(), `${AT}&tab=hotspots`);
    const row = within(table()).getByRole('row', { name: /nginx/ });
    expect(within(row).getByRole('link', { name: /nginx/ }).getAttribute('href')).toContain('service=nginx');
    expect(evidenceOf(within(row).getByRole('link', { name: '200' }))).toEqual([
      'requests',
      'at:orders',
      'flow:orders,web-server:nginx',
    ]);
  });

  test('names what stands out, with the requests behind it', async () => {
    await renderApp(client(), `${AT}&tab=hotspots`);
    const found = screen.getByRole('region', { name: 'What stands out' });
    const [repeated, sequential] = within(found).getAllByRole('listitem');
    expect(textOf(repeated)).toContain(
      'again and again, one call after another: in 120 requests, 1,500 calls, 12.5 on average and 40 at most; 60 %',
    );
    expect(evidenceOf(within(repeated).getByRole('link'))).toEqual([
      'requests',
      'at:orders',
      'finding:repeated,web-server:nginx,database:orders,SELECT items',
    ]);
    expect(textOf(sequential)).toContain('they could be made at once; that would save 3 %');
  });

  test('says how many calls reach out of their caller', async () => {
    await renderApp(client(), `${AT}&tab=hotspots`);
    const sentence = screen.getByText(/begin before their caller or end after it/);
    expect(textOf(sentence)).toMatch(/^3 calls begin before/);
    expect(within(sentence).getByRole('link').getAttribute('href')).toContain('finding:outside');
  });

  test('has method hotspots on a tab of their own, which says what they are', async () => {
    await renderApp(client(), `${AT}&tab=hotspots`);
    fireEvent.click(screen.getByRole('tab', { name: 'Methods' }));
    await settled();
    expect(window.location.hash).toContain('panel=methods');
    expect(screen.getByText(/^These are recorded spans, not samples of a profiler/)).toBeTruthy();
    expect(textOf(screen.getByText(/the counts are those of this part/))).toContain(
      'From 50 of 200 requests',
    );
    const methods = screen.getByRole('table', { name: 'Self time by span and code' });
    const cells = within(methods).getAllByRole('cell').map(textOf);
    expect(cells.slice(0, 4)).toEqual(['com.shop.Cart.add', 'own', 'internal', '75 %']);
    const href = (name: string) => within(methods).getByRole('link', { name }).getAttribute('href');
    expect(href('longest')).toContain(`span=${'b'.repeat(16)}`);
    expect(href('50')).toContain('seen:methods,work,1,com.shop.Cart.add,');
  });
});
