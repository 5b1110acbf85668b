import { beforeEach, expect, test } from 'vitest';
import { StoreError } from '../../src/store/store-error.ts';
import {
  factsOf,
  importInto,
  LAYOUT,
  openTestStore,
  requestsOf,
  segmentOf,
  spanIds,
  testBrowser,
  type TestBrowser,
  type TestRequests,
  type TestSegment,
} from './store-fixture.ts';
import { openDatabase } from '../../src/store/database.ts';
import { DiskDatasets } from '../../src/store/disk.ts';
import { HeadwaterDatabase } from '../../src/store/schema.ts';

let browser: TestBrowser;
beforeEach(() => {
  browser = testBrowser();
});

/** Records left in the database, by table. */
async function leftOnDisk() {
  const database = new HeadwaterDatabase<unknown>('headwater', browser.dexie);
  await database.open();
  const counts = await Promise.all([
    database.datasets.count(),
    database.segments.count(),
    database.requests.count(),
  ]);
  database.close();
  return { datasets: counts[0], segments: counts[1], requests: counts[2] };
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const thrown: unknown = await work.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  return thrown instanceof StoreError ? thrown.code : `not a StoreError: ${String(thrown)}`;
}

test('a dataset is there after a reload, with its requests', async () => {
  const id = await importInto(await openTestStore(browser), 'shop.json', [segmentOf(1, 2)]);
  const reloaded = await openTestStore(browser);
  const summary = await reloaded.summary(id);
  const requests = await reloaded.requests(id);
  expect(summary).toMatchObject({ id, name: 'shop.json', stored: true, range: { from: 1n, to: 2n } });
  expect(summary.sizeBytes).toBeGreaterThan(0);
  expect(requests).toEqual(requestsOf('shop.json'));
});

test('a dataset is read as versions until 2026-11-29 wrote it: columns in its rows', async () => {
  const id = await importInto(await openTestStore(browser), 'shop.json', []);
  const database = new HeadwaterDatabase<unknown>('headwater', browser.dexie);
  await database.open();
  await database.segments.add({ batch: id, n: 0, ...segmentOf(1, 2) });
  await database.requests.clear();
  const { services, starts } = requestsOf('b', 'c');
  await database.requests.bulkAdd([
    { batch: id, n: 0, path: ['services'], from: 0, total: 2, value: services },
    { batch: id, n: 1, path: ['starts'], from: 0, total: 2, value: starts.slice(0, 1) },
    { batch: id, n: 2, path: ['starts'], from: 1, total: 2, value: starts.slice(1) },
  ]);
  database.close();
  const store = await openTestStore(browser);
  expect(await spanIds(store, id)).toEqual([1, 2]);
  expect(await store.segmentAt(id, segmentOf(1, 2).place)).toEqual(segmentOf(1, 2).segment);
  expect(await store.requests(id)).toEqual({ services, starts });
});

test('lists the newest dataset first', async () => {
  const store = await openTestStore(browser);
  for (const [name, importedAt] of [
    ['b', 20],
    ['a', 10],
    ['c', 30],
  ] as const) {
    const pending = await store.begin({ label: name, into: null, fileBytes: 1 });
    await store.commit(pending, null, { facts: factsOf(name, importedAt), requests: requestsOf(name) });
  }
  expect((await store.list()).map((dataset) => dataset.name)).toEqual(['c', 'b', 'a']);
});

test('an import is invisible until it is committed', async () => {
  const store = await openTestStore(browser);
  const pending = await store.begin({ label: 'shop.json', into: null, fileBytes: 1 });
  await pending.write(segmentOf(1));
  expect(await store.list()).toEqual([]);
});

test('a discarded import leaves nothing behind and lets its lock go', async () => {
  const store = await openTestStore(browser);
  const pending = await store.begin({ label: 'shop.json', into: null, fileBytes: 1 });
  for (let n = 0; n < 200; n++) await pending.write(segmentOf(n));
  await pending.discard();
  expect(await leftOnDisk()).toEqual({ datasets: 0, segments: 0, requests: 0 });
  expect(browser.locks.count).toBe(0);
});

test('removing one dataset leaves the other whole', async () => {
  const store = await openTestStore(browser);
  const first = await importInto(store, 'first', [segmentOf(1), segmentOf(2)]);
  const second = await importInto(store, 'second', [segmentOf(3), segmentOf(4)]);
  await store.remove(first);
  await store.settled();
  expect(await spanIds(store, second)).toEqual([3, 4]);
  expect(await store.requests(second)).toEqual(requestsOf('second'));
  expect(await codeOf(store.requests(first))).toBe('not-found');
  expect(await leftOnDisk()).toMatchObject({ datasets: 1, segments: 2 });
});

test('requests follow the dataset that they are of', async () => {
  const store = await openTestStore(browser);
  const pending = await store.begin({ label: 'shop', into: null, fileBytes: 1 });
  await pending.write(segmentOf(1));
  const result = { facts: factsOf('shop'), requests: requestsOf('shop') };
  const { id } = await store.commit(pending, null, result);
  // Who asks in this page waits for them; in another one they would be assembled anew for so long.
  expect(await store.requests(id)).toEqual(requestsOf('shop'));
  expect((await leftOnDisk()).requests).toBeGreaterThan(0);
});

test('requests of a dataset that was removed meanwhile are not written', async () => {
  const id = await importInto(await openTestStore(browser), 'shop', [segmentOf(1)]);
  const database = await openDatabase<TestSegment>({ dexie: browser.dexie });
  const disk = new DiskDatasets<TestSegment, TestRequests>(database, LAYOUT);
  const row = await disk.ready(id);
  await disk.markRemoved(id);
  await disk.purge(id);
  await disk.keepRequests(row, requestsOf('shop'));
  expect(await leftOnDisk()).toEqual({ datasets: 0, segments: 0, requests: 0 });
});

test('requests of a dataset that was added to meanwhile do not take the place of the new ones', async () => {
  const store = await openTestStore(browser);
  const commit = async (into: number | null, name: string) => {
    const pending = await store.begin({ label: name, into, fileBytes: 1 });
    await pending.write(segmentOf(name.length));
    return store.commit(pending, into, { facts: factsOf(name), requests: requestsOf(name) });
  };
  const { id } = await commit(null, 'shop');
  await commit(id, 'larger shop');
  await store.settled();
  expect(await (await openTestStore(browser)).requests(id)).toEqual(requestsOf('larger shop'));
});

/** How many segments there are, asked at once. */
async function segmentCounter(): Promise<() => Promise<number>> {
  const database = new HeadwaterDatabase<unknown>('headwater', browser.dexie);
  await database.open();
  return () => database.segments.count();
}

/** More than are removed in one transaction. */
const MANY_SEGMENTS = Array.from({ length: 200 }, (_, n) => segmentOf(n));

test('a dataset is removed for everybody before its segments are', async () => {
  const store = await openTestStore(browser);
  const id = await importInto(store, 'first', MANY_SEGMENTS);
  const countSegments = await segmentCounter();
  await store.remove(id);
  expect(await countSegments()).toBeGreaterThan(0);
  expect(await (await openTestStore(browser)).list()).toEqual([]);
  await store.settled();
  expect(await leftOnDisk()).toEqual({ datasets: 0, segments: 0, requests: 0 });
});

test('an import waits for the room that a removal makes', async () => {
  const countSegments = await segmentCounter();
  const store = await openTestStore(browser, { roomFor: async () => (await countSegments()) === 0 });
  await store.remove(await importInto(store, 'first', MANY_SEGMENTS));
  const second = await importInto(store, 'second', [segmentOf(1)]);
  expect(await store.summary(second)).toMatchObject({ stored: true });
});

test('a removal that was interrupted is finished at the next start', async () => {
  const store = await openTestStore(browser);
  const id = await importInto(store, 'first', [segmentOf(1)]);
  const database = new HeadwaterDatabase<unknown>('headwater', browser.dexie);
  await database.datasets.update(id, { state: 'deleting' });
  database.close();
  expect(await store.list()).toEqual([]);
  expect(await store.sweep()).toEqual([]);
  expect(await leftOnDisk()).toEqual({ datasets: 0, segments: 0, requests: 0 });
});

test('adding to a dataset joins its segments and replaces its requests', async () => {
  const store = await openTestStore(browser);
  const id = await importInto(store, 'shop', [segmentOf(1)]);
  expect(await importInto(store, 'shop and more', [segmentOf(2)], id)).toBe(id);
  expect(await spanIds(store, id)).toEqual([1, 2]);
  expect(await store.requests(id)).toEqual(requestsOf('shop and more'));
  expect((await leftOnDisk()).datasets).toBe(1);
  await store.remove(id);
  await store.settled();
  expect(await leftOnDisk()).toEqual({ datasets: 0, segments: 0, requests: 0 });
});

test('a dataset that is being added to stays as it is until the commit', async () => {
  const store = await openTestStore(browser);
  const id = await importInto(store, 'shop', [segmentOf(1)]);
  const pending = await store.begin({ label: 'more', into: id, fileBytes: 1 });
  await pending.write(segmentOf(2));
  expect(await spanIds(store, id)).toEqual([1]);
  await pending.discard();
  expect(await spanIds(store, id)).toEqual([1]);
  expect(await store.requests(id)).toEqual(requestsOf('shop'));
});

test('two tabs that add to the same dataset do not overwrite each other: the second is told', async () => {
  const here = await openTestStore(browser);
  const there = await openTestStore(browser);
  const id = await importInto(here, 'shop', [segmentOf(1)]);
  const late = await there.begin({ label: 'late', into: id, fileBytes: 1 });
  await late.write(segmentOf(3));
  await importInto(here, 'shop', [segmentOf(2)], id);
  expect(await codeOf(there.commit(late, id, { facts: factsOf('late'), requests: requestsOf('late') }))).toBe(
    'changed',
  );
  expect(await spanIds(here, id)).toEqual([1, 2]);
  expect(await leftOnDisk()).toMatchObject({ datasets: 1, segments: 2 });
});

test('an import of a page that died is cleared away and named', async () => {
  const dead = await openTestStore(browser);
  const pending = await dead.begin({ label: 'half.json', into: null, fileBytes: 1 });
  await pending.write(segmentOf(1));
  browser.locks.dropAll();
  expect(await (await openTestStore(browser)).sweep()).toEqual(['half.json']);
  expect(await leftOnDisk()).toEqual({ datasets: 0, segments: 0, requests: 0 });
});

test('an import that another tab is running is left alone', async () => {
  const other = await openTestStore(browser);
  const pending = await other.begin({ label: 'running.json', into: null, fileBytes: 1 });
  await pending.write(segmentOf(7));
  expect(await (await openTestStore(browser)).sweep()).toEqual([]);
  const { id } = await other.commit(pending, null, { facts: factsOf('running'), requests: requestsOf('r') });
  expect(await spanIds(other, id)).toEqual([7]);
});

test.each([
  ['segments', { columns: 2, requests: 1 }],
  ['requests', { columns: 1, requests: 2 }],
])(
  'a dataset whose %s a newer version wrote says so, and can still be listed and removed',
  async (_, versions) => {
    const id = await importInto(await openTestStore(browser, {}, { versions }), 'future', [segmentOf(1)]);
    const store = await openTestStore(browser);
    expect(await codeOf(store.summary(id))).toBe('newer-version');
    expect(await codeOf(store.begin({ label: 'x', into: id, fileBytes: 1 }))).toBe('newer-version');
    expect((await store.list()).map((dataset) => dataset.name)).toEqual(['future']);
    await store.remove(id);
    await store.settled();
    expect(await leftOnDisk()).toEqual({ datasets: 0, segments: 0, requests: 0 });
  },
);

test('one segment is found by its place, in whichever import it came', async () => {
  const store = await openTestStore(browser);
  const id = await importInto(store, 'shop', [segmentOf(1, 2), segmentOf(3)]);
  await importInto(store, 'shop', [segmentOf(7, 8)], id);
  const idsAt = async (seq: number) => [...(await store.segmentAt(id, { file: 0, part: 0, seq })).ids];
  expect(await idsAt(3)).toEqual([3]);
  expect(await idsAt(7)).toEqual([7, 8]);
  await expect(idsAt(4)).rejects.toMatchObject({ code: 'not-found' });
});

test('one segment of a dataset in memory is found by its place', async () => {
  const store = await openTestStore(browser, { roomFor: () => Promise.resolve(false) });
  const id = await importInto(store, 'shop', [segmentOf(1, 2), segmentOf(3)]);
  expect([...(await store.segmentAt(id, { file: 0, part: 0, seq: 1 })).ids]).toEqual([1, 2]);
  await expect(store.segmentAt(id, { file: 1, part: 0, seq: 1 })).rejects.toMatchObject({
    code: 'not-found',
  });
});

test('segments that an older version wrote are read in the layout of today, also beside added ones', async () => {
  const id = await importInto(await openTestStore(browser), 'past', [segmentOf(1, 2)]);
  const store = await openTestStore(
    browser,
    {},
    {
      versions: { columns: 2, requests: 1 },
      currentSegment: (stored) => ({
        ...stored,
        ids: stored.ids.map((spanId) => (spanId < 3 ? spanId * 10 : spanId)),
      }),
    },
  );
  expect(await spanIds(store, id)).toEqual([10, 20]);
  await importInto(store, 'past', [segmentOf(3)], id);
  expect(await spanIds(store, id)).toEqual([10, 20, 3]);
  expect([...(await store.segmentAt(id, { file: 0, part: 0, seq: 1 })).ids]).toEqual([10, 20]);
  expect(await codeOf((await openTestStore(browser)).summary(id))).toBe('newer-version');
});

test('a dataset whose requests an older version wrote has its segments still', async () => {
  const id = await importInto(await openTestStore(browser), 'past', [segmentOf(1, 2)]);
  const store = await openTestStore(browser, {}, { versions: { columns: 1, requests: 2 } });
  expect(await store.requests(id)).toBeNull();
  expect(await spanIds(store, id)).toEqual([1, 2]);
});

test('where the disk has no room the dataset lives in memory and says so', async () => {
  const store = await openTestStore(browser, { roomFor: () => Promise.resolve(false) });
  const id = await importInto(store, 'big', [segmentOf(1), segmentOf(2)]);
  const summary = await store.summary(id);
  const requests = await store.requests(id);
  expect(summary).toMatchObject({ name: 'big', stored: false });
  expect(requests).toEqual(requestsOf('big'));
  expect(await spanIds(store, id)).toEqual([1, 2]);
  expect(await (await openTestStore(browser)).list()).toEqual([]);
});

test('a dataset in memory can be added to, renamed and removed', async () => {
  const store = await openTestStore(browser, { roomFor: () => Promise.resolve(false) });
  const id = await importInto(store, 'big', [segmentOf(1)]);
  expect(await importInto(store, 'bigger', [segmentOf(2)], id)).toBe(id);
  expect((await spanIds(store, id)).toSorted((a, b) => a - b)).toEqual([1, 2]);
  await store.rename(id, 'renamed');
  expect((await store.list()).map((dataset) => dataset.name)).toEqual(['renamed']);
  await store.remove(id);
  expect(await store.list()).toEqual([]);
});

test('a stored dataset is renamed', async () => {
  const store = await openTestStore(browser);
  const id = await importInto(store, 'shop', [segmentOf(1)]);
  await store.rename(id, 'Friday');
  expect((await store.summary(id)).name).toBe('Friday');
});
