import { fireEvent, screen, within } from '@testing-library/dom';
import { expect, test } from 'vitest';
import { makeEngineClient } from '../../support/engine-client.ts';
import { trace } from '../../support/trace-text.ts';
import { renderApp, settled } from '../render-app.tsx';

const SPANS = trace(`
  shop  GET /  server
    orders  a  server
    cart    b  server
    cart    c  server
  cron  job  server
    cart  d  server
`);
const AT = '#/backtrace?data=0123456789ab&file=shop.json&service=orders';

const choice = (): HTMLSelectElement =>
  screen.getByRole('combobox', { name: 'Add a service to the analysis' });

test('further services are added to the target, are in the link, and can be taken away beside the name; they are no filter', async () => {
  await renderApp(makeEngineClient(SPANS), AT);
  expect(screen.getByRole('treegrid').textContent).not.toContain('cron');
  const options = within(choice()).getAllByRole<HTMLOptionElement>('option');
  expect(options.map((option) => option.textContent)).toEqual([
    '+ Add a service …',
    'cart (service)',
    'cron (service)',
    'shop (service)',
  ]);
  fireEvent.change(choice(), { target: { value: options[1].value } });
  await settled();
  expect(window.location.hash).toContain('also=cart');
  expect(screen.getByRole('heading', { level: 1 }).textContent).toMatch(/orders.*\+.*cart/);
  expect(screen.getByRole('status').textContent).toBe('4 of 4 requests');
  expect(screen.getByRole('treegrid').textContent).toContain('cron');
  expect(choice().value).toBe('');
  expect(screen.queryByRole('list', { name: 'Active filters' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'Take cart out of the analysis' }));
  await settled();
  expect(document.activeElement).toBe(choice());
  expect(screen.getByRole('status').textContent).toBe('1 of 1 request');
});

test('all of them are named at the root of the tree, beside the sunburst and of chains', async () => {
  await renderApp(makeEngineClient(SPANS), `${AT}&also=cart&node=orders,shop`);
  const [root] = within(screen.getByRole('treegrid')).getAllByRole('rowheader');
  expect(root.textContent).toBe('orders + cart (service + service)');
  expect(root.querySelector('.service-name')?.getAttribute('title')).toBe(
    'orders (service) + cart (service)',
  );
  expect(screen.getByRole('img', { name: /^Sunburst of the callers of orders \+ cart;/ })).toBeTruthy();
  expect(document.querySelector('.chain-text')?.textContent).toBe('shop → orders + cart');
});
