import { For, Show, createComputed, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { JSX } from 'solid-js';
import { Icon } from '../parts/Icon.tsx';
import { Menu } from '../parts/Menu.tsx';
import type { MenuItem } from '../parts/Menu.tsx';
import { createRowMenu } from './create-row-menu.ts';
import { ROW_HEIGHT, createRowWindow } from './create-row-window.ts';
import { TREE_COLUMNS } from './tree-columns.ts';
import { TreeHead } from './TreeHead.tsx';
import { pathOf } from './tree-index.ts';
import type { TreeIndex } from './tree-index.ts';
import { isDeep, widestTexts } from './tree-layout.ts';
import { TreeRow } from './TreeRow.tsx';
import { allRows, moveForKey, visibleRows, withToggled } from './visible-rows.ts';
import type { OpenRows, TreeMove, VisibleRow } from './visible-rows.ts';

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
  /** What the menu of a row offers. */
  readonly actions: (row: number) => readonly (readonly MenuItem[])[];
}

/** The tree table: the chosen service at the top, callers below. Only rows in sight are in the document. */
export function BacktraceTree(props: BacktraceTreeProps): JSX.Element {
  const chars = createMemo(() => widestTexts(props.index));
  return (
    <div
      class="tree"
      classList={{ deep: isDeep(props.index) }}
      style={{ '--calls-chars': chars().calls, '--failed-chars': chars().failedCalls }}
    >
      <div class="tree-tools">
        <button type="button" class="button" onClick={() => props.onOpen(allRows(props.index))}>
          Expand all
        </button>
        <button type="button" class="button" onClick={() => props.onOpen(new Set([0]))}>
          Collapse all
        </button>
      </div>
      <TreeGrid {...props} />
      <p class="quiet tree-help">
        <Icon name="info" />
        Arrow keys move and open, Enter selects, * opens all, Shift+F10 tells what can be done.
      </p>
    </div>
  );
}

interface DrawnRow extends VisibleRow {
  /** 0-based place among the visible rows. */
  readonly place: number;
}

function TreeGrid(props: BacktraceTreeProps): JSX.Element {
  const rows = createMemo(() => visibleRows(props.index, props.open));
  const [focused, setFocused] = createSignal(0);
  let grid!: HTMLDivElement;
  let body!: HTMLDivElement;

  const placeOf = (row: number) => rows().findIndex((each) => each.row === row);
  /** Place of the one row that Tab reaches. */
  const tabStop = createMemo(() => Math.max(0, placeOf(focused())));
  const sight = createRowWindow({
    grid: () => grid,
    body: () => body,
    rows: () => rows().length,
    kept: tabStop,
  });
  const drawn = createMemo(
    () =>
      new Map(
        sight.places().map((place): [number, DrawnRow] => [rows()[place].row, { place, ...rows()[place] }]),
      ),
  );
  const drawnRows = createMemo(() => [...drawn().keys()]);

  const rowElement = (row: number) => body.querySelector<HTMLElement>(`[data-row="${row}"]`);
  const focusPlace = (place: number) => {
    const { row } = rows()[place];
    setFocused(row);
    sight.scrollTo(place);
    rowElement(row)?.focus({ preventScroll: true });
  };
  // A node that was selected elsewhere is brought into sight, and Tab reaches it first.
  createEffect(
    on(
      () => props.selected,
      (row, before) => {
        const place = placeOf(row);
        if (place < 0) return;
        setFocused(row);
        // the top is in sight at first, and to ask where it is costs a layout
        if (place > 0 || before !== undefined) queueMicrotask(() => sight.scrollTo(place, 'middle'));
      },
    ),
  );
  keepFocus(
    () => props.index,
    () => body,
    () => focusPlace(tabStop()),
  );
  const toggle = (row: number) => props.onOpen(withToggled(props.index, props.open, row));
  const apply = (move: TreeMove, row: number) => {
    if (move.kind === 'focus') focusPlace(move.at);
    else if (move.kind === 'select') props.onSelect(row);
    else {
      if (move.kind === 'toggle') toggle(row);
      else props.onOpen(allRows(props.index));
      focusPlace(Math.max(0, placeOf(row)));
    }
  };
  const menu = createRowMenu({
    index: () => props.index,
    actions: (row) => props.actions(row),
    rowElement,
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (menu.openByKey(event, rows()[tabStop()].row)) return event.preventDefault();
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const focus = { rows: rows(), at: tabStop(), pageRows: sight.pageRows() };
    const move = moveForKey(event.key, props.index, focus);
    if (move === null) return;
    event.preventDefault();
    apply(move, rows()[tabStop()].row);
  };

  return (
    <div
      class="treegrid"
      role="treegrid"
      aria-label="Backtrace: the chosen service, below it its callers"
      aria-rowcount={rows().length + 1}
      aria-colcount={TREE_COLUMNS.length + 2}
      ref={grid}
      onScroll={() => sight.measure()}
      onKeyDown={onKeyDown}
      onPointerLeave={() => props.onHover(-1)}
    >
      <TreeHead />
      <div role="rowgroup" class="tree-body" style={{ height: `${rows().length * ROW_HEIGHT}px` }} ref={body}>
        <For each={drawnRows()}>
          {(row) => (
            <TreeRow
              entry={props.index.entries[row]}
              path={() => pathOf(props.index, row)}
              row={row}
              place={drawn().get(row)?.place ?? 0}
              expandable={drawn().get(row)?.expandable ?? false}
              expanded={drawn().get(row)?.expanded ?? false}
              selected={row === props.selected}
              hovered={row === props.hovered}
              tabStop={row === rows()[tabStop()].row}
              onFocus={() => setFocused(row)}
              onHover={() => props.onHover(row)}
              onSelect={() => props.onSelect(row)}
              onToggle={() => toggle(row)}
              onMenu={(at) => {
                setFocused(row);
                menu.open(row, at);
              }}
            />
          )}
        </For>
      </div>
      <Show when={menu.opened()} keyed>
        {(opened) => (
          <Menu
            {...opened}
            onClose={() => {
              menu.close();
              rowElement(rows()[tabStop()].row)?.focus({ preventScroll: true });
            }}
          />
        )}
      </Show>
    </div>
  );
}

/** Rows go with the steps that are no longer there, and must not take the focus along: `refocus` finds it another. */
function keepFocus(index: () => TreeIndex, body: () => HTMLElement, refocus: () => void): void {
  const check = () => {
    if (body().contains(document.activeElement)) queueMicrotask(refocus);
  };
  // Computed, as an effect would come when the rows are gone.
  createComputed(on(index, check, { defer: true }));
}
