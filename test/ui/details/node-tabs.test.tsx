import { screen, within } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { makeEngineClient } from '../../support/engine-client.ts';
import { trace } from '../../support/trace-text.ts';
import { renderApp, settled } from '../render-app.tsx';

const SPANS = trace(`
  web   click  internal  100ms  app  url.full=https://shop.example/cart?user=7
    cart  POST /buy  server  80ms  error  exception=Boom: order 42  code.function.name=Cart.buy
      cart  POST  client  30ms
        pay   POST /pay  server  20ms  error=declined
  cart  POST /buy  server  80ms  http.request.header.x-forwarded-for=1.2.3.4, 10.0.0.1
  cart  POST /buy  server  80ms  http.request.header.referer=https://search.example/?q=secret
`);

async function openPanel(panel: string, service = 'cart'): Promise<void> {
  await renderApp(makeEngineClient(SPANS), `#/backtrace?data=0123456789ab&service=${service}&panel=${panel}`);
  await settled();
}

function cellsOf(table: string): (string | null)[][] {
  const rows = within(screen.getByRole('table', { name: table }))
    .getAllByRole('row')
    .slice(1);
  return rows.map((row) => [...row.children].map((cell) => cell.textContent));
}

describe('the tabs of the selected step', () => {
  test('list the requests, each the way into its trace', async () => {
    await openPanel('traces');
    const links = within(screen.getByRole('table', { name: 'Requests' })).getAllByRole('link');
    expect(links).toHaveLength(3);
    expect(links[0].getAttribute('href')).toContain('#/trace?');
    expect(links[0].getAttribute('href')).toContain('span=0000000000000005');
    screen.getByRole('button', { name: 'Failed only' }).click();
    await settled();
    expect(within(screen.getByRole('table', { name: 'Requests' })).getAllByRole('link')).toHaveLength(1);
    expect(window.location.hash).toContain('mode=failed');
  });

  test('name the service in which the cause of each failure lies', async () => {
    await openPanel('causes');
    const [row] = cellsOf('Causes of failures');
    expect(row.slice(0, 5)).toEqual(['pay (service)', 'trace', 'declined', 'of a callee', '1']);
    const sentence = screen.getByText(/here: the cause of none lies in the service itself/);
    expect(sentence.textContent?.replaceAll('\u00a0', ' ')).toBe(
      '1 failed request here: the cause of none lies in the service itself, of 1 in a callee further down.',
    );
  });

  test('show exceptions, and say where no stack was recorded', async () => {
    await openPanel('stacks');
    expect(screen.getByText('order 42')).toBeTruthy();
    expect(screen.getByText('No stack was recorded.')).toBeTruthy();
  });

  test('say from which code a call was made', async () => {
    await openPanel('stacks', 'pay');
    expect(cellsOf('Code that called')[0][0]).toBe('Cart.buy');
  });

  test('list referring pages without what stands behind the question mark', async () => {
    await openPanel('referrers');
    expect(cellsOf('Referring pages').map(([page, source]) => [page, source])).toEqual([
      ['https://search.example/', 'Referer header'],
      ['https://shop.example/cart', 'page of the user action'],
    ]);
    expect(document.body.textContent).not.toContain('secret');
  });

  test('list proxies, and say what cannot be told', async () => {
    await openPanel('proxies');
    expect(cellsOf('Proxies')[0][0]).toContain('2 proxies or more');
    expect(screen.getByText(/the data cannot tell/)).toBeTruthy();
  });
});
