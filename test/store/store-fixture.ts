/** A store with a fresh in-memory IndexedDB, and datasets to put into it. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { DexieOptions } from 'dexie';
import type { DatasetCounts } from '../../src/model/dataset.ts';
import type { DatasetStore, StoreTools } from '../../src/store/dataset-store.ts';
import type { ImportLocks } from '../../src/store/import-locks.ts';
import { openStore } from '../../src/store/open-store.ts';
import type { DatasetFacts, Layout, PlacedSegment } from '../../src/store/stored-types.ts';

export interface TestSegment {
  readonly spanCount: number;
  readonly ids: Uint32Array;
}

export interface TestRequests {
  readonly services: readonly string[];
  readonly starts: BigUint64Array;
}

export type TestStore = DatasetStore<TestSegment, TestRequests>;

/** What a browser keeps while pages come and go: the database and the locks that live pages hold. */
export interface TestBrowser {
  readonly dexie: DexieOptions;
  readonly locks: TestLocks;
}

export function testBrowser(): TestBrowser {
  return { dexie: { indexedDB: new IDBFactory(), IDBKeyRange }, locks: new TestLocks() };
}

export class TestLocks implements ImportLocks {
  readonly #held = new Set<string>();

  hold(name: string): Promise<() => void> {
    this.#held.add(name);
    return Promise.resolve(() => void this.#held.delete(name));
  }

  async ifFree(name: string, _begunAt: number, action: () => Promise<void>): Promise<boolean> {
    if (this.#held.has(name)) return false;
    await action();
    return true;
  }

  /** The pages that held them died. */
  dropAll(): void {
    this.#held.clear();
  }

  get count(): number {
    return this.#held.size;
  }
}

export const LAYOUT: Layout<TestSegment> = {
  versions: { columns: 1, requests: 1 },
  currentSegment: (stored) => stored,
};

export function toolsOf(browser: TestBrowser): StoreTools {
  return {
    locks: browser.locks,
    roomFor: () => Promise.resolve(true),
    now: () => 1_000,
    quiet: () => Promise.resolve(),
  };
}

export async function openTestStore(
  browser: TestBrowser,
  tools: Partial<StoreTools> = {},
  layout: Partial<Layout<TestSegment>> = {},
): Promise<TestStore> {
  const { store, trouble } = await openStore<TestSegment, TestRequests>({
    dexie: browser.dexie,
    ...LAYOUT,
    ...layout,
    tools: { ...toolsOf(browser), ...tools },
  });
  if (trouble) throw trouble;
  return store;
}

export function segmentOf(...ids: number[]): PlacedSegment<TestSegment> {
  return {
    place: { file: 0, part: 0, seq: ids[0] },
    segment: { spanCount: ids.length, ids: Uint32Array.from(ids) },
  };
}

export function requestsOf(...services: string[]): TestRequests {
  return { services, starts: BigUint64Array.from(services, (_, i) => BigInt(i)) };
}

const COUNTS: DatasetCounts = {
  records: 0,
  spans: 0,
  duplicates: 0,
  rejected: 0,
  traces: 0,
  services: 0,
  requests: 0,
  inferredRequests: 0,
  spansWithoutTime: 0,
  brokenParents: 0,
  clockProblems: 0,
  linksNotFound: 0,
  loopsCut: 0,
};

export function factsOf(name: string, importedAt = 1): DatasetFacts {
  return {
    name,
    fingerprint: 'ab'.repeat(16),
    importedAt,
    files: [],
    counts: COUNTS,
    range: { from: 1n, to: 2n },
  };
}

/** Imports the segments in one go; returns the dataset's id. */
export async function importInto(
  store: TestStore,
  name: string,
  segments: readonly PlacedSegment<TestSegment>[],
  into: number | null = null,
): Promise<number> {
  const pending = await store.begin({ label: name, into, fileBytes: 1 });
  for (const segment of segments) await pending.write(segment);
  const summary = await store.commit(pending, into, { facts: factsOf(name), requests: requestsOf(name) });
  await store.settled();
  return summary.id;
}

/** Ids of the spans of its segments, in stored order. */
export async function spanIds(store: TestStore, id: number): Promise<number[]> {
  const ids: number[] = [];
  for await (const { segment } of store.segments(id)) ids.push(...segment.ids);
  return ids;
}
