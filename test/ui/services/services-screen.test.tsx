import { fireEvent, screen, within } from '@testing-library/dom';
import { expect, test } from 'vitest';
import { decodeView } from '../../../src/link/hash.ts';
import { makeDataset, makeFakeClient, makeServiceRow } from '../../support/fake-client.ts';
import type { FakeClient } from '../../support/fake-client.ts';
import { renderApp, settled } from '../render-app.tsx';

const AT_SERVICES = '#/services?data=0123456789ab&file=shop.json';
const client = () => makeFakeClient({ datasets: [makeDataset()] });
const names = () =>
  within(screen.getByRole('table'))
    .getAllByRole('rowheader')
    .map((cell) => cell.textContent);

const withServices = (rows: readonly ReturnType<typeof makeServiceRow>[]): FakeClient => {
  const fake = client();
  fake.ask = (async () => ({ ok: true, value: { services: rows } })) as unknown as FakeClient['ask'];
  return fake;
};

test('services come by requests, with their type in words', async () => {
  await renderApp(client(), AT_SERVICES);
  expect(names()).toEqual([
    'nginx (web server)',
    'orders (service)',
    'orders (database)',
    'shop (application)',
  ]);
});

test('sorting by a heading stands in the link and turns around at the second click', async () => {
  await renderApp(client(), AT_SERVICES);
  fireEvent.click(screen.getByRole('button', { name: 'Failed' }));
  expect(window.location.hash).toBe(`${AT_SERVICES}&sort=-failed`);
  expect(names()[0]).toBe('orders (service)');
  fireEvent.click(screen.getByRole('button', { name: 'Failed' }));
  expect(names()[0]).toBe('shop (application)');
  expect(screen.getByRole('columnheader', { name: 'Failed' }).getAttribute('aria-sort')).toBe('ascending');
});

test('searching narrows by name or type and stands in the link', async () => {
  await renderApp(client(), AT_SERVICES);
  fireEvent.input(screen.getByLabelText('Search services'), { target: { value: 'ord data' } });
  expect(names()).toEqual(['orders (database)']);
  expect(window.location.hash).toContain('search=ord+data');
  fireEvent.input(screen.getByLabelText('Search services'), { target: { value: 'nothing such' } });
  expect(screen.getByText('No service matches the search.')).toBeTruthy();
});

test('inferred services are marked, and so is one whose span is missing', async () => {
  await renderApp(client(), AT_SERVICES);
  const row = screen.getByRole('row', { name: /orders \(database\)/ });
  expect(row.querySelector('.tag')?.getAttribute('title')).toContain('Inferred');
  expect(row.textContent).toContain('called here, span missing');
});

test('a row leads to its service and to its backtrace, inferred ones by type', async () => {
  await renderApp(client(), AT_SERVICES);
  const hrefs = (name: RegExp) =>
    within(screen.getByRole('row', { name }))
      .getAllByRole('link', { name: /orders/ })
      .map((link) => link.getAttribute('href')?.replace('data=0123456789ab&file=shop.json&', ''));
  expect(hrefs(/orders \(service\)/)).toEqual(['#/service?service=orders', '#/backtrace?service=orders']);
  expect(hrefs(/orders \(database\)/)).toEqual([
    '#/service?service=orders&type=database',
    '#/backtrace?service=orders&type=database',
  ]);
});

test('the numbers of a row open its requests', async () => {
  await renderApp(client(), AT_SERVICES);
  const row = screen.getByRole('row', { name: /orders \(service\)/ });
  const opened = within(row)
    .getAllByRole('link')
    .map((link) => decodeView(link.getAttribute('href') ?? '').view.evidence)
    .filter((evidence) => evidence !== null);
  const orders = { name: 'orders', type: 'service' } as const;
  expect(opened.map(({ count }) => count)).toEqual(['requests', 'failedRequests', 'failedRequests']);
  expect(opened[0].place).toEqual({
    kind: 'top',
    of: 'all',
    splits: [{ kind: 'fact', name: 'service' }],
    values: [{ value: 'orders', service: orders }],
  });
});

test('the requests in groups, of all kinds, are one click away', async () => {
  await renderApp(client(), AT_SERVICES);
  const link = screen.getByRole('link', { name: 'See them in groups' });
  expect(link.getAttribute('href')).toContain('#/requests?');
  expect(link.getAttribute('href')).toContain('kind=all');
});

test('a failure is told by more than colour', async () => {
  await renderApp(client(), AT_SERVICES);
  const failing = screen.getByTitle('30 of 200 failed');
  expect(failing.querySelector('svg')).toBeTruthy();
  expect(screen.getByTitle('0 of 120 failed').querySelector('svg')).toBeNull();
});

test('of ten thousand services only those in sight are in the document, and all are counted', async () => {
  const rows = Array.from({ length: 10_000 }, (_, index) =>
    makeServiceRow({ name: `service-${index}`, type: 'service' }, { requests: 10_000 - index }),
  );
  await renderApp(withServices(rows), AT_SERVICES);
  expect(screen.getByRole('table').getAttribute('aria-rowcount')).toBe('10001');
  expect(names().length).toBeLessThan(100);
  expect(names()[0]).toBe('service-0 (service)');
});

test('a name that looks like HTML is text', async () => {
  const name = '<img src=x onerror=alert(1)>';
  await renderApp(withServices([makeServiceRow({ name, type: 'service' })]), AT_SERVICES);
  expect(names()).toEqual([`${name} (service)`]);
  expect(document.querySelector('img')).toBeNull();
});

test('a link to a backtrace that names no service lets one choose', async () => {
  await renderApp(client(), '#/backtrace?data=01234567');
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Choose a service');
  await settled();
});
