/** Which spans of a trace are drawn, and what the keyboard does among them. */
import type { TraceSpan } from '../../model/answers-spans.ts';

/** Places of spans whose children are hidden. */
export type ClosedSpans = ReadonlySet<number>;

export interface WaterfallEntry {
  /** Place in the answer's spans. */
  readonly at: number;
  readonly expandable: boolean;
  readonly expanded: boolean;
}

/** Parents come before children: what follows a closed span at a greater depth is hidden. */
export function visibleSpans(spans: readonly TraceSpan[], closed: ClosedSpans): readonly WaterfallEntry[] {
  const entries: WaterfallEntry[] = [];
  let hiddenBelow = Number.POSITIVE_INFINITY;
  spans.forEach((span, at) => {
    if (span.depth > hiddenBelow) return;
    const expandable = (spans[at + 1]?.depth ?? 0) > span.depth;
    const expanded = expandable && !closed.has(at);
    hiddenBelow = expanded || !expandable ? Number.POSITIVE_INFINITY : span.depth;
    entries.push({ at, expandable, expanded });
  });
  return entries;
}

/** Opens all that hides a span. */
export function withRevealed(spans: readonly TraceSpan[], closed: ClosedSpans, at: number): ClosedSpans {
  const open = new Set(closed);
  for (let above = spans[at]?.parent ?? null; above !== null; above = spans[above].parent) open.delete(above);
  return open.size === closed.size ? closed : open;
}

export type WaterfallMove =
  { readonly kind: 'go'; readonly place: number } | { readonly kind: 'toggle'; readonly at: number };

/** `place` is that of the selected span among the visible ones; null: not a key of ours. */
export function moveForKey(
  key: string,
  entries: readonly WaterfallEntry[],
  place: number,
  pageRows: number,
): WaterfallMove | null {
  const last = entries.length - 1;
  const go = (to: number): WaterfallMove => ({ kind: 'go', place: Math.max(0, Math.min(last, to)) });
  switch (key) {
    case 'ArrowDown':
      return go(place + 1);
    case 'ArrowUp':
      return go(place - 1);
    case 'PageDown':
      return go(place + pageRows);
    case 'PageUp':
      return go(place - pageRows);
    case 'Home':
      return go(0);
    case 'End':
      return go(last);
    default:
      return null;
  }
}

/** Right opens, then goes to the first child; left closes, then goes to the parent. */
export function sideMove(
  key: string,
  spans: readonly TraceSpan[],
  entries: readonly WaterfallEntry[],
  place: number,
): WaterfallMove | null {
  const { at, expandable, expanded } = entries[place];
  if (key === 'ArrowRight') {
    if (!expandable) return null;
    return expanded ? { kind: 'go', place: place + 1 } : { kind: 'toggle', at };
  }
  if (key !== 'ArrowLeft') return null;
  if (expanded) return { kind: 'toggle', at };
  const { parent } = spans[at];
  return parent === null ? null : { kind: 'go', place: entries.findIndex((entry) => entry.at === parent) };
}
