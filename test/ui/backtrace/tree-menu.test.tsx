import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test, vi } from 'vitest';
import { makeEngineClient } from '../../support/engine-client.ts';
import { trace } from '../../support/trace-text.ts';
import { renderApp, settled } from '../render-app.tsx';

const SPANS = trace(`
  shop  GET /  server
    cart    b  server
      db  c  server  500
  cron  job  server
    cart  d  server
      db  e  server
`);
const AT = '#/backtrace?data=0123456789ab&file=shop.json&service=db';

const row = (name: string): HTMLElement => {
  const found = within(screen.getByRole('treegrid'))
    .getAllByRole('row')
    .find((one) => one.querySelector('.elide')?.textContent === name);
  if (!found) throw new Error(`there is no row ${name}`);
  return found;
};
const menu = () => screen.getByRole('menu');
const titles = () =>
  within(menu())
    .getAllByRole('menuitem')
    .map((item) => item.textContent);
const item = (name: string) => within(menu()).getByRole('menuitem', { name });
const follow = async (name: string) => {
  window.location.hash = item(name).getAttribute('href') ?? '';
  await settled();
};

describe('the menu of a step', () => {
  test('opens by a right click and names what can be done; the link stays', async () => {
    await renderApp(makeEngineClient(SPANS), AT);
    const link = window.location.hash;
    fireEvent.contextMenu(row('cart'), { clientX: 50, clientY: 60 });
    expect(menu().getAttribute('aria-label')).toBe('Actions for cart');
    expect(titles()).toEqual([
      'Show only requests through this chain',
      'Exclude this chain',
      '2\u00a0requests here',
      '2\u00a0requests of db through here',
      '1\u00a0request of db through here that failed',
      'Service flow',
      'Details of failure',
      'Distributed traces',
      'Response time',
      'Hotspots',
      'Outliers',
      'Backtrace of cart',
      'Service cart',
      'Copy the link to this step',
    ]);
    expect(window.location.hash).toBe(link);
  });

  test('leaves the focus in the tree where its filter takes rows away', async () => {
    await renderApp(makeEngineClient(SPANS), AT);
    fireEvent.contextMenu(row('shop'), { clientX: 50, clientY: 60 });
    const only = item('Show only requests through this chain').getAttribute('href') ?? '';
    fireEvent.keyDown(menu(), { key: 'Escape' });
    expect(document.activeElement).toBe(row('shop'));
    window.location.hash = only;
    await vi.waitFor(() => expect(within(screen.getByRole('treegrid')).getAllByRole('row')).toHaveLength(4));
    expect(document.activeElement).toBe(row('shop'));
  });

  test('of the chosen service holds no chain', async () => {
    await renderApp(makeEngineClient(SPANS), AT);
    fireEvent.click(within(row('db')).getByRole('button', { name: 'Actions for db' }));
    expect(titles()).not.toContain('Exclude this chain');
    expect(titles()).toContain('1\u00a0request here that failed');
  });

  test('is opened, walked and left by keys, and gives the focus back', async () => {
    await renderApp(makeEngineClient(SPANS), AT);
    row('db').focus();
    fireEvent.keyDown(row('db'), { key: 'ArrowDown' });
    fireEvent.keyDown(row('cart'), { key: 'F10', shiftKey: true });
    const focused = () => document.activeElement?.textContent;
    expect(focused()).toBe('Show only requests through this chain');
    const key = (name: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key: name });
    key('ArrowDown');
    expect(focused()).toBe('Exclude this chain');
    key('End');
    expect(focused()).toBe('Copy the link to this step');
    key('ArrowDown');
    expect(focused()).toBe('Show only requests through this chain');
    key('d');
    expect(focused()).toBe('Details of failure');
    key('Escape');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(row('cart'));
    fireEvent.keyDown(row('cart'), { key: 'ContextMenu' });
    expect(menu()).toBeTruthy();
  });

  test('filters by the chain, then offers that no more', async () => {
    await renderApp(makeEngineClient(SPANS), AT);
    fireEvent.contextMenu(row('shop'));
    await follow('Show only requests through this chain');
    expect(window.location.hash).toContain('chain=db,cart,shop');
    const filter = screen.getByRole('region', { name: 'Filter' });
    await vi.waitFor(() => expect(filter.textContent).toContain('1 of 2 requests'));
    // it was about the rows that were there
    expect(screen.queryByRole('menu')).toBeNull();
    fireEvent.contextMenu(row('shop'));
    expect(titles()[0]).toBe('Exclude this chain');
  });

  test('opens the requests behind a number, and other backtraces', async () => {
    await renderApp(makeEngineClient(SPANS), AT);
    fireEvent.contextMenu(row('cart'));
    expect(item('Backtrace of cart').getAttribute('href')).toContain('service=cart');
    await follow('2\u00a0requests here');
    expect(await within(await screen.findByRole('dialog')).findByText('2 requests')).toBeTruthy();
  });
});
