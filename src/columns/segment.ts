/**
 * Up to about 64 k spans as columns, with a dictionary of their own: what an ingest worker hands on
 * and what is stored. Every buffer has its exact size, so that a segment can be transferred and
 * written to disk as it is.
 *
 * Lists are in compressed-row form: the entries of row i are [starts[i], starts[i + 1]).
 * Rows are in the order of the file. Text numbers point into `texts`. Columns of numbers that are mostly small take as
 * few bytes as the largest needs.
 */
import type { WholeNumbers } from '../util/narrow-numbers.ts';
import type { SealedShapes } from './attribute-shapes.ts';
import type { SealedTexts } from './text-pool.ts';

/** Version of the layout below: older ones become it when they are read (segment-upgrades.ts), newer ones are not opened. */
export const COLUMNS_VERSION = 3;

/**
 * Attributes of rows. The keys and types of a row are its shape: rows mostly repeat a few, and half of what they would
 * take is not written, moved and read. The value under entry shapeStarts[shapes[r]] + i is values[starts[r] + i].
 */
export interface AttributeColumns extends SealedShapes {
  /** By row: its shape. */
  readonly shapes: WholeNumbers;
  readonly starts: WholeNumbers;
  /** Text numbers. */
  readonly values: WholeNumbers;
}

export interface Segment {
  readonly columnsVersion: number;
  readonly spanCount: number;
  /** By span: the place of its trace id in `traceIds`. */
  readonly traces: WholeNumbers;
  /** 4 big-endian words a trace id: those of spans one after the other are mostly the same, and there once. */
  readonly traceIds: Uint32Array<ArrayBuffer>;
  /** 2 words a span. */
  readonly spanIds: Uint32Array<ArrayBuffer>;
  /** 2 words a span; 0/0: names no parent. */
  readonly parentIds: Uint32Array<ArrayBuffer>;
  /** 2 words a span: Unix epoch ns, unsigned 64 bit; 0/0: no time. */
  readonly starts: Uint32Array<ArrayBuffer>;
  /** ns, never negative; NaN: no end. */
  readonly durations: Float64Array<ArrayBuffer>;
  /** Bits 0–2 kind, 3–4 status, 5 shared (Zipkin), 6 end before start, 7 partial. */
  readonly flags: Uint8Array<ArrayBuffer>;
  readonly names: WholeNumbers;
  readonly statusMessages: WholeNumbers;
  /** Row of `resources`. */
  readonly spanResources: WholeNumbers;
  /** Row of `scopeNames`. */
  readonly spanScopes: WholeNumbers;
  readonly attributes: AttributeColumns;
  /** Events of span i: [eventStarts[i], eventStarts[i + 1]). */
  readonly eventStarts: WholeNumbers;
  readonly eventNames: WholeNumbers;
  /** 2 words an event. */
  readonly eventTimes: Uint32Array<ArrayBuffer>;
  readonly eventAttributes: AttributeColumns;
  /** Row of the span that bears link i; ascending. */
  readonly linkSpans: WholeNumbers;
  /** 6 words a link: trace id, span id. */
  readonly linkIds: Uint32Array<ArrayBuffer>;
  /** Distinct resources. */
  readonly resources: AttributeColumns;
  readonly scopeNames: WholeNumbers;
  readonly scopeVersions: WholeNumbers;
  readonly texts: SealedTexts;
}

export const FLAG_KIND_MASK = 0b111;
export const FLAG_STATUS_SHIFT = 3;
export const FLAG_STATUS_MASK = 0b11;
export const FLAG_SHARED = 1 << 5;
export const FLAG_REVERSED = 1 << 6;
export const FLAG_PARTIAL = 1 << 7;

/** Every buffer of the segment, for postMessage's transfer list. */
export function segmentTransferables(segment: Segment): ArrayBuffer[] {
  return buffersIn(segment);
}

/** Size of the columns in bytes. */
export function segmentBytes(segment: Segment): number {
  return buffersIn(segment).reduce((sum, buffer) => sum + buffer.byteLength, 0);
}

/** Each once: columns that were read from the disk are views of one buffer. */
function buffersIn(segment: Segment): ArrayBuffer[] {
  return [...new Set(buffersOf(segment))];
}

function buffersOf(columns: object): ArrayBuffer[] {
  return Object.values(columns).flatMap((column: unknown) => {
    if (ArrayBuffer.isView(column)) return column.buffer instanceof ArrayBuffer ? [column.buffer] : [];
    return typeof column === 'object' && column !== null ? buffersOf(column) : [];
  });
}
