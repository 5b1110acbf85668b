/** Which rows of the tree are drawn: what is open, and what the keyboard does to it. */
import type { ChainPath } from '../../model/answers.ts';
import { linkedRows, pathOf, rowOf } from './tree-index.ts';
import type { AnyTreeIndex } from './tree-index.ts';

/** How many rows the tree opens with, at most; what is right below the root is always shown. */
const OPENING_ROWS = 40;

/** Rows that are open. Open rows hang below open rows only. */
export type OpenRows = ReadonlySet<number>;

/**
 * What is open when nobody has touched the tree: level by level, the busiest first, as long as
 * no more than about forty rows come of it.
 */
export function openingRows(index: AnyTreeIndex, limit = OPENING_ROWS): OpenRows {
  const open = new Set<number>();
  let visible = 1;
  let level: readonly number[] = [0];
  while (level.length > 0) {
    const next: number[] = [];
    for (const row of level.toSorted((a, b) => index.entries[b].node.calls - index.entries[a].node.calls)) {
      const children = index.children[row];
      if (children.length === 0 || (row > 0 && visible + children.length > limit)) continue;
      open.add(row);
      visible += children.length;
      next.push(...children);
    }
    level = next;
  }
  return open;
}

/** The open rows that a link names; null: the screen's own choice. Paths that are not in the data are skipped. */
export function openRowsOf(
  index: AnyTreeIndex,
  expanded: readonly ChainPath[] | null,
  limit = OPENING_ROWS,
): OpenRows {
  if (expanded === null) return openingRows(index, limit);
  const open = new Set<number>();
  for (const path of expanded) {
    const row = rowOf(index, path);
    if (row >= 0) for (const at of linkedRows(index, row)) open.add(at);
  }
  return open;
}

/** As few paths as name the open rows: those that have no open row below. */
export function expandedPaths(index: AnyTreeIndex, open: OpenRows): readonly ChainPath[] {
  const innermost = [...open].filter((row) => index.children[row].every((child) => !open.has(child)));
  return innermost.toSorted((a, b) => a - b).map((row) => pathOf(index, row));
}

/** Opens or closes one row; what hangs below a closed row closes with it. */
export function withToggled(index: AnyTreeIndex, open: OpenRows, row: number): OpenRows {
  if (!open.has(row)) return new Set([...open, ...linkedRows(index, row)]);
  const end = endOfSubtree(index, row);
  return new Set([...open].filter((each) => each < row || each >= end));
}

/** Opens all that hides this row. */
export function withRevealed(index: AnyTreeIndex, open: OpenRows, row: number): OpenRows {
  const hiding = linkedRows(index, row).slice(0, -1);
  return hiding.every((each) => open.has(each)) ? open : new Set([...open, ...hiding]);
}

export function allRows(index: AnyTreeIndex): OpenRows {
  const open = new Set<number>();
  index.children.forEach((children, row) => {
    if (children.length > 0) open.add(row);
  });
  return open;
}

function endOfSubtree(index: AnyTreeIndex, row: number): number {
  const { depth } = index.entries[row];
  let end = row + 1;
  while (end < index.entries.length && index.entries[end].depth > depth) end++;
  return end;
}

export interface VisibleRow {
  /** Place in TreeIndex.entries. */
  readonly row: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
}

/** Rows to draw, top down: all whose chain down to the root is open. */
export function visibleRows(index: AnyTreeIndex, open: OpenRows): readonly VisibleRow[] {
  const rows: VisibleRow[] = [];
  let hiddenBelow = Number.POSITIVE_INFINITY;
  index.entries.forEach((entry, row) => {
    if (entry.depth > hiddenBelow) return;
    const expandable = index.children[row].length > 0;
    const expanded = expandable && open.has(row);
    hiddenBelow = expanded ? Number.POSITIVE_INFINITY : entry.depth;
    rows.push({ row, expandable, expanded });
  });
  return rows;
}

/** What a key does in the tree: go to a visible row, open or close the one in focus, open all, select. */
export type TreeMove =
  | { readonly kind: 'focus'; readonly at: number }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'expand all' }
  | { readonly kind: 'select' };

export interface TreeFocus {
  readonly rows: readonly VisibleRow[];
  /** Place of the focused row in `rows`. */
  readonly at: number;
  /** Rows that fit the view. */
  readonly pageRows: number;
}

/** The keys of the treegrid pattern (rows take the focus); null: not a key of ours. */
export function moveForKey(key: string, index: AnyTreeIndex, focus: TreeFocus): TreeMove | null {
  const { at } = focus;
  const last = focus.rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return { kind: 'focus', at: Math.min(last, at + 1) };
    case 'ArrowUp':
      return { kind: 'focus', at: Math.max(0, at - 1) };
    case 'PageDown':
      return { kind: 'focus', at: Math.min(last, at + focus.pageRows) };
    case 'PageUp':
      return { kind: 'focus', at: Math.max(0, at - focus.pageRows) };
    case 'Home':
      return { kind: 'focus', at: 0 };
    case 'End':
      return { kind: 'focus', at: last };
    case 'ArrowRight':
      return moveRight(focus);
    case 'ArrowLeft':
      return moveLeft(index, focus);
    case '*':
      return { kind: 'expand all' };
    case 'Enter':
    case ' ':
      return { kind: 'select' };
    default:
      return null;
  }
}

function moveRight(focus: TreeFocus): TreeMove | null {
  const row = focus.rows[focus.at];
  if (!row.expandable) return null;
  return row.expanded ? { kind: 'focus', at: focus.at + 1 } : { kind: 'toggle' };
}

function moveLeft(index: AnyTreeIndex, focus: TreeFocus): TreeMove | null {
  const row = focus.rows[focus.at];
  if (row.expanded) return { kind: 'toggle' };
  const { parent } = index.entries[row.row];
  return parent < 0 ? null : { kind: 'focus', at: focus.rows.findIndex((each) => each.row === parent) };
}
