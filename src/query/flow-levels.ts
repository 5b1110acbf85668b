import { calleesOf } from '../assembly/callees.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import { KIND_CONSUMER } from '../model/span.ts';
import { unionLength } from '../util/intervals.ts';

/**
 * The requests at a node of the flow as columns, ordered by root request, then by caller. A request has one
 * caller, so it is at a node once.
 */
export interface FlowCalls {
  /** Service number. */
  readonly service: number;
  readonly rows: Uint32Array;
  /** Place of the caller at the calling node. */
  readonly callers: Uint32Array;
  /** Place of the root request at the first node. */
  readonly roots: Uint32Array;
  /** When the root request waits for the call: ns since it started, half-open, empty where it never does. */
  readonly from: Float64Array;
  readonly to: Float64Array;
  /** 1: the call, or one above it, is asynchronous. */
  readonly asynchronous: Uint8Array;
}

type Columns = Omit<FlowCalls, 'service'>;

export function rootCalls(table: RequestTable, service: number, rows: Uint32Array): FlowCalls {
  const places = Uint32Array.from(rows.keys());
  const to = Float64Array.from(rows, (row) => (hasTime(table, row) ? table.durations[row] : 0));
  return {
    service,
    rows,
    callers: places,
    roots: places,
    from: new Float64Array(rows.length),
    to,
    asynchronous: new Uint8Array(rows.length),
  };
}

/** All that the requests at a node call, whatever the service. */
export function callsOf(table: RequestTable, node: FlowCalls, rootRows: Uint32Array): Columns {
  const { first, rows } = calleesOf(table);
  let size = 0;
  for (const row of node.rows) size += first[row + 1] - first[row];
  const calls = emptyColumns(size);
  const belowQueue = table.services[node.service]?.type === 'queue';
  let at = 0;
  for (let caller = 0; caller < node.rows.length; caller++) {
    const above = node.rows[caller];
    for (let i = first[above]; i < first[above + 1]; i++, at++) {
      const row = rows[i];
      calls.rows[at] = row;
      calls.callers[at] = caller;
      calls.roots[at] = node.roots[caller];
      const isAsynchronous =
        belowQueue || table.kind[row] === KIND_CONSUMER || node.asynchronous[caller] === 1;
      calls.asynchronous[at] = isAsynchronous ? 1 : 0;
      calls.from[at] = node.from[caller];
      calls.to[at] = node.from[caller];
      if (isAsynchronous || !hasTime(table, row)) continue;
      const start = sinceStart(table, rootRows[node.roots[caller]], row);
      calls.from[at] = Math.max(node.from[caller], start);
      calls.to[at] = Math.max(calls.from[at], Math.min(node.to[caller], start + table.durations[row]));
    }
  }
  return calls;
}

function emptyColumns(size: number): Columns {
  return {
    rows: new Uint32Array(size),
    callers: new Uint32Array(size),
    roots: new Uint32Array(size),
    from: new Float64Array(size),
    to: new Float64Array(size),
    asynchronous: new Uint8Array(size),
  };
}

function hasTime({ starts }: RequestTable, row: number): boolean {
  return starts[row * 2] !== 0 || starts[row * 2 + 1] !== 0;
}

/** ns; exact below 104 days, and what is further away is cut off. */
function sinceStart({ starts }: RequestTable, root: number, row: number): number {
  return (starts[row * 2] - starts[root * 2]) * 2 ** 32 + (starts[row * 2 + 1] - starts[root * 2 + 1]);
}

/** The nodes that calls make, one for each service called; each keeps their order. */
export function splitByService({ service, services }: RequestTable, calls: Columns): FlowCalls[] {
  if (calls.rows.length === 0) return [];
  const sizes = new Uint32Array(services.length);
  for (const row of calls.rows) sizes[service[row]]++;
  const only = service[calls.rows[0]];
  if (sizes[only] === calls.rows.length) return [{ service: only, ...calls }];
  const nodes: FlowCalls[] = [];
  const nodeOf = new Array<FlowCalls | undefined>(services.length);
  const filled = new Uint32Array(services.length);
  for (let i = 0; i < calls.rows.length; i++) {
    const of = service[calls.rows[i]];
    let node = nodeOf[of];
    if (!node) nodes.push((node = nodeOf[of] = { service: of, ...emptyColumns(sizes[of]) }));
    const at = filled[of]++;
    node.rows[at] = calls.rows[i];
    node.callers[at] = calls.callers[i];
    node.roots[at] = calls.roots[i];
    node.from[at] = calls.from[i];
    node.to[at] = calls.to[i];
    node.asynchronous[at] = calls.asynchronous[i];
  }
  return nodes;
}

/** Sum over the root requests of the time in which they wait for one or more of these calls, ns. */
export function timeOf({ roots, from, to }: Pick<FlowCalls, 'roots' | 'from' | 'to'>): number {
  let total = 0;
  for (let first = 0, end = 0; first < roots.length; first = end) {
    while (end < roots.length && roots[end] === roots[first]) end++;
    total += end === first + 1 ? to[first] - from[first] : unionLength(from, to, first, end);
  }
  return total;
}
