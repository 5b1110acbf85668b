/** Columns of what the request table does not hold: read from the spans that stand for the requests. */
import type { RequestTable } from '../assembly/request-table.ts';
import { decodeText, findText, NO_TEXT, TextPool } from '../columns/text-pool.ts';
import type { FieldColumn } from './field-column.ts';
import { pooledTexts } from './pooled-texts.ts';
import { ResourceColumnBuilder } from './resource-column.ts';
import type { ResourceColumn } from './resource-column.ts';
import { perDataset } from './per-dataset.ts';
import type { ScanPart } from './scan-parts.ts';
import type { SpanData } from './span-forest.ts';
import { scanSpans } from './span-scan.ts';
import type { ScannedRecords } from './span-scan.ts';

/** All resource attributes are one column: there are few resources, and many keys are asked for. */
export type ColumnName =
  | { readonly kind: 'resources' }
  | { readonly kind: 'attribute'; readonly key: string }
  | { readonly kind: 'name' | 'statusMessage' };

export type ScannedColumn =
  | { readonly kind: 'resources'; readonly resources: ResourceColumn; readonly bytes: number }
  | { readonly kind: 'field'; readonly column: FieldColumn; readonly bytes: number };

interface ColumnBuilder {
  readonly read: (records: ScannedRecords) => void;
  readonly seal: () => ScannedColumn;
}

/** What is held of a dataset; the columns that were not asked for longest go first. */
const MOST_BYTES = 96 * 1024 * 1024;

const caches = perDataset(() => new ColumnCache());

/** All of them in one pass over the segments, and those that are held without any. */
export function loadColumns(data: SpanData, names: readonly ColumnName[]): Promise<readonly ScannedColumn[]> {
  return caches(data.table).load(data, names);
}

export async function loadResources(data: SpanData): Promise<ResourceColumn> {
  const [column] = await loadColumns(data, [{ kind: 'resources' }]);
  if (column.kind !== 'resources') throw new Error('resources were read as another column');
  return column.resources;
}

class ColumnCache {
  /** By key, the one used last at the end. Promises: questions that are asked side by side read once. */
  readonly #columns = new Map<string, Promise<ScannedColumn>>();

  async load(data: SpanData, names: readonly ColumnName[]): Promise<readonly ScannedColumn[]> {
    const missing = new Map(names.map((name) => [keyOf(name), name]));
    for (const key of this.#columns.keys()) missing.delete(key);
    if (missing.size > 0) this.#read(data, missing);
    const columns = names.map((name) => this.#use(keyOf(name)));
    const loaded = await Promise.all(columns);
    await this.#shrink(new Set(names.map(keyOf)));
    return loaded;
  }

  #read(data: SpanData, missing: ReadonlyMap<string, ColumnName>): void {
    const reading = scanColumns(data, [...missing.values()]);
    [...missing.keys()].forEach((key, at) => {
      const column = reading.then((columns) => columns[at]);
      this.#columns.set(key, column);
      column.catch(() => this.#columns.get(key) === column && this.#columns.delete(key));
    });
  }

  #use(key: string): Promise<ScannedColumn> {
    const column = this.#columns.get(key);
    if (!column) throw new Error(`column ${key} was not read`);
    this.#columns.delete(key);
    this.#columns.set(key, column);
    return column;
  }

  async #shrink(used: ReadonlySet<string>): Promise<void> {
    let bytes = 0;
    for (const [key, column] of [...this.#columns].reverse()) {
      const size = await column.then(
        (read) => read.bytes,
        () => 0,
      );
      bytes += size;
      if (bytes > MOST_BYTES && !used.has(key)) this.#columns.delete(key);
    }
  }
}

function keyOf(name: ColumnName): string {
  return name.kind === 'attribute' ? `attribute ${name.key}` : name.kind;
}

async function scanColumns(data: SpanData, names: readonly ColumnName[]): Promise<readonly ScannedColumn[]> {
  const { count } = data.table;
  const builders = names.map((name): ColumnBuilder => {
    return name.kind === 'resources' ? new ResourceColumnBuilder(count) : new TextColumnBuilder(name, count);
  });
  for await (const records of scanSpans(data, allRequests(data.table)).segments()) {
    for (const builder of builders) builder.read(records);
  }
  return builders.map((builder) => builder.seal());
}

/** Places of a scan are then rows of the request table. */
export function allRequests({ count }: RequestTable): Uint32Array {
  return new Uint32Array(count).map((_, row) => row);
}

/** What earlier records of a span say wins; codes are text numbers + 1, 0 where no record says anything. */
class TextColumnBuilder implements ColumnBuilder {
  readonly #name: Exclude<ColumnName, { kind: 'resources' }>;
  readonly #codes: Uint32Array;
  readonly #pool = new TextPool();

  constructor(name: Exclude<ColumnName, { kind: 'resources' }>, count: number) {
    this.#name = name;
    this.#codes = new Uint32Array(count);
  }

  read({ part, rows, places }: ScannedRecords): void {
    const textOf = this.#reader(part);
    if (!textOf) return;
    const codeOf = pooledTexts(this.#pool, part.texts);
    const codes = this.#codes;
    for (let at = 0; at < rows.length; at++) {
      const place = places[at];
      if (codes[place] !== 0) continue;
      const text = textOf(rows[at]);
      if (text !== NO_TEXT) codes[place] = codeOf(text) + 1;
    }
  }

  seal(): ScannedColumn {
    const codes = this.#codes;
    const texts = this.#pool.seal();
    // A name that is not given is the empty text, an attribute is missing.
    const none = this.#name.kind === 'attribute' ? null : '';
    const column: FieldColumn = {
      code: (row) => codes[row],
      size: this.#pool.count + 1,
      text: (code) => (code === 0 ? none : decodeText(texts, code - 1)),
    };
    return { kind: 'field', column, bytes: codes.byteLength + texts.bytes.length + texts.ends.byteLength };
  }

  /** null: no span of the segment has it. */
  #reader(part: ScanPart): ((row: number) => number) | null {
    const name = this.#name;
    if (name.kind === 'attribute') return attributeReader(part, name.key);
    const texts = name.kind === 'name' ? part.names : part.statusMessages;
    return (row) => (texts[row] === 0 ? NO_TEXT : texts[row]);
  }
}

/** Gives the text number of a row's value under the key; null: no row has it. */
function attributeReader({ attributes, texts }: ScanPart, key: string): ((row: number) => number) | null {
  const wanted = findText(texts, key);
  const { shapes, starts, values, keyStarts, keys, offsets } = attributes;
  /** By shape; NO_TEXT: it lacks the key. */
  const offsetOf = new Int32Array(keyStarts.length - 1).fill(NO_TEXT);
  let isBorne = false;
  for (let shape = 0; shape < offsetOf.length; shape++) {
    for (let i = keyStarts[shape]; i < keyStarts[shape + 1]; i++) {
      if (keys[i] !== wanted) continue;
      offsetOf[shape] = offsets[i];
      isBorne = true;
    }
  }
  if (!isBorne) return null;
  return (row) => {
    const offset = offsetOf[shapes[row]];
    return offset === NO_TEXT ? NO_TEXT : values[starts[row] + offset];
  };
}
