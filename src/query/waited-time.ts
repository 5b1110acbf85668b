/**
 * Follows the critical path of target requests through the requests below them (docs/figures.md, Hotspots): the
 * rule of critical-path.ts over requests, without an object for each, as there may be millions.
 */
import { calleesOf } from '../assembly/callees.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import { KIND_CONSUMER } from '../model/span.ts';

/** ns in the high word of an instant. */
const HIGH_WORD = 2 ** 32;
/** Up to so many are put in order by insertion, which is faster than a sort. */
const FEW = 24;

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
}

/** Distinct requests below the targets that do not count in full. */
export interface Uncounted {
  /** A part lies outside of their caller's time. */
  outside: number;
  withoutTime: number;
}

export function followPaths({ table, placeOf, visit }: Follow, targets: Uint32Array): Uncounted {
  const { starts, durations, kind, service, services } = table;
  const callees = calleesOf(table);
  const uncounted: Uncounted = { outside: 0, withoutTime: 0 };
  /** 1: met before, below another target. */
  const isKnown = new Uint8Array(table.count);
  const stop: Stop = { row: 0, place: 0, timeNs: 0, ownNs: 0, waitedFor: 0, waitedRows: [], waitedNs: [] };
  const pending = new PendingStops();
  const inside = new Intervals();

  for (let i = 0; i < targets.length; i++) {
    // All times are ns after the start of the target.
    const high = starts[targets[i] * 2];
    const low = starts[targets[i] * 2 + 1];
    pending.push(targets[i], 0, 0, durations[targets[i]]);
    while (pending.take()) {
      const { row, place, from, to } = pending;
      const callerHigh = starts[row * 2];
      const callerLow = starts[row * 2 + 1];
      const isQueue = services[service[row]].type === 'queue';
      inside.clear();
      for (let at = callees.first[row]; at < callees.first[row + 1]; at++) {
        const callee = callees.rows[at];
        const calleeHigh = starts[callee * 2];
        const calleeLow = starts[callee * 2 + 1];
        const calleeBegin = (calleeHigh - high) * HIGH_WORD + (calleeLow - low);
        const calleeEnd = calleeBegin + durations[callee];
        const isTimed = calleeHigh !== 0 || calleeLow !== 0;
        const isAsynchronous = isQueue || kind[callee] === KIND_CONSUMER;
        if (isKnown[callee] === 0) {
          isKnown[callee] = 1;
          if (!isTimed) uncounted.withoutTime++;
          else if (!isAsynchronous && (callerHigh !== 0 || callerLow !== 0)) {
            const after = (calleeHigh - callerHigh) * HIGH_WORD + (calleeLow - callerLow);
            if (after < 0 || after + durations[callee] > durations[row]) uncounted.outside++;
          }
        }
        const isWaitable = isTimed && !isAsynchronous;
        if (isWaitable && inside.add(callee, Math.max(from, calleeBegin), Math.min(to, calleeEnd))) continue;
        pending.push(callee, placeOf(place, callee), 0, 0);
      }
      stop.row = row;
      stop.place = place;
      stop.timeNs = to - from;
      stop.ownNs = 0;
      stop.waitedFor = 0;
      let cursor = to;
      // Backwards: whoever had finished last by then is waited for, the others ran beside it.
      for (let next = inside.takeLast(); next >= 0; next = inside.takeLast()) {
        const callee = inside.rows[next];
        if (inside.tos[next] > cursor) {
          pending.push(callee, placeOf(place, callee), 0, 0);
          continue;
        }
        stop.ownNs += cursor - inside.tos[next];
        cursor = inside.froms[next];
        stop.waitedRows[stop.waitedFor] = callee;
        stop.waitedNs[stop.waitedFor++] = inside.tos[next] - cursor;
        pending.push(callee, placeOf(place, callee), cursor, inside.tos[next]);
      }
      stop.ownNs += cursor - from;
      visit(stop);
    }
  }
  return uncounted;
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

/** What of some callees lies within their caller. */
class Intervals {
  readonly rows: number[] = [];
  readonly froms: number[] = [];
  readonly tos: number[] = [];
  readonly #order: number[] = [];
  #count = 0;
  #left = 0;
  #isSorted = true;

  clear(): void {
    this.#count = 0;
    this.#left = 0;
    this.#isSorted = true;
  }

  /** false: empty, nothing was added. Rows are given in ascending order. */
  add(row: number, from: number, to: number): boolean {
    if (!(to > from)) return false;
    this.rows[this.#count] = row;
    this.froms[this.#count] = from;
    this.tos[this.#count] = to;
    this.#order[this.#count] = this.#count;
    this.#left = ++this.#count;
    this.#isSorted = this.#count === 1;
    return true;
  }

  /** The latest end of those left; of equal ends the longest, then the first. −1: none is left. */
  takeLast(): number {
    if (!this.#isSorted) this.#sort();
    return this.#left === 0 ? -1 : this.#order[--this.#left];
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

  #compare(a: number, b: number): number {
    return this.tos[a] - this.tos[b] || this.froms[b] - this.froms[a] || b - a;
  }
}
