import { For, Show, createEffect, createMemo, createSignal, on } from 'solid-js';
import type { JSX } from 'solid-js';
import { allRows, moveForKey, visibleRows, withToggled } from '../backtrace/visible-rows.ts';
import type { OpenRows, TreeMove } from '../backtrace/visible-rows.ts';
import { Icon } from '../parts/Icon.tsx';
import { createSight } from './create-sight.ts';
import { FlowCard } from './FlowCard.tsx';
import { FlowEdges } from './FlowEdges.tsx';
import { CARD_HEIGHT, isInSight, layOut } from './flow-layout.ts';
import type { FlowIndex } from './flow-tree.ts';

export interface FlowPictureProps {
  readonly index: FlowIndex;
  readonly open: OpenRows;
  readonly onOpen: (open: OpenRows) => void;
  /** Row of the selected node. */
  readonly selected: number;
  readonly onSelect: (row: number) => void;
}

/** The flow from left to right. Only what is in sight is in the document. */
export function FlowPicture(props: FlowPictureProps): JSX.Element {
  return (
    <div class="flow-picture">
      <div class="tree-tools">
        <button type="button" class="button" onClick={() => props.onOpen(allRows(props.index))}>
          Expand all
        </button>
        <button type="button" class="button" onClick={() => props.onOpen(new Set())}>
          Collapse all
        </button>
      </div>
      <FlowTree {...props} />
      <p class="quiet tree-help">
        <Icon name="info" />
        Thickness of a line and bar: part of the response time in which a call was open. Dashed red: calls
        that failed. Arrow keys move and open, Enter selects, * opens all.
      </p>
    </div>
  );
}

function FlowTree(props: FlowPictureProps): JSX.Element {
  const rows = createMemo(() => visibleRows(props.index, props.open));
  const layout = createMemo(() => layOut(props.index, rows()));
  const [focused, setFocused] = createSignal(props.selected);
  let scroller!: HTMLDivElement;
  const { sight, measure, reveal } = createSight(() => scroller);
  const placeOf = (row: number) => rows().findIndex((each) => each.row === row);
  /** Place of the one card that Tab reaches. */
  const tabStop = createMemo(() => Math.max(0, placeOf(focused())));
  const drawn = createMemo(() =>
    layout()
      .cards.filter((card, place) => place === tabStop() || isInSight(card, sight()))
      .map((card) => card.row),
  );
  const revealRow = (row: number) => {
    const card = layout().cardOf.get(row);
    if (card) reveal(card);
  };
  const focusRow = (row: number) => {
    setFocused(row);
    revealRow(row);
    scroller.querySelector<HTMLElement>(`[data-row="${row}"]`)?.focus({ preventScroll: true });
  };
  // A node that was selected elsewhere is brought into sight, and Tab reaches it first.
  createEffect(
    on(
      () => props.selected,
      (row, before) => {
        setFocused(row);
        if (row > 0 || before !== undefined) queueMicrotask(() => revealRow(row));
      },
    ),
  );
  const toggle = (row: number) => props.onOpen(withToggled(props.index, props.open, row));
  const apply = (move: TreeMove, row: number) => {
    if (move.kind === 'focus') focusRow(rows()[move.at].row);
    else if (move.kind === 'select') props.onSelect(row);
    else {
      if (move.kind === 'toggle') toggle(row);
      else props.onOpen(allRows(props.index));
      focusRow(row);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const pageRows = Math.max(1, Math.floor(sight().height / CARD_HEIGHT) - 1);
    const move = moveForKey(event.key, props.index, { rows: rows(), at: tabStop(), pageRows });
    if (move === null) return;
    event.preventDefault();
    apply(move, rows()[tabStop()].row);
  };

  return (
    <div
      class="flow-scroll"
      role="tree"
      aria-label="Service flow: each service, right of it what it calls"
      ref={scroller}
      onScroll={measure}
      onKeyDown={onKeyDown}
    >
      <div
        class="flow-drawing"
        role="none"
        style={{ width: `${layout().width}px`, height: `${layout().height}px` }}
      >
        <FlowEdges index={props.index} layout={layout()} sight={sight()} />
        <For each={drawn()}>
          {(row) => (
            <Show when={layout().cardOf.get(row)}>
              {(card) => (
                <FlowCard
                  entry={props.index.entries[row]}
                  card={card()}
                  callees={props.index.children[row].length}
                  selected={row === props.selected}
                  tabStop={row === rows()[tabStop()].row}
                  onFocus={() => setFocused(row)}
                  onSelect={() => props.onSelect(row)}
                  onToggle={() => toggle(row)}
                />
              )}
            </Show>
          )}
        </For>
      </div>
    </div>
  );
}
