/** Which of many rows of equal height are drawn: those in sight, and the one that must not be lost. */
import { createEffect, createMemo, createSignal, onCleanup, onMount } from 'solid-js';
import type { Accessor } from 'solid-js';
import { painted } from '../../charts/draw-in-turn.ts';
import { createAfterPaint } from '../parts/create-after-paint.ts';

/** px; as in backtrace.css. */
export const ROW_HEIGHT = 36;
/** Rows drawn at first, around the one that must not be lost; the others in sight follow when these have been painted. */
const FIRST_ROWS = 8;
/** Rows drawn above and below those in sight, once these have been painted. */
const OVERSCAN = 8;
/** px; until it is known. */
const HEIGHT = 600;

export interface RowWindowSetting {
  /** The element that scrolls. */
  readonly grid: () => HTMLElement;
  /** The element that holds the rows, below a sticky heading. */
  readonly body: () => HTMLElement;
  /** Number of rows. */
  readonly rows: Accessor<number>;
  /** Place that is drawn even out of sight: the row in focus would lose it otherwise. */
  readonly kept: Accessor<number>;
}

export interface RowWindow {
  /** Places to draw, ascending. */
  readonly places: Accessor<readonly number[]>;
  /** Rows that fit the view, less the two that stay in sight from page to page. */
  readonly pageRows: Accessor<number>;
  readonly measure: () => void;
  /** Scrolls as little as brings the row into sight, or (out of sight) to the middle: the end of the view may be below the window's. */
  readonly scrollTo: (place: number, to?: 'nearest' | 'middle') => void;
}

/** Owned by the reactive scope it is called in; `grid` and `body` are read once it is mounted. */
export function createRowWindow(setting: RowWindowSetting): RowWindow {
  const [scroll, setScroll] = createSignal({ top: 0, height: HEIGHT });
  const [overscan, setOverscan] = createSignal(0);
  const measure = () => {
    const grid = setting.grid();
    setScroll({ top: grid.scrollTop, height: heightOf(grid) });
  };
  onMount(() => {
    // It calls back at once, when the layout is known: asking for it here would compute it twice.
    const observer = new ResizeObserver(measure);
    observer.observe(setting.grid());
    onCleanup(() => observer.disconnect());
  });
  const goesOn = createAfterPaint();
  createEffect(() => {
    if (goesOn() > 0) void painted().then(() => setOverscan(OVERSCAN));
  });

  const top = () => Math.floor(scroll().top / ROW_HEIGHT);
  const bottom = () => Math.ceil((scroll().top + scroll().height) / ROW_HEIGHT);
  const first = createMemo(() => {
    if (goesOn() > 0) return Math.max(0, top() - overscan());
    const around = setting.kept() - FIRST_ROWS / 2;
    return around > top() && around < bottom() ? around : top();
  });
  const last = createMemo(() => (goesOn() > 0 ? bottom() + overscan() : first() + FIRST_ROWS));
  const places = createMemo(
    () => {
      const end = Math.min(setting.rows(), last());
      const drawn = new Set<number>();
      for (let place = first(); place < end; place++) drawn.add(place);
      drawn.add(Math.min(setting.kept(), setting.rows() - 1));
      return [...drawn].toSorted((a, b) => a - b);
    },
    undefined,
    // Rows that go on being drawn stay as they are.
    { equals: (one, other) => one.length === other.length && one.every((place, i) => place === other[i]) },
  );

  const scrollTo = (place: number, to: 'nearest' | 'middle' = 'nearest') => {
    const grid = setting.grid();
    const room = heightOf(grid) - setting.body().offsetTop - ROW_HEIGHT;
    const above = place * ROW_HEIGHT;
    const isAbove = above < grid.scrollTop;
    if (isAbove || above > grid.scrollTop + room) {
      if (to === 'middle') grid.scrollTop = above - room / 2;
      else grid.scrollTop = isAbove ? above : above - room;
    }
    measure();
  };
  return {
    places,
    pageRows: () => Math.max(1, Math.floor(scroll().height / ROW_HEIGHT) - 2),
    measure,
    scrollTo,
  };
}

function heightOf(grid: HTMLElement): number {
  return grid.clientHeight || HEIGHT;
}
