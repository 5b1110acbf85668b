import { decodeText } from '../columns/text-pool.ts';
import type { SealedTexts } from '../columns/text-pool.ts';
import type { AttributeKeyRow, AttributeKeysAnswer } from '../model/answers-filters.ts';
import { compareText } from '../util/compare-text.ts';
import { perDataset } from './per-dataset.ts';
import { allRequests } from './scanned-columns.ts';
import { SeenKeys } from './seen-keys.ts';
import type { ShapedAttributes } from './shaped-attributes.ts';
import type { SpanData } from './span-forest.ts';
import { isPartial, scanSpans } from './span-scan.ts';
import type { ScannedRecords } from './span-scan.ts';

const NO_LIST = -1;
/** Keys that are told: where more are met, they are made of data and nobody looks for one. */
const MOST_KEYS = 2000;

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
    const { part, rows } = records;
    ofSpan.add(records, part.attributes, (at) => rows[at]);
    ofResource.add(records, part.resources, (at) =>
      isPartial(records, at) ? NO_LIST : part.spanResources[rows[at]],
    );
  }
  const keys = [...ofSpan.rows('span'), ...ofResource.rows('resource')];
  keys.sort((a, b) => b.requests - a.requests || compareText(a.key, b.key) || compareText(a.scope, b.scope));
  return { keys: keys.slice(0, MOST_KEYS) };
}

/** Requests by key; one that several records bear counts once. */
class KeyCounts {
  readonly #numbers = new Map<string, number>();
  readonly #counts: number[] = [];
  readonly #seen: SeenKeys;

  constructor(completed: Uint8Array) {
    this.#seen = new SeenKeys(completed);
  }

  /** `listOf`: of each record its row in `attributes`. */
  add(
    { part, places }: ScannedRecords,
    { shapes, keyStarts, keys }: ShapedAttributes,
    listOf: (at: number) => number,
  ): void {
    const numberOf = this.#translator(part.texts);
    const requests = new Uint32Array(keyStarts.length - 1);
    for (let at = 0; at < places.length; at++) {
      const list = listOf(at);
      if (list === NO_LIST) continue;
      const place = places[at];
      const shape = shapes[list];
      if (!this.#seen.isCompleted(place)) {
        requests[shape]++;
        continue;
      }
      for (let i = keyStarts[shape]; i < keyStarts[shape + 1]; i++) {
        const key = numberOf(keys[i]);
        if (this.#seen.isFirst(place, key)) this.#counts[key]++;
      }
    }
    requests.forEach((count, shape) => {
      if (count === 0) return;
      for (let i = keyStarts[shape]; i < keyStarts[shape + 1]; i++) this.#counts[numberOf(keys[i])] += count;
    });
  }

  rows(scope: AttributeKeyRow['scope']): AttributeKeyRow[] {
    return Array.from(this.#numbers, ([key, number]) => ({ scope, key, requests: this.#counts[number] }));
  }

  #translator(texts: SealedTexts): (text: number) => number {
    const numbers = new Int32Array(texts.ends.length).fill(-1);
    return (text) => {
      if (numbers[text] < 0) numbers[text] = this.#numberOf(decodeText(texts, text));
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
