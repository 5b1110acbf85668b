import { decodeText, findText, NO_TEXT, TextPool } from '../columns/text-pool.ts';
import type { SealedTexts } from '../columns/text-pool.ts';
import { resourceSpellings } from '../model/attribute-keys.ts';
import { type FieldColumn, firstOf } from './field-column.ts';
import { pooledTexts } from './pooled-texts.ts';
import { forEachAttribute } from './shaped-attributes.ts';
import { isPartial } from './span-scan.ts';
import type { ScannedRecords } from './span-scan.ts';

const NOT_YET = -1;

/** Resources are numbered in pairs, as number × 2^26 + number. */
const PAIR_SHIFT = 2 ** 26;

/** The resource of the span that stands for each request; those of its later records complete it by key. */
export class ResourceColumn {
  /** By row of the request table: its resource. */
  readonly of: Uint32Array;
  /** By resource: key and value as text numbers, alternately; each key once. */
  readonly #resources: readonly Uint32Array[];
  readonly #texts: SealedTexts;

  constructor(of: Uint32Array, resources: readonly Uint32Array[], texts: SealedTexts) {
    this.of = of;
    this.#resources = resources;
    this.#texts = texts;
  }

  /** Of one key; code 0: the resource lacks it. */
  field(key: string): FieldColumn {
    const { of } = this;
    const wanted = findText(this.#texts, key);
    const values: number[] = [];
    const codes = new Map<number, number>();
    const codeOfResource = Uint32Array.from(this.#resources, (entries) => {
      const value = valueOf(entries, wanted);
      if (value === NO_TEXT) return 0;
      let code = codes.get(value);
      if (code === undefined) codes.set(value, (code = values.push(value)));
      return code;
    });
    return {
      code: (row) => codeOfResource[of[row]],
      size: values.length + 1,
      text: (code) => (code === 0 ? null : decodeText(this.#texts, values[code - 1])),
    };
  }

  /** Of a key in all its spellings. */
  zone(key: string): FieldColumn {
    return resourceSpellings(key)
      .map((spelling) => this.field(spelling))
      .reduce(firstOf);
  }

  /** Requests by value of each key; under its newest spelling where it has several. */
  requestsByZone(): ReadonlyMap<string, ReadonlyMap<string, number>> {
    const requests = new Uint32Array(this.#resources.length);
    for (const resource of this.of) requests[resource]++;
    const byKey = new Map<string, Map<string, number>>();
    this.#resources.forEach((entries, resource) => {
      if (requests[resource] === 0) return;
      const textOf = (text: number): string => decodeText(this.#texts, text);
      const given = new Map(pairsOf(entries).map(([key, value]) => [textOf(key), textOf(value)]));
      for (const [key, value] of given) {
        const spellings = resourceSpellings(key);
        if (spellings.find((spelling) => given.has(spelling)) !== key) continue;
        const values = byKey.get(spellings[0]) ?? new Map<string, number>();
        values.set(value, (values.get(value) ?? 0) + requests[resource]);
        byKey.set(spellings[0], values);
      }
    });
    return byKey;
  }
}

function valueOf(entries: Uint32Array, key: number): number {
  for (let i = 0; i < entries.length; i += 2) if (entries[i] === key) return entries[i + 1];
  return NO_TEXT;
}

export class ResourceColumnBuilder {
  readonly #of: Int32Array;
  readonly #pool = new TextPool();
  readonly #resources: Uint32Array[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #completed = new Map<number, number>();

  constructor(count: number) {
    this.#of = new Int32Array(count).fill(NOT_YET);
  }

  read(records: ScannedRecords): void {
    const { part, rows, places } = records;
    const textOf = pooledTexts(this.#pool, part.texts);
    const numbers = new Int32Array(part.resources.shapes.length).fill(NOT_YET);
    for (let at = 0; at < rows.length; at++) {
      if (isPartial(records, at)) continue;
      const row = part.spanResources[rows[at]];
      if (numbers[row] === NOT_YET) {
        const entries = new Map<number, number>();
        forEachAttribute(part.resources, row, (key, value) => entries.set(textOf(key), textOf(value)));
        numbers[row] = this.#numberOf(entries);
      }
      const known = this.#of[places[at]];
      this.#of[places[at]] = known === NOT_YET ? numbers[row] : this.#complete(known, numbers[row]);
    }
  }

  seal(): { readonly kind: 'resources'; readonly resources: ResourceColumn; readonly bytes: number } {
    const of = new Uint32Array(this.#of.buffer);
    const texts = this.#pool.seal();
    const entries = this.#resources.reduce((sum, resource) => sum + resource.byteLength, 0);
    return {
      kind: 'resources',
      resources: new ResourceColumn(of, this.#resources, texts),
      bytes: of.byteLength + entries + texts.bytes.length + texts.ends.byteLength,
    };
  }

  #numberOf(entries: ReadonlyMap<number, number>): number {
    const content = [...entries].flat();
    const key = content.join();
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#resources.push(Uint32Array.from(content)) - 1;
    this.#numbers.set(key, number);
    return number;
  }

  /** What the resource lacks is taken from that of a later record. */
  #complete(first: number, later: number): number {
    if (first === later) return first;
    const pair = first * PAIR_SHIFT + later;
    const known = this.#completed.get(pair);
    if (known !== undefined) return known;
    const entries = new Map([...pairsOf(this.#resources[later]), ...pairsOf(this.#resources[first])]);
    const number = this.#numberOf(entries);
    this.#completed.set(pair, number);
    return number;
  }
}

function pairsOf(entries: Uint32Array): [number, number][] {
  return Array.from({ length: entries.length / 2 }, (_, i) => [entries[i * 2], entries[i * 2 + 1]]);
}
