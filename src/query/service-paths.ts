import type { RequestTable } from '../assembly/request-table.ts';
import { compareText } from '../util/compare-text.ts';

const NONE = -1;

/** The services below some requests by path, numbered as they are met: a caller before its callees, 0 the requests themselves. */
export class ServicePaths {
  /** By place: that of the caller, −1 at the first; and the service number. */
  readonly callers: number[] = [NONE];
  readonly services: number[];
  readonly #table: RequestTable;
  /** By caller's place and service. */
  readonly #known = new Map<number, number>();
  /** By chain number: the place found last for it, mostly that of the next request too. */
  readonly #lastOfChain: Int32Array;

  /** `service`: number of that of the requests themselves. */
  constructor(table: RequestTable, service: number) {
    this.#table = table;
    this.services = [service];
    this.#lastOfChain = new Int32Array(table.chainCaller.length).fill(NONE);
  }

  get count(): number {
    return this.callers.length;
  }

  /** The place of a request that is called at a place. */
  below(caller: number, row: number): number {
    const chain = this.#table.chain[row];
    const last = this.#lastOfChain[chain];
    if (last !== NONE && this.callers[last] === caller) return last;
    const service = this.#table.service[row];
    const key = caller * this.#table.services.length + service;
    let place = this.#known.get(key);
    if (place === undefined) {
      place = this.callers.push(caller) - 1;
      this.services.push(service);
      this.#known.set(key, place);
    }
    this.#lastOfChain[chain] = place;
    return place;
  }

  /**
   * The places in the order in which they are shown: a caller before its callees, these by `compare`, then name, then
   * type. `parent`: that of the caller in this list; −1 at the first.
   */
  inOrder(compare: (a: number, b: number) => number): { readonly place: number; readonly parent: number }[] {
    const { services } = this.#table;
    const callees = this.callers.map((): number[] => []);
    for (let place = 1; place < this.count; place++) callees[this.callers[place]].push(place);
    const serviceOf = (place: number) => services[this.services[place]];
    const order = (a: number, b: number): number =>
      compare(a, b) ||
      compareText(serviceOf(a).name, serviceOf(b).name) ||
      compareText(serviceOf(a).type, serviceOf(b).type);
    const places: { place: number; parent: number }[] = [];
    // Off a list, as calls may be nested as deep as somebody's recursion.
    const pending = [{ place: 0, parent: NONE }];
    for (let next = pending.pop(); next; next = pending.pop()) {
      const parent = places.push(next) - 1;
      // The last one is taken next: the first in order.
      for (const place of callees[next.place].sort(order).toReversed()) pending.push({ place, parent });
    }
    return places;
  }
}
