/** What was recognised in a file and why, and what people tell to have it read in another way. Plain data. */
import type { ColumnMapping, ColumnRole } from './column-mapping.ts';

/** A table of spans as its first rows show it. */
export interface TableFinding {
  readonly columns: readonly string[];
  /** The first rows below the header. */
  readonly rows: readonly (readonly string[])[];
  /** Equal for all tables with these columns: what is told of one fits the others. */
  readonly shapeKey: string;
  /** Guessed, or told before. */
  readonly mapping: ColumnMapping;
  /** Roles without which the rows are no spans. */
  readonly missing: readonly ColumnRole[];
}

export interface FileFinding {
  /** Id of the format; null: none. */
  readonly formatId: string | null;
  /** One sentence; null: there is none. */
  readonly evidence: string | null;
  /** People chose the format. */
  readonly byHand: boolean;
  /** What this source is known to leave out or to make up, in sentences. */
  readonly warnings: readonly string[];
  /** Units of time that the file does not name, in sentences: what they were taken for, and why. */
  readonly units?: readonly string[];
  /** null: no table whose columns may be mapped. */
  readonly table: TableFinding | null;
}

/** Of a file's records that became spans. */
export interface FileCounts {
  readonly spans: number;
  /** As DatasetCounts.orphans. */
  readonly orphans?: number;
  readonly traces: number;
  readonly services: number;
  /** Missing where there are none, and in datasets that were stored by versions before 0.2. */
  readonly nearEpoch?: SpansNearEpoch;
}

/** Spans that start in 1970: their clock was never set, or the unit of their times is another. */
export interface SpansNearEpoch {
  readonly count: number;
  /** In the order of the file. */
  readonly first: { readonly name: string; readonly traceId: string; readonly start: bigint };
}

/** How files are to be read. */
export interface ImportOptions {
  /** Files, by their names in the summary, whose format is told. */
  readonly formats: readonly { readonly name: string; readonly formatId: string }[];
  /** Mappings of tables with such columns. */
  readonly mappings: readonly { readonly shapeKey: string; readonly mapping: ColumnMapping }[];
}

/** Nothing is told. */
export const AS_FOUND: ImportOptions = { formats: [], mappings: [] };

export interface FormatName {
  readonly id: string;
  readonly label: string;
}
