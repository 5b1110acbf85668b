import type { JSX } from 'solid-js';
import type { CsvCell } from './csv.ts';

export interface Column<Row> {
  /** Stable: it stands in links. */
  readonly key: string;
  readonly title: string;
  /** Definition of the figure, one sentence: told where the heading is pointed at or focused. */
  readonly hint?: string;
  readonly numeric?: boolean;
  /** Not sortable without it. */
  readonly sortBy?: (row: Row) => number | string;
  readonly cell: (row: Row) => JSX.Element;
  /** In copies and CSV, as exact as the data; else what it is sorted by. Columns with neither are left out. */
  readonly value?: (row: Row) => CsvCell;
  readonly class?: string;
}
