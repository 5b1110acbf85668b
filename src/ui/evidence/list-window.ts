/**
 * Where the rows of a list are drawn that are in the document, of as many rows as there may be. Browsers draw
 * nothing beyond 17 million px and more: of longer lists the scroll bar goes through less, and the rows go by faster.
 */

/** px */
export const ROW_HEIGHT = 36;
const MOST_PX = 15_000_000;

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
  if (height === whole || height <= room) return top / ROW_HEIGHT;
  return (Math.min(1, top / (height - room)) * (whole - room)) / ROW_HEIGHT;
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
