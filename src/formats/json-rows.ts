/** Rows of JSON (lists of flat objects, or one a line) as the table that people map the columns of. */
import { JsonCursor } from '../util/json-cursor.ts';
import { Notes } from '../model/import-note.ts';
import { guessMapping, shapeKey } from './column-mapping.ts';
import { JsonDocuments } from './json-documents.ts';
import { isObject, type Json, type JsonObject, textOf } from './json-value.ts';
import { RecordNotes } from './record-notes.ts';
import { RecordStream } from './record-stream.ts';
import { MemorySource } from './source.ts';
import type { TableShape } from './table-mapping.ts';

/** Where rows stand, besides documents and lists of them. */
export const ROW_LISTS = [
  'data',
  'rows',
  'records',
  'spans',
  'items',
  'results',
  'hits',
  'value',
  'events',
  'result.records',
  'results[].events',
  'hits.hits',
];
const ROWS_SHOWN = 20;
/** One object alone is a document, and not a table. */
const FEWEST_ROWS = 2;
/** Ids and a time are three columns. */
const FEWEST_COLUMNS = 3;
const PIECE_BYTES = 64 * 1024;

/** Of the head of a file; null: it holds no rows. */
export async function jsonTable(head: Uint8Array): Promise<TableShape | null> {
  const rows = await firstRows(head);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (rows.length < FEWEST_ROWS || columns.length < FEWEST_COLUMNS) return null;
  const shown = rows.slice(0, ROWS_SHOWN).map((row) => cellsOf(row, columns));
  return { columns, rows: shown, shapeKey: shapeKey(columns), isJson: true, ...guessMapping(columns) };
}

async function firstRows(head: Uint8Array): Promise<JsonObject[]> {
  const rows: JsonObject[] = [];
  const cursor = new JsonCursor();
  // The head may end anywhere: what is wrong with it is said by whoever reads the file.
  const stream = new RecordStream(
    cursor,
    { lists: ROW_LISTS },
    {
      record(record) {
        if (rows.length < ROWS_SHOWN) rows.push(flatRow(record));
      },
      broken: () => undefined,
    },
  );
  const notes = new RecordNotes(cursor, new Notes());
  await new JsonDocuments({ cursor, reader: stream, notes }).read(new MemorySource(head, PIECE_BYTES));
  return rows;
}

/** The row's fields in these columns as texts; lists and objects as JSON, '' where it lacks them. */
export function cellsOf(row: Json, columns: readonly string[]): string[] {
  return columns.map((name) => {
    const value = isObject(row) && Object.hasOwn(row, name) ? row[name] : null;
    return textOf(value) ?? (typeof value === 'object' && value !== null ? JSON.stringify(value) : '');
  });
}

/** Nested objects as dotted keys, two levels deep: `{"trace":{"id":…}}` → `trace.id`. */
export function flatRow(record: Json, prefix = '', depth = 0): JsonObject {
  const row: Record<string, Json> = Object.create(null);
  if (!isObject(record)) return row;
  for (const [key, value] of Object.entries(record)) {
    const dotted = prefix + key;
    if (value === undefined || value === null) continue;
    if (isObject(value) && depth < 2 && !/^(tags|attributes|attrs|labels|meta|properties)$/i.test(key)) {
      Object.assign(row, flatRow(value, `${dotted}.`, depth + 1));
    } else row[dotted] = value;
  }
  return row;
}
