import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import type { EvidenceSort } from '../../model/answers-evidence.ts';
import { ColumnWidth } from '../parts/ColumnWidth.tsx';
import { Icon } from '../parts/Icon.tsx';
import { EVIDENCE_COLUMNS } from './evidence-columns.ts';
import type { EvidenceColumn } from './evidence-columns.ts';

export interface EvidenceOrder {
  readonly sort: EvidenceSort;
  readonly descending: boolean;
}

/** px by column, where somebody has set it. */
type Widths = Readonly<Record<string, number>>;

export interface EvidenceHeadProps {
  readonly order: EvidenceOrder;
  readonly onSort: (sort: EvidenceSort) => void;
  readonly widths: Widths;
  /** null: as wide as at first. */
  readonly onWidth: (column: string, width: number | null) => void;
}

/** Sorts the list and sets the widths of its columns: they hold for all rows, so that nothing jumps while rows come and go. */
export function EvidenceHead(props: EvidenceHeadProps): JSX.Element {
  const [handle, setHandle] = createSignal(0);
  return (
    <thead>
      <tr aria-rowindex={1}>
        <For each={EVIDENCE_COLUMNS}>
          {(column, place) => (
            <th
              scope="col"
              aria-label={column.title}
              classList={{ numeric: column.numeric }}
              style={isLast(column) ? undefined : { width: cssWidth(column, props.widths) }}
              aria-sort={column.sort && ariaSort(column, props.order)}
            >
              <Show when={column.sort} fallback={column.title}>
                {(sort) => (
                  <button
                    type="button"
                    class="sort-button"
                    classList={{ active: isActive(column, props.order) }}
                    onClick={() => props.onSort(sort())}
                  >
                    <span>{column.title}</span>
                    <Icon
                      name={isActive(column, props.order) && !props.order.descending ? 'sortUp' : 'sortDown'}
                    />
                  </button>
                )}
              </Show>
              <ColumnWidth
                title={column.title}
                width={props.widths[column.key]}
                onWidth={(width) => props.onWidth(column.key, width)}
                tabStop={place() === handle()}
                onFocus={() => setHandle(place())}
              />
            </th>
          )}
        </For>
      </tr>
    </thead>
  );
}

/** px: narrower than its columns the table scrolls. */
export function leastWidth(widths: Widths): number {
  return EVIDENCE_COLUMNS.reduce((sum, column) => sum + widthOf(column, widths), 0);
}

/** `cqw`: of the region that the table scrolls in. */
function cssWidth(column: EvidenceColumn, widths: Widths): string {
  const width = `${widthOf(column, widths)}px`;
  const { grows = 0 } = column;
  if (grows === 0 || widths[column.key] !== undefined) return width;
  return `calc(${width} + max(0px, 100cqw - ${leastWidth({})}px) * ${grows})`;
}

function widthOf(column: EvidenceColumn, widths: Widths): number {
  return widths[column.key] ?? column.width;
}

function isLast(column: EvidenceColumn): boolean {
  return column === EVIDENCE_COLUMNS.at(-1);
}

function isActive(column: EvidenceColumn, order: EvidenceOrder): boolean {
  return column.sort === order.sort;
}

function ariaSort(column: EvidenceColumn, order: EvidenceOrder): 'none' | 'ascending' | 'descending' {
  if (!isActive(column, order)) return 'none';
  return order.descending ? 'descending' : 'ascending';
}
