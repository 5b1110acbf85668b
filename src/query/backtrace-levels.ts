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
  const failedCalls = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) failedCalls[i] = table.failed[rows[i]];
  return { service, rows, calls: new Uint32Array(rows.length).fill(1), failedCalls };
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
    const { caller } = this.#table;
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
    return splitByService(this.#table, rows.subarray(0, count), calls, failedCalls);
  }
}

function splitByService(
  { service, services }: RequestTable,
  rows: Uint32Array,
  calls: Uint32Array,
  failedCalls: Uint32Array,
): NodeRequests[] {
  const sizes = new Uint32Array(services.length);
  for (let i = 0; i < rows.length; i++) sizes[service[rows[i]]]++;
  if (rows.length > 0 && sizes[service[rows[0]]] === rows.length) {
    const count = rows.length;
    return [
      {
        service: service[rows[0]],
        rows,
        calls: calls.subarray(0, count),
        failedCalls: failedCalls.subarray(0, count),
      },
    ];
  }
  const nodes: NodeRequests[] = [];
  const nodeOf = new Array<NodeRequests | undefined>(services.length);
  const filled = new Uint32Array(services.length);
  for (let i = 0; i < rows.length; i++) {
    const of = service[rows[i]];
    const node = (nodeOf[of] ??= openNode(nodes, of, sizes[of]));
    const at = filled[of]++;
    node.rows[at] = rows[i];
    node.calls[at] = calls[i];
    node.failedCalls[at] = failedCalls[i];
  }
  return nodes;
}

/** Room for the requests of one service; appended to `nodes`. */
function openNode(nodes: NodeRequests[], service: number, size: number): NodeRequests {
  const node: NodeRequests = {
    service,
    rows: new Uint32Array(size),
    calls: new Uint32Array(size),
    failedCalls: new Uint32Array(size),
  };
  nodes.push(node);
  return node;
}

/** The figures of SEMANTICS §6 at a node. `total` is |T|; `durations` are the requests' own; their order changes. */
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
