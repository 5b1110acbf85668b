import { growableU32 } from './growable.ts';

/** Pairs of whole numbers below 2^32, numbered from 0 as they are met. */
export class PairNumbers {
  readonly #firsts = growableU32();
  readonly #seconds = growableU32();
  /** Open addressing: number of the pair + 1; 0: empty. At most half full. */
  #slots = new Uint32Array(1024);

  /** Pairs met. */
  get count(): number {
    return this.#firsts.length;
  }

  /** A new pair gets the next number. */
  numberOf(first: number, second: number): number {
    const slot = this.#slotOf(first, second);
    if (this.#slots[slot] !== 0) return this.#slots[slot] - 1;
    this.#firsts.push(first);
    this.#seconds.push(second);
    this.#slots[slot] = this.#firsts.length;
    if (this.#firsts.length * 2 > this.#slots.length) this.#grow();
    return this.#firsts.length - 1;
  }

  first(pair: number): number {
    return this.#firsts.values[pair];
  }

  second(pair: number): number {
    return this.#seconds.values[pair];
  }

  clear(): void {
    this.#firsts.length = this.#seconds.length = 0;
    this.#slots.fill(0);
  }

  #slotOf(first: number, second: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(second ^ Math.imul(first + 1, 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = hash & mask;
    for (let pair = this.#slots[slot]; pair !== 0; pair = this.#slots[slot]) {
      if (this.#seconds.values[pair - 1] === second && this.#firsts.values[pair - 1] === first) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    for (let pair = 0; pair < this.#firsts.length; pair++) {
      this.#slots[this.#slotOf(this.first(pair), this.second(pair))] = pair + 1;
    }
  }
}
