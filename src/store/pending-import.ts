/** An import on its way into the store: on disk while the disk takes it, else in memory. */
import type { DiskDatasets, KnownRow } from './disk.ts';
import { storedBytes } from './pieces.ts';
import { StoreError } from './store-error.ts';
import type { DatasetFacts, PlacedSegment } from './stored-types.ts';

export interface OnDisk<Segment, Requests> {
  readonly disk: DiskDatasets<Segment, Requests>;
  readonly id: number;
  /** null: a dataset of its own. */
  readonly into: KnownRow | null;
  readonly releaseLock: () => void;
}

export interface InMemory<Segment> {
  readonly segments: readonly PlacedSegment<Segment>[];
  readonly segmentBytes: number;
}

export class PendingImport<Segment, Requests> {
  /** null: the disk is not there, or did not take it. */
  #onDisk: OnDisk<Segment, Requests> | null;
  #kept: PlacedSegment<Segment>[] = [];
  #written = 0;
  /** On disk. */
  #segmentBytes = 0;
  #tail: Promise<void> = Promise.resolve();
  #ended = false;

  constructor(onDisk: OnDisk<Segment, Requests> | null) {
    this.#onDisk = onDisk;
  }

  /** Resolves when the segment is on disk (or kept in memory): wait for it before sending many more. */
  write(placed: PlacedSegment<Segment>): Promise<void> {
    this.#tail = this.#tail.then(() => this.#write(placed));
    return this.#tail;
  }

  /**
   * Makes it visible with one last transaction; its requests, of so many bytes, may follow. Returns the id of the
   * stored dataset, or what the caller must keep in memory. Throws StoreError 'changed' or 'unavailable'; then nothing is left of it.
   */
  async commit(facts: DatasetFacts, requestBytes: number): Promise<number | InMemory<Segment>> {
    await this.#tail;
    const stored = this.#onDisk && (await this.#commitToDisk(this.#onDisk, facts, requestBytes));
    this.#ended = true;
    if (stored !== null) return stored;
    return { segments: this.#kept, segmentBytes: storedBytes(this.#kept.map(({ segment }) => segment)) };
  }

  /** Leaves nothing behind. Does nothing once it is committed. */
  async discard(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#tail.then(undefined, () => undefined);
    this.#kept = [];
    if (this.#onDisk) await this.#leaveDisk(this.#onDisk);
  }

  async #write(placed: PlacedSegment<Segment>): Promise<void> {
    if (this.#ended) return;
    if (this.#onDisk) {
      try {
        this.#segmentBytes += await this.#onDisk.disk.writeSegment(this.#onDisk.id, this.#written, placed);
        this.#written += 1;
        return;
      } catch {
        // Disk full, or the browser took the database away: the import goes on in memory.
        await this.#moveToMemory(this.#onDisk);
      }
    }
    this.#kept.push(placed);
  }

  /** Throws StoreError 'unavailable' where what is on disk can no longer be read. */
  async #moveToMemory(onDisk: OnDisk<Segment, Requests>): Promise<void> {
    try {
      for await (const placed of onDisk.disk.batch(onDisk.id)) this.#kept.push(placed);
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new StoreError('unavailable', `The browser took its storage away during the import (${reason}).`);
    }
    await this.#leaveDisk(onDisk);
  }

  async #commitToDisk(
    onDisk: OnDisk<Segment, Requests>,
    facts: DatasetFacts,
    requestBytes: number,
  ): Promise<number | null> {
    const { disk, id, into } = onDisk;
    const bytes = { segmentBytes: this.#segmentBytes, requestBytes };
    try {
      if (into) await disk.commitInto(into, id, facts, bytes);
      else await disk.commitNew(id, facts, bytes);
    } catch (cause) {
      if (cause instanceof StoreError) {
        await this.#leaveDisk(onDisk);
        throw cause;
      }
      await this.#moveToMemory(onDisk);
      return null;
    }
    await this.#afterwards(() => disk.purge(id));
    onDisk.releaseLock();
    return into?.id ?? id;
  }

  async #leaveDisk({ disk, id, releaseLock }: OnDisk<Segment, Requests>): Promise<void> {
    this.#onDisk = null;
    await this.#afterwards(() => disk.discard(id));
    releaseLock();
  }

  /** Clearing up that failed is repeated at the next start: the rows say what is left. */
  async #afterwards(clearUp: () => Promise<void>): Promise<void> {
    await clearUp().then(undefined, () => undefined);
  }
}
