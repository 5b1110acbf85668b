/**
 * Tables in JSON whose rows are lists → an object a row, one a line: ClickHouse's JSONCompactEachRowWithNames and
 * JSONColumns, and what the APIs of databases answer (Elasticsearch SQL, Trino, Snowflake, InfluxDB, DeepFlow),
 * Grafana's frames, data frames (`{"columns":…,"data":…}`). Lines are read one by one, documents as a whole.
 */
import type { NoteSink } from '../model/import-note.ts';
import { decodeBytes, encodeText, joinBytes, NEWLINE } from '../util/bytes.ts';
import { areColumnTypes } from './column-types.ts';
import { isObject, type Json, ownValue, textOf, valueAt } from './json-value.ts';
import { parseTextExactly } from './parse-text.ts';
import type { ByteSource } from './source.ts';

const LARGEST_DOCUMENT = 256 * 1024 * 1024;
/** Ids and a time are three columns. */
const FEWEST_COLUMNS = 3;
/** Further in nobody puts a table. */
const DEEPEST = 5;
const ROWS = ['rows', 'values', 'data', 'result'];
interface Matrix {
  readonly names: readonly string[];
  readonly rows: readonly (readonly Json[])[];
}

/** The rows at the head of a file; null: it is no such table. */
export function openMatrixHead(head: Uint8Array): Uint8Array | null {
  const text = decodeBytes(head);
  const lines = new MatrixLines();
  const opened = hasLines(text)
    ? text
        .split('\n')
        .slice(0, -1)
        .map((line) => lines.read(line))
        .join('')
    : rowsIn(parsed(text) ?? parsed(closed(text)));
  return opened === '' ? null : encodeText(opened);
}

/** The first line is a whole list, of names. */
function hasLines(text: string): boolean {
  const first = text.trimStart().split('\n', 1)[0];
  return /^\[\s*"/.test(first) && namesIn(parsed(first) ?? null) !== null;
}

export class MatrixSource implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  readonly #notes: NoteSink;
  readonly #lines = new MatrixLines();
  /** Of a line, or of a document. */
  #pieces: Uint8Array[] = [];
  #length = 0;
  #isOfLines: boolean | null = null;
  #ended = false;

  constructor(source: ByteSource, notes: NoteSink) {
    this.#source = source;
    this.#notes = notes;
  }

  async next(): Promise<Uint8Array | null> {
    while (!this.#ended) {
      const chunk = await this.#source.next();
      this.#ended = chunk === null;
      const rows = chunk ? this.#read(chunk) : this.#finish();
      if (rows !== '') return encodeText(rows);
    }
    return null;
  }

  #read(chunk: Uint8Array): string {
    const end = chunk.lastIndexOf(NEWLINE) + 1;
    // A document has a line break after its first line, too, if any.
    if (this.#isOfLines === null && end > 0) {
      this.#isOfLines = hasLines(decodeBytes(joinBytes([...this.#pieces, chunk])));
    }
    const isComplete = this.#isOfLines === true && end > 0;
    const complete = isComplete ? joinBytes([...this.#pieces, chunk.subarray(0, end)]) : null;
    if (complete) this.#keep(chunk.slice(end), true);
    else this.#keep(chunk.slice(), false);
    return complete ? this.#linesIn(decodeBytes(complete)) : '';
  }

  #keep(piece: Uint8Array, alone: boolean): void {
    if (alone) this.#pieces = [];
    this.#length = alone ? piece.length : this.#length + piece.length;
    if (this.#length <= LARGEST_DOCUMENT) this.#pieces.push(piece);
    else this.#pieces = [];
  }

  #linesIn(text: string): string {
    return text
      .split('\n')
      .map((line) => this.#lines.read(line))
      .join('');
  }

  #finish(): string {
    if (this.#length > LARGEST_DOCUMENT) {
      const message = 'A table in one JSON document above 256 MB cannot be read: write a row per line.';
      this.#notes.note('matrix-size', 'rejected', message, { bytePosition: null, line: null });
      return '';
    }
    const text = decodeBytes(joinBytes(this.#pieces));
    if (this.#isOfLines === true) return this.#linesIn(text);
    const document = parsed(text);
    if (document === undefined) {
      const message = 'The document ends in the middle: a row that is not complete is left out.';
      this.#notes.note('truncated', 'rejected', message, { bytePosition: null, line: null });
    }
    return rowsIn(document ?? parsed(closed(text)));
  }
}

/** Lines below one of names. */
class MatrixLines {
  #names: readonly string[] | null = null;

  /** A row as an object; '' for the lines of names and types, and for what is neither. */
  read(line: string): string {
    if (line.trim() === '') return '';
    const row = parsed(line);
    if (!Array.isArray(row)) return '';
    const cells = row as readonly Json[];
    if (this.#names === null) {
      this.#names = namesIn(cells);
      return '';
    }
    return areColumnTypes(cells) ? '' : lineOf(this.#names, cells);
  }
}

function rowsIn(document: Json | undefined): string {
  const matrices = document === undefined ? [] : matricesIn(document, 0);
  return matrices
    .flatMap(({ names, rows }) => rows.map((row) => (areColumnTypes(row) ? '' : lineOf(names, row))))
    .join('');
}

function parsed(text: string): Json | undefined {
  try {
    return parseTextExactly(text);
  } catch {
    return undefined;
  }
}

/** As far as it goes: to the end of the last whole value, with the brackets that are open there closed. */
function closed(text: string): string {
  const open: string[] = [];
  let end = 0;
  let ending = '';
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],]/gs)) {
    if (token === '{' || token === '[') open.push(token === '{' ? '}' : ']');
    else if (token === '}' || token === ']') open.pop();
    if (token !== ',' && token !== ']' && token !== '}') continue;
    end = token === ',' ? index : index + 1;
    ending = open.toReversed().join('');
  }
  return text.slice(0, end) + ending;
}

function matricesIn(value: Json, depth: number): Matrix[] {
  const found = matrixOf(value);
  if (found) return [found];
  if (depth === DEEPEST || typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((inner) => matricesIn(inner ?? null, depth + 1));
}

function matrixOf(value: Json): Matrix | null {
  if (Array.isArray(value)) {
    const [first, ...rows] = value as readonly Json[];
    const names = namesIn(first);
    return names && rows.length > 0 && areLists(rows) ? { names, rows } : null;
  }
  if (!isObject(value)) return null;
  const names = [
    ownValue(value, 'columns'),
    valueAt(value, 'schema', 'fields'),
    valueAt(value, 'resultSetMetaData', 'rowType'),
  ].reduce<readonly string[] | null>((found, list) => found ?? namesIn(list), null);
  if (!names) return columnsOf(value);
  const rows = ROWS.map((key) => ownValue(value, key)).find((list) => areLists(list));
  if (areLists(rows)) return { names, rows };
  // Grafana's frames hold columns.
  const columns = valueAt(value, 'data', 'values');
  return areLists(columns) ? { names, rows: transposed(columns) } : null;
}

/** `{"TraceId":[…],"SpanId":[…]}` */
function columnsOf(value: Json): Matrix | null {
  const columns: unknown = isObject(value) ? Object.values(value) : [];
  if (!areLists(columns) || columns.length < FEWEST_COLUMNS) return null;
  const isEven = columns.every(({ length }) => length === columns[0].length);
  return isEven ? { names: Object.keys(value ?? {}), rows: transposed(columns) } : null;
}

function transposed(columns: readonly (readonly Json[])[]): Json[][] {
  return (columns[0] ?? []).map((_, i) => columns.map((column) => column[i]));
}

/** Of a list of names, or of objects that have them. */
function namesIn(list: Json | undefined): readonly string[] | null {
  if (!Array.isArray(list) || list.length < FEWEST_COLUMNS) return null;
  const names = (list as readonly Json[]).map((item) =>
    typeof item === 'string' ? item : textOf(ownValue(item, 'name')),
  );
  return names.every((name): name is string => name !== undefined) && new Set(names).size === names.length
    ? names
    : null;
}

function areLists(value: unknown): value is readonly (readonly Json[])[] {
  return Array.isArray(value) && value.every((item) => Array.isArray(item));
}

/** '': the row is not complete. */
function lineOf(names: readonly string[], row: readonly Json[]): string {
  if (row.length < names.length) return '';
  // Without a prototype, so that a column may bear any name.
  const record: Record<string, Json> = Object.create(null);
  names.forEach((name, i) => {
    if (row[i] !== undefined && row[i] !== null) record[name] = row[i];
  });
  return `${JSON.stringify(record)}\n`;
}
