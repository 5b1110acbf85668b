/**
 * Finds the records in JSON documents: a document itself, an element of a list that the document is, or an
 * element of one of the lists that a format names. One record at a time is held, whatever the file's size.
 */
import { CLOSE_BRACE, COLON, COMMA, decodeBytes, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../util/bytes.ts';
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
  /** Lengths of the keys that mean something in an object at a path; none: no list is below it. */
  readonly #keyLengths = new Map<string, Set<number>>();
  #levels: Level[] = [];

  constructor(cursor: JsonCursor, places: RecordPlaces, onRecord: OnRecord) {
    this.#cursor = cursor;
    this.#recordKeys = new Set(places.recordKeys);
    this.#innerListIsRecord = places.innerListIsRecord ?? false;
    this.#onRecord = onRecord;
    for (const list of places.lists) {
      for (const { index } of list.matchAll(/(?<!\])\./g)) this.#ways.add(list.slice(0, index));
      for (const { index } of list.matchAll(/\[|$/g)) this.#lists.add(list.slice(0, index));
      this.#addLengths(list);
    }
  }

  /** Of the keys that the path is made of, by the object they are in. */
  #addLengths(list: string): void {
    let path = '';
    for (const step of list.split('.')) {
      const key = step.replaceAll('[]', '');
      const lengths =
        this.#keyLengths.get(path) ?? new Set([...this.#recordKeys].map(({ length }) => length));
      this.#keyLengths.set(path, lengths.add(key.length));
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
    const lengths = c === OPEN_BRACE ? this.#keyLengths.get(path) : undefined;
    if (lengths) {
      if (this.#leadsToList(path, lengths)) return;
    } else cursor.skipValue();
    if (c === OPEN_BRACE || c === OPEN_BRACKET) this.#onRecord(cursor, from);
  }

  /** True: the object has one of the lists in it, which is entered. Else the object is stepped over. */
  #leadsToList(path: string, lengths: ReadonlySet<number>): boolean {
    const cursor = this.#cursor;
    cursor.pos++;
    let isRecord = false;
    for (let first = true; ; first = false) {
      if (!this.#nextKey(first)) return false;
      if (isRecord || !lengths.has(cursor.to - cursor.from)) {
        this.#skipMember();
        continue;
      }
      const key = this.#keyText();
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

  #skipMember(): void {
    this.#colon();
    this.#cursor.skipValue();
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
