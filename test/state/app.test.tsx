import { createRoot } from 'solid-js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createApp } from '../../src/state/app.ts';
import type { App } from '../../src/state/app.ts';
import { makeDataset, makeFakeClient } from '../support/fake-client.ts';
import type { FakeClient } from '../support/fake-client.ts';

const SHOP = makeDataset();
const OTHER = makeDataset({ id: 2, name: 'other.json', fingerprint: 'f'.repeat(32), files: [] });
const DEMO = makeDataset({
  id: 3,
  name: 'Demo',
  fingerprint: 'd'.repeat(32),
  files: [{ ...SHOP.files[0], name: 'headwater-demo.jsonl' }],
});

let dispose = () => {};
const start = (client: FakeClient, hash: string): App => {
  window.history.replaceState(null, '', hash);
  return createRoot((end) => {
    dispose = end;
    return createApp(client);
  });
};
const settled = (app: App) => vi.waitFor(() => expect(app.busy()).toBe(false));
const arrive = (hash: string) => {
  window.history.pushState(null, '', hash);
  window.dispatchEvent(new Event('hashchange'));
};

beforeEach(() => window.localStorage.clear());
afterEach(() => dispose());

describe('what another tab does', () => {
  const startWithShop = async () => {
    const client = makeFakeClient({ datasets: [OTHER, SHOP] });
    const app = start(client, '#/services?data=01234567');
    await settled(app);
    return { app, client };
  };
  const told = (app: App) => app.notices.list().map(({ tone, text }) => [tone, text]);

  test('a dataset that it deletes is closed here, and that is said', async () => {
    const { app, client } = await startWithShop();
    await client.remove(SHOP.id);
    client.tellChanged();
    await vi.waitFor(() => expect(app.dataset()).toBeNull());
    expect(told(app)).toEqual([['warning', '“shop.json” was deleted in another tab.']]);
    expect(app.datasets.list().map(({ id }) => id)).toEqual([OTHER.id]);
    expect(app.preferences.lastDataset()).toBeNull();
  });

  test('a dataset that it deletes and that is not open here only leaves the list', async () => {
    const { app, client } = await startWithShop();
    await client.remove(OTHER.id);
    client.tellChanged();
    await vi.waitFor(() => expect(app.datasets.list()).toHaveLength(1));
    expect(app.dataset()?.id).toBe(SHOP.id);
    expect(told(app)).toEqual([]);
  });

  test('a new name is the name here, too', async () => {
    const { app, client } = await startWithShop();
    await client.rename(SHOP.id, 'Monday');
    client.tellChanged();
    await vi.waitFor(() => expect(app.dataset()?.name).toBe('Monday'));
    expect(app.datasets.list().map(({ name }) => name)).toContain('Monday');
  });

  test('a dataset that got further files is opened anew', async () => {
    const { app, client } = await startWithShop();
    const grown = { ...SHOP, fingerprint: 'a'.repeat(32) };
    const opened: number[] = [];
    client.list = async () => ({ ok: true, value: [grown] });
    client.open = async (id) => {
      opened.push(id);
      return { ok: true, value: grown };
    };
    client.tellChanged();
    await vi.waitFor(() => expect(app.dataset()?.fingerprint).toBe(grown.fingerprint));
    expect(opened).toEqual([SHOP.id]);
    expect(told(app)).toEqual([
      ['info', '“shop.json” got further files in another tab and is shown with them.'],
    ]);
  });
});

describe('at the start', () => {
  test('the app is busy until it knows what is stored', async () => {
    const app = start(makeFakeClient(), '#/');
    expect(app.busy()).toBe(true);
    await settled(app);
    expect(app.dataset()).toBeNull();
  });

  test('the dataset of the link is opened', async () => {
    const app = start(
      makeFakeClient({ datasets: [OTHER, SHOP] }),
      '#/backtrace?data=01234567&service=orders',
    );
    await settled(app);
    expect(app.dataset()).toEqual(SHOP);
    expect(app.foreignData()).toBeNull();
  });

  test('a link without data opens the dataset that was open last and is completed with its data', async () => {
    window.localStorage.setItem('headwater.dataset', '2');
    const app = start(makeFakeClient({ datasets: [SHOP, OTHER] }), '#/backtrace?service=orders');
    await settled(app);
    expect(app.dataset()?.id).toBe(2);
    expect(window.location.hash).toBe('#/backtrace?data=ffffffffffff&service=orders');
  });

  test('a link to data that is not here waits for it and keeps what it says', async () => {
    window.localStorage.setItem('headwater.dataset', '2');
    const hash = '#/backtrace?data=01234567&file=shop.json&service=orders';
    const app = start(makeFakeClient({ datasets: [OTHER] }), hash);
    await settled(app);
    expect(app.dataset()).toBeNull();
    expect(app.foreignData()?.files).toEqual(['shop.json']);
    expect(window.location.hash).toBe(hash);
  });

  test('what a link says and is not understood is told', async () => {
    const app = start(makeFakeClient({ datasets: [SHOP] }), '#/services?colour=red');
    await settled(app);
    expect(app.notices.list().map((notice) => notice.details)).toEqual([
      ['The part “colour” of the link is unknown here and was ignored.'],
    ]);
  });

  test('what a link says and is not understood is told until its screen is left', async () => {
    const app = start(makeFakeClient({ datasets: [SHOP, OTHER] }), '#/services?colour=red');
    const told = () => app.notices.list().length;
    await settled(app);
    app.navigate({ search: 'ord' }, 'replace');
    expect(told()).toBe(1);
    app.navigate({ view: 'requests' }, 'push');
    expect(told()).toBe(0);
    arrive('#/services?colour=blue');
    expect(told()).toBe(1);
    arrive('#/services');
    expect(told()).toBe(0);
    await settled(app);
    arrive('#/services?colour=green');
    await settled(app);
    expect(told()).toBe(1);
    await app.openDataset(OTHER.id);
    expect(told()).toBe(0);
  });

  test('#/demo generates the demo and shows its services', async () => {
    const client = makeFakeClient({ imports: DEMO });
    const app = start(client, '#/demo');
    await settled(app);
    expect(app.dataset()).toEqual(DEMO);
    expect(window.location.hash).toBe('#/services?data=dddddddddddd&file=headwater-demo.jsonl');
  });

  test('a link to the demo generates it', async () => {
    const hash = '#/backtrace?data=dddddddddddd&file=headwater-demo.jsonl&service=orders';
    const app = start(makeFakeClient({ imports: DEMO }), hash);
    await settled(app);
    expect(app.dataset()).toEqual(DEMO);
    expect(window.location.hash).toBe(hash);
  });
});

describe('an import', () => {
  const files = [new File(['{}'], 'a.json')];

  test('opens its dataset at the services and is remembered', async () => {
    const client = makeFakeClient({ imports: SHOP });
    const app = start(client, '#/');
    await settled(app);
    await app.addFiles(files, null);
    await settled(app);
    expect(client.imported).toEqual([{ files, into: null }]);
    expect(window.location.hash).toBe('#/services?data=0123456789ab&file=shop.json');
    expect(window.localStorage.getItem('headwater.dataset')).toBe('1');
  });

  test('keeps the failure rules', async () => {
    const app = start(makeFakeClient({ datasets: [SHOP], imports: OTHER }), '#/services?rules=otel');
    await settled(app);
    await app.addFiles(files, null);
    expect(app.view()).toMatchObject({ view: 'services', rules: { preset: 'otel' } });
  });

  test('of the data that a link waits for shows what the link means', async () => {
    const app = start(makeFakeClient({ imports: SHOP }), '#/backtrace?data=01234567&service=orders');
    await settled(app);
    await app.addFiles(files, null);
    expect(app.view()).toMatchObject({ view: 'backtrace', service: 'orders' });
    expect(app.foreignData()).toBeNull();
  });

  test('of other data than a link waits for says so and shows the same view of it', async () => {
    const app = start(makeFakeClient({ imports: OTHER }), '#/backtrace?data=01234567&service=orders');
    await settled(app);
    await app.addFiles(files, null);
    expect(app.view()).toMatchObject({ view: 'backtrace', service: 'orders' });
    expect(app.foreignData()?.fingerprint).toBe('01234567');
    app.navigate({}, 'replace');
    expect(app.foreignData()).toBeNull();
  });

  test('of the data that a comparison waits for keeps the view and its own data', async () => {
    const app = start(
      makeFakeClient({ datasets: [SHOP], imports: OTHER }),
      '#/backtrace?data=01234567&service=orders&tab=compare&with=data:ffffffff&with=file:other.json',
    );
    await settled(app);
    await app.addFiles(files, null);
    expect(app.dataset()?.id).toBe(SHOP.id);
    expect(app.view()).toMatchObject({ tab: 'compare', other: { data: { fingerprint: 'ffffffff' } } });
  });

  test('into the open dataset keeps the view', async () => {
    const grown = { ...SHOP, fingerprint: 'a'.repeat(32) };
    const app = start(
      makeFakeClient({ datasets: [SHOP], imports: grown }),
      '#/backtrace?data=01234567&service=orders',
    );
    await settled(app);
    await app.addFiles(files, SHOP.id);
    expect(window.location.hash).toBe('#/backtrace?data=aaaaaaaaaaaa&file=shop.json&service=orders');
  });

  test('shows its progress and is busy until it ends; cancelled, nothing is open', async () => {
    const client = makeFakeClient({ hold: true });
    const app = start(client, '#/');
    await settled(app);
    const ended = app.addFiles(files, null);
    client.report({ phase: 'reading', bytesRead: 5, bytesTotal: 10, spans: 3, file: 'a.json' });
    expect(app.datasets.running()?.progress?.spans).toBe(3);
    expect(app.busy()).toBe(true);
    app.datasets.cancelImport();
    await ended;
    await settled(app);
    expect(app.datasets.running()).toBeNull();
    expect(app.dataset()).toBeNull();
    expect(app.notices.list()[0].text).toContain('cancelled');
  });

  test('is refused while another one runs', async () => {
    const client = makeFakeClient({ hold: true });
    const app = start(client, '#/');
    await settled(app);
    void app.addFiles(files, null);
    await app.addFiles(files, null);
    expect(client.imported).toHaveLength(1);
    expect(app.notices.list()[0].text).toContain('Another import is running');
  });
});

describe('moving around', () => {
  test('push adds a step that back undoes, replace does not', async () => {
    const app = start(makeFakeClient({ datasets: [SHOP] }), '#/services?data=0123456789ab&file=shop.json');
    await settled(app);
    const before = window.history.length;
    app.navigate({ search: 'a' }, 'replace');
    expect(window.history.length).toBe(before);
    app.navigate({ view: 'backtrace', service: 'orders' }, 'push');
    expect(window.history.length).toBe(before + 1);
    expect(app.view()).toMatchObject({ view: 'backtrace', service: 'orders', search: '' });
  });

  test('a typed link changes the view and keeps the open dataset', async () => {
    const app = start(makeFakeClient({ datasets: [SHOP] }), '#/services?data=01234567');
    await settled(app);
    arrive('#/backtrace?service=cart');
    expect(app.view()).toMatchObject({ view: 'backtrace', service: 'cart' });
    await settled(app);
    expect(app.dataset()).toEqual(SHOP);
    expect(window.location.hash).toContain('data=0123456789ab');
  });

  test('a typed link to another stored dataset opens it', async () => {
    const app = start(makeFakeClient({ datasets: [SHOP, OTHER] }), '#/services?data=01234567');
    await settled(app);
    arrive('#/summary?data=ffffffff');
    await settled(app);
    expect(app.dataset()?.id).toBe(2);
  });

  test('deleting the open dataset closes it and forgets it', async () => {
    const app = start(makeFakeClient({ datasets: [SHOP] }), '#/services?data=01234567');
    await settled(app);
    await app.datasets.remove(SHOP.id);
    expect(app.dataset()).toBeNull();
    expect(app.datasets.list()).toEqual([]);
    expect(window.localStorage.getItem('headwater.dataset')).toBeNull();
  });

  test('what another tab changed is listed anew', async () => {
    const client = makeFakeClient({ datasets: [SHOP] });
    const app = start(client, '#/services?data=01234567');
    await settled(app);
    client.datasets.push(OTHER);
    client.tellChanged();
    await vi.waitFor(() => expect(app.datasets.list()).toHaveLength(2));
  });
});
