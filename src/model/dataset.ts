/** What is loaded and what came of the import (SEMANTICS.md §10, DESIGN.md §3). */
import type { DataRange } from './answers.ts';
import type { FileCounts, FileFinding } from './import-choice.ts';

/** A counted remark about a file: kind, how often, and where it was first seen. */
export interface ImportNote {
  /** Stable code, e.g. 'json-syntax', 'truncated', 'invalid-utf8', 'no-start-time'. */
  readonly code: string;
  /** 'rejected': a record was not read. 'kept': read, with this remark. 'skipped': not trace data (logs, metrics). */
  readonly effect: 'rejected' | 'kept' | 'skipped';
  readonly count: number;
  /** One sentence for people, first example, naming the reason. */
  readonly message: string;
  /** Byte offset in the decompressed file of the first example; null where it has none. */
  readonly bytePosition: number | null;
  /** 1-based line of the first example; null where unknown. */
  readonly line: number | null;
  /**
   * Of what was rejected or skipped: each by itself, in the order of the file, up to a bound (import-note.ts).
   * Missing where there is but one, and in datasets that were stored by versions before 0.2.
   */
  readonly examples?: readonly NoteExample[];
}

/** One of the records that a note counts, or several that stand together. */
export interface NoteExample extends Pick<ImportNote, 'message' | 'bytePosition' | 'line'> {
  readonly count: number;
}

export interface SourceFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** Label of what was recognised, e.g. 'OTLP/JSON', 'Jaeger JSON'; null: not a trace file. */
  readonly format: string | null;
  /** Layers taken off, outermost first, e.g. ['gzip']. */
  readonly containers: readonly string[];
  /** Span records met: read + rejected. */
  readonly records: number;
  readonly rejected: number;
  readonly notes: readonly ImportNote[];
  /** Why nothing could be read; null: fine. */
  readonly refusal: string | null;
  /** Missing in datasets that were stored by versions before 0.2. */
  readonly finding?: FileFinding;
  readonly counts?: FileCounts;
}

/** records = spans + duplicates + rejected, over all files. */
export interface DatasetCounts {
  readonly records: number;
  readonly spans: number;
  readonly duplicates: number;
  readonly rejected: number;
  /**
   * Of the rejected: records that only add to a span (errors that are documents of their own) and whose span is
   * not in the data. Missing in datasets that were stored by versions before 0.2.
   */
  readonly orphans?: number;
  readonly traces: number;
  readonly services: number;
  readonly requests: number;
  readonly inferredRequests: number;
  readonly spansWithoutTime: number;
  /** Neither an end nor a duration: they count as 0. Missing in datasets that were stored by versions before 0.2. */
  readonly spansWithoutDuration?: number;
  /** Spans that start in 1970. Missing in datasets that were stored by versions before 0.2. */
  readonly spansNearEpoch?: number;
  /** Spans whose parent id is not in the data. */
  readonly brokenParents: number;
  /** End before start. */
  readonly clockProblems: number;
  readonly linksNotFound: number;
  /** Loops of parents or links that were cut. */
  readonly loopsCut: number;
}

export interface DatasetSummary {
  readonly id: number;
  readonly name: string;
  /** 32 hex digits; the same spans give the same one, however they were split, packed or ordered. */
  readonly fingerprint: string;
  /** ms since the epoch. */
  readonly importedAt: number;
  readonly files: readonly SourceFile[];
  readonly counts: DatasetCounts;
  readonly range: DataRange | null;
  /** On disk, or in memory only (then it does not survive a reload). */
  readonly stored: boolean;
  readonly sizeBytes: number;
}
