import type { AttributeColumns, Segment } from '../columns/segment.ts';
import { decodeText } from '../columns/text-pool.ts';
import type { AttributeKeyRow, AttributeKeysAnswer } from '../model/answers-filters.ts';
import { compareText } from '../util/compare-text.ts';
import { allRequests } from './scanned-columns.ts';
import { perDataset } from './per-dataset.ts';
import type { SpanData } from './span-forest.ts';
import { isPartial, scanSpans } from './span-scan.ts';
import type { ScannedRecords } from './span-scan.ts';

const NO_LIST = -1;

const known = perDataset((): { answer: Promise<AttributeKeysAnswer> | null } => ({ answer: null }));

/** Every attribute key of the spans that stand for requests, and of their resources; read once. */
export function listAttributeKeys(data: SpanData): Promise<AttributeKeysAnswer> {
  const held = known(data.table);
  if (held.answer) return held.answer;
  const answer = countKeys(data);
  held.answer = answer;
  answer.catch(() => (held.answer = null));
  return answer;
}

async function countKeys(data: SpanData): Promise<AttributeKeysAnswer> {
  const scan = scanSpans(data, allRequests(data.table));
  const ofSpan = new KeyCounts(scan.completed);
  const ofResource = new KeyCounts(scan.completed);
  for await (const records of scan.segments()) {
    ofSpan.addSpans(records);
    ofResource.addResources(records);
  }
  const keys = [...ofSpan.rows('span'), ...ofResource.rows('resource')];
  keys.sort((a, b) => b.requests - a.requests || compareText(a.key, b.key) || compareText(a.scope, b.scope));
  return { keys };
}

/** Requests by key; one that several records bear counts once. */
class KeyCounts {
  readonly #numbers = new Map<string, number>();
  readonly #counts: number[] = [];
  readonly #completed: Uint8Array;
  readonly #seen: SeenKeys;

  constructor(completed: Uint8Array) {
    this.#completed = completed;
    this.#seen = new SeenKeys(completed);
  }

  addSpans(records: ScannedRecords): void {
    const { segment, rows } = records;
    this.#add(records, segment.attributes, (at) => rows[at]);
  }

  addResources(records: ScannedRecords): void {
    const { segment, rows } = records;
    this.#add(records, segment.resources, (at) =>
      isPartial(records, at) ? NO_LIST : segment.spanResources[rows[at]],
    );
  }

  /** `listOf`: of each record its row in `attributes`. */
  #add(
    { segment, places }: ScannedRecords,
    attributes: AttributeColumns,
    listOf: (at: number) => number,
  ): void {
    const numberOf = this.#translator(segment);
    /** The record that bore the key last: a key may stand twice in a list. */
    const lastRecord: number[] = [];
    for (let at = 0; at < places.length; at++) {
      const list = listOf(at);
      if (list === NO_LIST) continue;
      const place = places[at];
      const end = attributes.starts[list + 1];
      for (let i = attributes.starts[list]; i < end; i++) {
        const key = numberOf(attributes.keys[i]);
        if (lastRecord[key] === at) continue;
        lastRecord[key] = at;
        if (this.#completed[place] === 0 || this.#seen.isFirst(place, key)) this.#counts[key]++;
      }
    }
  }

  rows(scope: AttributeKeyRow['scope']): AttributeKeyRow[] {
    return Array.from(this.#numbers, ([key, number]) => ({ scope, key, requests: this.#counts[number] }));
  }

  #translator(segment: Segment): (text: number) => number {
    const numbers = new Int32Array(segment.texts.ends.length).fill(-1);
    return (text) => {
      if (numbers[text] < 0) numbers[text] = this.#numberOf(decodeText(segment.texts, text));
      return numbers[text];
    };
  }

  #numberOf(key: string): number {
    const number = this.#numbers.get(key);
    if (number !== undefined) return number;
    this.#numbers.set(key, this.#counts.length);
    return this.#counts.push(0) - 1;
  }
}

/** Which keys the earlier records of a span have borne, a bit each: a file dropped twice completes every span. */
class SeenKeys {
  /** By place: its number among the completed ones. */
  readonly #rank: Uint32Array;
  readonly #size: number;
  /** 32-bit words for each completed span. */
  #width = 4;
  #bits: Uint32Array;

  constructor(completed: Uint8Array) {
    let size = 0;
    this.#rank = new Uint32Array(completed.length);
    for (let place = 0; place < completed.length; place++) if (completed[place]) this.#rank[place] = size++;
    this.#size = size;
    this.#bits = new Uint32Array(size * this.#width);
  }

  isFirst(place: number, key: number): boolean {
    while (key >= this.#width * 32) this.#widen();
    const word = this.#rank[place] * this.#width + (key >> 5);
    const bit = 1 << (key & 31);
    const isFirst = (this.#bits[word] & bit) === 0;
    this.#bits[word] |= bit;
    return isFirst;
  }

  #widen(): void {
    const width = this.#width * 2;
    const bits = new Uint32Array(this.#size * width);
    for (let i = 0; i < this.#size; i++) {
      bits.set(this.#bits.subarray(i * this.#width, (i + 1) * this.#width), i * width);
    }
    this.#width = width;
    this.#bits = bits;
  }
}
