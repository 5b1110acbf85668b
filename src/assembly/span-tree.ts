import type { SpanIndex } from './duplicates.ts';
import { NONE } from './span-table.ts';
import type { SpanTable } from './span-table.ts';

/** How the spans hang together. Rows are primary rows of the SpanTable. */
export interface SpanTree {
  /** Parent in the data; NONE: none, or cut from a loop. */
  readonly parent: Int32Array;
  /** Span of the first link that is in the data, for spans without a parent there; few have one. */
  readonly linked: ReadonlyMap<number, number>;
  /** 1: a parent id or link is given but that span is not in the data (or was cut from a loop). */
  readonly callerMissing: Uint8Array;
  /** Parents before children; primary rows only. */
  readonly order: Uint32Array;
  readonly brokenParents: number;
  readonly linksNotFound: number;
  readonly loopsCut: number;
}

/** Finds parents and links, and cuts loops of them (SEMANTICS §1, §5). */
export function growSpanTree(table: SpanTable, index: SpanIndex): SpanTree {
  const parent = new Int32Array(table.count).fill(NONE);
  const callerMissing = new Uint8Array(table.count);
  let brokenParents = 0;
  for (let row = 0; row < table.count; row++) {
    if (!table.primary[row]) continue;
    parent[row] = parentOf(table, index, row);
    if (parent[row] !== NONE) continue;
    if (namesParent(table, row)) {
      brokenParents++;
      callerMissing[row] = 1;
    } else if (table.shared[row] && !table.isClientLike(row)) callerMissing[row] = 1;
  }
  const { linked, linksNotFound } = followLinks(table, index, parent, callerMissing);
  const loopsCut = cutLoops(table, parent, linked, callerMissing);
  return {
    parent,
    linked,
    callerMissing,
    order: parentsFirst(table, parent),
    brokenParents,
    linksNotFound,
    loopsCut,
  };
}

function namesParent(table: SpanTable, row: number): boolean {
  return table.parentIds[row * 2] !== 0 || table.parentIds[row * 2 + 1] !== 0;
}

function parentOf(table: SpanTable, index: SpanIndex, row: number): number {
  const { trace, parentIds } = table;
  if (index.hasTwins && !table.isClientLike(row)) {
    const clientHalf = clientWithId(table, index, row);
    if (clientHalf !== NONE) return clientHalf;
  }
  if (!namesParent(table, row)) return NONE;
  return index.best(trace[row], parentIds[row * 2], parentIds[row * 2 + 1], table.service(row));
}

/** A server-like span under a client-like span's id is its child. */
function clientWithId(table: SpanTable, index: SpanIndex, row: number): number {
  const { trace, spanIds } = table;
  let best = NONE;
  let candidate = index.first(trace[row], spanIds[row * 2], spanIds[row * 2 + 1]);
  for (; candidate !== NONE; candidate = index.next(candidate)) {
    if (!table.isClientLike(candidate)) continue;
    if (table.service(candidate) === table.service(row)) return candidate;
    if (best === NONE) best = candidate;
  }
  return best;
}

/** Links of all records of a span count; those of a span whose parent is in the data are only checked. */
function followLinks(
  table: SpanTable,
  index: SpanIndex,
  parent: Int32Array,
  callerMissing: Uint8Array,
): { linked: Map<number, number>; linksNotFound: number } {
  const linked = new Map<number, number>();
  const { linkSpans, linkIds } = table;
  const bearers = linkBearers(table);
  let linksNotFound = 0;
  for (let link = 0; link < linkSpans.length; link++) {
    const row = bearers[link];
    if (row === NONE) continue;
    const at = link * 6;
    const trace = table.traceIndex.find(linkIds[at], linkIds[at + 1], linkIds[at + 2], linkIds[at + 3]);
    const target =
      trace === NONE
        ? NONE
        : index.best(table.traceNumber[trace], linkIds[at + 4], linkIds[at + 5], table.service(row));
    if (target === NONE) {
      linksNotFound++;
      if (parent[row] === NONE && !linked.has(row)) callerMissing[row] = 1;
    } else if (parent[row] === NONE && !linked.has(row)) {
      linked.set(row, target);
      callerMissing[row] = 0;
    }
  }
  return { linked, linksNotFound };
}

/**
 * The span each link belongs to: its own, or for a duplicate's link the primary one if no earlier
 * record of it has links; else NONE (what the first has stays).
 */
function linkBearers(table: SpanTable): Int32Array {
  const { linkSpans, nextRecord, primary } = table;
  const bearers = Int32Array.from(linkSpans, (row) => (primary[row] ? row : NONE));
  if (!bearers.includes(NONE)) return bearers;
  const firstLink = new Map<number, number>();
  linkSpans.forEach((row, link) => firstLink.has(row) || firstLink.set(row, link));
  for (let row = 0; row < table.count; row++) {
    if (!primary[row] || nextRecord[row] === NONE) continue;
    let record = row;
    while (record !== NONE && !firstLink.has(record)) record = nextRecord[record];
    const first = firstLink.get(record);
    if (first === undefined) continue;
    for (let link = first; link < linkSpans.length && linkSpans[link] === record; link++) bearers[link] = row;
  }
  return bearers;
}

/**
 * Every span has at most one way up, its parent or its link, so a loop is found by walking up until
 * a span of the same walk comes again. It is cut at its first span in canonical order.
 */
function cutLoops(
  table: SpanTable,
  parent: Int32Array,
  linked: Map<number, number>,
  callerMissing: Uint8Array,
): number {
  const above = (row: number): number => (parent[row] === NONE ? (linked.get(row) ?? NONE) : parent[row]);
  const walkOf = new Int32Array(table.count);
  let loops = 0;
  for (let row = 0; row < table.count; row++) {
    let at = row;
    while (at !== NONE && walkOf[at] === 0) {
      walkOf[at] = row + 1;
      at = above(at);
    }
    if (at === NONE || walkOf[at] !== row + 1) continue;
    let first = at;
    for (let next = above(at); next !== at; next = above(next)) first = Math.min(first, next);
    parent[first] = NONE;
    linked.delete(first);
    callerMissing[first] = 1;
    loops++;
  }
  return loops;
}

function parentsFirst(table: SpanTable, parent: Int32Array): Uint32Array {
  const order = new Uint32Array(table.count);
  const done = new Uint8Array(table.count);
  const pending: number[] = [];
  let length = 0;
  for (let row = 0; row < table.count; row++) {
    if (!table.primary[row]) continue;
    for (let at = row; at !== NONE && !done[at]; at = parent[at]) {
      done[at] = 1;
      pending.push(at);
    }
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) order[length++] = at;
  }
  return order.subarray(0, length);
}
