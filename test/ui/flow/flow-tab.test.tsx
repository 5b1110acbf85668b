import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { makeEngineClient } from '../../support/engine-client.ts';
import { trace } from '../../support/trace-text.ts';
import { renderApp, settled } from '../render-app.tsx';

/** The shop calls the cart twice, side by side; the cart asks its database; one of two requests sends a message. */
const SPANS = trace(`
  shop  GET /  server  100ms  at=0ms
    shop  GET  client  40ms  at=10ms
      cart  GET /items  server  40ms  at=10ms
        cart  SELECT  client  20ms  at=20ms  db.system=redis  db.namespace=store
    shop  GET  client  40ms  at=30ms
      cart  GET /items  server  40ms  at=30ms  error
  shop  GET /  server  100ms  at=200ms
    shop  send  producer  10ms  at=210ms  messaging.destination.name=mails
      mailer  mail  consumer  50ms  at=215ms
`);
const AT = '#/backtrace?data=0123456789ab&service=shop&tab=flow';

async function openFlow(more = '', service = 'shop'): Promise<HTMLElement> {
  await renderApp(makeEngineClient(SPANS), AT.replace('shop', service) + more);
  return screen.getByRole('tree');
}

const names = () =>
  screen.getAllByRole('treeitem').map((item) => (item.textContent ?? '').replaceAll('\u00a0', ' '));
const card = (name: RegExp) => screen.getByRole('treeitem', { name });
const evidenceOf = (link: HTMLElement) =>
  new URLSearchParams(link.getAttribute('href')?.split('?')[1]).getAll('evidence');

describe('the service flow', () => {
  test('says of each service who calls it, how often, for how long, and what fails', async () => {
    await openFlow();
    expect(names()).toEqual([
      'shop (service), 2 requests, 100 % of the response time',
      'cart (service), 50 % of the calls failed, called by 50 % of the requests · 2 calls each, 30 % of the response time',
      'store (database), called by 50 % of the requests · 1 call each, 10 % of the response time',
      'mails (queue), called by 50 % of the requests · 1 call each, 5 % of the response time',
      'mailer (service), called by 50 % of the requests · 1 call each, asynchronous, 0 % of the response time',
    ]);
    expect(screen.getByTitle('its calls are asynchronous: nobody waits for them')).toBeTruthy();
    expect(screen.getByTitle('1 of 2 calls failed')).toBeTruthy();
  });

  test('is walked with the keys of a tree', async () => {
    const tree = await openFlow();
    fireEvent.keyDown(tree, { key: 'ArrowRight' });
    expect(document.activeElement).toBe(card(/^cart/));
    fireEvent.keyDown(tree, { key: 'ArrowLeft' });
    await settled();
    expect(card(/^cart/).getAttribute('aria-expanded')).toBe('false');
    expect(screen.queryByRole('treeitem', { name: /^store/ })).toBeNull();
    expect(window.location.hash).toContain('flowOpen=');
    fireEvent.keyDown(tree, { key: '*' });
    await settled();
    fireEvent.keyDown(tree, { key: 'End' });
    expect(document.activeElement).toBe(card(/^mailer/));
    fireEvent.keyDown(tree, { key: 'Enter' });
    await settled();
    expect(window.location.hash).toContain('flow=shop,queue:mails,mailer');
    expect(card(/^mailer/).getAttribute('aria-selected')).toBe('true');
  });

  test('of a selected call opens its requests, and the backtrace through its chain', async () => {
    await openFlow('&flow=shop,cart&chain=shop');
    const figures = screen.getByRole('group', { name: 'Figures of the selected call' });
    const links = within(figures).getAllByRole('link').map(evidenceOf);
    expect(links).toContainEqual(['requests', 'at:shop', 'flow:shop,cart']);
    expect(links).toContainEqual(['calls', 'at:shop', 'flow:shop,cart', 'callee:failed']);
    const onward = screen.getByRole('link', { name: 'Backtrace of cart through this chain' });
    const href = onward.getAttribute('href') ?? '';
    expect(href).toContain('service=cart&chain=cart,shop');
    expect(href).not.toContain('tab=');
  });

  test('lists the same nodes in a table, from where one is selected', async () => {
    await openFlow();
    const table = screen.getByRole('table', { name: 'Service flow' });
    expect(within(table).getAllByRole('row')).toHaveLength(1 + names().length);
    fireEvent.click(within(table).getByRole('button', { name: /^store/ }));
    await settled();
    expect(window.location.hash).toContain('flow=shop,cart,database:store');
  });

  test('is that of the selected caller where the link says so, and of the service again on demand', async () => {
    await openFlow('&node=cart,shop&of=caller', 'cart');
    expect(names()[0]).toContain('shop (service), 1 request,');
    expect(screen.getByText(/that led to the requests of/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Analysed service: cart' }));
    await settled();
    expect(window.location.hash).not.toContain('of=');
    expect(names()[0]).toContain('cart (service), 50 % of the calls failed, 2 requests');
  });

  test('tells which steps of a link are not in it', async () => {
    await openFlow('&flow=shop,nobody');
    expect(
      screen.getByText(/“flow=shop,nobody” of the link names no step of this service flow/),
    ).toBeTruthy();
    expect(card(/^shop/).getAttribute('aria-selected')).toBe('true');
  });
});

describe('Analyze', () => {
  const column = (name: string) => screen.getByRole('region', { name });
  const hrefOf = (whose: string, name: RegExp) =>
    within(column(whose)).getByRole('link', { name }).getAttribute('href') ?? '';

  test('goes on with the requests of the caller that led to the service, and with those of the service', async () => {
    await renderApp(
      makeEngineClient(SPANS),
      '#/backtrace?data=0123456789ab&service=cart&node=cart,shop&panel=analyze&from=2023-01-01T00:00:00Z',
    );
    const [caller, target] = ['Selected caller: shop', 'Analysed service: cart'];
    expect(hrefOf(caller, /^Service flow/)).toContain('node=cart,shop&from=2023-01-01T00:00:00Z&tab=flow');
    expect(hrefOf(caller, /^Service flow/)).toContain('of=caller');
    expect(hrefOf(caller, /^Details of failure/)).toContain('tab=failures');
    expect(hrefOf(caller, /^Distributed traces/)).toContain(
      'node=cart,shop&from=2023-01-01T00:00:00Z&panel=traces',
    );
    for (const [name, tab] of [
      [/^Hotspots/, 'tab=hotspots'],
      [/^Outliers/, 'tab=outliers'],
    ] as const) {
      expect(hrefOf(caller, name)).toContain('service=cart&node=cart,shop&from=2023-01-01T00:00:00Z');
      expect(hrefOf(caller, name)).toContain(tab);
      expect(hrefOf(caller, name)).toContain('of=caller');
    }
    for (const name of [
      /^Service flow/,
      /^Outliers/,
      /^Details of failure/,
      /^Distributed traces/,
      /^Response time/,
    ]) {
      expect(hrefOf(target, name)).toContain('chain=cart,shop');
      expect(hrefOf(target, name)).toContain('from=2023-01-01T00:00:00Z');
      expect(hrefOf(target, name)).not.toContain('of=caller');
    }
  });

  test('of the service itself has one column', async () => {
    await renderApp(makeEngineClient(SPANS), '#/backtrace?data=0123456789ab&service=cart&panel=analyze');
    expect(screen.queryByRole('region', { name: /^Selected caller/ })).toBeNull();
    expect(hrefOf('Analysed service: cart', /^Service flow/)).not.toContain('chain=');
  });

  test('shows all about the failures of either', async () => {
    await renderApp(
      makeEngineClient(SPANS),
      '#/backtrace?data=0123456789ab&service=cart&node=cart,shop&tab=failures',
    );
    expect(screen.getByRole('heading', { name: /Failures of\s+cart/ })).toBeTruthy();
    expect(screen.getByText(/here: the cause of/).textContent).toMatch(/^1.failed request here/);
    fireEvent.click(screen.getByRole('button', { name: 'Selected caller: shop' }));
    await settled();
    expect(screen.getByRole('heading', { name: /Failures of\s+shop/ })).toBeTruthy();
    expect(screen.queryByText(/here: the cause of/)).toBeNull();
  });
});
