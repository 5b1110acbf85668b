const FREE = -1;

/** Numbers 128-bit trace ids: equal ids get the same number, counted from 0 in order of appearance. */
export class TraceIndex {
  #words = new Uint32Array(4 * 1024);
  #slots = new Int32Array(4 * 1024).fill(FREE);
  #count = 0;
  /** Is there a trace whose upper half is zero, and one whose upper half is not? */
  #short = false;
  #long = false;
  /** Built when first asked for. */
  #fullIds: Map<string, number> | null = null;

  get count(): number {
    return this.#count;
  }

  /** Four big-endian 32-bit words. */
  number(a: number, b: number, c: number, d: number): number {
    const slot = this.#slotOf(a, b, c, d);
    const known = this.#slots[slot];
    return known === FREE ? this.#add(a, b, c, d, slot) : known;
  }

  /**
   * The number of the trace that an id means, short ids joined to full ones as in joinShortIds; −1: no span
   * bears it.
   */
  find(a: number, b: number, c: number, d: number): number {
    const known = this.#slots[this.#slotOf(a, b, c, d)];
    if (a !== 0 || b !== 0) return known;
    const full = this.#long ? this.#fullId(`${c},${d}`) : FREE;
    return full === FREE ? known : full;
  }

  /** All ids by number, 4 words each. */
  ids(): Uint32Array<ArrayBuffer> {
    return this.#words.slice(0, this.#count * 4);
  }

  /** 4 words; valid until the next one is numbered. */
  idOf(number: number): Uint32Array {
    return this.#words.subarray(number * 4, number * 4 + 4);
  }

  /** The lower half of a trace id is its low word and its last word. */
  lowWord(id: number): number {
    return this.#words[id * 4 + 2];
  }

  lastWord(id: number): number {
    return this.#words[id * 4 + 3];
  }

  /**
   * Some tools keep only the lower 64 bits of a 128-bit trace id. Gives, for each number, the number
   * of the one full id with the same lower half, where there is exactly one; else the number itself.
   */
  joinShortIds(): Uint32Array {
    const joined = Uint32Array.from({ length: this.#count }, (_, id) => id);
    if (!this.#short || !this.#long) return joined;
    for (let id = 0; id < this.#count; id++) {
      const full = this.#isShort(id) ? this.#fullId(this.#lowHalf(id)) : FREE;
      if (full !== FREE) joined[id] = full;
    }
    return joined;
  }

  /** The one full id with this lower half; −1: none, or several. All ids have been numbered. */
  #fullId(lowHalf: string): number {
    if (this.#fullIds === null) {
      this.#fullIds = new Map();
      for (let id = 0; id < this.#count; id++) {
        if (this.#isShort(id)) continue;
        const low = this.#lowHalf(id);
        this.#fullIds.set(low, this.#fullIds.has(low) ? FREE : id);
      }
    }
    return this.#fullIds.get(lowHalf) ?? FREE;
  }

  #lowHalf(id: number): string {
    return `${this.lowWord(id)},${this.lastWord(id)}`;
  }

  /** Where the id is, or the free slot where it belongs. */
  #slotOf(a: number, b: number, c: number, d: number): number {
    const slots = this.#slots;
    const words = this.#words;
    const mask = slots.length - 1;
    let slot = hashOf(a, b, c, d) & mask;
    for (let id = slots[slot]; id !== FREE; id = slots[slot]) {
      const at = id * 4;
      if (words[at + 3] === d && words[at + 2] === c && words[at + 1] === b && words[at] === a) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #isShort(id: number): boolean {
    return this.#words[id * 4] === 0 && this.#words[id * 4 + 1] === 0;
  }

  #add(a: number, b: number, c: number, d: number, slot: number): number {
    const id = this.#count++;
    if (id * 4 >= this.#words.length) {
      const words = new Uint32Array(this.#words.length * 2);
      words.set(this.#words);
      this.#words = words;
    }
    this.#words.set([a, b, c, d], id * 4);
    this.#slots[slot] = id;
    if (this.#isShort(id)) this.#short = true;
    else this.#long = true;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(FREE);
    const mask = slots.length - 1;
    const words = this.#words;
    for (let id = 0; id < this.#count; id++) {
      const at = id * 4;
      let slot = hashOf(words[at], words[at + 1], words[at + 2], words[at + 3]) & mask;
      while (slots[slot] !== FREE) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

function hashOf(a: number, b: number, c: number, d: number): number {
  return mix(c ^ Math.imul(a, 0x9e3779b1), d ^ Math.imul(b, 0x85ebca6b));
}

/** Spreads two words over all bits of one. */
export function mix(hi: number, lo: number): number {
  let hash = Math.imul(hi ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(lo, 0xc2b2ae35);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0x27d4eb2f);
  return hash ^ (hash >>> 13);
}
