/** Which keys the JSON at the head of a file has, and where: enough to tell formats apart without reading them. */
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  decodeBytes,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from '../util/bytes.ts';

const PATHS_KEPT = 2000;
const DEEPEST = 10;
const LONGEST_KEY = 80;

/** A key where it stands; there is one of each, however often it comes. */
class Place {
  readonly path: string;
  /** As it is written. */
  readonly #key: Uint8Array;
  readonly #keys: Place[] = [];
  #elements: Place | null = null;

  constructor(path: string, key: Uint8Array) {
    this.path = path;
    this.#key = key;
  }

  /** Of the elements, where a list stands here. */
  get elements(): Place {
    return (this.#elements ??= new Place(`${this.path}[]`, NO_KEY));
  }

  /** Of the object that stands here: the key written in these bytes; null: it is new. */
  find(bytes: Uint8Array, from: number, to: number): Place | null {
    for (const place of this.#keys) if (place.#isWritten(bytes, from, to)) return place;
    return null;
  }

  add(bytes: Uint8Array, from: number, to: number): Place {
    const key = decodeBytes(bytes, from, Math.min(to, from + LONGEST_KEY));
    const path = this.path === '' ? key : `${this.path}.${key}`;
    const place = new Place(path, bytes.subarray(from, to));
    if (this.#keys.length < PATHS_KEPT) this.#keys.push(place);
    return place;
  }

  #isWritten(bytes: Uint8Array, from: number, to: number): boolean {
    const key = this.#key;
    if (key.length !== to - from) return false;
    for (let i = 0; i < key.length; i++) if (key[i] !== bytes[from + i]) return false;
    return true;
  }
}

const NO_KEY = new Uint8Array();

interface OpenContainer {
  readonly place: Place;
  readonly isList: boolean;
}

/** Paths such as `data[].spans[].spanID`. A list's own path ends in `[]`; `[]` alone: the document is a list. */
export class JsonOutline {
  readonly #bytes: Uint8Array;
  readonly #paths = new Set<string>();
  readonly #textLists = new Set<string>();
  /** Containers deeper than DEEPEST are only counted. */
  readonly #open: OpenContainer[] = [];
  #depth = 0;
  readonly #root = new Place('', NO_KEY);
  /** Of the value that comes next in the open object; null: no key has been read. */
  #keyed: Place | null = null;
  #keyExpected = false;
  /** Objects and lists at the top. */
  documents = 0;

  /** Reads as far as it gets: the head may end anywhere, and a broken line is left at its end. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    for (let p = 0; p < bytes.length;) p = this.#token(p);
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }

  matches(pattern: RegExp): boolean {
    return this.find(pattern) !== null;
  }

  /** The first path that matches; null: none. */
  find(pattern: RegExp): string | null {
    for (const path of this.#paths) if (pattern.test(path)) return path;
    return null;
  }

  /** The list at this path holds texts, as `data[]` of {"data":["a","b"]}. */
  holdsTexts(path: string): boolean {
    return this.#textLists.has(path);
  }

  /** Keys of the objects at a place such as `data[].`, those of nested objects with dots. */
  keysBelow(place: string): string[] {
    const keys: string[] = [];
    for (const path of this.#paths) {
      if (path.startsWith(place) && !path.includes('[]', place.length)) keys.push(path.slice(place.length));
    }
    return keys;
  }

  /** Keys of the documents themselves, or of the objects in the list that the document is. */
  topKeys(): string[] {
    return [...this.#paths]
      .map((path) => path.replace(/^\[\]\.?/, ''))
      .filter((path) => /^[^.[\]]+$/.test(path));
  }

  /** The place after the token at p. */
  #token(p: number): number {
    const c = this.#bytes[p];
    if (c === QUOTE) return this.#string(p + 1);
    if (c === OPEN_BRACE || c === OPEN_BRACKET) this.#enter(c === OPEN_BRACKET);
    else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) this.#leave();
    else if (c === COLON) this.#keyExpected = false;
    else if (c === COMMA) {
      this.#keyed = null;
      this.#keyExpected = this.#top !== undefined && !this.#top.isList;
    } else if (c === NEWLINE && this.#depth > 0) this.#lineBreak(p);
    return p + 1;
  }

  get #top(): OpenContainer | undefined {
    return this.#depth <= DEEPEST ? this.#open.at(-1) : undefined;
  }

  /** Of a value that begins now. */
  get #valuePlace(): Place {
    const top = this.#top;
    return !top || top.isList ? (top?.place ?? this.#root) : (this.#keyed ?? top.place);
  }

  #enter(isList: boolean): void {
    if (this.#depth === 0) this.documents++;
    const place = isList ? this.#valuePlace.elements : this.#valuePlace;
    this.#depth++;
    this.#keyExpected = !isList;
    if (this.#depth > DEEPEST) return;
    this.#open.push({ place, isList });
    if (isList) this.#add(place.path);
  }

  #leave(): void {
    if (this.#depth > 0 && this.#depth <= DEEPEST) this.#open.pop();
    this.#depth = Math.max(0, this.#depth - 1);
    this.#keyExpected = false;
  }

  #string(from: number): number {
    let to = from;
    while (to < this.#bytes.length && this.#bytes[to] !== QUOTE && this.#bytes[to] !== NEWLINE) {
      to += this.#bytes[to] === BACKSLASH ? 2 : 1;
    }
    const top = this.#top;
    if (top && this.#keyExpected) {
      this.#keyed = top.place.find(this.#bytes, from, to) ?? this.#newKey(top.place, from, to);
    } else if (top?.isList) this.#textLists.add(top.place.path);
    return this.#bytes[to] === NEWLINE ? to : to + 1;
  }

  /** Where the next line begins like a document though this one is open, this one lacks its end. */
  #lineBreak(p: number): void {
    const next = this.#bytes[p + 1];
    const before = this.#bytes[p - 1] === 0x0d ? this.#bytes[p - 2] : this.#bytes[p - 1];
    const goesOn = before === COMMA || before === COLON || before === OPEN_BRACKET || before === OPEN_BRACE;
    if ((next !== OPEN_BRACE && next !== OPEN_BRACKET) || goesOn) return;
    this.#depth = 0;
    this.#open.length = 0;
  }

  #newKey(place: Place, from: number, to: number): Place {
    const key = place.add(this.#bytes, from, to);
    this.#add(key.path);
    return key;
  }

  #add(path: string): void {
    if (this.#paths.size < PATHS_KEPT) this.#paths.add(path);
  }
}
