import type { RequestTable } from '../assembly/request-table.ts';
import { growableF64 } from '../columns/growable.ts';
import type { HotspotNode } from '../model/answers-hotspots.ts';
import { ExactSums } from '../util/exact-sum.ts';
import { compareText } from '../util/compare-text.ts';
import { moveRankInPlace } from './response-time.ts';
import type { Stop } from './waited-time.ts';

const NONE = -1;
/** Place of the target itself. */
const ROOT = 0;

/** The services below the target by path, numbered as they are met: a caller before its callees. */
export class HotspotPlaces {
  readonly #table: RequestTable;
  readonly #callers: number[] = [];
  readonly #services: number[] = [];
  readonly #requests: number[] = [];
  readonly #failedRequests: number[] = [];
  readonly #waitedFor: number[] = [];
  readonly #ownNs = new ExactSums();
  /** Of the target's own time and of the places right below it. */
  readonly #shares = new Map<number, Shares>();
  /** Target requests that took any time. */
  #timedTargets = 0;
  /** By caller's place and service. */
  readonly #known = new Map<number, number>();
  /** By chain number: the place found last for it, mostly that of the next request too. */
  readonly #lastOfChain: Int32Array;

  constructor(table: RequestTable, service: number) {
    this.#table = table;
    this.#lastOfChain = new Int32Array(table.chainCaller.length).fill(NONE);
    this.#open(NONE, service);
  }

  below(caller: number, row: number): number {
    const chain = this.#table.chain[row];
    const last = this.#lastOfChain[chain];
    if (last !== NONE && this.#callers[last] === caller) return last;
    const service = this.#table.service[row];
    const key = caller * this.#table.services.length + service;
    let place = this.#known.get(key);
    if (place === undefined) this.#known.set(key, (place = this.#open(caller, service)));
    this.#lastOfChain[chain] = place;
    return place;
  }

  count(stop: Stop): void {
    const { row, place, timeNs, ownNs } = stop;
    this.#requests[place]++;
    this.#failedRequests[place] += this.#table.failed[row];
    if (!(timeNs > 0)) return;
    this.#waitedFor[place]++;
    this.#ownNs.add(place, ownNs);
    if (place !== ROOT) return;
    this.#timedTargets++;
    if (ownNs > 0) this.#sharesOf(ROOT).add(row, ownNs, timeNs);
    for (let i = 0; i < stop.waitedFor; i++) {
      this.#sharesOf(this.below(ROOT, stop.waitedRows[i])).add(row, stop.waitedNs[i], timeNs);
    }
  }

  /** A node before its callees, these by time, then name, then type. */
  nodes(): HotspotNode[] {
    const ownNs = this.#callers.map((_, place) => this.#ownNs.total(place));
    const timeNs = ownNs.slice();
    for (let place = timeNs.length - 1; place > ROOT; place--) timeNs[this.#callers[place]] += timeNs[place];
    const nodes: HotspotNode[] = [];
    const callees = this.#callees(timeNs);
    const pending = [{ place: ROOT, caller: NONE }];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const { place, caller } = next;
      const at = nodes.length;
      nodes.push({
        service: this.#table.services[this.#services[place]],
        caller,
        requests: this.#requests[place],
        failedRequests: this.#failedRequests[place],
        waitedFor: this.#waitedFor[place],
        timeNs: timeNs[place],
        ownNs: ownNs[place],
        shares: this.#callers[place] <= ROOT ? this.#shareFigures(place) : null,
      });
      for (const callee of callees[place].toReversed()) pending.push({ place: callee, caller: at });
    }
    return nodes;
  }

  #open(caller: number, service: number): number {
    this.#services.push(service);
    this.#requests.push(0);
    this.#failedRequests.push(0);
    this.#waitedFor.push(0);
    this.#ownNs.open();
    return this.#callers.push(caller) - 1;
  }

  #sharesOf(place: number): Shares {
    const shares = this.#shares.get(place) ?? new Shares();
    this.#shares.set(place, shares);
    return shares;
  }

  #shareFigures(place: number): HotspotNode['shares'] {
    return this.#sharesOf(place).figures(this.#timedTargets);
  }

  /** By place: its callees in the order in which they are shown. */
  #callees(timeNs: readonly bigint[]): number[][] {
    const callees: number[][] = timeNs.map(() => []);
    for (let place = ROOT + 1; place < timeNs.length; place++) callees[this.#callers[place]].push(place);
    const serviceOf = (place: number) => this.#table.services[this.#services[place]];
    const byTime = (a: number, b: number): number =>
      Number(timeNs[b] - timeNs[a]) ||
      compareText(serviceOf(a).name, serviceOf(b).name) ||
      compareText(serviceOf(a).type, serviceOf(b).type);
    for (const each of callees) each.sort(byTime);
    return callees;
  }
}

/** What share of each target request a place takes; those that it takes nothing of are not added. */
class Shares {
  /** ns, by target that was added. */
  readonly #times = growableF64();
  readonly #wholes = growableF64();
  #target = NONE;

  /** What is added for the same target one after another counts together. */
  add(target: number, timeNs: number, wholeNs: number): void {
    if (target === this.#target) {
      this.#times.values[this.#times.length - 1] += timeNs;
      return;
    }
    this.#target = target;
    this.#times.push(timeNs);
    this.#wholes.push(wholeNs);
  }

  /** Nearest ranks (SEMANTICS §8) over `targets` requests. */
  figures(targets: number): { median: number; p95: number } {
    const shares = this.#times.seal().map((time, i) => time / this.#wholes.values[i]);
    const without = targets - shares.length;
    let ranked = 0;
    const at = (percent: number): number => {
      const rank = Math.ceil((percent * targets) / 100) - 1 - without;
      if (rank < 0) return 0;
      moveRankInPlace(shares, rank, ranked);
      ranked = rank;
      return shares[rank];
    };
    return { median: at(50), p95: at(95) };
  }
}
