/** Which keys the earlier records of a span have borne, a bit each: a file dropped twice completes every span. */
export class SeenKeys {
  readonly #completed: Uint8Array;
  /** By place: its number among the completed ones. */
  readonly #rank: Uint32Array;
  readonly #size: number;
  /** 32-bit words for each completed span. */
  #width = 4;
  #bits: Uint32Array;

  /** By place: 1 where several records make up the span. */
  constructor(completed: Uint8Array) {
    this.#completed = completed;
    let size = 0;
    this.#rank = new Uint32Array(completed.length);
    for (let place = 0; place < completed.length; place++) if (completed[place]) this.#rank[place] = size++;
    this.#size = size;
    this.#bits = new Uint32Array(size * this.#width);
  }

  isCompleted(place: number): boolean {
    return this.#completed[place] === 1;
  }

  /** True the first time; asked of completed spans, in the order of their records. `key`: any number, low ones cost least. */
  isFirst(place: number, key: number): boolean {
    while (key >= this.#width * 32) this.#widen();
    const word = this.#rank[place] * this.#width + (key >> 5);
    const bit = 1 << (key & 31);
    const isFirst = (this.#bits[word] & bit) === 0;
    this.#bits[word] |= bit;
    return isFirst;
  }

  #widen(): void {
    const width = this.#width * 2;
    const bits = new Uint32Array(this.#size * width);
    for (let i = 0; i < this.#size; i++) {
      bits.set(this.#bits.subarray(i * this.#width, (i + 1) * this.#width), i * width);
    }
    this.#width = width;
    this.#bits = bits;
  }
}
