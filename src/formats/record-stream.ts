/**
 * Finds the records in JSON documents: a document itself, an element of a list that the document is, or an
 * element of one of the lists that a format names. One record at a time is held, whatever the file's size.
 */
import {
  CLOSE_BRACE,
  COLON,
  COMMA,
  decodeBytes,
  encodeText,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import type { DocumentReader } from './json-documents.ts';

export interface RecordPlaces {
  /** Paths of lists, such as `hits.hits`, `responses[].hits.hits`. A document with none of them is a record. */
  readonly lists: readonly string[];
  /** A document with one of these keys is a record, whatever lists come after it. */
  readonly recordKeys?: readonly string[];
  /** A list within a list is one record (as a whole), not several. */
  readonly innerListIsRecord?: boolean;
}

/** The record is in cursor.bytes [from, cursor.pos). */
export type OnRecord = (cursor: JsonCursor, from: number) => void;

interface Level {
  readonly isList: boolean;
  readonly path: string;
  first: boolean;
}

export class RecordStream implements DocumentReader {
  readonly #cursor: JsonCursor;
  /** Lists of records, and those on the way to them. */
  readonly #lists = new Set<string>();
  /** Objects on the way to the lists. */
  readonly #ways = new Set<string>();
  readonly #innerListIsRecord: boolean;
  readonly #recordKeys: ReadonlySet<string>;
  readonly #onRecord: OnRecord;
  /** The keys that mean something in an object at a path; none: no list is below it. */
  readonly #keys = new Map<string, Map<string, Uint8Array>>();
  #levels: Level[] = [];

  constructor(cursor: JsonCursor, places: RecordPlaces, onRecord: OnRecord) {
    this.#cursor = cursor;
    this.#recordKeys = new Set(places.recordKeys);
    this.#innerListIsRecord = places.innerListIsRecord ?? false;
    this.#onRecord = onRecord;
    for (const list of places.lists) {
      for (const { index } of list.matchAll(/(?<!\])\./g)) this.#ways.add(list.slice(0, index));
      for (const { index } of list.matchAll(/\[|$/g)) this.#lists.add(list.slice(0, index));
      this.#addKeys(list);
    }
  }

  /** Those that the path is made of, by the object they are in. */
  #addKeys(list: string): void {
    let path = '';
    for (const step of list.split('.')) {
      const keys = this.#keys.get(path) ?? new Map<string, Uint8Array>();
      for (const key of [...this.#recordKeys, step.replaceAll('[]', '')]) keys.set(key, encodeText(key));
      this.#keys.set(path, keys);
      path = join(path, step);
    }
  }

  begin(): void {
    this.#levels = [];
  }

  step(): boolean {
    const cursor = this.#cursor;
    cursor.checkpoint = cursor.pos;
    const level = this.#levels.at(-1);
    if (!level) {
      this.#candidate('', false);
      return this.#levels.length === 0;
    }
    if (level.isList) {
      if (cursor.nextElement(level.first)) this.#candidate(level.path, true);
      else this.#levels.pop();
    } else {
      if (!this.#nextKey(level.first)) this.#levels.pop();
      else if (!this.#descend(join(level.path, this.#keyText()))) cursor.skipValue();
    }
    level.first = false;
    return this.#levels.length === 0;
  }

  undo(): void {
    // Nothing is begun before it is complete.
  }

  abandon(): void {
    this.#levels = [];
  }

  /** A document, or an element of a list of records. */
  #candidate(path: string, inList: boolean): void {
    const cursor = this.#cursor;
    const c = cursor.peek();
    const from = cursor.pos;
    if (c === OPEN_BRACKET && !(inList && this.#innerListIsRecord)) {
      cursor.pos++;
      this.#levels.push({ isList: true, path, first: true });
      return;
    }
    const keys = c === OPEN_BRACE ? this.#keys.get(path) : undefined;
    if (keys) {
      if (this.#leadsToList(path, keys)) return;
    } else cursor.skipValue();
    if (c === OPEN_BRACE || c === OPEN_BRACKET) this.#onRecord(cursor, from);
  }

  /** True: the object has one of the lists in it, which is entered. Else the object is stepped over. */
  #leadsToList(path: string, keys: ReadonlyMap<string, Uint8Array>): boolean {
    const cursor = this.#cursor;
    cursor.pos++;
    let isRecord = false;
    for (let first = true; ; first = false) {
      if (!this.#nextKey(first)) return false;
      const key = isRecord ? undefined : this.#keyAmong(keys);
      this.#colon();
      if (key === undefined) {
        cursor.skipValue();
        continue;
      }
      isRecord ||= this.#recordKeys.has(key);
      const level: Level = { isList: false, path, first: false };
      const depth = this.#levels.length;
      if (!isRecord && this.#descend(join(path, key))) {
        this.#levels.splice(depth, 0, level);
        return true;
      }
      cursor.skipValue();
    }
  }

  /** True: the value at this path is a list of records or on the way to one, and is entered. */
  #descend(path: string): boolean {
    const cursor = this.#cursor;
    const c = cursor.peek();
    const isList = c === OPEN_BRACKET;
    if (!isList && c !== OPEN_BRACE) return false;
    if (!(isList ? this.#lists : this.#ways).has(path)) return false;
    cursor.pos++;
    this.#levels.push({ isList, path: isList ? `${path}[]` : path, first: true });
    return true;
  }

  /** Reads the next key of the object, which is then the cursor's text. False: the object has ended. */
  #nextKey(first: boolean): boolean {
    const cursor = this.#cursor;
    let c = cursor.peek();
    if (c === COMMA && !first) {
      cursor.pos++;
      c = cursor.peek();
    } else if (!first && c !== CLOSE_BRACE) cursor.fail('“,” or “}” expected');
    if (c === CLOSE_BRACE) {
      cursor.pos++;
      return false;
    }
    if (c !== QUOTE) cursor.fail('a key in quotes expected');
    cursor.pos++;
    cursor.string();
    return true;
  }

  /** The key just read; the cursor is then before its value. */
  #keyText(): string {
    const { text, from, to } = this.#cursor;
    const key = decodeBytes(text, from, to);
    this.#colon();
    return key;
  }

  /** Which of these the key just read is. */
  #keyAmong(keys: ReadonlyMap<string, Uint8Array>): string | undefined {
    const { text, from, to } = this.#cursor;
    for (const [key, bytes] of keys) {
      if (bytes.length !== to - from) continue;
      let i = 0;
      while (i < bytes.length && bytes[i] === text[from + i]) i++;
      if (i === bytes.length) return key;
    }
    return undefined;
  }

  #colon(): void {
    const cursor = this.#cursor;
    if (cursor.peek() !== COLON) cursor.fail('“:” expected');
    cursor.pos++;
  }
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
