import { For, Show, createEffect, createMemo, createSignal, on, onCleanup, onMount } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Sort } from '../../link/view-state.ts';
import { useApp } from '../../state/app.ts';
import type { CsvCell } from './csv.ts';
import type { Column } from './column.ts';
import { createGrowing } from './create-growing.ts';
import { widthStyle } from './column-width.ts';
import { sortTree } from './sort-tree.ts';
import { TableHeading } from './TableHeading.tsx';
import { TableTools } from './TableTools.tsx';

export type { Column };

/** Rows that stand for the same as the parts of a picture beside the table. */
export interface RowMarks<Row> {
  readonly hovered: Row | null;
  /** Brought into sight when it changes. */
  readonly chosen: Row | null;
  readonly onHover: (row: Row | null) => void;
}

export interface TableProps<Row> {
  /** Accessible name of the table. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  /** Of a tree whose rows come each before those below it: siblings are sorted among each other. */
  readonly depth?: (row: Row) => number;
  /** null, or an unknown column: `defaultSort`. */
  readonly sort: Sort | null;
  readonly defaultSort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** Shown instead of rows where there are none. */
  readonly empty: string;
  /** Copy and CSV below the table; unless told otherwise there are. */
  readonly tools?: boolean;
  readonly marks?: RowMarks<Row>;
}

const ROW_HEIGHT = 36;
/** Fewer rows are all in the document, so that the browser's own search finds them. */
const WINDOWED_FROM = 300;
const OVERSCAN = 12;

/** Sortable table with a sticky heading; of many rows only those in sight are in the document. The first column is the row's heading. */
export function Table<Row>(props: TableProps<Row>): JSX.Element {
  const sort = () => {
    const wanted = props.sort;
    return wanted && props.columns.some((one) => one.key === wanted.column && one.sortBy)
      ? wanted
      : props.defaultSort;
  };
  const sorted = createMemo(() => {
    const inOrder = (rows: readonly Row[]) => sortRows(rows, props.columns, sort());
    return props.depth ? sortTree(props.rows, props.depth, inOrder) : inOrder(props.rows);
  });
  const { linkReport, preferences } = useApp();
  /** Tables of the same columns share their widths. */
  const shape = () => props.columns.map(({ key }) => key).join(' ');
  const widthOf = (column: Column<Row>) => preferences.columnWidths(shape())[column.key];
  // again for each link: its sort may name a column of this table
  createEffect(
    on(linkReport.link, () =>
      linkReport.offerSorts(props.columns.flatMap(({ key, sortBy }) => (sortBy ? [key] : []))),
    ),
  );
  const [focusedHandle, setHandle] = createSignal(0);
  const handle = () => Math.min(focusedHandle(), props.columns.length - 1);
  const [scroll, setScroll] = createSignal({ top: 0, height: 800 });
  const windowed = () => sorted().length > WINDOWED_FROM;
  const first = createMemo(() =>
    windowed() ? Math.max(0, Math.floor(scroll().top / ROW_HEIGHT) - OVERSCAN) : 0,
  );
  let region: HTMLDivElement | undefined;
  const drawn = createGrowing(
    () => props.rows,
    () => rowsAbove(region) && rowsAbove(region) + Math.ceil(window.innerHeight / ROW_HEIGHT),
  );
  const last = createMemo(() => {
    const inSight = Math.ceil(scroll().height / ROW_HEIGHT) + 2 * OVERSCAN;
    return Math.min(sorted().length, windowed() ? first() + inSight : drawn());
  });
  // To measure is to lay out the page at once: a table that is there as a whole need not be.
  const measure = () => {
    if (region && windowed()) setScroll({ top: region.scrollTop, height: region.clientHeight || 800 });
  };
  createEffect(on(windowed, measure));
  onMount(() => {
    window.addEventListener('resize', measure);
    onCleanup(() => window.removeEventListener('resize', measure));
  });

  createEffect(
    on(
      () => props.marks?.chosen ?? null,
      (row, before) => {
        const at = row === null ? -1 : sorted().indexOf(row);
        if (region && at >= 0 && before !== undefined) revealRow(region, at);
      },
    ),
  );

  return (
    <>
      <div
        class="table-scroll"
        classList={{ windowed: windowed() }}
        role="group"
        aria-label={props.label}
        tabindex="0"
        ref={(element) => (region = element)}
        onScroll={measure}
      >
        <table class="table" aria-label={props.label} aria-rowcount={sorted().length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              <For each={props.columns}>
                {(column, place) => (
                  <TableHeading
                    column={column}
                    sort={sort()}
                    onSort={props.onSort}
                    width={widthOf(column)}
                    onWidth={(width) => preferences.setColumnWidth(shape(), column.key, width)}
                    handleTabStop={place() === handle()}
                    onHandleFocus={() => setHandle(place())}
                  />
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <Spacer rows={first()} columns={props.columns.length} />
            <For each={sorted().slice(first(), last())}>
              {(row, index) => (
                <tr
                  aria-rowindex={first() + index() + 2}
                  classList={{ hovered: props.marks?.hovered === row, chosen: props.marks?.chosen === row }}
                  onPointerEnter={() => props.marks?.onHover(row)}
                  onPointerLeave={() => props.marks?.onHover(null)}
                >
                  <For each={props.columns}>
                    {(column, place) => (
                      <Cell column={column} row={row} isHeading={place() === 0} width={widthOf(column)} />
                    )}
                  </For>
                </tr>
              )}
            </For>
            <Spacer rows={sorted().length - last()} columns={props.columns.length} />
            <Show when={sorted().length === 0}>
              <tr>
                <td class="empty" colspan={props.columns.length}>
                  {props.empty}
                </td>
              </tr>
            </Show>
          </tbody>
        </table>
      </div>
      <Show when={props.tools !== false && sorted().length > 0}>
        <TableTools label={props.label} rows={() => plainRows(sorted(), props.columns)} />
      </Show>
    </>
  );
}

interface CellProps<Row> {
  readonly column: Column<Row>;
  readonly row: Row;
  readonly isHeading: boolean;
  readonly width: number | undefined;
}

function Cell<Row>(props: CellProps<Row>): JSX.Element {
  const classes = () => ({ numeric: props.column.numeric, resized: props.width !== undefined });
  return (
    <Show
      when={props.isHeading}
      fallback={
        <td class={props.column.class} classList={classes()} style={widthStyle(props.width)}>
          {props.column.cell(props.row)}
        </td>
      }
    >
      <th scope="row" class={props.column.class} classList={classes()} style={widthStyle(props.width)}>
        {props.column.cell(props.row)}
      </th>
    </Show>
  );
}

function rowsAbove(region: HTMLElement | undefined): number {
  return Math.ceil((region?.scrollTop ?? 0) / ROW_HEIGHT);
}

/** Scrolls no further than it must. */
function revealRow(region: HTMLElement, at: number): void {
  const top = at * ROW_HEIGHT;
  // The heading sticks to the top.
  if (top < region.scrollTop) region.scrollTop = top;
  else if (top + 2 * ROW_HEIGHT > region.scrollTop + region.clientHeight)
    region.scrollTop = top + 2 * ROW_HEIGHT - region.clientHeight;
}

function plainRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
): readonly (readonly CsvCell[])[] {
  const written = columns.flatMap((column) => {
    const value = column.value ?? column.sortBy;
    return value ? [{ title: column.title, value }] : [];
  });
  return [written.map(({ title }) => title), ...rows.map((row) => written.map(({ value }) => value(row)))];
}

/** Stands for the rows above or below the ones in sight. */
function Spacer(props: { rows: number; columns: number }): JSX.Element {
  return (
    <Show when={props.rows > 0}>
      <tr aria-hidden="true" class="spacer">
        <td colspan={props.columns} style={{ height: `${props.rows * ROW_HEIGHT}px` }} />
      </tr>
    </Show>
  );
}

const collator = new Intl.Collator('en', { numeric: true });

/** Stable: equal rows keep their order. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  sort: Sort,
): readonly Row[] {
  const by = columns.find((column) => column.key === sort.column)?.sortBy;
  if (!by) return rows;
  const sign = sort.descending ? -1 : 1;
  return rows.toSorted((a, b) => sign * compare(by(a), by(b)));
}

function compare(a: number | string, b: number | string): number {
  return typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
}
