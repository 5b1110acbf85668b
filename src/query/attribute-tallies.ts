/** Counts the attribute values of many requests, from the columns of their spans. */
import type { Segment } from '../columns/segment.ts';
import { decodeText } from '../columns/text-pool.ts';
import type { SpanData } from './span-forest.ts';
import { isPartial, scanSpans } from './span-scan.ts';
import type { ScannedRecords } from './span-scan.ts';
import { Tallies } from './tallies.ts';
import type { Tally } from './tallies.ts';

/** Of a key with more values these are no longer told apart: memory must not grow with the data. */
export const MOST_VALUES = 20_000;

export interface KeyTally {
  readonly key: string;
  /** Requests that bear the key. */
  readonly bearers: Tally;
  /** null: more than MOST_VALUES different ones. */
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
  const span = new KeyedTallies(isInside);
  const resource = new KeyedTallies(isInside);
  const seenOfSpan = new SeenKeys(scan.completed);
  const seenOfResource = new SeenKeys(scan.completed);
  for await (const records of scan.segments()) {
    tallySpans(records, span, seenOfSpan, new Tallies(isInside));
    tallyResources(records, resource, seenOfResource, new Tallies(isInside));
  }
  return { span: span.all(), resource: resource.all() };
}

/** Counts by key and value as texts, over all segments. */
class KeyedTallies {
  readonly #tallies: Tallies;
  readonly #keys = new Map<string, { readonly bearers: number; values: Map<string, number> | null }>();

  constructor(isInside: Uint8Array) {
    this.#tallies = new Tallies(isInside);
  }

  /** Its values are not told apart any more. */
  isFull(key: string): boolean {
    return this.#keys.get(key)?.values === null;
  }

  addKey(key: string, tally: Tally): void {
    let known = this.#keys.get(key);
    if (!known) this.#keys.set(key, (known = { bearers: this.#tallies.open(), values: new Map() }));
    this.#tallies.addAll(known.bearers, tally);
  }

  /** Of a key that was added. */
  addValue(key: string, value: string, tally: Tally): void {
    const known = this.#keys.get(key);
    if (!known?.values) return;
    let number = known.values.get(value);
    if (number === undefined) known.values.set(value, (number = this.#tallies.open()));
    this.#tallies.addAll(number, tally);
    if (known.values.size > MOST_VALUES) known.values = null;
  }

  all(): KeyTally[] {
    return Array.from(this.#keys, ([key, { bearers, values }]) => ({
      key,
      bearers: this.#tallies.at(bearers),
      values: values && new Map(Array.from(values, ([value, number]) => [value, this.#tallies.at(number)])),
    }));
  }
}

/** Keys that earlier records of a span or of its resource have borne: theirs is the value (SEMANTICS §1). */
class SeenKeys {
  readonly #completed: Uint8Array;
  readonly #seen = new Map<number, Set<string>>();

  constructor(completed: Uint8Array) {
    this.#completed = completed;
  }

  /** Several records make up the span of this request. */
  isCompleted(place: number): boolean {
    return this.#completed[place] === 1;
  }

  /** True the first time; asked in the order of the records. */
  isFirst(place: number, key: () => string): boolean {
    if (!this.isCompleted(place)) return true;
    let keys = this.#seen.get(place);
    if (!keys) this.#seen.set(place, (keys = new Set()));
    const size = keys.size;
    return keys.add(key()).size > size;
  }
}

function tallySpans(
  { segment, rows, places }: ScannedRecords,
  keyed: KeyedTallies,
  seen: SeenKeys,
  tallies: Tallies,
): void {
  const { attributes } = segment;
  const keys = new SegmentKeys(segment, tallies);
  for (let at = 0; at < rows.length; at++) {
    const place = places[at];
    const end = attributes.starts[rows[at] + 1];
    for (let i = attributes.starts[rows[at]]; i < end; i++) {
      const key = keys.number(attributes.keys[i]);
      if (keys.lastRecord[key] === at || !seen.isFirst(place, () => keys.texts[key])) continue;
      keys.lastRecord[key] = at;
      tallies.addRequest(keys.bearers[key], place);
      if (!keyed.isFull(keys.texts[key])) tallies.addRequest(keys.tallyOf(key, attributes.values[i]), place);
    }
  }
  keys.handOn(keyed);
}

/** The keys of one segment and their values, by text number until the segment is done. */
class SegmentKeys {
  /** By key number, as the following. */
  readonly texts: string[] = [];
  readonly bearers: number[] = [];
  /** The record that bore it last; −1: none. */
  readonly lastRecord: number[] = [];
  readonly #segment: Segment;
  readonly #tallies: Tallies;
  readonly #numbers: Int32Array;
  readonly #pairKeys: number[] = [];
  readonly #pairValues: number[] = [];
  readonly #pairTallies: number[] = [];
  /** Open addressing: number of the pair + 1; 0: empty. At most half full. */
  #slots = new Uint32Array(1024);

  constructor(segment: Segment, tallies: Tallies) {
    this.#segment = segment;
    this.#tallies = tallies;
    this.#numbers = new Int32Array(segment.texts.ends.length).fill(-1);
  }

  number(text: number): number {
    const known = this.#numbers[text];
    if (known >= 0) return known;
    this.texts.push(decodeText(this.#segment.texts, text));
    this.bearers.push(this.#tallies.open());
    this.lastRecord.push(-1);
    return (this.#numbers[text] = this.texts.length - 1);
  }

  tallyOf(key: number, value: number): number {
    let slot = this.#slotOf(key, value);
    if (this.#slots[slot] === 0) {
      if (this.#pairKeys.length * 2 >= this.#slots.length) {
        this.#grow();
        slot = this.#slotOf(key, value);
      }
      this.#pairKeys.push(key);
      this.#pairValues.push(value);
      this.#pairTallies.push(this.#tallies.open());
      this.#slots[slot] = this.#pairKeys.length;
    }
    return this.#pairTallies[this.#slots[slot] - 1];
  }

  handOn(keyed: KeyedTallies): void {
    this.texts.forEach((key, number) => keyed.addKey(key, this.#tallies.at(this.bearers[number])));
    this.#pairKeys.forEach((number, pair) => {
      const key = this.texts[number];
      if (keyed.isFull(key)) return;
      const value = decodeText(this.#segment.texts, this.#pairValues[pair]);
      keyed.addValue(key, value, this.#tallies.at(this.#pairTallies[pair]));
    });
  }

  #slotOf(key: number, value: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(value ^ Math.imul(key + 1, 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = hash & mask;
    for (let pair = this.#slots[slot]; pair !== 0; pair = this.#slots[slot]) {
      if (this.#pairValues[pair - 1] === value && this.#pairKeys[pair - 1] === key) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #grow(): void {
    this.#slots = new Uint32Array(this.#slots.length * 2);
    this.#pairKeys.forEach((key, pair) => {
      this.#slots[this.#slotOf(key, this.#pairValues[pair])] = pair + 1;
    });
  }
}

/** A resource is of many spans: these are counted first, then once for each of its attributes. */
function tallyResources(
  records: ScannedRecords,
  keyed: KeyedTallies,
  seen: SeenKeys,
  tallies: Tallies,
): void {
  const { segment, rows, places } = records;
  const resourceTallies = new Map<number, number>();
  const attributesOf = resourceReader(segment);
  const add = (key: string, value: string, tally: Tally): void => {
    keyed.addKey(key, tally);
    keyed.addValue(key, value, tally);
  };
  const single = tallies.open();
  for (let at = 0; at < rows.length; at++) {
    if (isPartial(records, at)) continue;
    const place = places[at];
    const resource = segment.spanResources[rows[at]];
    if (seen.isCompleted(place)) {
      tallies.reset(single);
      tallies.addRequest(single, place);
      for (const [key, value] of attributesOf(resource)) {
        if (seen.isFirst(place, () => key)) add(key, value, tallies.at(single));
      }
      continue;
    }
    let number = resourceTallies.get(resource);
    if (number === undefined) resourceTallies.set(resource, (number = tallies.open()));
    tallies.addRequest(number, place);
  }
  for (const [resource, number] of resourceTallies) {
    for (const [key, value] of attributesOf(resource)) add(key, value, tallies.at(number));
  }
}

/** The first of a key counts. */
function resourceReader({ resources, texts }: Segment): (resource: number) => ReadonlyMap<string, string> {
  const known = new Map<number, Map<string, string>>();
  return (resource) => {
    let attributes = known.get(resource);
    if (attributes) return attributes;
    known.set(resource, (attributes = new Map()));
    for (let i = resources.starts[resource]; i < resources.starts[resource + 1]; i++) {
      const key = decodeText(texts, resources.keys[i]);
      if (!attributes.has(key)) attributes.set(key, decodeText(texts, resources.values[i]));
    }
    return attributes;
  };
}
