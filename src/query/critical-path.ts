/**
 * The critical path through a tree of spans: at every instant the one span that its root was waiting for.
 * Found backwards from the end by the child that finished last (docs/figures.md, Critical path).
 */
export interface TimedTree {
  /** By span: places of its children. */
  readonly children: readonly (readonly number[])[];
  /** ns on any common clock; NaN: no time, the span is passed over. */
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

export interface CriticalPart {
  readonly span: number;
  readonly from: number;
  readonly to: number;
}

/** A span that is being walked backwards, from `cursor` down to `from`. */
interface Walk {
  readonly span: number;
  readonly from: number;
  cursor: number;
  /** Children by end, the last one to finish first. */
  readonly pending: Interval[];
}

interface Interval {
  readonly span: number;
  readonly from: number;
  readonly to: number;
}

/** Parts in descending time; together they cover the root from its start to its end exactly once. */
export function criticalPath(tree: TimedTree, root: number): CriticalPart[] {
  const from = tree.starts[root];
  const to = tree.ends[root];
  if (!(to > from)) return [];
  const parts: CriticalPart[] = [];
  const open: Walk[] = [walkOf(tree, { span: root, from, to })];
  for (let walk = open.at(-1); walk; walk = open.at(-1)) {
    const child = nextChild(walk);
    const floor = child ? child.to : walk.from;
    if (walk.cursor > floor) parts.push({ span: walk.span, from: floor, to: walk.cursor });
    if (child) {
      walk.cursor = child.from;
      open.push(walkOf(tree, child));
    } else open.pop();
  }
  return parts;
}

/** The last one to finish of those that had finished by the cursor; the others ran beside it. */
function nextChild(walk: Walk): Interval | undefined {
  for (let child = walk.pending.pop(); child; child = walk.pending.pop()) {
    if (child.to <= walk.cursor) return child;
  }
  return undefined;
}

/** What of a child lies outside of its parent nobody waited for: it is cut off. */
function walkOf(tree: TimedTree, { span, from, to }: Interval): Walk {
  const pending = tree.children[span]
    .map((child) => ({
      span: child,
      from: Math.max(from, tree.starts[child]),
      to: Math.min(to, tree.ends[child]),
    }))
    .filter((child) => child.to > child.from);
  // Taken from the back: latest end; of equal ends the longest, then the first.
  pending.sort((a, b) => a.to - b.to || b.from - a.from || b.span - a.span);
  return { span, from, cursor: to, pending };
}
