/** The datasets in IndexedDB. What a row names belongs to it alone, so removing one touches no other. */
import { Dexie, type Collection, type Table } from 'dexie';
import { packColumns, unpackColumns } from './packed-columns.ts';
import { joinPieces, storedBytes } from './pieces.ts';
import type { HeadwaterDatabase } from './schema.ts';
import { segmentMissing, StoreError } from './store-error.ts';
import type {
  DatasetFacts,
  DatasetRow,
  Layout,
  LayoutVersions,
  PieceRow,
  PlacedSegment,
  PlainSegmentRow,
  SegmentPlace,
  SegmentRow,
} from './stored-types.ts';

/** Records removed in one transaction. */
const REMOVE_AT_ONCE = 64;
/** Bytes of pieces handed over at once. */
const WRITE_AT_ONCE = 16 << 20;

export type KnownRow = DatasetRow & { readonly id: number };

export class DiskDatasets<Segment, Requests> {
  readonly #database: HeadwaterDatabase<Segment>;
  readonly #versions: LayoutVersions;
  readonly #currentSegment: (stored: Segment) => Segment;

  constructor(database: HeadwaterDatabase<Segment>, { versions, currentSegment }: Layout<Segment>) {
    this.#database = database;
    this.#versions = versions;
    this.#currentSegment = currentSegment;
  }

  async rows(): Promise<KnownRow[]> {
    return (await this.#database.datasets.toArray()).filter(hasId);
  }

  /** Throws StoreError 'not-found' unless it is complete. */
  async ready(id: number): Promise<KnownRow> {
    const row = await this.#database.datasets.get(id);
    if (!row || !hasId(row) || row.state !== 'ready')
      throw new StoreError('not-found', 'This dataset is no longer stored.');
    return row;
  }

  /** Throws StoreError 'newer-version' where this code cannot read the columns. */
  async readable(id: number): Promise<KnownRow> {
    const row = await this.ready(id);
    const { columns, requests } = row.versions;
    if (columns > this.#versions.columns || requests > this.#versions.requests) {
      throw new StoreError(
        'newer-version',
        'This dataset was stored by a newer version of Headwater: reload the page to get that version.',
      );
    }
    return row;
  }

  /** null: laid out by an older version, to be assembled anew from the segments. */
  async requests(row: KnownRow): Promise<Requests | null> {
    if (row.requests === null || row.versions.requests < this.#versions.requests) return null;
    const rows = await inBatch(this.#database.requests, row.requests).toArray();
    if (rows.length === 0) return null;
    const pieces = rows.filter((piece) => 'path' in piece);
    const columns = rows.find((one) => 'packed' in one);
    const requests = columns
      ? await unpackColumns({ packed: columns.packed, rest: pieces })
      : joinPieces(pieces);
    return requests as Requests;
  }

  /** One at a time: a dataset's segments together are larger than memory. */
  async *segments(id: number): AsyncGenerator<PlacedSegment<Segment>> {
    const { batches } = await this.readable(id);
    for (const batch of batches) yield* this.batch(batch);
  }

  /** Throws StoreError 'not-found' where the dataset has no segment there. */
  async segmentAt(id: number, { file, part, seq }: SegmentPlace): Promise<Segment> {
    const { batches } = await this.readable(id);
    for (const batch of batches) {
      const row = await this.#database.segments.get({
        batch,
        'place.file': file,
        'place.part': part,
        'place.seq': seq,
      });
      if (row) return this.#segmentOf(row);
    }
    throw segmentMissing();
  }

  async *batch(batch: number): AsyncGenerator<PlacedSegment<Segment>> {
    for (let n = 0; ; n++) {
      const row = await this.#database.segments.get([batch, n]);
      if (!row) return;
      yield { place: row.place, segment: await this.#segmentOf(row) };
    }
  }

  async rename(id: number, name: string): Promise<void> {
    await this.#change(id, (row) => ({ ...row, facts: row.facts && { ...row.facts, name } }));
  }

  /** It disappears; what it holds stays until `purge`. */
  async markRemoved(id: number): Promise<void> {
    await this.#change(id, (row) => ({ ...row, state: 'deleting' }));
  }

  /** Adds the row of an import that holds the lock. */
  async begin(label: string, lock: string, begunAt: number): Promise<number> {
    return this.#database.datasets.add({
      state: 'importing',
      lock,
      begunAt,
      versions: this.#versions,
      revision: 0,
      batches: [],
      requests: null,
      segmentBytes: 0,
      requestBytes: 0,
      facts: null,
      label,
    });
  }

  /** Returns the bytes written. */
  async writeSegment(batch: number, n: number, { place, segment }: PlacedSegment<Segment>): Promise<number> {
    const { packed, rest } = packColumns(segment);
    await this.#database.segments.add({ batch, n, place, packed, rest });
    return packed.bytes.size;
  }

  /**
   * Adds the requests of a dataset that is stored without them, in one transaction. Does nothing where it was removed
   * or added to meanwhile. They could be assembled anew from the segments: where the disk does not take them, nothing
   * is lost but the time for that.
   */
  async keepRequests({ id, requests: batch }: KnownRow, requests: Requests): Promise<void> {
    if (batch === null) return;
    const { packed, rest } = packColumns(requests);
    const pieces = rest.map((piece, i) => ({ ...piece, batch, n: i + 1 }));
    const tables = [this.#database.datasets, this.#database.requests];
    await this.#database.transaction('rw', tables, async () => {
      const row = await this.#database.datasets.get(id);
      if (row?.state !== 'ready' || row.requests !== batch) return;
      await this.#database.requests.add({ batch, n: 0, packed });
      for (const some of inPortions(pieces)) await this.#database.requests.bulkAdd(some);
    });
  }

  /** The import becomes a dataset of its own, in one transaction; its requests may follow (keepRequests). */
  async commitNew(id: number, facts: DatasetFacts, bytes: WrittenBytes): Promise<void> {
    await this.#database.transaction('rw', this.#database.datasets, async () => {
      const row = await this.#database.datasets.get(id);
      if (row?.state !== 'importing')
        throw new StoreError('changed', 'The import was discarded by another tab.');
      await this.#database.datasets.put({
        ...row,
        ...bytes,
        state: 'ready',
        batches: [id],
        requests: id,
        revision: 1,
        facts,
      });
    });
  }

  /** The import joins the dataset `into` in one transaction; the import's row then holds the replaced requests, to be purged. */
  async commitInto(into: KnownRow, id: number, facts: DatasetFacts, bytes: WrittenBytes): Promise<void> {
    await this.#database.transaction('rw', this.#database.datasets, async () => {
      const [target, row] = await this.#database.datasets.bulkGet([into.id, id]);
      if (target?.state !== 'ready' || target.revision !== into.revision || row?.state !== 'importing') {
        throw new StoreError(
          'changed',
          'The dataset was changed by another tab while files were added to it.',
        );
      }
      await this.#database.datasets.put({
        ...target,
        batches: [...target.batches, id],
        requests: id,
        versions: this.#versions,
        revision: target.revision + 1,
        segmentBytes: target.segmentBytes + bytes.segmentBytes,
        requestBytes: bytes.requestBytes,
        // It may have been renamed meanwhile.
        facts: { ...facts, name: target.facts?.name ?? facts.name },
      });
      await this.#database.datasets.put({
        ...row,
        state: 'deleting',
        batches: [],
        requests: target.requests,
      });
    });
  }

  /** Ends an unfinished import: nothing of it is left. */
  async discard(id: number): Promise<void> {
    await this.#database.datasets.where({ id }).modify({ state: 'deleting', batches: [id], requests: id });
    await this.purge(id);
  }

  /** Removes what a row in state 'deleting' names, then the row. Can be interrupted anywhere and called again. */
  async purge(id: number): Promise<void> {
    const row = await this.#database.datasets.get(id);
    if (row?.state !== 'deleting') return;
    for (const batch of row.batches) await removeAll(this.#database.segments, batch);
    if (row.requests !== null) await removeAll(this.#database.requests, row.requests);
    await this.#database.datasets.delete(id);
  }

  close(): void {
    this.#database.close();
  }

  async #segmentOf(row: SegmentRow | PlainSegmentRow<Segment>): Promise<Segment> {
    return this.#currentSegment('packed' in row ? ((await unpackColumns(row)) as Segment) : row.segment);
  }

  async #change(id: number, change: (row: DatasetRow) => DatasetRow): Promise<void> {
    await this.#database.transaction('rw', this.#database.datasets, async () => {
      await this.#database.datasets.put(change(await this.ready(id)));
    });
  }
}

/** On the disk, in the end. */
export interface WrittenBytes {
  readonly segmentBytes: number;
  readonly requestBytes: number;
}

function* inPortions(pieces: readonly PieceRow[]): Generator<PieceRow[]> {
  let portion: PieceRow[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    portion.push(piece);
    bytes += storedBytes(piece.value);
    if (bytes < WRITE_AT_ONCE) continue;
    yield portion;
    portion = [];
    bytes = 0;
  }
  yield portion;
}

async function removeAll<Row>(table: Table<Row, [number, number]>, batch: number): Promise<void> {
  for (;;) {
    const keys = await inBatch(table, batch).limit(REMOVE_AT_ONCE).primaryKeys();
    if (keys.length === 0) return;
    await table.bulkDelete(keys);
  }
}

function inBatch<Row>(table: Table<Row, [number, number]>, batch: number): Collection<Row, [number, number]> {
  return table.where('[batch+n]').between([batch, Dexie.minKey], [batch, Dexie.maxKey]);
}

function hasId(row: DatasetRow): row is KnownRow {
  return row.id !== undefined;
}
