/** A typed array that grows: push or append, then seal to the exact size. */
type Numbers = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
type Constructor<A extends Numbers> = new (length: number) => A;

/** Half-open. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** An expectation beyond so many times what there is is a guess from too little: it must not ask for all memory. */
const MOST_TIMES = 16;

export class Growable<A extends Numbers> {
  values: A;
  length = 0;
  readonly #make: Constructor<A>;

  constructor(make: Constructor<A>, capacity = 256) {
    this.#make = make;
    this.values = new make(capacity);
  }

  push(value: number): void {
    if (this.length === this.values.length) this.#grow(this.length + 1);
    this.values[this.length++] = value;
  }

  /** Gives the place of the first of them. `expected`: how many there will be about; then the array grows once. */
  append(values: A, expected = 0): number {
    const at = this.length;
    this.length += values.length;
    if (this.length > this.values.length) this.#grow(this.length, expected);
    this.values.set(values, at);
    return at;
  }

  /** Puts ranges of the values, which are all of them, into another order. */
  rearrange(ranges: readonly Range[]): void {
    const arranged = new this.#make(this.length);
    let at = 0;
    for (const { from, to } of ranges) {
      arranged.set(this.values.subarray(from, to), at);
      at += to - from;
    }
    this.values = arranged;
  }

  /** The values where they are; until more come. */
  view(): A {
    return this.values.subarray(0, this.length) as A;
  }

  /** The values in an array of their own, of exact size. */
  seal(): A {
    const sealed = new this.#make(this.length);
    sealed.set(this.values.subarray(0, this.length));
    return sealed;
  }

  #grow(least: number, expected = 0): void {
    const believed = Math.min(expected, least * MOST_TIMES);
    const room = believed >= least ? believed : Math.max(16, least, this.values.length * 4);
    const grown = new this.#make(room);
    grown.set(this.values);
    this.values = grown;
  }
}

export function growableU8(capacity?: number): Growable<Uint8Array<ArrayBuffer>> {
  return new Growable<Uint8Array<ArrayBuffer>>(Uint8Array, capacity);
}

export function growableU32(capacity?: number): Growable<Uint32Array<ArrayBuffer>> {
  return new Growable<Uint32Array<ArrayBuffer>>(Uint32Array, capacity);
}

export function growableF64(capacity?: number): Growable<Float64Array<ArrayBuffer>> {
  return new Growable<Float64Array<ArrayBuffer>>(Float64Array, capacity);
}
