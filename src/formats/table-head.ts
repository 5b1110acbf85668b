/** Separator, header and first rows of a table, from the head of a file (FORMATS.md §1.4). */
import { decodeBytes } from '../util/bytes.ts';
import { RowSplitter, type TableDialect } from './table-rows.ts';

export interface TableHead {
  readonly dialect: TableDialect;
  readonly columns: readonly string[];
  /** The first rows below the header. */
  readonly rows: readonly (readonly string[])[];
}

const SEPARATORS = [',', '\t', ';', '|'];
const ROWS_LOOKED_AT = 20;
const FIRST_LOOK_BYTES = 64 * 1024;
/** So much of a file is looked at, at most. */
export const HEAD_BYTES = 256 * 1024;
/** A header of fewer columns cannot describe spans. */
const FEWEST_COLUMNS = 3;
/** Share of the rows that have as many fields as the header. */
const CONSISTENT = 0.8;
/** Excel's own first line. */
const SEP_LINE = /^"?sep=(.)"?\s*$/i;

const known = new WeakMap<Uint8Array, TableHead | null>();

/** null: not a table with a header. Remembers its answer for these bytes. */
export function readTableHead(bytes: Uint8Array): TableHead | null {
  const before = known.get(bytes);
  if (before !== undefined) return before;
  const head = findTable(bytes);
  known.set(bytes, head);
  return head;
}

/** The separator that a `sep=;` line names; null: it is no such line. */
export function separatorLine(line: string): string | null {
  return SEP_LINE.exec(line)?.[1] ?? null;
}

export function dialectOf(separator: string, columns: readonly string[]): TableDialect {
  const isClickHouse = separator === '\t' && columns.includes('TraceId') && columns.includes('SpanName');
  return { separator, quoted: !isClickHouse, escaped: isClickHouse };
}

/** Header cells without the marks that exports put around them. */
export function headerOf(fields: readonly string[]): string[] {
  return fields.map((field) => field.replace(/^\uFEFF/, '').trim());
}

function findTable(bytes: Uint8Array): TableHead | null {
  if (bytes[0] === 0x7b || bytes[0] === 0x5b) return null;
  const firstLine = decodeBytes(bytes, 0, Math.min(bytes.length, 64)).split('\n', 1)[0];
  const named = separatorLine(firstLine.replace(/^\uFEFF/, ''));
  let best: TableHead | null = null;
  for (const separator of named === null ? SEPARATORS : [named]) {
    const table = tableWith(bytes, separator, named !== null);
    if (table && (best === null || table.columns.length > best.columns.length)) best = table;
  }
  return best;
}

function tableWith(bytes: Uint8Array, separator: string, skipsLine: boolean): TableHead | null {
  const rows: string[][] = [];
  const receiver = {
    row: (fields: string[]) => {
      rows.push(fields);
    },
    openRow: () => false,
    brokenRow: () => {},
  };
  const splitter = new RowSplitter({ separator, quoted: true, escaped: false }, receiver);
  splitter.push(bytes.subarray(0, FIRST_LOOK_BYTES));
  if (rows.length < 2) splitter.push(bytes.subarray(FIRST_LOOK_BYTES, HEAD_BYTES));
  // A file of a header alone, without a line break.
  if (rows.length === 0) splitter.finish();
  if (skipsLine) rows.shift();
  const header = headerOf(rows.shift() ?? []);
  if (header.length < FEWEST_COLUMNS || !isHeader(header)) return null;
  const looked = rows.slice(0, ROWS_LOOKED_AT);
  const alike = looked.filter((row) => row.length === header.length).length;
  // The file may end in the middle of a row.
  if (alike + 1 < looked.length * CONSISTENT) return null;
  return { dialect: dialectOf(separator, header), columns: header, rows };
}

function isHeader(cells: readonly string[]): boolean {
  const named = cells.filter((cell) => /^[\p{L}_@$.]/u.test(cell) && cell.length <= 200);
  return named.length >= cells.length * 0.8 && new Set(named).size === named.length;
}
