import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Sort } from '../../link/view-state.ts';
import type { Column } from './column.ts';
import { widthStyle } from './column-width.ts';
import { ColumnWidth } from './ColumnWidth.tsx';
import { Defined, Term } from './Defined.tsx';
import { Icon } from './Icon.tsx';

export interface TableHeadingProps<Row> {
  readonly column: Column<Row>;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly width: number | undefined;
  readonly onWidth: (width: number | null) => void;
  /** Tab reaches the handle that sets the width. */
  readonly handleTabStop: boolean;
  readonly onHandleFocus: () => void;
}

/** Says what its figures mean, sorts by them and sets their width. */
export function TableHeading<Row>(props: TableHeadingProps<Row>): JSX.Element {
  const active = () => props.sort.column === props.column.key;
  const direction = () => (props.sort.descending ? 'descending' : 'ascending');
  const next = () => ({
    column: props.column.key,
    descending: active() ? !props.sort.descending : props.column.numeric === true,
  });
  return (
    <th
      scope="col"
      aria-label={props.column.title}
      class={props.column.class}
      classList={{ numeric: props.column.numeric, resized: props.width !== undefined }}
      style={widthStyle(props.width)}
      aria-sort={props.column.sortBy ? (active() ? direction() : 'none') : undefined}
    >
      <Show when={props.column.sortBy} fallback={<Term text={props.column.hint}>{props.column.title}</Term>}>
        <Defined text={props.column.hint}>
          {(id) => (
            <button
              type="button"
              class="sort-button"
              classList={{ active: active() }}
              aria-describedby={id}
              onClick={() => props.onSort(next())}
            >
              <span>{props.column.title}</span>
              <Icon name={active() && !props.sort.descending ? 'sortUp' : 'sortDown'} />
            </button>
          )}
        </Defined>
      </Show>
      <ColumnWidth
        title={props.column.title}
        width={props.width}
        onWidth={(width) => props.onWidth(width)}
        tabStop={props.handleTabStop}
        onFocus={() => props.onHandleFocus()}
      />
    </th>
  );
}
