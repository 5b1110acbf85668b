/** Bytes that came at one place before (an attribute's values, span names): found again without hashing all of them. */
import { isComparable, sameBytes, viewOf } from '../util/bytes.ts';

const SLOTS = 16;
const LONGEST = 128;
/** Where this many more lookups miss than hit, nothing repeats: looking is a waste. */
const PATIENCE = 64;

/** Until something is kept: most places are seen once. */
const NOTHING = new Uint8Array(0);
const NO_VIEW = viewOf(NOTHING);

/** A view of the same bytes beside them. */
export interface ByteWindow {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** What bytes mean (`T`) is valid in one epoch of a sink. */
export class KnownBytes<T> {
  #epoch = -1;
  #misses = 0;
  /** By slot; 0: nothing is kept there. */
  #lengths = NOTHING;
  #meanings: T[] = [];
  #bytes = NOTHING;
  #view = NO_VIEW;

  /** What `keep` was given for the bytes [from, to) in this epoch; undefined: nothing, or they are none. */
  find({ bytes, view }: ByteWindow, from: number, to: number, epoch: number): T | undefined {
    const length = to - from;
    if (this.#epoch !== epoch || length === 0 || this.#misses > PATIENCE) return undefined;
    const slot = slotOf(bytes, from, to);
    if (this.#lengths[slot] !== length) return undefined;
    if (!sameBytes(view, from, this.#view, slot * LONGEST, length)) return undefined;
    if (this.#misses > -PATIENCE) this.#misses--;
    return this.#meanings[slot];
  }

  /** Remembers what the bytes mean, which were not found. */
  keep({ bytes }: ByteWindow, from: number, to: number, epoch: number, meaning: T): void {
    if (this.#epoch !== epoch) this.#startAnew(epoch);
    const length = to - from;
    if (length === 0 || length > LONGEST || this.#misses > PATIENCE) return;
    this.#misses++;
    if (!isComparable(bytes, from, to)) return;
    const slot = slotOf(bytes, from, to);
    for (let i = 0, at = slot * LONGEST; i < length; i++) this.#bytes[at + i] = bytes[from + i];
    this.#lengths[slot] = length;
    this.#meanings[slot] = meaning;
  }

  #startAnew(epoch: number): void {
    this.#epoch = epoch;
    if (this.#lengths === NOTHING) {
      this.#lengths = new Uint8Array(SLOTS);
      this.#bytes = new Uint8Array(SLOTS * LONGEST);
      this.#view = viewOf(this.#bytes);
    } else this.#lengths.fill(0);
    this.#meanings.length = 0;
    this.#misses = 0;
  }
}

function slotOf(bytes: Uint8Array, from: number, to: number): number {
  const last = bytes[to - 1];
  const middle = bytes[from + ((to - from) >> 1)];
  return (last ^ (last >> 4) ^ (middle * 5) ^ (bytes[from] * 3) ^ (to - from)) & (SLOTS - 1);
}
