/**
 * Trace and span ids in all spellings (FORMATS.md §0.2): hex of any case and length, with 0x or the dashes
 * of a UUID, base64 as protobuf-JSON writes it, and opaque texts, which are hashed.
 */
import { latin1, MINUS } from '../util/bytes.ts';

/** No id: empty, all zeros, or a word that says so. */
export const NO_ID = 0;
export const USUAL_ID = 1;
/** Not an id of the length it should have: a hash of its text stands for it. */
export const OPAQUE_ID = 2;
export type IdForm = typeof NO_ID | typeof USUAL_ID | typeof OPAQUE_ID;

const NOT_A_DIGIT = 255;
const HEX = new Uint8Array(256).fill(NOT_A_DIGIT);
const BASE64 = new Uint8Array(256).fill(NOT_A_DIGIT);
'0123456789abcdef'.split('').forEach((c, value) => {
  HEX[c.charCodeAt(0)] = value;
  HEX[c.toUpperCase().charCodeAt(0)] = value;
});
'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'.split('').forEach((c, value) => {
  BASE64[c.charCodeAt(0)] = value;
});
BASE64['-'.charCodeAt(0)] = 62;
BASE64['_'.charCodeAt(0)] = 63;

const EQUALS = 0x3d;
/** Unix, Go, Python, JavaScript and CSV tools for "no parent". */
const WORDS_FOR_NONE = new Set(['root', 'none', 'nil', 'null', 'nan', '-1', 'undefined']);

export interface IdDialect {
  /**
   * Ids may be base64 without its padding: then the length decides (22 digits: 16 bytes; 11: 8 bytes). With it
   * (24 or 12 characters) no id could be anything else, and it is read in every dialect.
   */
  readonly base64: boolean;
}

/** Reads ids; the last one lies in the four words a, b, c, d (a span id in c and d only). */
export class IdReader {
  a = 0;
  b = 0;
  c = 0;
  d = 0;
  readonly #base64: boolean;
  readonly #digits = new Uint8Array(40);
  /** Above 15: one of the digits was none. */
  #bad = 0;

  constructor(dialect: IdDialect) {
    this.#base64 = dialect.base64;
  }

  /** Fast path of trace ids: exactly 32 hex digits at `at`. */
  readHex32(bytes: Uint8Array, at: number): boolean {
    this.#bad = 0;
    this.a = this.#hexWord(bytes, at);
    this.b = this.#hexWord(bytes, at + 8);
    this.c = this.#hexWord(bytes, at + 16);
    this.d = this.#hexWord(bytes, at + 24);
    return this.#bad <= 15;
  }

  /** Fast path of span ids: exactly 16 hex digits at `at`. */
  readHex16(bytes: Uint8Array, at: number): boolean {
    this.#bad = 0;
    this.a = this.b = 0;
    this.c = this.#hexWord(bytes, at);
    this.d = this.#hexWord(bytes, at + 8);
    return this.#bad <= 15;
  }

  #hexWord(bytes: Uint8Array, at: number): number {
    let word = 0;
    let bad = 0;
    for (let i = at; i < at + 8; i++) {
      const digit = HEX[bytes[i]];
      bad |= digit;
      word = (word << 4) | digit;
    }
    this.#bad |= bad;
    return word >>> 0;
  }

  get isZero(): boolean {
    return (this.a | this.b | this.c | this.d) === 0;
  }

  readTraceId(bytes: Uint8Array, from: number, to: number): IdForm {
    if (to - from === 32 && this.readHex32(bytes, from)) return this.isZero ? NO_ID : USUAL_ID;
    return this.#read(bytes, from, to, 32);
  }

  readSpanId(bytes: Uint8Array, from: number, to: number): IdForm {
    if (to - from === 16 && this.readHex16(bytes, from)) return this.isZero ? NO_ID : USUAL_ID;
    return this.#read(bytes, from, to, 16);
  }

  #read(bytes: Uint8Array, from: number, to: number, digits: number): IdForm {
    this.a = this.b = this.c = this.d = 0;
    const length = to - from;
    if (length === 0) return NO_ID;
    if (this.#readBase64(bytes, from, to, digits)) return this.isZero ? NO_ID : USUAL_ID;
    if (this.#readHex(bytes, from, to, digits)) return this.isZero ? NO_ID : USUAL_ID;
    if (length <= 9 && WORDS_FOR_NONE.has(latin1(bytes, from, to).toLowerCase())) return NO_ID;
    this.#hash(bytes, from, to, digits);
    return OPAQUE_ID;
  }

  /** Any number of hex digits that fits, zero-extended on the left; 0x and dashes are left out. */
  #readHex(bytes: Uint8Array, from: number, to: number, most: number): boolean {
    const prefixed = bytes[from] === 0x30 && (bytes[from + 1] | 0x20) === 0x78 && to - from > 2;
    let count = 0;
    for (let i = prefixed ? from + 2 : from; i < to; i++) {
      if (bytes[i] === MINUS && i > from && i < to - 1) continue;
      const digit = HEX[bytes[i]];
      if (digit === NOT_A_DIGIT) return false;
      if (count === most) return false;
      this.#digits[count++] = digit;
    }
    const shift = 32 - count;
    const word = (index: number): number => {
      let value = 0;
      for (let i = index * 8; i < index * 8 + 8; i++)
        value = (value << 4) | (i < shift ? 0 : this.#digits[i - shift]);
      return value >>> 0;
    };
    this.a = word(0);
    this.b = word(1);
    this.c = word(2);
    this.d = word(3);
    return true;
  }

  #readBase64(bytes: Uint8Array, from: number, to: number, digits: number): boolean {
    let length = to - from;
    if (length === 24 && bytes[to - 1] === EQUALS && bytes[to - 2] === EQUALS) length = 22;
    else if (length === 12 && bytes[to - 1] === EQUALS) length = 11;
    else if (!this.#base64) return false;
    if (length !== 11 && (length !== 22 || digits !== 32)) return false;
    const size = length === 22 ? 16 : 8;
    const decoded = this.#digits.fill(0, 0, 17);
    let bits = 0;
    let held = 0;
    let count = 0;
    for (let i = from; i < from + length; i++) {
      const value = BASE64[bytes[i]];
      if (value === NOT_A_DIGIT) return false;
      held = ((held << 6) | value) & 0xffff;
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        decoded[count++] = (held >> bits) & 255;
      }
    }
    const word = (at: number): number =>
      ((decoded[at] << 24) | (decoded[at + 1] << 16) | (decoded[at + 2] << 8) | decoded[at + 3]) >>> 0;
    if (size === 16) {
      this.a = word(0);
      this.b = word(4);
    }
    this.c = word(size - 8);
    this.d = word(size - 4);
    return true;
  }

  /** Four lanes of FNV-1a with different starts, mixed at the end. The same text gives the same id in any file. */
  #hash(bytes: Uint8Array, from: number, to: number, digits: number): void {
    const lane = (start: number): number => {
      let hash = start;
      for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
      hash ^= hash >>> 16;
      hash = Math.imul(hash, 0x85ebca6b);
      hash ^= hash >>> 13;
      return Math.imul(hash, 0xc2b2ae35) >>> 0;
    };
    this.c = lane(0x811c9dc5);
    this.d = lane(0x9e3779b9) | 1;
    if (digits === 32) {
      this.a = lane(0x2545f491);
      this.b = lane(0x6c62272e);
    }
    this.d >>>= 0;
  }
}
