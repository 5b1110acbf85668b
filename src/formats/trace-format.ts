/** What every trace format is to the rest of the program. */
import type { NoteSink } from '../model/import-note.ts';
import type { SpanSink } from '../model/sink.ts';
import type { ColumnMapping, TimeUnit } from './column-mapping.ts';
import type { JsonOutline } from './json-outline.ts';
import type { ByteSource } from './source.ts';
import type { TableShape } from './table-mapping.ts';

/** The beginning of a file, its containers taken off. */
export interface Head {
  readonly bytes: Uint8Array;
  /** It is the whole file. */
  readonly complete: boolean;
  /** Of the dropped file: a hint at most. */
  readonly name: string;
  /** Of the JSON documents in it; null: it is not JSON. */
  readonly outline: JsonOutline | null;
}

/** What is told about a file before it is read, mostly by people. */
export interface ReadHints {
  /** Which column of a table means what; only tables without a format of their own ask for it. */
  readonly mapping?: ColumnMapping | null;
  /** Told from the first rows of the whole file, of which this may be a part; null: each row tells its own. */
  readonly durationUnit?: TimeUnit | null;
}

export interface TraceFormat {
  readonly id: string;
  /** For people, e.g. 'OTLP/JSON'. */
  readonly label: string;
  /** What a record means depends on those before it: a file must not be read in parts side by side. */
  readonly inOrder?: boolean;
  /** It is no text: there are no lines to number, and control characters are no reason to refuse it. */
  readonly isBinary?: boolean;
  /** Of text: the line in its head by which people know it; null: none. */
  signIn?(head: Uint8Array): string | null;
  /** By content, never by name. */
  matches(head: Head): boolean;
  /**
   * The table that a whole file is, where its head does not show it; null: none whose columns people may map.
   * Never rejects for what is in the file.
   */
  tableOf?(file: Blob): Promise<TableShape | null>;
  /** Reads all spans into the sink. Trouble in the data becomes notes. */
  read(source: ByteSource, sink: SpanSink, notes: NoteSink, hints?: ReadHints): Promise<void>;
}
