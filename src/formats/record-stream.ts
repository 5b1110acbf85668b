/**
 * Finds the records in JSON documents: a document itself, an element of a list that the document is, or an
 * element of one of the lists that a format names. One record at a time is held, whatever the file's size.
 */
import { decodeBytes, OPEN_BRACE, OPEN_BRACKET } from '../util/bytes.ts';
import { type JsonCursor, JsonSyntaxError } from '../util/json-cursor.ts';
import type { DocumentReader } from './json-documents.ts';
import { JsonPlace, JsonReader } from './json-reader.ts';
import type { Json } from './json-value.ts';

export interface RecordPlaces {
  /** Paths of lists, such as `hits.hits`, `responses[].hits.hits`. A document with none of them is a record. */
  readonly lists: readonly string[];
  /** A document with one of these keys is a record, whatever lists come after it. */
  readonly recordKeys?: readonly string[];
  /** A list within a list is one record (as a whole), not several. */
  readonly innerListIsRecord?: boolean;
  /** Fields of records whose texts are JSON: they come as what is in them. */
  readonly jsonTexts?: readonly string[];
}

export interface RecordReceiver {
  /** `position`: where it begins in the stream. */
  record(record: Json, position: number): void;
  /** A record is not JSON, though its end is plain; those after it are read. */
  broken(error: JsonSyntaxError): void;
}

interface Level {
  readonly isList: boolean;
  readonly path: string;
  first: boolean;
  /** What is wrong with it as a record: told where it ends, as then nothing else is. */
  readonly flaw?: JsonSyntaxError;
}

export class RecordStream implements DocumentReader {
  readonly #cursor: JsonCursor;
  readonly #reader: JsonReader;
  /** Lists of records, and those on the way to them. */
  readonly #lists = new Set<string>();
  /** Objects on the way to the lists. */
  readonly #ways = new Set<string>();
  readonly #innerListIsRecord: boolean;
  readonly #jsonTexts: readonly string[] | undefined;
  readonly #recordKeys: ReadonlySet<string>;
  readonly #receiver: RecordReceiver;
  /** The keys that mean something in an object at a path; none: no list is below it. */
  readonly #keys = new Map<string, Set<string>>();
  /** Where records stand, by path. */
  readonly #places = new Map<string, JsonPlace>();
  #levels: Level[] = [];
  /** The object being read has a key of records. */
  #isRecord = false;

  constructor(cursor: JsonCursor, places: RecordPlaces, receiver: RecordReceiver) {
    this.#cursor = cursor;
    this.#reader = new JsonReader(cursor);
    this.#recordKeys = new Set(places.recordKeys);
    this.#innerListIsRecord = places.innerListIsRecord ?? false;
    this.#jsonTexts = places.jsonTexts;
    this.#receiver = receiver;
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
      const keys = this.#keys.get(path) ?? new Set(this.#recordKeys);
      keys.add(step.replaceAll('[]', ''));
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
    } else if (!cursor.nextKey(level.first)) {
      this.#levels.pop();
      if (level.flaw) this.#receiver.broken(level.flaw);
    } else {
      const key = decodeBytes(cursor.text, cursor.from, cursor.to);
      if (!this.#descend(join(level.path, key))) cursor.skipValue();
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
    const record = this.#valueAt(path, c);
    if (typeof record === 'object' && record !== null) this.#receiver.record(record, cursor.base + from);
  }

  /** c: its first byte. undefined: it is no record, as a list in it is entered or as it is broken. */
  #valueAt(path: string, c: number): Json | undefined {
    const cursor = this.#cursor;
    const from = cursor.pos;
    const place = this.#placeAt(path);
    const keys = c === OPEN_BRACE ? this.#keys.get(path) : undefined;
    try {
      return keys ? this.#recordWithout(path, keys, place) : this.#reader.value(place);
    } catch (error) {
      if (!(error instanceof JsonSyntaxError) || error.truncated) throw error;
      cursor.pos = from;
      if (keys && !this.#isRecord) this.#enterBroken(path, error);
      else {
        cursor.skipValue();
        this.#receiver.broken(error);
      }
      return undefined;
    }
  }

  /** It may have lists of records in it. */
  #enterBroken(path: string, flaw: JsonSyntaxError): void {
    this.#cursor.pos++;
    this.#levels.push({ isList: false, path, first: true, flaw });
  }

  #placeAt(path: string): JsonPlace {
    let place = this.#places.get(path);
    if (!place) this.#places.set(path, (place = new JsonPlace({ jsonTexts: this.#jsonTexts })));
    return place;
  }

  /** The object at the cursor; undefined: it has one of the lists in it, which is entered. */
  #recordWithout(path: string, keys: ReadonlySet<string>, place: JsonPlace): Json | undefined {
    const depth = this.#levels.length;
    this.#isRecord = false;
    return this.#reader.object(place, (key) => {
      if (this.#isRecord || !keys.has(key)) return false;
      this.#isRecord = this.#recordKeys.has(key);
      if (this.#isRecord || !this.#descend(join(path, key))) return false;
      this.#levels.splice(depth, 0, { isList: false, path, first: false });
      return true;
    });
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
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}
