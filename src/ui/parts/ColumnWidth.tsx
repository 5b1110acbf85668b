import type { JSX } from 'solid-js';

export interface ColumnWidthProps {
  /** Of the column. */
  readonly title: string;
  /** px; undefined: as wide as its content. */
  readonly width: number | undefined;
  /** null: as wide as its content again. */
  readonly onWidth: (width: number | null) => void;
  /** Tab reaches it: one of the handles of a table, the arrow keys up and down lead to the others. */
  readonly tabStop: boolean;
  readonly onFocus: () => void;
}

/** px */
const LEAST = 48;
const MOST = 1600;
const STEP = 10;
const BIG_STEP = 50;

/** The right edge of a heading: dragged, or moved with the arrow keys, it sets the column's width. */
export function ColumnWidth(props: ColumnWidthProps): JSX.Element {
  let handle!: HTMLDivElement;
  let grabbed: { readonly at: number; readonly width: number } | null = null;

  const heading = () => handle.parentElement;
  const widthNow = () => heading()?.offsetWidth ?? LEAST;
  const setWidth = (width: number) => props.onWidth(Math.round(Math.max(LEAST, Math.min(MOST, width))));
  const fit = () => {
    props.onWidth(null);
    const cut = cutOff(heading());
    if (cut > 0) setWidth(widthNow() + cut);
  };
  const move = (event: KeyboardEvent) => {
    const step = event.shiftKey ? BIG_STEP : STEP;
    if (event.key === 'ArrowLeft') setWidth(widthNow() - step);
    else if (event.key === 'ArrowRight') setWidth(widthNow() + step);
    else if (event.key === 'Home') setWidth(LEAST);
    else if (event.key === 'Enter') fit();
    else if (event.key === 'ArrowUp') neighbour(handle, -1)?.focus();
    else if (event.key === 'ArrowDown') neighbour(handle, 1)?.focus();
    else return;
    event.preventDefault();
  };

  return (
    <div
      class="column-width"
      role="separator"
      aria-orientation="vertical"
      aria-label={`Width of ${props.title}`}
      aria-valuemin={0}
      aria-valuemax={MOST}
      aria-valuenow={props.width ?? 0}
      aria-valuetext={props.width === undefined ? 'as wide as its content' : `${props.width} pixels`}
      title="Drag, or use ← and →; double click or Enter fits the content; ↑ and ↓ lead to the other columns"
      tabindex={props.tabStop ? 0 : -1}
      onFocus={() => props.onFocus()}
      ref={handle}
      onKeyDown={move}
      onDblClick={fit}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        handle.setPointerCapture(event.pointerId);
        grabbed = { at: event.clientX, width: widthNow() };
      }}
      onPointerMove={(event) => grabbed && setWidth(grabbed.width + event.clientX - grabbed.at)}
      onPointerUp={() => (grabbed = null)}
      onPointerCancel={() => (grabbed = null)}
    />
  );
}

/** The handle of a column beside; at either end it goes round. */
function neighbour(handle: HTMLElement, step: number): HTMLElement | undefined {
  const handles = [...(handle.closest('tr')?.querySelectorAll<HTMLElement>('.column-width') ?? [])];
  return handles.at((handles.indexOf(handle) + step) % handles.length);
}

/** px by which the longest elided text of a heading's column is longer than what is shown of it. */
function cutOff(heading: HTMLElement | null): number {
  if (!(heading instanceof HTMLTableCellElement)) return 0;
  let most = 0;
  for (const row of heading.closest('table')?.rows ?? []) {
    const cell = row.cells[heading.cellIndex];
    for (const each of cell?.querySelectorAll('.elide') ?? [])
      most = Math.max(most, each.scrollWidth - each.clientWidth);
  }
  return most;
}
