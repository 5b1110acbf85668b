/**
 * Steps over a JSON value of any size and depth, checking its grammar, and can pause wherever the
 * window ends: it keeps a stack of its own instead of recursing.
 */
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
} from './bytes.ts';
import { PLAIN } from './json-text.ts';

/** What the skipper needs of the cursor that it moves. */
export interface JsonWindow {
  readonly bytes: Uint8Array;
  readonly end: number;
  pos: number;
  /** The next byte that is no white space, where `pos` then stands. */
  skipSpace(): number;
  /** A number or word may continue behind the window. */
  scalarMayGoOn(): boolean;
  /** Reads a number, true, false or null. */
  scalar(): void;
  fail(reason: string): never;
}

/** What is expected next. */
const VALUE = 0;
const VALUE_OR_END = 1;
const KEY_OR_END = 2;
const AFTER_KEY = 3;
const AFTER_VALUE = 4;
const IN_KEY = 5;
const IN_STRING = 6;

const IN_OBJECT = 1;
const IN_ARRAY = 0;
/** A bomb of brackets ends as a syntax error before it ends the memory. */
const DEPTH_LIMIT = 10_000_000;

export class JsonSkipper {
  #stack = new Uint8Array(64);
  #depth = 0;
  #mode = VALUE;

  /** A value follows; quoted: its opening quote has been read already. */
  begin(quoted = false): void {
    this.#depth = 0;
    this.#mode = quoted ? IN_STRING : VALUE;
  }

  /**
   * Goes on from cursor.pos. True: the value has been read. False: the window ended; what was read so far
   * need not be kept.
   */
  run(cursor: JsonWindow): boolean {
    for (;;) {
      if (this.#mode === IN_STRING || this.#mode === IN_KEY) {
        if (!this.#string(cursor)) return false;
        if (this.#mode === IN_KEY) this.#afterKey(cursor);
        else if (this.#valueEnded()) return true;
        else this.#afterText(cursor);
      } else {
        const c = cursor.skipSpace();
        if (cursor.pos >= cursor.end || cursor.scalarMayGoOn()) return false;
        if (this.#token(cursor, c)) return true;
      }
    }
  }

  /** Also over the colon and the quote of a text, where they follow at once. */
  #afterKey(cursor: JsonWindow): void {
    const { bytes } = cursor;
    this.#mode = AFTER_KEY;
    if (bytes[cursor.pos] !== COLON) return;
    cursor.pos++;
    this.#mode = VALUE;
    if (bytes[cursor.pos] === SPACE) cursor.pos++;
    if (bytes[cursor.pos] !== QUOTE) return;
    cursor.pos++;
    this.#mode = IN_STRING;
  }

  /** Also over the comma and the quote of a key, where they follow at once. */
  #afterText(cursor: JsonWindow): void {
    if (this.#stack[this.#depth] !== IN_OBJECT) return;
    const { bytes } = cursor;
    if (bytes[cursor.pos] !== COMMA) return;
    cursor.pos++;
    this.#mode = KEY_OR_END;
    if (bytes[cursor.pos] !== QUOTE) return;
    cursor.pos++;
    this.#mode = IN_KEY;
  }

  /** True: the outermost value ended. */
  #token(cursor: JsonWindow, c: number): boolean {
    switch (this.#mode) {
      case AFTER_VALUE:
        if (c === COMMA) {
          cursor.pos++;
          this.#mode = this.#stack[this.#depth] === IN_OBJECT ? KEY_OR_END : VALUE_OR_END;
          return false;
        }
        return this.#close(cursor, c);
      case KEY_OR_END:
        if (c !== QUOTE) return this.#close(cursor, c);
        cursor.pos++;
        this.#mode = IN_KEY;
        return false;
      case AFTER_KEY:
        if (c !== COLON) cursor.fail('“:” expected');
        cursor.pos++;
        this.#mode = VALUE;
        return false;
      case VALUE_OR_END:
        if (c === CLOSE_BRACKET) return this.#close(cursor, c);
        return this.#value(cursor, c);
      default:
        return this.#value(cursor, c);
    }
  }

  #value(cursor: JsonWindow, c: number): boolean {
    if (c === QUOTE) {
      cursor.pos++;
      this.#mode = IN_STRING;
      return false;
    }
    if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      cursor.pos++;
      this.#open(cursor, c === OPEN_BRACE ? IN_OBJECT : IN_ARRAY);
      return false;
    }
    cursor.scalar();
    return this.#valueEnded();
  }

  #open(cursor: JsonWindow, kind: number): void {
    if (++this.#depth >= DEPTH_LIMIT) cursor.fail('nested too deep');
    if (this.#depth === this.#stack.length) {
      const grown = new Uint8Array(this.#stack.length * 2);
      grown.set(this.#stack);
      this.#stack = grown;
    }
    this.#stack[this.#depth] = kind;
    this.#mode = kind === IN_OBJECT ? KEY_OR_END : VALUE_OR_END;
  }

  #close(cursor: JsonWindow, c: number): boolean {
    const expected = this.#stack[this.#depth] === IN_OBJECT ? CLOSE_BRACE : CLOSE_BRACKET;
    if (c !== expected) {
      cursor.fail(this.#mode === KEY_OR_END ? 'a key in quotes expected' : '“,” or closing bracket expected');
    }
    cursor.pos++;
    this.#depth--;
    return this.#valueEnded();
  }

  #valueEnded(): boolean {
    this.#mode = AFTER_VALUE;
    return this.#depth === 0;
  }

  /** From inside a string to after its closing quote; false: the window ended before. */
  #string(cursor: JsonWindow): boolean {
    const { bytes, end } = cursor;
    let p = cursor.pos;
    for (;;) {
      while (PLAIN[bytes[p]] === 1) p++;
      const c = bytes[p];
      if (c === QUOTE) {
        cursor.pos = p + 1;
        return true;
      }
      if (p >= end || (c === BACKSLASH && p + 1 >= end)) {
        cursor.pos = p;
        return false;
      }
      if (c === 0x0a || c === 0x0d) {
        cursor.pos = p;
        cursor.fail('line break inside a text');
      }
      p += c === BACKSLASH ? 2 : 1;
    }
  }
}
