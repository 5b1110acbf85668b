import { END_CODES, NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { NodeFigures, ResponseTime } from '../model/answers.ts';
import { timesOf } from './extrapolation.ts';
import { perDataset } from './per-dataset.ts';
import { callerServiceOf, endOf, RECORD_WORDS, recordsOf } from './request-records.ts';

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

/** The distinct callers of a node, in the order in which they are first met. */
interface Entries {
  readonly rows: Uint32Array;
  readonly services: Uint32Array;
  readonly calls: Float64Array;
  readonly failedCalls: Float64Array;
}

/** What is read of the requests of a node, and its entries. */
interface Room extends Entries {
  readonly above: Int32Array;
  readonly marks: Int32Array;
  readonly times: Float64Array;
}

/** Of one dataset, reused by all nodes and questions: fresh memory costs as much as the work on it. */
class Scratch {
  /** By row: numbers of entries, which only ever grow (`clock`), so that nothing needs clearing. */
  readonly entryOf: Int32Array;
  clock = 1;
  /** By service: its entries at the node in hand, zero between two nodes; and its number among the nodes above. */
  readonly sizes: Uint32Array;
  readonly nodeOf: Uint32Array;
  #room = newRoom(0);

  constructor({ count, services }: RequestTable) {
    this.entryOf = new Int32Array(count);
    this.sizes = new Uint32Array(services.length);
    this.nodeOf = new Uint32Array(services.length);
  }

  /** For so many requests and entries; these are numbered from `clock` on. */
  room(length: number): Room {
    if (this.#room.rows.length < length) this.#room = newRoom(length);
    if (this.clock > MOST_ENTRIES - length) {
      this.entryOf.fill(0);
      this.clock = 1;
    }
    return this.#room;
  }
}

function newRoom(length: number): Room {
  return {
    above: new Int32Array(length),
    marks: new Int32Array(length),
    times: new Float64Array(length),
    rows: new Uint32Array(length),
    services: new Uint32Array(length),
    calls: new Float64Array(length),
    failedCalls: new Float64Array(length),
  };
}

const MOST_ENTRIES = 2 ** 31 - 1;
const scratchOf = perDataset((table) => new Scratch(table));

/**
 * Goes up one level: the callers of a node's requests, by service, merged where several requests
 * have the same caller. Rows stay in the order in which they are first met.
 */
export class CallerFinder {
  readonly #table: RequestTable;
  readonly #scratch: Scratch;

  constructor(table: RequestTable) {
    this.#table = table;
    this.#scratch = scratchOf(table);
  }

  callersOf(node: NodeRequests): NodeRequests[] {
    const { words } = recordsOf(this.#table);
    const { rows: below, calls: callsBelow, failedCalls: failedBelow } = node;
    const room = this.#scratch.room(below.length);
    const { above, marks, rows, services, calls, failedCalls } = room;
    const { entryOf, sizes, clock: start } = this.#scratch;
    for (let i = 0; i < below.length; i++) {
      const at = below[i] * RECORD_WORDS;
      above[i] = words[at];
      marks[i] = words[at + 1];
    }
    const met: number[] = [];
    let count = 0;
    for (let i = 0; i < below.length; i++) {
      const row = above[i];
      if (row === NO_CALLER) continue;
      let entry = entryOf[row] - start;
      if (entry < 0) {
        entry = count++;
        entryOf[row] = start + entry;
        rows[entry] = row;
        const service = callerServiceOf(marks[i]);
        services[entry] = service;
        if (sizes[service]++ === 0) met.push(service);
        calls[entry] = 0;
        failedCalls[entry] = 0;
      }
      calls[entry] += callsBelow[i];
      failedCalls[entry] += failedBelow[i];
    }
    this.#scratch.clock += count;
    return this.#splitByService(room, count, met);
  }

  /** `met`: the services of the entries, in the order of the nodes. */
  #splitByService(
    { rows, services, calls, failedCalls }: Entries,
    count: number,
    met: readonly number[],
  ): NodeRequests[] {
    const { sizes, nodeOf } = this.#scratch;
    const isEstimate = this.#table.weights !== null;
    const nodes = met.map((service, number) => {
      const node = roomForNode(service, sizes[service], isEstimate);
      nodeOf[service] = number;
      sizes[service] = 0;
      return node;
    });
    const filled = new Uint32Array(nodes.length);
    for (let i = 0; i < count; i++) {
      const number = nodeOf[services[i]];
      const node = nodes[number];
      const at = filled[number]++;
      node.rows[at] = rows[i];
      node.calls[at] = calls[i];
      node.failedCalls[at] = failedCalls[i];
    }
    return nodes;
  }
}

function roomForNode(service: number, size: number, isEstimate: boolean): NodeRequests {
  const counts = () => (isEstimate ? new Float64Array(size) : new Uint32Array(size));
  return { service, rows: new Uint32Array(size), calls: counts(), failedCalls: counts() };
}

/** The figures of SEMANTICS §6 at a node. `total` is |T|; `describeTimes` is given the durations of the rows, which are in hand. */
export function figuresOf(
  table: RequestTable,
  { rows, calls, failedCalls }: NodeRequests,
  total: number,
  describeTimes = (durations: Float64Array): ResponseTime => timesOf(table, rows, durations),
): NodeFigures {
  const { failed, weights } = table;
  const { words, durations } = recordsOf(table);
  const { marks, times } = scratchOf(table).room(rows.length);
  // Short loops wait for the memory of many rows at once.
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    marks[i] = words[row * RECORD_WORDS + 1];
    times[i] = durations[row * 2 + 1];
  }
  const endCalls = new Float64Array(1 + END_CODES.length);
  let sumOfCalls = 0;
  let sumOfFailedCalls = 0;
  let requests = 0;
  let failedRequests = 0;
  let hit = 0;
  let hitFailed = 0;
  let notHit = 0;
  let notHitFailed = 0;
  for (let i = 0; i < rows.length; i++) {
    const weight = weights === null ? 1 : weights[rows[i]];
    const failedWeight = failed[rows[i]] * weight;
    const isHit = failedCalls[i] > 0 ? 1 : 0;
    endCalls[endOf(marks[i])] += calls[i];
    sumOfCalls += calls[i];
    sumOfFailedCalls += failedCalls[i];
    requests += weight;
    failedRequests += failedWeight;
    hit += isHit * weight;
    hitFailed += isHit * failedWeight;
    notHit += (1 - isHit) * weight;
    notHitFailed += (1 - isHit) * failedWeight;
  }
  const endsOf = (end: (typeof END_CODES)[number]): number => endCalls[1 + END_CODES.indexOf(end)];
  return {
    calls: sumOfCalls,
    failedCalls: sumOfFailedCalls,
    requests,
    failedRequests,
    share: total === 0 ? 0 : sumOfCalls / total,
    hit,
    hitFailed,
    notHit,
    notHitFailed,
    ends: {
      userAction: endsOf('userAction'),
      entryPoint: endsOf('entryPoint'),
      callerMissing: endsOf('callerMissing'),
    },
    responseTime: describeTimes(times.subarray(0, rows.length)),
  };
}
