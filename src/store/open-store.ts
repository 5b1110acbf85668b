/** The store of this browser, or one that lives in memory where the browser gives none. */
import { openDatabase, type DatabaseOptions } from './database.ts';
import { DatasetStore, type StoreTools } from './dataset-store.ts';
import { DiskDatasets } from './disk.ts';
import { lockless, webLocks } from './import-locks.ts';
import { roomFor } from './quota.ts';
import { StoreError } from './store-error.ts';
import type { Layout } from './stored-types.ts';

export interface OpenedStore<Segment, Requests> {
  readonly store: DatasetStore<Segment, Requests>;
  /** Why nothing is stored, as a sentence for people; null: all is well. */
  readonly trouble: StoreError | null;
}

export interface StoreOptions<Segment> extends DatabaseOptions, Layout<Segment> {
  readonly tools: StoreTools;
}

/** Never fails: without a disk the datasets live in memory, and `trouble` says why. */
export async function openStore<Segment, Requests>(
  options: StoreOptions<Segment>,
): Promise<OpenedStore<Segment, Requests>> {
  try {
    const database = await openDatabase<Segment>(options);
    return {
      store: new DatasetStore<Segment, Requests>(new DiskDatasets(database, options), options.tools),
      trouble: null,
    };
  } catch (cause) {
    if (!(cause instanceof StoreError)) throw cause;
    return { store: new DatasetStore<Segment, Requests>(null, options.tools), trouble: cause };
  }
}

/** About as long as a first screen needs. */
const QUIET_AFTER_MS = 500;

/** Web Locks and quota of a page or worker. */
export function browserTools({ locks, storage }: Partial<Navigator>): StoreTools {
  return {
    locks: locks ? webLocks(locks) : lockless(Date.now),
    roomFor: (fileBytes) => roomFor(fileBytes, storage),
    now: Date.now,
    quiet: () => new Promise((resolve) => void setTimeout(resolve, QUIET_AFTER_MS)),
  };
}
