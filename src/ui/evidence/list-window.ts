/**
 * Where the rows of a list are drawn that are in the document, of as many rows as there may be. Browsers draw
 * nothing beyond 17 million px and more: of longer lists the scroll bar goes through less, and the rows between both
 * ends go by faster.
 */

/** px */
export const ROW_HEIGHT = 36;
const MOST_PX = 15_000_000;
/** So far from either end rows go by at their own pace, or they could not all be drawn between the ends. */
const END_PX = 20_000;

export interface Scrolled {
  /** Rows in all. */
  readonly total: number;
  /** px that the list is scrolled by, and that it has room for. */
  readonly top: number;
  readonly room: number;
}

/** px */
export function heightOf(total: number): number {
  return Math.min(MOST_PX, total * ROW_HEIGHT);
}

/** The row at the top of what is in sight. */
export function rowAtTop(scrolled: Scrolled): number {
  return Math.floor(rowsAbove(scrolled));
}

/** Rows scrolled out at the top, with a part of the last one. */
function rowsAbove({ total, top, room }: Scrolled): number {
  const height = heightOf(total);
  const whole = total * ROW_HEIGHT;
  if (height === whole) return top / ROW_HEIGHT;
  const between = height - room - 2 * END_PX;
  const fast = Math.max(0, Math.min(between, top - END_PX));
  return (Math.min(top, height - room) + (fast / between) * (whole - height)) / ROW_HEIGHT;
}

/** px above and below the rows in the document, `first` being the first of them. */
export function spacesAround(
  scrolled: Scrolled,
  first: number,
  rows: number,
): { readonly above: number; readonly below: number } {
  const spare = Math.max(0, heightOf(scrolled.total) - rows * ROW_HEIGHT);
  const above = scrolled.top - (rowsAbove(scrolled) - first) * ROW_HEIGHT;
  const fitting = Math.round(Math.max(0, Math.min(spare, above)));
  return { above: fitting, below: spare - fitting };
}
