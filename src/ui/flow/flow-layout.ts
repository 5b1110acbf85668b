/** Where the cards of the flow are drawn: a column for each step, what is called first on a level with its caller. */
import type { VisibleRow } from '../backtrace/visible-rows.ts';
import type { FlowIndex } from './flow-tree.ts';

/** px; as in flow.css. */
export const CARD_WIDTH = 216;
export const CARD_HEIGHT = 78;
const GAP_X = 60;
const GAP_Y = 12;
const MARGIN = 16;
const CORNER = 8;

/** Lines of no time and of all of the response time. */
const THINNEST = 1.5;
const THICKEST = 14;

export interface Card extends VisibleRow {
  readonly x: number;
  readonly y: number;
}

export interface FlowLayout {
  readonly cards: readonly Card[];
  /** By row. */
  readonly cardOf: ReadonlyMap<number, Card>;
  readonly width: number;
  readonly height: number;
}

/** `rows` in order, each followed by those below it. */
export function layOut(index: FlowIndex, rows: readonly VisibleRow[]): FlowLayout {
  let line = -1;
  let deepest = 0;
  const cards = rows.map((row, at): Card => {
    const { depth, parent } = index.entries[row.row];
    if (at === 0 || rows[at - 1].row !== parent) line++;
    deepest = Math.max(deepest, depth);
    return { ...row, x: MARGIN + depth * (CARD_WIDTH + GAP_X), y: MARGIN + line * (CARD_HEIGHT + GAP_Y) };
  });
  return {
    cards,
    cardOf: new Map(cards.map((card) => [card.row, card])),
    width: 2 * MARGIN + (deepest + 1) * (CARD_WIDTH + GAP_X) - GAP_X,
    height: 2 * MARGIN + (line + 1) * (CARD_HEIGHT + GAP_Y) - GAP_Y,
  };
}

export interface Edge {
  /** From the card of the caller to that of the callee, as SVG. */
  readonly path: string;
  /** Its last part, which it shares with no other edge. */
  readonly end: string;
  /** px */
  readonly thickness: number;
}

export function edgeOf(from: Card, to: Card, timeShare: number): Edge {
  const [x0, y0] = [from.x + CARD_WIDTH, from.y + CARD_HEIGHT / 2];
  const [x1, y1] = [to.x, to.y + CARD_HEIGHT / 2];
  const bend = x0 + GAP_X / 2;
  const thickness = THINNEST + (THICKEST - THINNEST) * Math.max(0, Math.min(1, timeShare));
  const end = `M${bend + CORNER} ${y1}H${x1}`;
  if (y0 === y1) return { path: `M${x0} ${y0}H${x1}`, end, thickness };
  const turn = `H${bend - CORNER}Q${bend} ${y0} ${bend} ${y0 + CORNER}V${y1 - CORNER}`;
  return { path: `M${x0} ${y0}${turn}Q${bend} ${y1} ${bend + CORNER} ${y1}H${x1}`, end, thickness };
}

/** The part of the drawing that is in sight, px. */
export interface Sight {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Drawn beside what is in sight, so that little is seen coming. */
const OVERSCAN = 300;

export function isInSight({ x, y }: Card, sight: Sight): boolean {
  return (
    x + CARD_WIDTH > sight.left - OVERSCAN &&
    x < sight.left + sight.width + OVERSCAN &&
    isLevel(y, y + CARD_HEIGHT, sight)
  );
}

/** An edge goes down from its caller: it may be in sight where neither card is. */
export function isEdgeInSight(from: Card, to: Card, sight: Sight): boolean {
  const near = from.x < sight.left + sight.width + OVERSCAN && to.x > sight.left - OVERSCAN;
  return near && isLevel(from.y, to.y + CARD_HEIGHT, sight);
}

function isLevel(top: number, bottom: number, sight: Sight): boolean {
  return bottom > sight.top - OVERSCAN && top < sight.top + sight.height + OVERSCAN;
}

/** Where to scroll to so that the card is in sight, moving as little as possible. */
export function scrollFor(card: Card, sight: Sight): { left: number; top: number } {
  const nearest = (from: number, length: number, start: number, room: number): number => {
    if (from - MARGIN < start) return from - MARGIN;
    return Math.max(start, Math.min(from - MARGIN, from + length + MARGIN - room));
  };
  return {
    left: nearest(card.x, CARD_WIDTH, sight.left, sight.width),
    top: nearest(card.y, CARD_HEIGHT, sight.top, sight.height),
  };
}
