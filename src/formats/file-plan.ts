/** How a file will be read: plain data, made by planFile, used by readPart in any worker. */
import type { ColumnMapping, TimeUnit } from './column-mapping.ts';
import type { FileFinding } from '../model/import-choice.ts';
import type { Layer } from './layers.ts';

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
  readonly containers: readonly string[];
  /** How they are taken off. */
  readonly layers: readonly Layer[];
  /** Where it is in an archive, such as `folder/traces.json`; null: it is the file itself. */
  readonly entry: string | null;
  /** Bytes of the file that hold it, or its share of them. */
  readonly sizeBytes: number;
  /** Why it cannot be read, as a sentence for people; null: fine. */
  readonly refusal: string | null;
  /** Told by people for a table; else its columns are recognised by their names. */
  readonly mapping?: ColumnMapping | null;
  /** As ReadHints.durationUnit. */
  readonly durationUnit?: TimeUnit | null;
  /** What was recognised and why. */
  readonly finding?: FileFinding;
  /** In the order of the file. Several only for files of lines. Empty: refused. */
  readonly parts: readonly FilePart[];
}

/** One of the traces in a file: all of it, or a file in an archive. */
export interface PlannedContent {
  /** What the plan is about: the file itself, or what was taken out of it. */
  readonly file: Blob;
  readonly plan: FilePlan;
}
