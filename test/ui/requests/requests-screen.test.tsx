import { fireEvent, screen, within } from '@testing-library/dom';
import { describe, expect, test } from 'vitest';
import { typedSplit } from '../../../src/ui/requests/SplitChoice.tsx';
import { makeEngineClient } from '../../support/engine-client.ts';
import { trace } from '../../support/trace-text.ts';
import { renderApp, settled } from '../render-app.tsx';

/** Three endpoints of two services, and a database. */
const SPANS = trace(`
  web  GET /cart  server  50ms  200  http.request.method=GET  http.route=/cart  tenant=acme
    web  pay  client  40ms
      pay  POST /pay  server  30ms  500  http.request.method=POST  http.route=/pay  tenant=acme
  web  GET /cart  server  70ms  200  http.request.method=GET  http.route=/cart  tenant=other
    web  SELECT  client  20ms  db.system=mysql  db.namespace=carts
  web  GET /help  server  10ms  200  http.request.method=GET  http.route=/help
`);
const AT = '#/requests?data=0123456789ab&file=shop.json';

function rows(): string[][] {
  const table = screen.getByRole('table', { name: 'Top requests' });
  return within(table)
    .getAllByRole('row')
    .slice(1)
    .map((row) =>
      [...row.querySelectorAll('th, td')].slice(0, 3).map((cell) => (cell.textContent ?? '').trim()),
    );
}

describe('the top requests', () => {
  test('are the endpoints of web requests by number, the rest and all below', async () => {
    await renderApp(makeEngineClient(SPANS), `${AT}&top=1`);
    expect(rows()).toEqual([
      ['GET /cartweb (service)', '2', '0'],
      ['the other 2\u00a0groups', '2', '1'],
      ['all together', '4', '1'],
    ]);
  });

  test('are split, ranked and limited by what the link says', async () => {
    await renderApp(makeEngineClient(SPANS), `${AT}&kind=all&by=span.tenant&by=service&measure=sum`);
    expect(rows().map(([tenant, service]) => [tenant, service])).toEqual([
      ['other', 'web (service)'],
      ['acme', 'web (service)'],
      ['acme', 'pay (service)'],
      ['not set', 'carts (database)'],
      ['not set', 'web (service)'],
      ['all together', ''],
    ]);
  });

  test('a heading chooses the measure', async () => {
    await renderApp(makeEngineClient(SPANS), AT);
    const table = screen.getByRole('table', { name: 'Top requests' });
    fireEvent.click(within(table).getByRole('button', { name: 'p95' }));
    await settled();
    expect(window.location.hash).toContain('measure=p95');
    expect(rows()[0][0]).toContain('GET /cart');
    const heading = within(screen.getByRole('table', { name: 'Top requests' })).getByRole('columnheader', {
      name: 'p95',
    });
    expect(heading.getAttribute('aria-sort')).toBe('descending');
  });

  test('each count opens its requests, which are of no single service', async () => {
    const client = makeEngineClient(SPANS);
    await renderApp(client, AT);
    const link = within(screen.getByRole('table', { name: 'Top requests' })).getAllByRole('link', {
      name: '2',
    })[0];
    window.location.hash = link.getAttribute('href') ?? '';
    await settled();
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('Web requests');
    expect(dialog.textContent).toContain('endpoint: GET /cart · web');
    expect(await within(dialog).findByText('2 requests')).toBeTruthy();
  });

  test('the rest opens its requests too', async () => {
    await renderApp(makeEngineClient(SPANS), `${AT}&top=1`);
    const rest = screen.getByRole('row', { name: /the other 2/ });
    window.location.hash = within(rest).getByRole('link', { name: '2' }).getAttribute('href') ?? '';
    await settled();
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('by Endpoint: all but the first 1 by Requests');
    expect(await within(dialog).findByText('2 requests')).toBeTruthy();
  });

  test.each([
    ['by=status', '500', 'Only these', 'where={+request:httpStatus+%3D+500+}'],
    ['by=method', 'POST', 'Only these', 'where={+request:method+%3D+"POST"+}'],
    ['by=caller', 'web (service)', 'Only these', 'where={+request:caller+%3D+"web"+}'],
    ['by=service&by=caller', 'pay (service) web (service)', 'Backtrace', 'chain=pay,web'],
  ])('what a row of %s says goes along when it is narrowed to', async (by, name, link, written) => {
    await renderApp(makeEngineClient(SPANS), `${AT}&kind=all&${by}`);
    const [row] = screen
      .getAllByRole('row')
      .filter((one) => (one.textContent ?? '').startsWith(name.replaceAll(') ', ')')));
    const href = within(row).getByRole('link', { name: link }).getAttribute('href') ?? '';
    expect(decodeURIComponent(href)).toContain(decodeURIComponent(written));
  });

  test('an endpoint leads to its backtrace', async () => {
    await renderApp(makeEngineClient(SPANS), AT);
    const [link] = screen.getAllByRole('link', { name: 'Backtrace' }).slice(1);
    expect(link.getAttribute('href')).toContain('#/backtrace?');
    expect(link.getAttribute('href')).toContain('service=web&endpoint=GET+/cart');
  });

  test('a second split and a key of an attribute are chosen beside the title', async () => {
    await renderApp(makeEngineClient(SPANS), AT);
    const second = screen.getByLabelText('then by');
    fireEvent.change(second, { target: { value: '.' } });
    const key = screen.getByLabelText('then by: key of the attribute');
    fireEvent.input(key, { target: { value: 'tenant' } });
    fireEvent.keyDown(key, { key: 'Enter' });
    await settled();
    expect(window.location.hash).toContain('by=endpoint&by=.tenant');
    expect(rows().map((cells) => cells[1])).toContain('acme');
  });
});

test('the key of an attribute is completed from the data', async () => {
  await renderApp(makeEngineClient(SPANS), `${AT}&by=.tenant`);
  const key = screen.getByRole<HTMLInputElement>('combobox', { name: 'Split by: key of the attribute' });
  expect(key.value).toBe('tenant');
  const options = () =>
    within(screen.getByRole('listbox', { name: 'Completions' }))
      .getAllByRole('option')
      .map((option) => option.textContent);
  fireEvent.input(key, { target: { value: 'http.re' } });
  await settled();
  expect(options()).toEqual([
    'http.request.methodspan, 4\u00a0requests',
    'http.response.status_codespan, 4\u00a0requests',
  ]);
  fireEvent.input(key, { target: { value: 'resource.' } });
  await settled();
  expect(options().every((text) => text?.startsWith('resource.'))).toBe(true);
  fireEvent.input(key, { target: { value: 'route' } });
  await settled();
  fireEvent.keyDown(key, { key: 'ArrowDown' });
  fireEvent.keyDown(key, { key: 'Enter' });
  await settled();
  expect(window.location.hash).toContain('by=.http.route');
  expect(key.getAttribute('aria-expanded')).toBe('false');
});

test('a key without a scope is looked for in the span, else in the resource', () => {
  expect(typedSplit('http.route')).toEqual({ kind: 'attribute', scope: 'any', key: 'http.route' });
  expect(typedSplit('resource.host.name')).toEqual({
    kind: 'attribute',
    scope: 'resource',
    key: 'host.name',
  });
  expect(typedSplit('service')).toEqual({ kind: 'attribute', scope: 'any', key: 'service' });
  expect(typedSplit('')).toBeNull();
});
