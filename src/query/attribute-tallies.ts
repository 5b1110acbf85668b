/** Counts the attribute values of many requests, from the columns of their spans. */
import { decodeText, TextPool } from '../columns/text-pool.ts';
import { scratch } from '../util/scratch.ts';
import { PairNumbers } from '../columns/pair-numbers.ts';
import { pooledTexts } from './pooled-texts.ts';
import { SeenKeys } from './seen-keys.ts';
import { forEachAttribute } from './shaped-attributes.ts';
import type { ShapedAttributes } from './shaped-attributes.ts';
import type { SpanData } from './span-forest.ts';
import { isPartial, scanSpans } from './span-scan.ts';
import type { ScannedRecords } from './span-scan.ts';
import { countedRequests, Tallies } from './tallies.ts';
import type { CountedRequests, Tally } from './tallies.ts';

/** Of a key with more values these are no longer told apart: memory must not grow with the data. */
export const MOST_VALUES = 20_000;

const NONE = -1;

export interface KeyTally {
  readonly key: string;
  /** Requests that bear the key. */
  readonly bearers: Tally;
  /** null: they tell requests apart: more than MOST_VALUES, or more than half as many as bear the key. */
  readonly values: ReadonlyMap<string, Tally> | null;
}

export interface AttributeTallies {
  readonly span: readonly KeyTally[];
  readonly resource: readonly KeyTally[];
}

/** `isInside`: by place in `requests`. */
export async function tallyAttributes(
  data: SpanData,
  requests: Uint32Array,
  isInside: Uint8Array,
): Promise<AttributeTallies> {
  const scan = scanSpans(data, requests);
  const span = new KeyTallies(isInside, scan.completed);
  const resource = new KeyTallies(isInside, scan.completed);
  for await (const records of scan.segments()) {
    span.addSpans(records);
    resource.addResources(records);
  }
  return { span: span.all(), resource: resource.all() };
}

/** A key by its number. */
interface OpenKey {
  /** Number in the pool, as of all texts here. */
  readonly text: number;
  /** Numbers of tallies. */
  readonly bearers: number;
  values: number;
}

type TextOf = (text: number) => number;

const keysOfTexts = scratch((length) => new Int32Array(length));
const talliesOfTexts = scratch((length) => new Int32Array(length));

/** Counts by key and value, numbered over all segments. */
class KeyTallies {
  readonly #texts = new TextPool();
  readonly #requests: CountedRequests;
  readonly #tallies: Tallies;
  readonly #seen: SeenKeys;
  readonly #keys: OpenKey[] = [];
  readonly #keyNumbers = new Map<number, number>();
  /** Of the number of a key and a value; a tally for each. */
  readonly #pairs = new PairNumbers();
  readonly #pairTallies: number[] = [];

  constructor(isInside: Uint8Array, completed: Uint8Array) {
    this.#requests = countedRequests(isInside);
    this.#tallies = new Tallies(this.#requests);
    this.#seen = new SeenKeys(completed);
  }

  /** Requests of one shape bear the same keys: they are counted first, then once for each of the keys. */
  addSpans({ part, rows, places }: ScannedRecords): void {
    const { shapes, starts, values, keyStarts, keys, offsets } = part.attributes;
    const textOf = pooledTexts(this.#texts, part.texts);
    const ofShapes = new TallyGroups(this.#requests, keyStarts.length - 1);
    /** By place in `keys`, as the following: the key's number. */
    const numbers = new Int32Array(keys.length);
    /** The value of the request before, and its tally. */
    const lastValues = new Int32Array(keys.length).fill(NONE);
    const lastTallies = new Int32Array(keys.length);
    /** By text number: the key whose value it was last, and the tally of that. */
    const keyOf = keysOfTexts(part.texts.ends.length).fill(NONE);
    const tallyOf = talliesOfTexts(part.texts.ends.length);
    for (let at = 0; at < rows.length; at++) {
      const row = rows[at];
      const place = places[at];
      if (this.#seen.isCompleted(place)) {
        this.#addCompleted(place, part.attributes, row, textOf);
        continue;
      }
      const shape = shapes[row];
      const end = keyStarts[shape + 1];
      if (ofShapes.add(shape, place)) {
        for (let i = keyStarts[shape]; i < end; i++) numbers[i] = this.#numberOf(textOf(keys[i]));
      }
      for (let i = keyStarts[shape]; i < end; i++) {
        const value = values[starts[row] + offsets[i]];
        if (value !== lastValues[i]) {
          lastValues[i] = value;
          if (keyOf[value] !== numbers[i]) {
            keyOf[value] = numbers[i];
            tallyOf[value] = this.#tallyOf(numbers[i], value, textOf);
          }
          lastTallies[i] = tallyOf[value];
        }
        if (lastTallies[i] !== NONE) this.#tallies.add(lastTallies[i], place);
      }
    }
    ofShapes.forEach((shape, tally) => {
      for (let i = keyStarts[shape]; i < keyStarts[shape + 1]; i++) {
        this.#tallies.addAll(this.#keys[numbers[i]].bearers, tally);
      }
    });
  }

  /** A resource is of many spans: these are counted first, then once for each of its attributes. */
  addResources(records: ScannedRecords): void {
    const { part, rows, places } = records;
    const textOf = pooledTexts(this.#texts, part.texts);
    const ofResources = new TallyGroups(this.#requests, part.resources.shapes.length);
    for (let at = 0; at < rows.length; at++) {
      if (isPartial(records, at)) continue;
      const resource = part.spanResources[rows[at]];
      if (this.#seen.isCompleted(places[at])) {
        this.#addCompleted(places[at], part.resources, resource, textOf);
      } else ofResources.add(resource, places[at]);
    }
    ofResources.forEach((resource, tally) => {
      forEachAttribute(part.resources, resource, (key, value) => {
        const number = this.#numberOf(textOf(key));
        this.#tallies.addAll(this.#keys[number].bearers, tally);
        const ofValue = this.#tallyOf(number, value, textOf);
        if (ofValue !== NONE) this.#tallies.addAll(ofValue, tally);
      });
    });
  }

  all(): KeyTally[] {
    const keys = this.#keys.map(({ text, bearers, values }) => {
      const tally = this.#tallies.at(bearers);
      const areIds = values > MOST_VALUES || values * 2 > tally.inside + tally.outside;
      return { text, bearers: tally, values: areIds ? null : new Map<string, Tally>() };
    });
    const texts = this.#texts.peek();
    this.#pairTallies.forEach((tally, pair) => {
      const values = keys[this.#pairs.first(pair)].values;
      values?.set(decodeText(texts, this.#pairs.second(pair)), this.#tallies.at(tally));
    });
    return keys.map(({ text, ...key }) => ({ key: decodeText(texts, text), ...key }));
  }

  /** Of a span that several records make up: what the earlier ones say wins (SEMANTICS §1). */
  #addCompleted(place: number, attributes: ShapedAttributes, list: number, textOf: TextOf): void {
    forEachAttribute(attributes, list, (key, value) => {
      const number = this.#numberOf(textOf(key));
      if (!this.#seen.isFirst(place, number)) return;
      this.#tallies.add(this.#keys[number].bearers, place);
      const ofValue = this.#tallyOf(number, value, textOf);
      if (ofValue !== NONE) this.#tallies.add(ofValue, place);
    });
  }

  #numberOf(text: number): number {
    let number = this.#keyNumbers.get(text);
    if (number === undefined) {
      number = this.#keys.push({ text, bearers: this.#tallies.open(), values: 0 }) - 1;
      this.#keyNumbers.set(text, number);
    }
    return number;
  }

  /** `value`: text number of the segment. NONE: the values of the key are not told apart any more. */
  #tallyOf(number: number, value: number, textOf: TextOf): number {
    const key = this.#keys[number];
    if (key.values > MOST_VALUES) return NONE;
    const pair = this.#pairs.numberOf(number, textOf(value));
    if (pair === this.#pairTallies.length) {
      this.#pairTallies.push(this.#tallies.open());
      key.values++;
    }
    return this.#pairTallies[pair];
  }
}

/** Tallies of groups of the requests of a segment. */
class TallyGroups {
  readonly #tallies: Tallies;
  readonly #tallyOf: Int32Array;

  constructor(requests: CountedRequests, count: number) {
    this.#tallies = new Tallies(requests);
    this.#tallyOf = new Int32Array(count).fill(NONE);
  }

  /** True for the first request of the group. */
  add(group: number, place: number): boolean {
    const isFirst = this.#tallyOf[group] === NONE;
    if (isFirst) this.#tallyOf[group] = this.#tallies.open();
    this.#tallies.add(this.#tallyOf[group], place);
    return isFirst;
  }

  forEach(use: (group: number, tally: Tally) => void): void {
    this.#tallyOf.forEach((tally, group) => tally !== NONE && use(group, this.#tallies.at(tally)));
  }
}
