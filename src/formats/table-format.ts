/**
 * Formats whose records also come as the rows of a table (CSV, TSV): one mapping of records to spans, read
 * from JSON or from a table, whichever the file is.
 */
import type { NoteSink } from '../model/import-note.ts';
import type { SpanSink } from '../model/sink.ts';
import { RECORD_SEPARATOR, OPEN_BRACE, OPEN_BRACKET, SPACE } from '../util/bytes.ts';
import { areColumnTypes } from './column-types.ts';
import { SpanEmitter } from './emit-span.ts';
import type { Json } from './json-value.ts';
import { type RecordFormat, recordFormat, RecordReader } from './record-format.ts';
import type { ByteSource } from './source.ts';
import { HEAD_BYTES, headerOf, readTableHead, separatorLine, type TableHead } from './table-head.ts';
import { RowSplitter } from './table-rows.ts';
import type { Head, TraceFormat } from './trace-format.ts';

export interface TableFormat<T> extends Omit<RecordFormat<T>, 'matches'> {
  matchesJson(head: Head): boolean;
  matchesColumns(columns: ReadonlySet<string>): boolean;
  /** As `unwrap`, of the rows of a table; missing: they are as the records of JSON are. */
  readonly unwrapRow?: (row: Json) => Json | undefined;
}

type RowReading<T> = Pick<RecordFormat<T>, 'unwrap' | 'quick' | 'schema' | 'open'>;

export function tableFormat<T>(format: TableFormat<T>): TraceFormat {
  const json = recordFormat({ ...format, matches: format.matchesJson });
  return {
    id: format.id,
    label: format.label,
    inOrder: format.inOrder,
    matches(head) {
      const table = readTableHead(head.bytes);
      return table ? format.matchesColumns(new Set(table.columns)) : format.matchesJson(head);
    },
    async read(source, sink, notes) {
      const peeked = new PeekedSource(source);
      const bytes = await peeked.peek(HEAD_BYTES);
      if (isJson(bytes)) return json.read(peeked, sink, notes);
      const table = readTableHead(bytes);
      const ofRows = { ...format, unwrap: format.unwrapRow ?? format.unwrap };
      if (table) await readTable(peeked, { sink, notes, table, format: ofRows });
    },
  };
}

/** A source whose first bytes can be looked at before they are read. */
export class PeekedSource implements ByteSource {
  base = 0;
  readonly #source: ByteSource;
  #chunks: Uint8Array[] = [];
  #started = false;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** The first `size` bytes, the byte order mark taken off; fewer where the file ends. */
  async peek(size: number): Promise<Uint8Array> {
    let length = 0;
    while (length < size) {
      const chunk = await this.#source.next();
      if (!this.#started) this.base = this.#source.base;
      this.#started = true;
      if (!chunk) break;
      // A source may use its buffer again.
      this.#chunks.push(chunk.slice());
      length += chunk.length;
    }
    const head = new Uint8Array(length);
    let at = 0;
    for (const chunk of this.#chunks) {
      head.set(chunk, at);
      at += chunk.length;
    }
    if (head[0] !== 0xef || head[1] !== 0xbb || head[2] !== 0xbf) return head.subarray(0, size);
    this.base += 3;
    this.#chunks = [head.subarray(3)];
    return head.subarray(3, size);
  }

  async next(): Promise<Uint8Array | null> {
    return this.#chunks.shift() ?? this.#source.next();
  }
}

function isJson(bytes: Uint8Array): boolean {
  const first = bytes.find((c) => c > SPACE || c === RECORD_SEPARATOR);
  return first === OPEN_BRACE || first === OPEN_BRACKET || first === RECORD_SEPARATOR;
}

interface TableReading<T> {
  readonly sink: SpanSink;
  readonly notes: NoteSink;
  readonly table: TableHead;
  readonly format: RowReading<T>;
}

/** Reads all rows of a table, each as an object with the header's names; empty fields are left out. */
export async function readTable<T>(source: ByteSource, reading: TableReading<T>): Promise<void> {
  const rows = new TableReader(reading);
  let splitter: RowSplitter | null = null;
  for (let chunk = await source.next(); chunk; chunk = await source.next()) {
    splitter ??= new RowSplitter(reading.table.dialect, rows, source.base);
    splitter.push(chunk);
  }
  splitter?.finish();
}

/** What rows inherit from: a column may bear any name. Objects without a prototype are slower hash tables. */
const NOTHING: object = Object.create(null);

class TableReader<T> {
  readonly #reader: RecordReader<T>;
  readonly #emitter: SpanEmitter;
  readonly #notes: NoteSink;
  readonly #columns: readonly string[];
  #headerSeen = false;
  #rows = 0;

  constructor({ sink, notes, table, format }: TableReading<T>) {
    this.#reader = new RecordReader(format);
    this.#emitter = new SpanEmitter(sink);
    this.#notes = notes;
    this.#columns = table.columns;
  }

  row(fields: string[], position: number): void {
    if (!this.#headerSeen) {
      this.#headerSeen = this.#isHeader(fields);
      return;
    }
    this.#rows++;
    // The file may be cut off in its last field.
    // A second header line (FORMAT …WithNamesAndTypes).
    if (this.#rows === 1 && areColumnTypes(fields)) return;
    if (!this.#fits(fields, position)) return;
    const spans = this.#reader.readRecord(this.#record(fields), (code, effect, message) =>
      this.#notes.note(code, effect, message, { bytePosition: position, line: null }),
    );
    for (const span of spans) this.#emitter.emit(span);
  }

  /** The file was cut off within its last field. */
  openRow(fields: string[], position: number): boolean {
    if (!this.#headerSeen || fields.length !== this.#columns.length) return false;
    this.row(fields, position);
    return true;
  }

  brokenRow(position: number): void {
    const message = 'A row has a quotation mark that is never closed.';
    this.#notes.note('open-quote', 'rejected', message, { bytePosition: position, line: null });
  }

  #isHeader(fields: readonly string[]): boolean {
    if (fields.length === 1 && separatorLine(fields[0].replace(/^\uFEFF/, '')) !== null) return false;
    const header = headerOf(fields);
    return header.length === this.#columns.length && header.every((name, i) => name === this.#columns[i]);
  }

  #fits(fields: readonly string[], position: number): boolean {
    const wanted = this.#columns.length;
    if (fields.length === wanted || fields.slice(wanted).every((field) => field === '')) {
      if (fields.length >= wanted) return true;
    }
    const message = `A row has ${fields.length} fields, the header ${wanted}.`;
    this.#notes.note('row-length', 'rejected', message, { bytePosition: position, line: null });
    return false;
  }

  #record(fields: readonly string[]): Json {
    const record: Record<string, string> = Object.create(NOTHING);
    const columns = this.#columns;
    for (let i = 0; i < columns.length; i++) {
      if (fields[i] !== '') record[columns[i]] = fields[i];
    }
    return record;
  }
}
