import { beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { DatasetStore } from '../../src/store/dataset-store.ts';
import { DiskDatasets } from '../../src/store/disk.ts';
import { openStore } from '../../src/store/open-store.ts';
import { roomFor } from '../../src/store/quota.ts';
import { HeadwaterDatabase } from '../../src/store/schema.ts';
import {
  importInto,
  LAYOUT,
  openTestStore,
  requestsOf,
  segmentOf,
  spanIds,
  testBrowser,
  toolsOf,
} from './store-fixture.ts';
import type { TestBrowser, TestRequests, TestSegment, TestStore } from './store-fixture.ts';

let browser: TestBrowser;
beforeEach(() => {
  browser = testBrowser();
});

/** A store whose disk takes so many segments (and request pieces) and is full then. */
async function storeWithRoomFor(limits: { segments: number; requests: number }): Promise<TestStore> {
  const database = await openDatabase<TestSegment>({ dexie: browser.dexie });
  const full = () => {
    throw new DOMException('The disk is full', 'QuotaExceededError');
  };
  let segments = 0;
  let requests = 0;
  database.segments.hook('creating', () => (++segments > limits.segments ? full() : undefined));
  database.requests.hook('creating', () => (++requests > limits.requests ? full() : undefined));
  return new DatasetStore(new DiskDatasets<TestSegment, TestRequests>(database, LAYOUT), toolsOf(browser));
}

test('an import goes on in memory when the disk is full in the middle of its segments', async () => {
  const store = await storeWithRoomFor({ segments: 2, requests: 100 });
  const id = await importInto(store, 'big', [segmentOf(1), segmentOf(2), segmentOf(3), segmentOf(4)]);
  expect(await spanIds(store, id)).toEqual([1, 2, 3, 4]);
  const summary = await store.summary(id);
  const requests = await store.requests(id);
  expect(summary.stored).toBe(false);
  expect(requests).toEqual(requestsOf('big'));
  expect(await (await openTestStore(browser)).sweep()).toEqual([]);
  const database = new HeadwaterDatabase<unknown>('headwater', browser.dexie);
  expect(await database.datasets.count()).toBe(0);
  expect(await database.segments.count()).toBe(0);
  expect(await database.requests.count()).toBe(0);
});

test('a dataset whose requests the disk does not take is stored without them', async () => {
  const store = await storeWithRoomFor({ segments: 100, requests: 1 });
  const id = await importInto(store, 'big', [segmentOf(1), segmentOf(2)]);
  expect(await store.summary(id)).toMatchObject({ name: 'big', stored: true });
  expect(await store.requests(id)).toBeNull();
  expect(await spanIds(store, id)).toEqual([1, 2]);
  const database = new HeadwaterDatabase<unknown>('headwater', browser.dexie);
  expect(await database.requests.count()).toBe(0);
});

test('adding more than the disk takes gives a grown copy in memory and keeps the stored dataset', async () => {
  const store = await storeWithRoomFor({ segments: 2, requests: 100 });
  const id = await importInto(store, 'shop', [segmentOf(1)]);
  const grown = await importInto(store, 'shop', [segmentOf(2), segmentOf(3)], id);
  expect(grown).not.toBe(id);
  expect((await spanIds(store, grown)).toSorted((a, b) => a - b)).toEqual([1, 2, 3]);
  expect(await spanIds(store, id)).toEqual([1]);
  expect(await store.summary(grown)).toMatchObject({ name: 'shop (in memory)', stored: false });
});

test('an import whose storage is taken away fails, is cleared away later and lets its lock go', async () => {
  const database = await openDatabase<TestSegment>({ dexie: browser.dexie });
  const disk = new DiskDatasets<TestSegment, TestRequests>(database, LAYOUT);
  const store = new DatasetStore(disk, toolsOf(browser));
  const pending = await store.begin({ label: 'shop', into: null, fileBytes: 1 });
  await pending.write(segmentOf(1));
  database.close();
  await expect(pending.write(segmentOf(2))).rejects.toMatchObject({ code: 'unavailable' });
  await pending.discard();
  expect(browser.locks.count).toBe(0);
  expect(await (await openTestStore(browser)).sweep()).toEqual(['shop']);
});

test.each([
  ['nothing known', {}, true],
  ['enough', { quota: 1000, usage: 100 }, true],
  ['too little', { quota: 1000, usage: 900 }, false],
])('room on disk for 1000 bytes of files: %s', async (_, estimate, room) => {
  const storage = { estimate: () => Promise.resolve(estimate) } as StorageManager;
  expect(await roomFor(1000, storage)).toBe(room);
});

test('without IndexedDB everything works in memory, and the reason is told', async () => {
  const { store, trouble } = await openStore<TestSegment, TestRequests>({
    dexie: { indexedDB: undefined, IDBKeyRange: undefined },
    ...LAYOUT,
    tools: toolsOf(browser),
  });
  expect(trouble?.code).toBe('unavailable');
  expect(await store.sweep()).toEqual([]);
  const id = await importInto(store, 'shop', [segmentOf(1)]);
  expect((await store.list()).map((dataset) => dataset.stored)).toEqual([false]);
  expect(await spanIds(store, id)).toEqual([1]);
});

test('a database written by a newer program is not touched, and the reason is told', async () => {
  const newer = new HeadwaterDatabase<unknown>('headwater', browser.dexie);
  newer.version(99).stores({ novelty: 'id' });
  await newer.open();
  newer.close();
  const { trouble } = await openStore({
    dexie: browser.dexie,
    ...LAYOUT,
    tools: toolsOf(browser),
  });
  expect(trouble?.code).toBe('newer-version');
});
