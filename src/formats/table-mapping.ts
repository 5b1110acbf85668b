/** The mapping of a table's columns as guessed from the head of its file, for detection and for the mapping dialog. */
import {
  type ColumnMapping,
  type ColumnRole,
  describeMissing,
  guessMapping,
  shapeKey,
} from './column-mapping.ts';
import { readTableHead } from './table-head.ts';

export const GENERIC_TABLE_ID = 'generic-table';
export const GENERIC_TABLE_LABEL = 'table of spans';

export interface TableShape {
  readonly columns: readonly string[];
  readonly shapeKey: string;
  readonly mapping: ColumnMapping;
  /** Roles without which it cannot be read. */
  readonly missing: readonly ColumnRole[];
  /** The first rows, as a help for whoever maps them, and those that a guess of the units looks at. */
  readonly rows: readonly (readonly string[])[];
  /** Rows of JSON: units are told row by row. */
  readonly isJson?: boolean;
}

/** null: not a table. */
export function tableShape(head: Uint8Array): TableShape | null {
  const table = readTableHead(head);
  if (!table) return null;
  const { columns, rows } = table;
  return { columns, rows, shapeKey: shapeKey(columns), ...guessMapping(columns) };
}

/** Why a table cannot be read; null: not a table. */
export function describeTable(head: Uint8Array): string | null {
  const shape = tableShape(head);
  return shape && describeMissing(shape.columns, shape.missing);
}
