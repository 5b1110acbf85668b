import type { RequestTable } from '../assembly/request-table.ts';
import { growableF64 } from '../columns/growable.ts';
import type { HotspotNode } from '../model/answers-hotspots.ts';
import { ExactSums } from '../util/exact-sum.ts';
import { nearestRank, valuesAtRanks } from '../util/ranks.ts';
import { ServicePaths } from './service-paths.ts';
import type { Stop } from './waited-time.ts';

const NONE = -1;
/** Place of the target itself. */
const ROOT = 0;

/** What is counted at the services below the target, by path. */
export class HotspotPlaces {
  readonly #table: RequestTable;
  readonly #paths: ServicePaths;
  readonly #requests: number[] = [];
  readonly #failedRequests: number[] = [];
  readonly #waitedFor: number[] = [];
  readonly #ownNs = new ExactSums();
  /** Of the target's own time and of the places right below it. */
  readonly #shares = new Map<number, Shares>();
  /** Target requests that took any time. */
  #timedTargets = 0;

  /** `service`: number of the targets'. */
  constructor(table: RequestTable, service: number) {
    this.#table = table;
    this.#paths = new ServicePaths(table, service);
    this.#open();
  }

  below(caller: number, row: number): number {
    const place = this.#paths.below(caller, row);
    if (place === this.#requests.length) this.#open();
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
    const { callers, services } = this.#paths;
    const ownNs = callers.map((_, place) => this.#ownNs.total(place));
    const timeNs = ownNs.slice();
    for (let place = timeNs.length - 1; place > ROOT; place--) timeNs[callers[place]] += timeNs[place];
    const places = this.#paths.inOrder((a, b) => Number(timeNs[b] - timeNs[a]));
    return places.map(({ place, parent }) => ({
      service: this.#table.services[services[place]],
      caller: parent,
      requests: this.#requests[place],
      failedRequests: this.#failedRequests[place],
      waitedFor: this.#waitedFor[place],
      timeNs: timeNs[place],
      ownNs: ownNs[place],
      shares: callers[place] <= ROOT ? this.#sharesOf(place).figures(this.#timedTargets) : null,
    }));
  }

  #open(): void {
    this.#requests.push(0);
    this.#failedRequests.push(0);
    this.#waitedFor.push(0);
    this.#ownNs.open();
  }

  #sharesOf(place: number): Shares {
    const shares = this.#shares.get(place) ?? new Shares();
    this.#shares.set(place, shares);
    return shares;
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
    const [median, p95] = [50, 95].map((percent) => {
      // Requests without a share come first.
      const rank = nearestRank(percent, targets) - without;
      return rank < 0 ? 0 : valuesAtRanks(shares, [rank])[0];
    });
    return { median, p95 };
  }
}
