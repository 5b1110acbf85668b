/**
 * The members of JSON objects of one kind. Writers repeat themselves: after a member comes the one that
 * came there last time, with the same commas and spaces. So the bytes from the end of one value to the
 * start of the next are compared with what was seen before, and only read when they differ.
 */
import { ByteRun, CLOSE_BRACE, COLON, COMMA, latin1, QUOTE } from './bytes.ts';
import type { JsonCursor } from './json-cursor.ts';

/** Code of the object's end. */
export const END = 0;
/** Code of a key that nobody asked for. */
export const UNKNOWN = 1;

/** A place in an object: before the value of a member, or (code END) after its closing brace. */
export interface Member {
  /** From the end of the value before it up to its own value. */
  readonly run: ByteRun;
  readonly code: number;
  /** The value is a string, and its opening quote has been read. */
  readonly quoted: boolean;
  /** Members seen after this one, the latest first. */
  readonly next: Member[];
}

const GUESSES = 4;
const MEMBERS_KEPT = 500;
const RUN_LIMIT = 400;
const LONGEST_KEY = 64;

export class ObjectLayout {
  /** Before the first member: the opening brace has been read. */
  readonly start: Member = { run: new ByteRun(new Uint8Array(0)), code: UNKNOWN, quoted: false, next: [] };
  readonly #codes: ReadonlyMap<string, number>;
  readonly #known = new Map<string, Member>();

  /** Codes are 2 and up; several spellings may share one. */
  constructor(codes: Readonly<Record<string, number>>) {
    this.#codes = new Map(Object.entries(codes));
  }

  /** From the end of a member's value to the next member's value, or past the closing brace. */
  next(cursor: JsonCursor, previous: Member): Member {
    const guesses = previous.next;
    for (let i = 0; i < guesses.length; i++) {
      const guess = guesses[i];
      if (cursor.matches(guess.run)) {
        // What was a bare value last time may be in quotes, or further off, now.
        if (!guess.quoted && guess.code !== END && cursor.bytes[cursor.pos] <= QUOTE) {
          cursor.pos -= guess.run.length;
          continue;
        }
        if (i > 0) {
          guesses[i] = guesses[i - 1];
          guesses[i - 1] = guess;
        }
        return guess;
      }
    }
    return this.#read(cursor, previous);
  }

  #read(cursor: JsonCursor, previous: Member): Member {
    const start = cursor.pos;
    const { repairs } = cursor;
    let c = cursor.peek();
    if (previous !== this.start && c !== CLOSE_BRACE) {
      if (c !== COMMA) cursor.fail('“,” or “}” expected');
      cursor.pos++;
      c = cursor.peek();
    }
    if (c === CLOSE_BRACE) {
      cursor.pos++;
      return this.#remember(cursor, previous, start, END, false);
    }
    if (c !== QUOTE) cursor.fail('a key in quotes expected');
    cursor.pos++;
    cursor.string();
    const long = cursor.to - cursor.from > LONGEST_KEY;
    const key = long ? '' : latin1(cursor.text, cursor.from, cursor.to);
    if (cursor.peek() !== COLON) cursor.fail('“:” expected');
    cursor.pos++;
    const quoted = cursor.peek() === QUOTE;
    if (quoted) cursor.pos++;
    const code = this.#codes.get(key) ?? UNKNOWN;
    if (cursor.repairs !== repairs) return { run: this.start.run, code, quoted, next: [] };
    return this.#remember(cursor, previous, start, code, quoted);
  }

  #remember(cursor: JsonCursor, previous: Member, start: number, code: number, quoted: boolean): Member {
    const { pos, bytes } = cursor;
    if (pos - start > RUN_LIMIT) {
      return { run: this.start.run, code, quoted, next: [] };
    }
    const id = latin1(bytes, start, pos);
    let member = this.#known.get(id);
    if (!member) {
      if (this.#known.size >= MEMBERS_KEPT) this.#forget();
      member = { run: new ByteRun(bytes.slice(start, pos)), code, quoted, next: [] };
      this.#known.set(id, member);
    }
    const guesses = previous.next;
    if (guesses.length === GUESSES) guesses.pop();
    guesses.unshift(member);
    return member;
  }

  #forget(): void {
    for (const member of this.#known.values()) member.next.length = 0;
    this.#known.clear();
    this.start.next.length = 0;
  }
}
