import type { WholeNumbers } from '../util/narrow-numbers.ts';

/** Exceptions in order of rows; the first of a span names it. */
export interface ExceptionColumns {
  readonly rows: Uint32Array<ArrayBuffer>;
  /** Dataset text numbers of what they are told as; 0: an exception without type and message. */
  readonly texts: Uint32Array<ArrayBuffer>;
  /** 1: `exception.escaped` is true. */
  readonly escaped: Uint8Array<ArrayBuffer>;
}

/** What assembly keeps of a segment once the rest has gone to disk. */
export interface SegmentFacts {
  readonly spanCount: number;
  /** By span: the place of its trace id in `traceIds`, which has 4 words each. */
  readonly traces: WholeNumbers;
  readonly traceIds: Uint32Array<ArrayBuffer>;
  readonly spanIds: Uint32Array<ArrayBuffer>;
  readonly parentIds: Uint32Array<ArrayBuffer>;
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly durations: Float64Array<ArrayBuffer>;
  readonly flags: Uint8Array<ArrayBuffer>;
  readonly names: Uint32Array<ArrayBuffer>;
  readonly statusMessages: Uint32Array<ArrayBuffer>;
  /** Rows of the dataset's ResourceTable. */
  readonly resources: Uint32Array<ArrayBuffer>;
  /** Numbers in the dataset's FactSets: the attributes that the analysis reads. */
  readonly factSets: Uint32Array<ArrayBuffer>;
  /** 1: the record has events. */
  readonly events: Uint8Array<ArrayBuffer>;
  readonly exceptions: ExceptionColumns;
  readonly linkSpans: WholeNumbers;
  readonly linkIds: Uint32Array<ArrayBuffer>;
}
