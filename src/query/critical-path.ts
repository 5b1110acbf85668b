/**
 * The critical path: at every instant the one span, or request, that its root was waiting for. Found backwards from
 * the end by the child that finished last (docs/figures.md, Critical path).
 */

/** Up to so many are put in order by insertion, which is faster than a sort. */
const FEW = 24;

/** The children of a stretch of their parent's time, the one that finished last first; used again and again. */
export class ChildrenOnPath {
  /** The one taken last: its number, and what of it lies within the stretch. */
  id = 0;
  from = 0;
  to = 0;
  /** Its parent waited for it; false: it ran beside the one that was. */
  isOnPath = false;
  readonly #ids: number[] = [];
  readonly #froms: number[] = [];
  readonly #tos: number[] = [];
  readonly #order: number[] = [];
  #count = 0;
  #left = 0;
  #isSorted = true;
  #start = 0;
  #end = 0;
  /** Down to here it is known who was waited for. */
  #cursor = 0;

  open(start: number, end: number): void {
    this.#start = start;
    this.#end = end;
    this.#cursor = end;
    this.#count = 0;
    this.#left = 0;
    this.#isSorted = true;
  }

  /** What lies outside of the stretch nobody waited for: it is cut off. false: nothing lies within, as without a time. */
  add(id: number, start: number, end: number): boolean {
    const from = Math.max(this.#start, start);
    const to = Math.min(this.#end, end);
    if (!(to > from)) return false;
    const at = this.#count++;
    this.#ids[at] = id;
    this.#froms[at] = from;
    this.#tos[at] = to;
    this.#order[at] = at;
    this.#left = this.#count;
    this.#isSorted = at === 0;
    return true;
  }

  /** On the path is the last one to finish of those that had finished by the begin of the one before. false: none is left. */
  take(): boolean {
    if (this.#left === 0) return false;
    if (!this.#isSorted) this.#sort();
    const at = this.#order[--this.#left];
    this.id = this.#ids[at];
    this.from = this.#froms[at];
    this.to = this.#tos[at];
    this.isOnPath = this.to <= this.#cursor;
    if (this.isOnPath) this.#cursor = this.from;
    return true;
  }

  #sort(): void {
    const order = this.#order;
    if (this.#count > FEW) {
      order.length = this.#count;
      order.sort((a, b) => this.#compare(a, b));
    } else {
      for (let i = 1; i < this.#count; i++) {
        const moved = order[i];
        let at = i;
        for (; at > 0 && this.#compare(order[at - 1], moved) > 0; at--) order[at] = order[at - 1];
        order[at] = moved;
      }
    }
    this.#isSorted = true;
  }

  /** Taken from the back: the latest end; of equal ends the longest, then the first. */
  #compare(a: number, b: number): number {
    return this.#tos[a] - this.#tos[b] || this.#froms[b] - this.#froms[a] || this.#ids[b] - this.#ids[a];
  }
}

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

/** Parts in ascending time; together they cover the root from its start to its end exactly once. */
export function criticalPath({ children, starts, ends }: TimedTree, root: number): CriticalPart[] {
  if (!(ends[root] > starts[root])) return [];
  const parts: CriticalPart[] = [];
  const onPath = new ChildrenOnPath();
  const open: CriticalPart[] = [{ span: root, from: starts[root], to: ends[root] }];
  for (let stretch = open.pop(); stretch; stretch = open.pop()) {
    const { span, from, to } = stretch;
    onPath.open(from, to);
    for (const child of children[span]) onPath.add(child, starts[child], ends[child]);
    let cursor = to;
    while (onPath.take()) {
      if (!onPath.isOnPath) continue;
      if (cursor > onPath.to) parts.push({ span, from: onPath.to, to: cursor });
      cursor = onPath.from;
      open.push({ span: onPath.id, from: onPath.from, to: onPath.to });
    }
    if (cursor > from) parts.push({ span, from, to: cursor });
  }
  return parts.sort((a, b) => a.from - b.from);
}
