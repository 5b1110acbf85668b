import { For, createEffect, createMemo, createSignal, on, onCleanup, onMount } from 'solid-js';
import type { JSX } from 'solid-js';
import { Icon } from '../parts/Icon.tsx';
import { TREE_COLUMNS } from './tree-columns.ts';
import type { TreeIndex } from './tree-index.ts';
import { TreeRow } from './TreeRow.tsx';
import { allRows, moveForKey, visibleRows, withToggled } from './visible-rows.ts';
import type { OpenRows } from './visible-rows.ts';

export interface BacktraceTreeProps {
  readonly index: TreeIndex;
  readonly open: OpenRows;
  readonly onOpen: (open: OpenRows) => void;
  /** Row of the selected node; -1: none. */
  readonly selected: number;
  readonly onSelect: (row: number) => void;
  /** Row under the pointer here or in the sunburst; -1: none. */
  readonly hovered: number;
  readonly onHover: (row: number) => void;
}

/** px; as in backtrace.css. */
export const ROW_HEIGHT = 36;
const OVERSCAN = 8;
const ENDS_DEFINITION =
  'Calls whose chain ends here: with a user action, at an entry point, or because the caller is missing.';

/** The tree table: the chosen service at the top, callers below. Only rows in sight are in the document. */
export function BacktraceTree(props: BacktraceTreeProps): JSX.Element {
  const rows = createMemo(() => visibleRows(props.index, props.open));
  const [scroll, setScroll] = createSignal({ top: 0, height: 600 });
  const [focused, setFocused] = createSignal(0);
  let grid!: HTMLDivElement;
  let body!: HTMLDivElement;

  const placeOf = (row: number) => rows().findIndex((each) => each.row === row);
  /** The one row that Tab reaches. */
  const tabStop = createMemo(() => Math.max(0, placeOf(focused())));
  const first = createMemo(() => Math.max(0, Math.floor(scroll().top / ROW_HEIGHT) - OVERSCAN));
  const inSight = createMemo(() => Math.ceil(scroll().height / ROW_HEIGHT) + 2 * OVERSCAN);
  const drawn = createMemo(() => {
    const places = new Set<number>();
    const end = Math.min(rows().length, first() + inSight());
    for (let place = first(); place < end; place++) places.add(place);
    // The row in focus stays in the document when it is scrolled away: focus must not be lost.
    places.add(Math.min(tabStop(), rows().length - 1));
    return [...places].toSorted((a, b) => a - b).map((place) => ({ place, ...rows()[place] }));
  });
  const drawnRows = createMemo(() => drawn().map((each) => each.row));
  const byRow = createMemo(() => new Map(drawn().map((each) => [each.row, each])));

  const measure = () => setScroll({ top: grid.scrollTop, height: grid.clientHeight || 600 });
  onMount(() => {
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(grid);
    onCleanup(() => observer.disconnect());
  });

  const scrollTo = (place: number) => {
    const head = body.offsetTop;
    const top = place * ROW_HEIGHT;
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (top + ROW_HEIGHT + head > grid.scrollTop + grid.clientHeight)
      grid.scrollTop = top + ROW_HEIGHT + head - grid.clientHeight;
    measure();
  };
  const focusPlace = (place: number) => {
    setFocused(rows()[place].row);
    scrollTo(place);
    body.querySelector<HTMLElement>(`[data-row="${rows()[place].row}"]`)?.focus({ preventScroll: true });
  };

  // A node that was selected elsewhere is brought into sight, and Tab reaches it first.
  createEffect(
    on(
      () => props.selected,
      (row) => {
        const place = placeOf(row);
        if (place < 0) return;
        setFocused(row);
        queueMicrotask(() => scrollTo(place));
      },
    ),
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pageRows = Math.max(1, Math.floor(scroll().height / ROW_HEIGHT) - 2);
    const move = moveForKey(event.key, props.index, { rows: rows(), at: tabStop(), pageRows });
    if (move === null) return;
    event.preventDefault();
    const { row } = rows()[tabStop()];
    if (move.kind === 'focus') focusPlace(move.at);
    else if (move.kind === 'select') props.onSelect(row);
    else {
      props.onOpen(move.kind === 'toggle' ? withToggled(props.index, props.open, row) : allRows(props.index));
      focusPlace(Math.max(0, placeOf(row)));
    }
  };

  return (
    <div class="tree">
      <div class="tree-tools">
        <button type="button" class="button" onClick={() => props.onOpen(allRows(props.index))}>
          Expand all
        </button>
        <button type="button" class="button" onClick={() => props.onOpen(new Set([0]))}>
          Collapse all
        </button>
      </div>
      <div
        class="treegrid"
        role="treegrid"
        aria-label="Backtrace: the chosen service, below it its callers"
        aria-rowcount={rows().length + 1}
        aria-colcount={TREE_COLUMNS.length + 2}
        ref={grid}
        onScroll={measure}
        onKeyDown={onKeyDown}
        onPointerLeave={() => props.onHover(-1)}
      >
        <div role="rowgroup" class="tree-head">
          <div role="row" aria-rowindex={1} class="tree-row">
            <div role="columnheader" class="tree-cell tree-name">
              Service and its callers
            </div>
            <div role="columnheader" class="tree-cell tree-ends" title={ENDS_DEFINITION}>
              Chains end here
            </div>
            <For each={TREE_COLUMNS}>
              {(column) => (
                <div
                  role="columnheader"
                  class={`tree-cell numeric column-${column.key}`}
                  title={column.definition}
                >
                  {column.title}
                </div>
              )}
            </For>
          </div>
        </div>
        <div
          role="rowgroup"
          class="tree-body"
          style={{ height: `${rows().length * ROW_HEIGHT}px` }}
          ref={body}
        >
          <For each={drawnRows()}>
            {(row) => (
              <TreeRow
                entry={props.index.entries[row]}
                row={row}
                place={byRow().get(row)?.place ?? 0}
                top={(byRow().get(row)?.place ?? 0) * ROW_HEIGHT}
                expandable={byRow().get(row)?.expandable ?? false}
                expanded={byRow().get(row)?.expanded ?? false}
                selected={row === props.selected}
                hovered={row === props.hovered}
                tabStop={row === rows()[tabStop()].row}
                onFocus={() => setFocused(row)}
                onHover={() => props.onHover(row)}
                onSelect={() => props.onSelect(row)}
                onToggle={() => props.onOpen(withToggled(props.index, props.open, row))}
              />
            )}
          </For>
        </div>
      </div>
      <p class="quiet tree-help">
        <Icon name="info" />
        Arrow keys move and open, Enter selects, * opens all.
      </p>
    </div>
  );
}
