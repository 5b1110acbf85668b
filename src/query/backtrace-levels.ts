import { END_CODES, NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { NodeFigures } from '../model/answers.ts';
import { durationsOf, responseTimeOf } from './response-time.ts';

/**
 * The distinct requests at a node of the backtrace, each with the target requests (calls) that it
 * led to through this node.
 */
export interface NodeRequests {
  /** Service number. */
  readonly service: number;
  readonly rows: Uint32Array;
  readonly calls: Uint32Array;
  readonly failedCalls: Uint32Array;
}

/** The root: every target request leads to itself. */
export function rootRequests(table: RequestTable, service: number, rows: Uint32Array): NodeRequests {
  return {
    service,
    rows,
    calls: new Uint32Array(rows.length).fill(1),
    failedCalls: Uint32Array.from(rows, (row) => table.failed[row]),
  };
}

/**
 * Goes up one level: the callers of a node's requests, by service, merged where several requests
 * have the same caller. Rows stay in the order in which they are first met.
 *
 * `entryOf` is scratch of table.count, reused between nodes: it holds entry numbers that only ever
 * grow (`clock`), so nothing needs clearing.
 */
export class CallerFinder {
  readonly #table: RequestTable;
  readonly #entryOf: Float64Array;
  #clock = 1;

  constructor(table: RequestTable) {
    this.#table = table;
    this.#entryOf = new Float64Array(table.count);
  }

  callersOf(node: NodeRequests): NodeRequests[] {
    const { caller, service } = this.#table;
    const entryOf = this.#entryOf;
    const start = this.#clock;
    const rows = new Uint32Array(node.rows.length);
    const calls = new Uint32Array(node.rows.length);
    const failedCalls = new Uint32Array(node.rows.length);
    let count = 0;
    for (let i = 0; i < node.rows.length; i++) {
      const row = caller[node.rows[i]];
      if (row === NO_CALLER) continue;
      if (entryOf[row] < start) {
        entryOf[row] = start + count;
        rows[count++] = row;
      }
      const entry = entryOf[row] - start;
      calls[entry] += node.calls[i];
      failedCalls[entry] += node.failedCalls[i];
    }
    this.#clock += count;
    return splitByService(service, rows.subarray(0, count), calls, failedCalls);
  }
}

function splitByService(
  service: Uint32Array,
  rows: Uint32Array,
  calls: Uint32Array,
  failedCalls: Uint32Array,
): NodeRequests[] {
  const sizes = new Map<number, number>();
  for (const row of rows) sizes.set(service[row], (sizes.get(service[row]) ?? 0) + 1);
  if (sizes.size === 1) {
    const count = rows.length;
    const [only] = sizes.keys();
    return [
      { service: only, rows, calls: calls.subarray(0, count), failedCalls: failedCalls.subarray(0, count) },
    ];
  }
  const nodes = new Map<number, NodeRequests & { filled: number }>();
  for (const [of, size] of sizes) {
    nodes.set(of, {
      service: of,
      rows: new Uint32Array(size),
      calls: new Uint32Array(size),
      failedCalls: new Uint32Array(size),
      filled: 0,
    });
  }
  rows.forEach((row, i) => {
    const node = nodes.get(service[row]);
    if (!node) return;
    node.rows[node.filled] = row;
    node.calls[node.filled] = calls[i];
    node.failedCalls[node.filled++] = failedCalls[i];
  });
  return [...nodes.values()];
}

/** The figures of SEMANTICS §6 at a node. `total` is |T|; `durations` are the requests' own and get sorted. */
export function figuresOf(
  table: RequestTable,
  node: NodeRequests,
  total: number,
  durations = durationsOf(table.durations, node.rows),
): NodeFigures {
  const { failed, ends } = table;
  const endCalls = [0, 0, 0, 0];
  let calls = 0;
  let failedCalls = 0;
  let failedRequests = 0;
  let hit = 0;
  let hitFailed = 0;
  for (let i = 0; i < node.rows.length; i++) {
    const row = node.rows[i];
    calls += node.calls[i];
    failedCalls += node.failedCalls[i];
    failedRequests += failed[row];
    endCalls[ends[row]] += node.calls[i];
    if (node.failedCalls[i] > 0) {
      hit++;
      hitFailed += failed[row];
    }
  }
  const endsOf = (end: (typeof END_CODES)[number]): number => endCalls[1 + END_CODES.indexOf(end)];
  return {
    calls,
    failedCalls,
    requests: node.rows.length,
    failedRequests,
    share: total === 0 ? 0 : calls / total,
    hit,
    hitFailed,
    notHit: node.rows.length - hit,
    notHitFailed: failedRequests - hitFailed,
    ends: {
      userAction: endsOf('userAction'),
      entryPoint: endsOf('entryPoint'),
      callerMissing: endsOf('callerMissing'),
    },
    responseTime: responseTimeOf(durations),
  };
}
