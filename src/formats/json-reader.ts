/**
 * JSON at a cursor → the values that JSON.parse makes of it, straight from the bytes. Writers repeat themselves: the
 * bytes up to a member's value are compared with what came at that place before, and texts with those that came there
 * before. Two to three times as fast as decoding the bytes and parsing the text, and nothing need be looked for first.
 *
 * Other than JSON.parse: integers that a double cannot hold come as text, so that ids and nanoseconds stay exact, and so
 * do Python's NaN and Infinity and what only looks like a number; a comma may stand before a closing bracket, a control
 * character but a line break in a text; half a surrogate pair is U+FFFD; what is nested very deep is cut.
 */
import {
  ByteRun,
  CLOSE_BRACE,
  isComparable,
  latin1,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
} from '../util/bytes.ts';
import { JsonCursor, JsonSyntaxError } from '../util/json-cursor.ts';
import { setOwn } from '../util/set-own.ts';
import { readScalar } from './json-scalar.ts';
import type { Json, JsonObject } from './json-value.ts';
import { jsonStrings, NO_SLOT } from './kept-strings.ts';
import { preferGuess } from './prefer-guess.ts';

/** A member seen before, with the bytes that stood between the value before and its own. */
interface Member {
  readonly run: ByteRun;
  readonly key: string;
  readonly place: JsonPlace;
  /** Those that came after it, the latest mostly first. */
  readonly next: Member[];
}

/** A place in documents: what came there before is expected again. */
export class JsonPlace {
  /** The texts here are JSON, and read as such. */
  readonly isJsonText: boolean;
  /** Fields of the objects here whose texts are. */
  readonly jsonTexts: readonly string[];
  /** Where the string that came here last is kept. */
  slot = NO_SLOT;
  /** Of the objects here, those that came first. */
  readonly first: Member[] = [];
  /** By their runs. Most places have no objects. */
  members: Map<string, Member> | null = null;
  /** For the elements of the lists here. */
  elements: JsonPlace | null = null;
  /** What is known is of this time of its reader. */
  epoch = 0;

  constructor({
    isJsonText = false,
    jsonTexts = [],
  }: Partial<Pick<JsonPlace, 'isJsonText' | 'jsonTexts'>> = {}) {
    this.isJsonText = isJsonText;
    this.jsonTexts = jsonTexts;
  }

  forget(epoch: number): void {
    this.first.length = 0;
    this.members = null;
    this.elements = null;
    this.epoch = epoch;
  }
}

/** Documents of half a dozen kinds come by turns. */
const GUESSES = 8;
const LONGEST_RUN = 400;
/** Of a reader. Keys that are ids would fill the memory. */
const PLACES_KEPT = 20_000;
/** What is nested deeper is replaced by "…". The deepest that are read, X-Ray's subsegments, have 400 levels. */
const DEPTH_LIMIT = 512;
const TOO_DEEP = '…';

export class JsonReader {
  #cursor: JsonCursor;
  /** Over JSON that is a text. */
  readonly #inner = new JsonCursor();
  #epoch = 0;
  #places = 0;

  constructor(cursor: JsonCursor) {
    this.#cursor = cursor;
  }

  /** Reads the value at the cursor. Throws as the cursor does; it is then read again from the checkpoint. */
  value(place: JsonPlace): Json {
    return this.#value(place, 0);
  }

  #value(place: JsonPlace, depth: number): Json {
    const cursor = this.#cursor;
    let c = cursor.bytes[cursor.pos];
    if (c <= SPACE) c = cursor.peek();
    if (c === QUOTE) {
      cursor.pos++;
      if (place.isJsonText) return this.#jsonText(place, depth);
      const text = jsonStrings.read(cursor, place.slot);
      place.slot = jsonStrings.slot;
      return text;
    }
    if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      if (depth < DEPTH_LIMIT)
        return c === OPEN_BRACE ? this.#object(place, depth) : this.#list(place, depth);
      cursor.onRemark('deep-value', cursor.position);
      cursor.skipValue();
      return TOO_DEEP;
    }
    return readScalar(cursor, c);
  }

  /**
   * Reads the object at the cursor. undefined: it was left before the value of a key, as `leaves` wanted, which is
   * asked about each key, the cursor being before its value.
   */
  object(place: JsonPlace, leaves: (key: string) => boolean): JsonObject | undefined {
    return this.#object(place, 0, leaves);
  }

  #object(place: JsonPlace, depth: number): JsonObject;
  #object(place: JsonPlace, depth: number, leaves: (key: string) => boolean): JsonObject | undefined;
  #object(place: JsonPlace, depth: number, leaves?: (key: string) => boolean): JsonObject | undefined {
    if (place.epoch !== this.#epoch) place.forget(this.#epoch);
    const cursor = this.#cursor;
    const object: Record<string, Json> = {};
    let next = place.first;
    cursor.pos++;
    for (;;) {
      if (cursor.bytes[cursor.pos] === CLOSE_BRACE) {
        cursor.pos++;
        return object;
      }
      const member = this.#guess(next) ?? this.#read(place, next);
      if (member === null) return object;
      const { key } = member;
      if (leaves?.(key)) return undefined;
      const value = this.#value(member.place, depth + 1);
      setOwn(object, key, value);
      next = member.next;
    }
  }

  #guess(guesses: Member[]): Member | null {
    const cursor = this.#cursor;
    for (let i = 0; i < guesses.length; i++) {
      const guess = guesses[i];
      if (!cursor.matches(guess.run)) continue;
      if (i > 0) preferGuess(guesses, i);
      return guess;
    }
    return null;
  }

  /** The next key taken apart; null: the object has ended. `guesses`: what has come after the member before. */
  #read(place: JsonPlace, guesses: Member[]): Member | null {
    const cursor = this.#cursor;
    const start = cursor.pos;
    const { repairs } = cursor;
    if (!cursor.nextKey(guesses === place.first)) return null;
    const key = jsonStrings.textOf(cursor);
    cursor.peek();
    const { bytes, pos } = cursor;
    const isOdd = cursor.repairs !== repairs || pos - start > LONGEST_RUN || !isComparable(bytes, start, pos);
    if (isOdd) return newMember(place, key, NOTHING);
    // Forgotten meanwhile: by another place, or by this one.
    if (place.epoch !== this.#epoch) place.forget(this.#epoch);
    const id = latin1(bytes, start, pos);
    const members = (place.members ??= new Map<string, Member>());
    let member = members.get(id);
    if (!member) {
      this.#count();
      member = newMember(place, key, bytes.slice(start, pos));
      members.set(id, member);
    }
    if (guesses.length === GUESSES) guesses.pop();
    guesses.unshift(member);
    return member;
  }

  /** One more place: with too many of them all are forgotten, each when it is met again. */
  #count(): void {
    if (this.#places++ < PLACES_KEPT) return;
    this.#epoch++;
    this.#places = 0;
  }

  #list(place: JsonPlace, depth: number): Json[] {
    const cursor = this.#cursor;
    const list: Json[] = [];
    const elements = this.#elementsOf(place);
    cursor.pos++;
    for (let first = true; cursor.nextElement(first); first = false)
      list.push(this.#value(elements, depth + 1));
    return list;
  }

  #elementsOf(place: JsonPlace): JsonPlace {
    if (place.epoch !== this.#epoch) place.forget(this.#epoch);
    if (place.elements) return place.elements;
    this.#count();
    return (place.elements = new JsonPlace());
  }

  /** The rest of a string whose opening quote has been read; where it is no JSON: the text. */
  #jsonText(place: JsonPlace, depth: number): Json {
    const outer = this.#cursor;
    outer.string();
    const { text, from, to } = outer;
    if (text[from] !== OPEN_BRACE && text[from] !== OPEN_BRACKET) return jsonStrings.textOf(outer);
    this.#inner.takeBytes(text, from, to);
    const position = outer.position;
    this.#inner.onRemark = (remark) => outer.onRemark(remark, position);
    this.#cursor = this.#inner;
    try {
      const value = this.#value(place, depth + 1);
      this.#inner.expectEnd();
      return value;
    } catch (error) {
      if (!(error instanceof JsonSyntaxError)) throw error;
      return jsonStrings.textOf(outer);
    } finally {
      this.#cursor = outer;
    }
  }
}

const NOTHING = new Uint8Array(0);

function newMember({ jsonTexts }: JsonPlace, key: string, run: Uint8Array): Member {
  const place = new JsonPlace({ isJsonText: jsonTexts.includes(key) });
  return { run: new ByteRun(run), key: propertyName(key), place, next: [] };
}

/** The string that objects have for this key: with any other, each access would look for it first. */
function propertyName(key: string): string {
  return key === '__proto__' ? key : Object.keys({ [key]: 0 })[0];
}
