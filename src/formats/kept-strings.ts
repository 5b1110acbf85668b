/** JavaScript strings of texts that come again and again: found by their bytes, made once. */
import {
  decodePiece,
  hashBytes,
  isComparable,
  latin1,
  QUOTE,
  sameBytes,
  standsAt,
  viewOf,
} from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import type { TextCursor } from './text-cache.ts';

const SLOTS = 4096;
const LONGEST = 64;
/** A slot that nothing is ever kept in. */
export const NO_SLOT = SLOTS;
const LONG_SLOTS = 256;
/** Longer ones are mostly different, and hashing them costs as much as making a string. */
const LONGEST_OF_ALL = 4096;
const ASCII_END = 0x80;

interface LongText {
  readonly bytes: Uint8Array;
  readonly text: string;
}

/**
 * A call of the browser's decoder costs as much as reading a record, and its strings lie outside of the engine's own
 * memory. A string that is the same object each time also needs to be hashed only once, by whoever looks it up.
 */
class KeptStrings {
  /** Where the string returned last is kept. */
  slot = NO_SLOT;

  readonly #texts: string[] = Array.from({ length: SLOTS }, () => '');
  readonly #lengths = new Uint8Array(SLOTS + 1);
  readonly #bytes = new Uint8Array(SLOTS * LONGEST);
  readonly #view = viewOf(this.#bytes);
  readonly #long: (LongText | undefined)[] = Array.from({ length: LONG_SLOTS });
  /** Hashes of long texts seen once: they are kept when they come again. */
  readonly #seen = new Int32Array(LONG_SLOTS);

  /**
   * The rest of a string whose opening quote has been read; the cursor is then after its closing quote.
   * `expected`: the slot of the string that came here before.
   */
  read(cursor: JsonCursor, expected: number): string {
    const { bytes, pos } = cursor;
    const length = this.#lengths[expected];
    const after = pos + length;
    // What is kept of JSON has neither quotes nor escapes in it.
    if (length > 0 && after < cursor.end && bytes[after] === QUOTE) {
      if (sameBytes(cursor.view, pos, this.#view, expected * LONGEST, length)) {
        cursor.pos = after + 1;
        this.slot = expected;
        return this.#texts[expected];
      }
    }
    cursor.string();
    return this.textOf(cursor);
  }

  /** The text that the cursor read last. Invalid UTF-8 becomes U+FFFD. */
  textOf(cursor: TextCursor): string {
    const { text, from, to } = cursor;
    const length = to - from;
    this.slot = NO_SLOT;
    if (length === 0) return '';
    if (length > LONGEST_OF_ALL) return decodePiece(text, from, to);
    const hash = hashBytes(text, from, to);
    // Texts with escapes are not where the window's bytes are.
    if (length > LONGEST || text !== cursor.bytes) return this.#longText(cursor, hash);
    const slot = hash & (SLOTS - 1);
    if (this.#lengths[slot] !== length || !sameBytes(cursor.view, from, this.#view, slot * LONGEST, length)) {
      this.#keep(cursor, slot);
    }
    this.slot = slot;
    return this.#texts[slot];
  }

  #keep({ text, from, to }: TextCursor, slot: number): void {
    const kept = this.#bytes;
    let bits = 0;
    for (let i = from, at = slot * LONGEST; i < to; i++, at++) {
      kept[at] = text[i];
      bits |= text[i];
    }
    // What is not comparable is made anew each time.
    this.#lengths[slot] = isComparable(text, from, to) ? to - from : 0;
    this.#texts[slot] = bits < ASCII_END ? latin1(text, from, to) : decodePiece(text, from, to);
  }

  #longText({ text, from, to }: TextCursor, hash: number): string {
    const slot = hash & (LONG_SLOTS - 1);
    const known = this.#long[slot];
    if (known?.bytes.length === to - from && standsAt(text, from, known.bytes)) return known.text;
    const made = decodePiece(text, from, to);
    if (this.#seen[slot] === hash) this.#long[slot] = { bytes: text.slice(from, to), text: made };
    this.#seen[slot] = hash;
    return made;
  }
}

/** Of all readers of JSON in a thread: what a string is depends on its bytes alone. */
export const jsonStrings = new KeptStrings();
/** Of lines, fields of tables and texts of protobuf, in which quotes and backslashes stand for themselves. */
export const plainStrings = new KeptStrings();
