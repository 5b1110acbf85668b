import { growableU32, growableU8 } from '../columns/growable.ts';
import type { AttributeField } from '../model/attribute-keys.ts';
import { CODE_BITS, FIELD_LOOKUPS, FIELD_WORDS, UNRANKED } from './key-codes.ts';
import { mix } from './trace-index.ts';

/** The set without anything in it. */
export const NO_FACTS = 0;

const EMPTY_SLOT = -1;

/**
 * The distinct sets of attributes that the analysis reads, numbered over a dataset. Spans of one operation mostly
 * say the same, so what follows from their attributes alone is worked out once a set (`perSet`), not once a span.
 */
export class FactSets {
  /** Start of each set's entries, and behind the last one their end. */
  readonly #starts = growableU32();
  readonly #codes = growableU8();
  /** Dataset text numbers. */
  readonly #values = growableU32();
  /** FIELD_WORDS a set: a bit for each field that it has a key of (key-codes.ts). Most lookups are for fields it has not. */
  readonly #present = growableU32();
  readonly #marks = growableU8();
  readonly #hashes = growableU32();
  /** Open addressing: set numbers by hash. Its length is a power of two, at most half full. */
  #slots = new Int32Array(1024).fill(EMPTY_SLOT);

  constructor() {
    this.#starts.push(0);
    this.close(0);
  }

  get count(): number {
    return this.#marks.length;
  }

  /** Adds to the set that is open; there always is one. `value`: dataset text number. */
  add(code: number, value: number): void {
    this.#codes.push(code);
    this.#values.push(value);
  }

  /** The number of the open set with these marks (bits of PREFIX_MARKS); opens the next one. */
  close(marks: number): number {
    const from = this.#starts.values[this.count];
    const to = this.#codes.length;
    let hash = marks;
    for (let i = from; i < to; i++) hash = mix(hash ^ this.#codes.values[i], this.#values.values[i]);
    hash >>>= 0;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let set = this.#slots[slot]; set !== EMPTY_SLOT; set = this.#slots[slot]) {
      if (
        this.#hashes.values[set] === hash &&
        this.#marks.values[set] === marks &&
        this.#equals(set, from, to)
      ) {
        this.#codes.length = this.#values.length = from;
        return set;
      }
      slot = (slot + 1) & mask;
    }
    return this.#keep(slot, hash, marks);
  }

  /** The set of everything in these sets, the entries of the first ones first. */
  union(sets: readonly number[]): number {
    let marks = 0;
    for (const set of sets) {
      marks |= this.marks(set);
      for (let i = this.#starts.values[set]; i < this.#starts.values[set + 1]; i++) {
        this.add(this.#codes.values[i], this.#values.values[i]);
      }
    }
    return this.close(marks);
  }

  /** Dataset text number of the first non-empty key of the field; of equal keys that of the first entry; 0: none. */
  value(set: number, field: AttributeField): number {
    const { ranks, word, bit } = FIELD_LOOKUPS[field];
    if ((this.#present.values[set * FIELD_WORDS + word] & bit) === 0) return 0;
    const codes = this.#codes.values;
    const values = this.#values.values;
    let best = UNRANKED;
    let found = 0;
    for (let i = this.#starts.values[set], end = this.#starts.values[set + 1]; i < end; i++) {
      const rank = ranks[codes[i]];
      if (rank < best && values[i] !== 0) {
        best = rank;
        found = values[i];
      }
    }
    return found;
  }

  marks(set: number): number {
    return this.#marks.values[set];
  }

  /** Has any set a key of one of these fields? */
  hasField(fields: readonly AttributeField[]): boolean {
    const wanted = new Uint32Array(FIELD_WORDS);
    for (const field of fields) wanted[FIELD_LOOKUPS[field].word] |= FIELD_LOOKUPS[field].bit;
    for (let i = 0; i < this.#present.length; i++) {
      if (this.#present.values[i] & wanted[i % FIELD_WORDS]) return true;
    }
    return false;
  }

  #equals(set: number, from: number, to: number): boolean {
    const start = this.#starts.values[set];
    if (this.#starts.values[set + 1] - start !== to - from) return false;
    const shift = start - from;
    const codes = this.#codes.values;
    const values = this.#values.values;
    for (let i = from; i < to; i++) {
      if (codes[i + shift] !== codes[i] || values[i + shift] !== values[i]) return false;
    }
    return true;
  }

  #keep(slot: number, hash: number, marks: number): number {
    const set = this.count;
    for (const ofCode of CODE_BITS) {
      let bits = 0;
      for (let i = this.#starts.values[set]; i < this.#codes.length; i++)
        bits |= ofCode[this.#codes.values[i]];
      this.#present.push(bits);
    }
    this.#marks.push(marks);
    this.#hashes.push(hash);
    this.#starts.push(this.#codes.length);
    this.#slots[slot] = set;
    if (this.count * 2 > this.#slots.length) this.#growSlots();
    return set;
  }

  #growSlots(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(EMPTY_SLOT);
    const mask = slots.length - 1;
    for (let set = 0; set < this.count; set++) {
      let slot = this.#hashes.values[set] & mask;
      while (slots[slot] !== EMPTY_SLOT) slot = (slot + 1) & mask;
      slots[slot] = set;
    }
    this.#slots = slots;
  }
}
