/** Shapes on disk. A change here needs a step in upgrades.ts or a higher columnsVersion. */
import type { DataRange } from '../model/answers.ts';
import type { DatasetCounts, SourceFile } from '../model/dataset.ts';

/**
 * 'importing': being written by the page that holds the row's lock; never shown.
 * 'ready': complete. 'deleting': invisible, what it names is being removed in pieces.
 */
export type DatasetState = 'importing' | 'ready' | 'deleting';

export interface DatasetFacts {
  readonly name: string;
  /** 32 hex digits. */
  readonly fingerprint: string;
  /** ms since the epoch. */
  readonly importedAt: number;
  readonly files: readonly SourceFile[];
  readonly counts: DatasetCounts;
  readonly range: DataRange | null;
}

/** Dexie opens newer databases without complaint, so each dataset says how it is laid out. */
export interface LayoutVersions {
  /** Of its segments; each bears its own as well, as files are added later on. */
  readonly columns: number;
  /** Of its requests, which can be assembled anew from the segments. */
  readonly requests: number;
}

/** What this code writes, and how it reads what older code wrote. */
export interface Layout<Segment> {
  readonly versions: LayoutVersions;
  /** A stored segment of this version or an older one, as this version lays it out. */
  readonly currentSegment: (stored: Segment) => Segment;
}

export interface DatasetRow {
  /** Given by the database. */
  readonly id?: number;
  readonly state: DatasetState;
  /** Name of the Web Lock its import holds: tells a running import from a dead one. */
  readonly lock: string;
  /** ms since the epoch; judges an unfinished import where Web Locks are missing. */
  readonly begunAt: number;
  readonly versions: LayoutVersions;
  /** Grows with every commit: two pages cannot add to the same dataset unawares. */
  readonly revision: number;
  /** The imports whose segments belong to it. */
  readonly batches: readonly number[];
  /** The import that wrote its request table; null: none yet. */
  readonly requests: number | null;
  readonly segmentBytes: number;
  readonly requestBytes: number;
  /** null while it is importing. */
  readonly facts: DatasetFacts | null;
  /** What to call an unfinished import. */
  readonly label: string;
}

/** Where a segment comes from; assembly puts segments into this order, whatever order they arrive in. */
export interface SegmentPlace {
  /** Index into the dataset's files. */
  readonly file: number;
  readonly part: number;
  readonly seq: number;
}

export interface PlacedSegment<Segment> {
  readonly place: SegmentPlace;
  readonly segment: Segment;
}

interface InBatch {
  /** Id of the import that wrote it. */
  readonly batch: number;
  /** 0, 1, 2 … within the batch. */
  readonly n: number;
}

/** A segment, its columns in a Blob. */
export interface SegmentRow extends InBatch {
  readonly place: SegmentPlace;
  readonly packed: PackedColumns;
  readonly rest: readonly Piece[];
}

/** As written until 2026-11-29. */
export interface PlainSegmentRow<Segment> extends PlacedSegment<Segment>, InBatch {}

/** Typed arrays side by side. */
export interface PackedColumns {
  readonly columns: readonly ColumnPlace[];
  readonly bytes: Blob;
}

export interface ColumnPlace {
  /** Keys from the root to the column. */
  readonly path: readonly string[];
  readonly type: ColumnType;
  /** As which it is stored, where that is narrower; missing in older rows: as it is. */
  readonly stored?: ColumnType;
  /** Bytes before it. */
  readonly at: number;
  /** Elements. */
  readonly length: number;
}

export type ColumnType =
  | 'Uint8Array'
  | 'Int8Array'
  | 'Uint16Array'
  | 'Int16Array'
  | 'Uint32Array'
  | 'Int32Array'
  | 'Float32Array'
  | 'Float64Array'
  | 'BigInt64Array'
  | 'BigUint64Array';

/** A leaf of an object, or a slice of one. */
export interface Piece {
  /** Keys from the root to the leaf. */
  readonly path: readonly string[];
  /** Index of the first element, and elements of the whole leaf; 0 and -1: not cut. */
  readonly from: number;
  readonly total: number;
  readonly value: unknown;
}

export interface PieceRow extends Piece, InBatch {}

/** The first row of a request table: all its columns. Until 2026-11-29 they were pieces as well. */
export interface ColumnsRow extends InBatch {
  readonly packed: PackedColumns;
}

/** Reserved for what belongs to the data of this browser and not to a link (failure rules). */
export interface SettingRow {
  readonly key: string;
  readonly value: unknown;
}
