/**
 * Follows the critical path of target requests through the requests below them (docs/figures.md, Hotspots), without
 * an object for each, as there may be millions.
 */
import { calleesOf } from '../assembly/callees.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import { KIND_CONSUMER } from '../model/span.ts';
import { ChildrenOnPath } from './critical-path.ts';

/** ns in the high word of an instant. */
const HIGH_WORD = 2 ** 32;

/** A request at or below a target. The same object each time. */
export interface Stop {
  row: number;
  /** As `placeOf` numbered it; 0: the target itself. */
  place: number;
  /** ns of the target's response time that it takes with its callees; 0: nobody waited for it. */
  timeNs: number;
  ownNs: number;
  /** Its callees on the critical path, the last one first: the first `waitedFor` of the following. */
  waitedFor: number;
  readonly waitedRows: number[];
  readonly waitedNs: number[];
}

export interface Follow {
  readonly table: RequestTable;
  /** Number of a callee's place by that of its caller's. */
  readonly placeOf: (callerPlace: number, row: number) => number;
  /** Called for each request at or below a target, once for each target. */
  readonly visit: (stop: Stop) => void;
  /** Called once for each request below the targets that does not count in full. */
  readonly leaveOut?: (row: number, why: Uncounted) => void;
}

/** outside: a part lies outside of their caller's time. */
export type Uncounted = 'outside' | 'withoutTime';

export function followPaths({ table, placeOf, visit, leaveOut }: Follow, targets: Uint32Array): void {
  const { starts, durations, kind, service } = table;
  const isQueue = table.services.map(({ type }) => type === 'queue');
  const callees = calleesOf(table);
  /** 1: met before, below another target. */
  const isKnown = new Uint8Array(table.count);
  const stop = emptyStop();
  const leaf = emptyStop();
  const pending = new PendingStops();
  const onPath = new ChildrenOnPath();
  const meet = (row: number, place: number, from: number, to: number): void => {
    if (callees.first[row] !== callees.first[row + 1]) {
      pending.push(row, place, from, to);
      return;
    }
    leaf.row = row;
    leaf.place = place;
    leaf.timeNs = to - from;
    leaf.ownNs = to - from;
    visit(leaf);
  };

  for (let i = 0; i < targets.length; i++) {
    // All times are ns after the start of the target.
    const high = starts[targets[i] * 2];
    const low = starts[targets[i] * 2 + 1];
    pending.push(targets[i], 0, 0, durations[targets[i]]);
    while (pending.take()) {
      const { row, place, from, to } = pending;
      const callerHigh = starts[row * 2];
      const callerLow = starts[row * 2 + 1];
      const isBelowQueue = isQueue[service[row]];
      onPath.open(from, to);
      for (let at = callees.first[row]; at < callees.first[row + 1]; at++) {
        const callee = callees.rows[at];
        const calleeHigh = starts[callee * 2];
        const calleeLow = starts[callee * 2 + 1];
        const calleeBegin = (calleeHigh - high) * HIGH_WORD + (calleeLow - low);
        const isTimed = calleeHigh !== 0 || calleeLow !== 0;
        const isAsynchronous = isBelowQueue || kind[callee] === KIND_CONSUMER;
        if (isKnown[callee] === 0) {
          isKnown[callee] = 1;
          if (!isTimed) leaveOut?.(callee, 'withoutTime');
          else if (!isAsynchronous && (callerHigh !== 0 || callerLow !== 0)) {
            const after = (calleeHigh - callerHigh) * HIGH_WORD + (calleeLow - callerLow);
            if (after < 0 || after + durations[callee] > durations[row]) leaveOut?.(callee, 'outside');
          }
        }
        const isWaitable = isTimed && !isAsynchronous;
        if (isWaitable && onPath.add(callee, calleeBegin, calleeBegin + durations[callee])) continue;
        meet(callee, placeOf(place, callee), 0, 0);
      }
      stop.row = row;
      stop.place = place;
      stop.timeNs = to - from;
      stop.ownNs = to - from;
      stop.waitedFor = 0;
      while (onPath.take()) {
        const callee = onPath.id;
        if (!onPath.isOnPath) {
          meet(callee, placeOf(place, callee), 0, 0);
          continue;
        }
        const waitedNs = onPath.to - onPath.from;
        stop.ownNs -= waitedNs;
        stop.waitedRows[stop.waitedFor] = callee;
        stop.waitedNs[stop.waitedFor++] = waitedNs;
        meet(callee, placeOf(place, callee), onPath.from, onPath.to);
      }
      visit(stop);
    }
  }
}

function emptyStop(): Stop {
  return { row: 0, place: 0, timeNs: 0, ownNs: 0, waitedFor: 0, waitedRows: [], waitedNs: [] };
}

/** Requests that wait to be visited; the one taken last stands in its fields. */
class PendingStops {
  row = 0;
  place = 0;
  from = 0;
  to = 0;
  readonly #rows: number[] = [];
  readonly #places: number[] = [];
  readonly #froms: number[] = [];
  readonly #tos: number[] = [];
  #count = 0;

  push(row: number, place: number, from: number, to: number): void {
    this.#rows[this.#count] = row;
    this.#places[this.#count] = place;
    this.#froms[this.#count] = from;
    this.#tos[this.#count++] = to;
  }

  take(): boolean {
    if (this.#count === 0) return false;
    const at = --this.#count;
    this.row = this.#rows[at];
    this.place = this.#places[at];
    this.from = this.#froms[at];
    this.to = this.#tos[at];
    return true;
  }
}
