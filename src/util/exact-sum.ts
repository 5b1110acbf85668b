/** Carried over as one, so that what is left stays far below 2^53. */
const CARRY = 2 ** 50;

/** Sums of whole numbers that stay exact beyond 2^53. */
export class ExactSums {
  readonly #low: number[] = [];
  readonly #high: number[] = [];

  /** Opens a further sum, numbered from 0. */
  open(): number {
    this.#high.push(0);
    return this.#low.push(0) - 1;
  }

  /** `value`: whole, not negative, below 2^53. */
  add(sum: number, value: number): void {
    const low = this.#low[sum] + value;
    if (low < CARRY) this.#low[sum] = low;
    else {
      const carried = Math.floor(low / CARRY);
      this.#high[sum] += carried;
      this.#low[sum] = low - carried * CARRY;
    }
  }

  total(sum: number): bigint {
    return BigInt(this.#high[sum]) * BigInt(CARRY) + BigInt(this.#low[sum]);
  }
}
