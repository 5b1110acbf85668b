import { END_CODES, NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { NodeFigures } from '../model/answers.ts';
import { timesOf } from './extrapolation.ts';

/**
 * The distinct requests at a node of the backtrace, each with the target requests (calls) that it
 * led to through this node.
 */
export interface NodeRequests {
  /** Service number. */
  readonly service: number;
  readonly rows: Uint32Array;
  readonly calls: CallCounts;
  readonly failedCalls: CallCounts;
}

/** Estimates are no whole numbers. */
export type CallCounts = Uint32Array | Float64Array;

export function sumOf(counts: CallCounts): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

/** The root: every target request leads to itself. */
export function rootRequests(table: RequestTable, service: number, rows: Uint32Array): NodeRequests {
  const { failed, weights } = table;
  if (weights !== null) {
    const calls = Float64Array.from(rows, (row) => weights[row]);
    return { service, rows, calls, failedCalls: calls.map((weight, i) => (failed[rows[i]] ? weight : 0)) };
  }
  const failedCalls = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) failedCalls[i] = failed[rows[i]];
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
  readonly #entryOf: Uint32Array;
  #clock = 1;

  constructor(table: RequestTable) {
    this.#table = table;
    this.#entryOf = new Uint32Array(table.count);
  }

  callersOf(node: NodeRequests): NodeRequests[] {
    const { caller } = this.#table;
    const entryOf = this.#entryOf;
    const start = this.#clock;
    const rows = new Uint32Array(node.rows.length);
    const calls = countsLike(node, node.rows.length);
    const failedCalls = countsLike(node, node.rows.length);
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

function countsLike({ calls }: NodeRequests, length: number): CallCounts {
  return calls instanceof Uint32Array ? new Uint32Array(length) : new Float64Array(length);
}

function splitByService(
  { service, services, weights }: RequestTable,
  rows: Uint32Array,
  calls: CallCounts,
  failedCalls: CallCounts,
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
    const node = (nodeOf[of] ??= openNode(nodes, of, sizes[of], weights !== null));
    const at = filled[of]++;
    node.rows[at] = rows[i];
    node.calls[at] = calls[i];
    node.failedCalls[at] = failedCalls[i];
  }
  return nodes;
}

/** Room for the requests of one service; appended to `nodes`. */
function openNode(nodes: NodeRequests[], service: number, size: number, isEstimate: boolean): NodeRequests {
  const counts = () => (isEstimate ? new Float64Array(size) : new Uint32Array(size));
  const node = { service, rows: new Uint32Array(size), calls: counts(), failedCalls: counts() };
  nodes.push(node);
  return node;
}

/** The figures of SEMANTICS §6 at a node. `total` is |T|. */
export function figuresOf(
  table: RequestTable,
  node: NodeRequests,
  total: number,
  responseTime = timesOf(table, node.rows),
): NodeFigures {
  const { failed, ends, weights } = table;
  const endCalls = [0, 0, 0, 0];
  let calls = 0;
  let failedCalls = 0;
  let requests = 0;
  let failedRequests = 0;
  let hit = 0;
  let hitFailed = 0;
  let notHit = 0;
  let notHitFailed = 0;
  for (let i = 0; i < node.rows.length; i++) {
    const row = node.rows[i];
    calls += node.calls[i];
    failedCalls += node.failedCalls[i];
    const weight = weights === null ? 1 : weights[row];
    const failedWeight = failed[row] * weight;
    requests += weight;
    failedRequests += failedWeight;
    endCalls[ends[row]] += node.calls[i];
    if (node.failedCalls[i] > 0) {
      hit += weight;
      hitFailed += failedWeight;
    } else {
      notHit += weight;
      notHitFailed += failedWeight;
    }
  }
  const endsOf = (end: (typeof END_CODES)[number]): number => endCalls[1 + END_CODES.indexOf(end)];
  return {
    calls,
    failedCalls,
    requests,
    failedRequests,
    share: total === 0 ? 0 : calls / total,
    hit,
    hitFailed,
    notHit,
    notHitFailed,
    ends: {
      userAction: endsOf('userAction'),
      entryPoint: endsOf('entryPoint'),
      callerMissing: endsOf('callerMissing'),
    },
    responseTime,
  };
}
