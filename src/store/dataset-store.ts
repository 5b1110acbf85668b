/** All datasets of this browser: on disk, and those that only memory holds. */
import type { DatasetSummary } from '../model/dataset.ts';
import type { DiskDatasets, KnownRow } from './disk.ts';
import type { ImportLocks } from './import-locks.ts';
import { PendingImport, type InMemory, type OnDisk } from './pending-import.ts';
import { packedBytes } from './packed-columns.ts';
import { storedBytes } from './pieces.ts';
import { segmentMissing, StoreError } from './store-error.ts';
import type { DatasetFacts, PlacedSegment, SegmentPlace } from './stored-types.ts';

/** In memory only, for as long as the page lives. Its id is negative. */
interface MemoryDataset<Segment, Requests> {
  readonly facts: DatasetFacts;
  readonly segments: readonly PlacedSegment<Segment>[];
  readonly requests: Requests;
  readonly sizeBytes: number;
}

export interface StoreTools {
  readonly locks: ImportLocks;
  /** Whether the disk has room for an import of so many file bytes. */
  readonly roomFor: (fileBytes: number) => Promise<boolean>;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Resolves when what can wait may be done: the questions of the first screen come first. */
  readonly quiet: () => Promise<void>;
}

export interface NewImport {
  /** What to call it if it stays unfinished. */
  readonly label: string;
  /** The dataset to add to, or null. */
  readonly into: number | null;
  readonly fileBytes: number;
}

export class DatasetStore<Segment, Requests> {
  readonly #disk: DiskDatasets<Segment, Requests> | null;
  readonly #memory = new Map<number, MemoryDataset<Segment, Requests>>();
  readonly #tools: StoreTools;
  #lastMemoryId = 0;
  #purged: Promise<unknown> = Promise.resolve();
  /** The requests of what was committed are on disk, if it took them. */
  #requestsKept: Promise<unknown> = Promise.resolve();

  /** disk: null where the browser gives none. */
  constructor(disk: DiskDatasets<Segment, Requests> | null, tools: StoreTools) {
    this.#disk = disk;
    this.#tools = tools;
  }

  /** Newest first. */
  async list(): Promise<DatasetSummary[]> {
    const rows = (await this.#disk?.rows()) ?? [];
    const stored = rows.filter((row) => row.state === 'ready').map(storedSummary);
    const kept = [...this.#memory].map(([id, dataset]) => memorySummary(id, dataset));
    return [...kept, ...stored].sort((a, b) => b.importedAt - a.importedAt || b.id - a.id);
  }

  /** Throws StoreError, as all that take an id: 'not-found', 'newer-version', 'damaged'. */
  async summary(id: number): Promise<DatasetSummary> {
    const kept = this.#memory.get(id);
    return kept ? memorySummary(id, kept) : storedSummary(await this.#ensureDisk().readable(id));
  }

  /**
   * null: stored by an older version, or not at all because the page was closed too soon; to be assembled anew from the
   * segments and committed into the dataset.
   */
  async requests(id: number): Promise<Requests | null> {
    const kept = this.#memory.get(id);
    if (kept) return kept.requests;
    await this.#requestsKept;
    const disk = this.#ensureDisk();
    return disk.requests(await disk.readable(id));
  }

  async *segments(id: number): AsyncGenerator<PlacedSegment<Segment>> {
    const kept = this.#memory.get(id);
    if (kept) yield* kept.segments;
    else yield* this.#ensureDisk().segments(id);
  }

  /** One segment of a dataset. Throws StoreError as `summary`, and 'not-found' where nothing is at that place. */
  async segmentAt(id: number, place: SegmentPlace): Promise<Segment> {
    const kept = this.#memory.get(id);
    if (!kept) return this.#ensureDisk().segmentAt(id, place);
    const found = kept.segments.find((one) => isSamePlace(one.place, place));
    if (!found) throw segmentMissing();
    return found.segment;
  }

  async rename(id: number, name: string): Promise<void> {
    const kept = this.#memory.get(id);
    if (kept) this.#memory.set(id, { ...kept, facts: { ...kept.facts, name } });
    else await this.#ensureDisk().rename(id, name);
  }

  /** Resolves when it is gone for everybody; what it holds on disk is removed afterwards. */
  async remove(id: number): Promise<void> {
    if (this.#memory.delete(id)) return;
    const disk = this.#ensureDisk();
    await disk.markRemoved(id);
    // What cannot be removed now is swept at the next start.
    this.#purged = Promise.allSettled([this.#purged, disk.purge(id)]);
  }

  /** Resolves when nothing is left on disk of what was removed so far, and requests are there that were to be kept. */
  async settled(): Promise<void> {
    await Promise.all([this.#purged, this.#requestsKept]);
  }

  /** Adding to a dataset in memory stays in memory; so does everything while the disk is full. */
  async begin({ label, into, fileBytes }: NewImport): Promise<PendingImport<Segment, Requests>> {
    const inMemory = into !== null && this.#memory.has(into);
    if (!this.#disk || inMemory) return new PendingImport(null);
    const target = into === null ? null : await this.#disk.readable(into);
    const onDisk = (await this.#roomFor(fileBytes))
      ? await this.#beginOnDisk(this.#disk, label, target)
      : null;
    return new PendingImport(onDisk);
  }

  /**
   * The last step of an import. Where the disk did not take it, the dataset lives in memory under a new id. Its requests
   * are written afterwards: nobody waits for what could be assembled anew.
   */
  async commit(
    pending: PendingImport<Segment, Requests>,
    into: number | null,
    result: { facts: DatasetFacts; requests: Requests },
  ): Promise<DatasetSummary> {
    const committed = await pending.commit(result.facts, packedBytes(result.requests));
    if (typeof committed !== 'number') return this.#keep(committed, into, result);
    const disk = this.#ensureDisk();
    const row = await disk.ready(committed);
    const keeping = this.#tools.quiet().then(() => disk.keepRequests(row, result.requests));
    this.#requestsKept = Promise.allSettled([this.#requestsKept, keeping]);
    return storedSummary(row);
  }

  /**
   * Removes what deleted datasets and unfinished imports of dead pages left behind.
   * Returns what those imports were called.
   */
  async sweep(): Promise<string[]> {
    const discarded: string[] = [];
    for (const row of (await this.#disk?.rows()) ?? []) {
      if (row.state === 'deleting') await this.#disk?.purge(row.id);
      if (row.state !== 'importing') continue;
      const dead = await this.#tools.locks.ifFree(row.lock, row.begunAt, async () =>
        this.#disk?.discard(row.id),
      );
      if (dead) discarded.push(row.label);
    }
    return discarded;
  }

  /** Where there is none yet, the room that removed datasets make is waited for. */
  async #roomFor(fileBytes: number): Promise<boolean> {
    if (await this.#tools.roomFor(fileBytes)) return true;
    await this.#purged;
    return this.#tools.roomFor(fileBytes);
  }

  async #beginOnDisk(
    disk: DiskDatasets<Segment, Requests>,
    label: string,
    into: KnownRow | null,
  ): Promise<OnDisk<Segment, Requests> | null> {
    // Held before the row exists: a tab that starts now must not take the import for a dead one.
    const lock = `headwater-import-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
    const releaseLock = await this.#tools.locks.hold(lock);
    try {
      return { disk, into, releaseLock, id: await disk.begin(label, lock, this.#tools.now()) };
    } catch {
      // Not even a row fits: the import runs in memory, and its summary says so.
      releaseLock();
      return null;
    }
  }

  async #keep(
    added: InMemory<Segment>,
    into: number | null,
    { facts, requests }: { facts: DatasetFacts; requests: Requests },
  ): Promise<DatasetSummary> {
    const segments = [...added.segments];
    let sizeBytes = added.segmentBytes + storedBytes(requests);
    if (into !== null) {
      for await (const placed of this.segments(into)) {
        segments.push(placed);
        sizeBytes += storedBytes(placed.segment);
      }
    }
    const replaces = into !== null && this.#memory.has(into);
    const id = replaces ? into : --this.#lastMemoryId;
    // The stored dataset stays as it is beside its grown copy.
    const name = into === null || replaces ? facts.name : `${facts.name} (in memory)`;
    const dataset = { facts: { ...facts, name }, segments, requests, sizeBytes };
    this.#memory.set(id, dataset);
    return memorySummary(id, dataset);
  }

  #ensureDisk(): DiskDatasets<Segment, Requests> {
    if (!this.#disk) throw new StoreError('not-found', 'This dataset is no longer in memory.');
    return this.#disk;
  }
}

function isSamePlace(a: SegmentPlace, b: SegmentPlace): boolean {
  return a.file === b.file && a.part === b.part && a.seq === b.seq;
}

function storedSummary(row: KnownRow): DatasetSummary {
  if (!row.facts) throw new StoreError('damaged', 'A stored dataset lacks its description.');
  return { id: row.id, ...row.facts, stored: true, sizeBytes: row.segmentBytes + row.requestBytes };
}

function memorySummary(id: number, dataset: MemoryDataset<unknown, unknown>): DatasetSummary {
  return { id, ...dataset.facts, stored: false, sizeBytes: dataset.sizeBytes };
}
