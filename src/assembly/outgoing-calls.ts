import { growableU32 } from '../columns/growable.ts';
import { KIND_INTERNAL, KIND_UNSET } from '../model/span.ts';
import type { OpenedRequests } from './open-requests.ts';
import { NONE } from './span-table.ts';
import type { SpanTable } from './span-table.ts';
import type { SpanTree } from './span-tree.ts';

/** Outgoing calls and what is nested in them (SEMANTICS §4). */
export interface OutgoingCalls {
  /** Outermost spans of calls that led to no traced request, in canonical order. */
  readonly untraced: Uint32Array;
  /** The call that covers each row: its outermost span; NONE: none. */
  readonly callOf: Int32Array;
  /** The nest of the call whose outermost span is `row`: itself and the calling spans below, breadth first. */
  nest(row: number): number[];
}

export function findCalls(table: SpanTable, tree: SpanTree, opened: OpenedRequests): OutgoingCalls {
  const calling = callingSpans(table);
  const callOf = coverSpans(table, tree, opened, calling);
  const traced = new Uint8Array(table.count);
  for (const caller of opened.callerSpan) {
    if (caller !== NONE && callOf[caller] !== NONE) traced[callOf[caller]] = 1;
  }
  const untraced = rowsWhere(table.count, (row) => callOf[row] === row && !traced[row]);
  const nested = nestedSpans(table, tree, opened, callOf, calling);
  return {
    untraced,
    callOf,
    nest: (row) => {
      if (!nested.has(row)) return [row];
      const below = [row];
      for (const span of below) for (const child of nested.get(span) ?? []) below.push(child);
      return below.filter((span) => calling[span]);
    },
  };
}

/** CLIENT and PRODUCER, and spans without such a kind that carry `db.system(.name)` (old instrumentations). */
function callingSpans(table: SpanTable): Uint8Array {
  const calling = new Uint8Array(table.count);
  for (let row = 0; row < table.count; row++) {
    if (!table.primary[row]) continue;
    const kind = table.kinds[row];
    const old = (kind === KIND_UNSET || kind === KIND_INTERNAL) && table.value(row, 'dbSystem') !== 0;
    calling[row] = old || table.isClientLike(row) ? 1 : 0;
  }
  return calling;
}

/**
 * The outermost calling span above (or at) each row within its request. A span that opens a request
 * hides nothing below it, and is a call itself only where it is the request's one calling span.
 */
function coverSpans(
  table: SpanTable,
  tree: SpanTree,
  opened: OpenedRequests,
  calling: Uint8Array,
): Int32Array {
  const { openings, requestOf } = opened;
  const callOf = new Int32Array(table.count).fill(NONE);
  const hasInnerCall = new Uint8Array(openings.length);
  for (const row of tree.order) {
    if (openings[requestOf[row]] === row) continue;
    const above = callOf[tree.parent[row]];
    callOf[row] = above === NONE && calling[row] ? row : above;
    if (calling[row]) hasInnerCall[requestOf[row]] = 1;
  }
  for (const row of tree.order) {
    const opening = openings[requestOf[row]];
    if (calling[opening] && !hasInnerCall[requestOf[row]]) callOf[row] = opening;
  }
  return callOf;
}

function rowsWhere(count: number, test: (row: number) => boolean): Uint32Array {
  const rows = growableU32();
  for (let row = 0; row < count; row++) if (test(row)) rows.push(row);
  return rows.seal();
}

/**
 * By parent, in canonical order, the spans below calls and below calling spans that open a request, up to those that
 * open another. There are few: what is called mostly is another request.
 */
function nestedSpans(
  { count }: SpanTable,
  { parent }: SpanTree,
  { openings, requestOf }: OpenedRequests,
  callOf: Int32Array,
  calling: Uint8Array,
): ReadonlyMap<number, readonly number[]> {
  const nested = new Map<number, number[]>();
  for (let row = 0; row < count; row++) {
    const above = parent[row];
    if (above === NONE || openings[requestOf[row]] === row) continue;
    if (callOf[above] === NONE && !calling[openings[requestOf[row]]]) continue;
    const siblings = nested.get(above);
    if (siblings) siblings.push(row);
    else nested.set(above, [row]);
  }
  return nested;
}
