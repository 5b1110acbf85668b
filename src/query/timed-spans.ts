import { NONE } from '../assembly/span-table.ts';
import { criticalPath } from './critical-path.ts';
import type { SpanForest } from './span-forest.ts';

/** The spans of one trace on one clock, in the order in which they are drawn. */
export interface TimedSpans {
  /** Rows of the forest, parents before children, siblings by start. */
  readonly order: readonly number[];
  /** By row: place in `order`. */
  readonly placeOf: Int32Array;
  readonly depth: Uint32Array;
  /** By row, ns after the start of the trace; NaN: no time. */
  readonly starts: Float64Array;
  /** As starts; the start where the span bears no end. */
  readonly ends: Float64Array;
  /** Start of the trace; null: no span bears a time. */
  readonly start: bigint | null;
  readonly durationNs: number;
  /** Parts of a row's span on the critical path of its root, ascending. */
  readonly critical: (row: number) => readonly (readonly [from: number, to: number])[];
}

export function timedSpans(forest: SpanForest): TimedSpans {
  const { tree, table } = forest;
  const { start, starts, ends } = spanTimes(forest);
  const children = childrenOf(tree.order, tree.parent, table.count, starts);
  const { order, depth } = depthFirst(children, table.count);
  const placeOf = new Int32Array(table.count).fill(NONE);
  order.forEach((row, place) => (placeOf[row] = place));
  const critical = new Map<number, [number, number][]>();
  for (const root of children.roots) {
    for (const { span, from, to } of criticalPath({ children: children.below, starts, ends }, root)) {
      const parts = critical.get(span);
      if (parts) parts.push([from, to]);
      else critical.set(span, [[from, to]]);
    }
  }
  const last = tree.order.reduce((latest, row) => (ends[row] > latest ? ends[row] : latest), 0);
  return {
    order,
    placeOf,
    depth,
    starts,
    ends,
    start,
    durationNs: last,
    critical: (row) => critical.get(row) ?? [],
  };
}

/** When spans ran, on one clock. */
export function spanTimes({ tree, table }: SpanForest): Pick<TimedSpans, 'start' | 'starts' | 'ends'> {
  const start = firstStart(table.starts, tree.order);
  const starts = new Float64Array(table.count).fill(NaN);
  for (const row of tree.order) {
    const at = instantOf(table.starts, row);
    if (at !== null && start !== null) starts[row] = Number(at - start);
  }
  const ends = starts.map((from, row) => from + (table.durations[row] || 0));
  return { start, starts, ends };
}

interface Children {
  readonly roots: readonly number[];
  readonly below: readonly (readonly number[])[];
}

function childrenOf(rows: Uint32Array, parent: Int32Array, count: number, starts: Float64Array): Children {
  const roots: number[] = [];
  const below: number[][] = Array.from({ length: count }, () => []);
  for (const row of rows.toSorted()) (parent[row] === NONE ? roots : below[parent[row]]).push(row);
  // Rows are in canonical order already: it decides between equal starts. Spans without a time come last.
  const byStart = (a: number, b: number): number => timeOf(starts[a]) - timeOf(starts[b]) || a - b;
  roots.sort(byStart);
  for (const each of below) each.sort(byStart);
  return { roots, below };
}

function timeOf(start: number): number {
  return Number.isNaN(start) ? Number.MAX_VALUE : start;
}

function depthFirst({ roots, below }: Children, count: number): Pick<TimedSpans, 'order' | 'depth'> {
  const order: number[] = [];
  const depth = new Uint32Array(count);
  const pending = roots.toReversed();
  for (let row = pending.pop(); row !== undefined; row = pending.pop()) {
    order.push(row);
    for (const child of below[row].toReversed()) {
      depth[child] = depth[row] + 1;
      pending.push(child);
    }
  }
  return { order, depth };
}

function firstStart(words: Uint32Array, rows: Uint32Array): bigint | null {
  let first: bigint | null = null;
  for (const row of rows) {
    const at = instantOf(words, row);
    if (at !== null && (first === null || at < first)) first = at;
  }
  return first;
}

function instantOf(words: Uint32Array, row: number): bigint | null {
  const hi = words[row * 2];
  const lo = words[row * 2 + 1];
  return hi === 0 && lo === 0 ? null : (BigInt(hi) << 32n) | BigInt(lo);
}
