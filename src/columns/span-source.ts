import { type Segment, segmentBytes } from './segment.ts';

/** Where a segment stands in canonical order. */
export interface SegmentPlace {
  readonly file: number;
  readonly part: number;
  readonly seq: number;
}

export type SegmentLoader = (place: SegmentPlace) => Promise<Segment>;

export interface LoadedSegment {
  readonly segment: Segment;
  /** Record number of its first row. */
  readonly firstRecord: number;
}

/** Segments held at a time beside those that stay: each may have some 20 MB. */
const HELD = 3;
/** Of the segments that stay: those of one to two million spans. */
export const KEPT_BYTES = 192 * 1024 * 1024;

/**
 * Spans by record number: their position over all segments in canonical order. Segments are loaded when one
 * of their spans is asked for. The first ones stay, as most questions go over all: where not all fit, keeping what
 * was used last would serve none of them. Of the others the ones used last are held.
 */
export class SpanSource {
  readonly #places: readonly SegmentPlace[];
  /** Record number of the first row of each segment, and behind the last one the number of records. */
  readonly #firstRecords: readonly number[];
  /** The segment of the record that was asked for last: the next one is mostly there too. */
  #lastFound = 0;
  /** As whoever asked last loads. */
  load: SegmentLoader;
  readonly #keptBytes: number;
  /** By number of the segment. */
  readonly #kept = new Map<number, LoadedSegment>();
  #bytes = 0;
  /** By number of the segment, the one used last at the end. */
  readonly #held = new Map<number, Promise<LoadedSegment>>();

  /** `directory`: 4 words a segment in canonical order: file, part, seq and number of spans. */
  constructor(directory: Uint32Array, load: SegmentLoader, keptBytes = KEPT_BYTES) {
    this.#keptBytes = keptBytes;
    const places: SegmentPlace[] = [];
    const firstRecords = [0];
    for (let at = 0; at < directory.length; at += 4) {
      places.push({ file: directory[at], part: directory[at + 1], seq: directory[at + 2] });
      firstRecords.push(firstRecords[firstRecords.length - 1] + directory[at + 3]);
    }
    this.#places = places;
    this.#firstRecords = firstRecords;
    this.load = load;
  }

  /** Number of the segment that holds a record, in canonical order. */
  segmentOf(record: number): number {
    const last = this.#lastFound;
    if (record >= this.#firstRecords[last] && record < this.#firstRecords[last + 1]) return last;
    let low = 0;
    let high = this.#places.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#firstRecords[middle] <= record) low = middle;
      else high = middle;
    }
    return (this.#lastFound = low);
  }

  /** Rejects as the store does: the dataset may have been deleted by another tab. */
  segment(number: number): Promise<LoadedSegment> {
    const kept = this.#kept.get(number);
    if (kept) return Promise.resolve(kept);
    const loading = this.#held.get(number) ?? this.#read(number);
    this.#held.delete(number);
    this.#held.set(number, loading);
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= HELD) break;
      this.#held.delete(oldest);
    }
    return loading;
  }

  async #read(number: number): Promise<LoadedSegment> {
    try {
      const segment = await this.load(this.#places[number]);
      const loaded = { segment, firstRecord: this.#firstRecords[number] };
      this.#keep(number, loaded);
      return loaded;
    } catch (cause) {
      this.#held.delete(number);
      throw cause;
    }
  }
  #keep(number: number, loaded: LoadedSegment): void {
    const bytes = segmentBytes(loaded.segment);
    if (this.#kept.has(number) || this.#bytes + bytes > this.#keptBytes) return;
    this.#bytes += bytes;
    this.#kept.set(number, loaded);
    this.#held.delete(number);
  }
}
