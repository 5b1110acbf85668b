/** Sets of requests that are only counted: how many of them are outliers, and a fingerprint of which they are. */

/** Two sets of requests are the same where all four agree (the fingerprints are sums of 64 mixed bits a request). */
export interface Tally {
  readonly inside: number;
  readonly outside: number;
  readonly printA: number;
  readonly printB: number;
}

/** What is counted of requests, by place. */
export interface CountedRequests {
  /** 1: it is an outlier. */
  readonly isInside: Uint8Array;
  readonly printsA: Uint32Array;
  readonly printsB: Uint32Array;
}

export function countedRequests(isInside: Uint8Array): CountedRequests {
  const { length } = isInside;
  return { isInside, printsA: printsA(length), printsB: printsB(length) };
}

/** Many tallies as columns, numbered from 0. */
export class Tallies {
  #counts = new Uint32Array(4 * 64);
  size = 0;
  readonly #requests: CountedRequests;

  constructor(requests: CountedRequests) {
    this.#requests = requests;
  }

  /** The number of a new, empty tally. */
  open(): number {
    if (this.size * 4 === this.#counts.length) {
      const grown = new Uint32Array(this.#counts.length * 2);
      grown.set(this.#counts);
      this.#counts = grown;
    }
    return this.size++;
  }

  /** Each request once, by its place. */
  add(tally: number, place: number): void {
    const { isInside, printsA, printsB } = this.#requests;
    const counts = this.#counts;
    const at = tally * 4;
    counts[at + 1 - isInside[place]]++;
    // Sums wrap around at 32 bits, as the columns do.
    counts[at + 2] += printsA[place];
    counts[at + 3] += printsB[place];
  }

  /** Adds requests that are counted elsewhere and not here yet. */
  addAll(tally: number, { inside, outside, printA, printB }: Tally): void {
    const at = tally * 4;
    this.#counts[at] += inside;
    this.#counts[at + 1] += outside;
    this.#counts[at + 2] += printA;
    this.#counts[at + 3] += printB;
  }

  at(tally: number): Tally {
    const counts = this.#counts;
    const at = tally * 4;
    return { inside: counts[at], outside: counts[at + 1], printA: counts[at + 2], printB: counts[at + 3] };
  }
}

/** The requests of `all` that are not among `some`, which are. */
export function remaining(all: Tally, some: Tally): Tally {
  return {
    inside: all.inside - some.inside,
    outside: all.outside - some.outside,
    printA: (all.printA - some.printA) >>> 0,
    printB: (all.printB - some.printB) >>> 0,
  };
}

const printsA = printsFrom(0x9e3779b1);
const printsB = printsFrom(0x85ebca6b);

/** Gives the fingerprints of so many places: the same whatever is asked, so they are mixed once. */
function printsFrom(seed: number): (count: number) => Uint32Array {
  let known = new Uint32Array(0);
  return (count) => {
    if (known.length < count) {
      const grown = new Uint32Array(count);
      grown.set(known);
      for (let place = known.length; place < count; place++) grown[place] = mix(place, seed);
      known = grown;
    }
    return known;
  };
}

/** The finish of MurmurHash3, by another start for each fingerprint. */
function mix(place: number, seed: number): number {
  let hash = Math.imul(place + 1, seed) ^ seed;
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
