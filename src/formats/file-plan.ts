/** How a file will be read: plain data, made by planFile, used by readPart in any worker. */
import type { ColumnMapping } from './column-mapping.ts';

/** Bytes of the file. A part of a file of lines is the lines that begin in [from, to). */
export interface FilePart {
  readonly from: number;
  readonly to: number;
}

export interface FilePlan {
  /** Id in the registry; null: refused. */
  readonly formatId: string | null;
  /** For people, e.g. 'OTLP/JSON'; null: refused. */
  readonly format: string | null;
  /** Layers taken off, outermost first, e.g. ['gzip']. */
  readonly containers: readonly 'gzip'[];
  /** Why it cannot be read, as a sentence for people; null: fine. */
  readonly refusal: string | null;
  /** Told by people for a table; else its columns are recognised by their names. */
  readonly mapping?: ColumnMapping | null;
  /** In the order of the file. Several only for files of lines. Empty: refused. */
  readonly parts: readonly FilePart[];
}
