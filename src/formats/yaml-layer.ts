/**
 * Spans in YAML, such as the golden files of the Collector's tests (pdatatest) → the JSON that they stand for, a
 * document a line. What serialisers write is read: blocks of maps and lists, texts plain, quoted, or after `|` and `>`.
 * Not supported: anchors, tags, keys that are no texts, flow style over several lines.
 */
import type { NoteSink } from '../model/import-note.ts';
import { decodeBytes, encodeText, joinBytes } from '../util/bytes.ts';
import type { ByteSource } from './source.ts';

const LARGEST_BYTES = 64 * 1024 * 1024;
const HEAD_LOOKED_AT = 4096;
/** Of what holds spans. */
const FIRST_KEY = /^(?:- )?["']?(?:resourceSpans|resource_spans|batches|data|traceID)["']?:$/;
const ITEM = /^-(?: +|$)/;
const QUOTED_KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'):(?: +(.*))?$/;
const NO_KEY = /^["'#[\]{},|>]/;
/** Deeper than anybody nests; a hostile file might. */
const DEEPEST = 64;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const BLOCK = /^([|>])([+-]?)$/;

/** The head begins with a map or a list of maps that may hold spans. */
export function isYaml(head: Uint8Array): boolean {
  const lines = decodeBytes(head, 0, Math.min(head.length, HEAD_LOOKED_AT)).split('\n');
  const first = lines.map((line) => line.trim()).find((line) => line !== '' && !/^(?:#|---)/.test(line));
  return first !== undefined && FIRST_KEY.test(first);
}

/** The documents at the head of a file, which may end anywhere. */
export function openYamlHead(head: Uint8Array): Uint8Array {
  return encodeText(readDocuments(decodeBytes(head)).json);
}

export class YamlSource implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  readonly #notes: NoteSink;
  #ended = false;

  constructor(source: ByteSource, notes: NoteSink) {
    this.#source = source;
    this.#notes = notes;
  }

  async next(): Promise<Uint8Array | null> {
    if (this.#ended) return null;
    this.#ended = true;
    const chunks: Uint8Array[] = [];
    let length = 0;
    for (let chunk = await this.#source.next(); chunk; chunk = await this.#source.next()) {
      length += chunk.length;
      if (length <= LARGEST_BYTES) chunks.push(chunk.slice());
    }
    const { json, unread } = readDocuments(decodeBytes(joinBytes(chunks)));
    if (length > LARGEST_BYTES)
      this.#note('YAML above 64 MB is not read to its end: turn it into JSON (yq -o json).');
    else if (unread !== null)
      this.#note(`Not valid YAML, or of a kind that is not read: “${unread.slice(0, 80)}”.`);
    return encodeText(json);
  }

  #note(message: string): void {
    this.#notes.note('yaml-syntax', 'rejected', message, { bytePosition: null, line: null });
  }
}

interface ReadDocuments {
  /** One a line. */
  readonly json: string;
  /** The first line that could not be understood, which ends its document. */
  readonly unread: string | null;
}

function readDocuments(text: string): ReadDocuments {
  const readers = text.split(/^---.*$/m).map((document) => new YamlReader(document));
  const documents = readers.map((reader) => reader.read()).filter((json) => json !== 'null');
  return {
    json: documents.map((json) => `${json}\n`).join(''),
    unread: readers.map(({ unread }) => unread).find((line) => line !== null) ?? null,
  };
}

interface Line {
  readonly indent: number;
  readonly text: string;
}

/** Writes each value as JSON: numbers of 64 bits stay as they are. */
class YamlReader {
  readonly #raw: readonly string[];
  readonly #lines: (Line & { readonly at: number })[];
  #next = 0;
  #depth = 0;

  constructor(document: string) {
    this.#raw = document.split(/\r?\n/);
    this.#lines = this.#raw.flatMap((raw, at) => {
      const text = raw.trim();
      return text === '' || text.startsWith('#')
        ? []
        : [{ indent: raw.length - raw.trimStart().length, text, at }];
    });
  }

  read(): string {
    return this.#block(0);
  }

  /** Once it is read: the line that it ended at too early. */
  get unread(): string | null {
    return this.#next < this.#lines.length ? this.#lines[this.#next].text : null;
  }

  /** What is indented at least so far. */
  #block(least: number): string {
    const line = this.#lines[this.#next];
    if (!line || line.indent < least || this.#depth === DEEPEST) return 'null';
    this.#depth++;
    const json = this.#blockOf(line);
    this.#depth--;
    return json;
  }

  #blockOf(line: Line): string {
    return ITEM.test(line.text) ? this.#list(line.indent) : this.#map(line.indent);
  }

  #list(indent: number): string {
    const items: string[] = [];
    for (
      let line = this.#lines[this.#next];
      line?.indent === indent && ITEM.test(line.text);
      line = this.#lines[this.#next]
    ) {
      const rest = line.text.replace(ITEM, '');
      const inner = indent + line.text.length - rest.length;
      if (rest === '') this.#next++;
      else if (entryOf(rest) || ITEM.test(rest))
        this.#lines[this.#next] = { ...line, indent: inner, text: rest };
      items.push(
        rest !== '' && !entryOf(rest) && !ITEM.test(rest)
          ? this.#value(rest, indent)
          : this.#block(indent + 1),
      );
    }
    return `[${items.join(',')}]`;
  }

  #map(indent: number): string {
    const entries: string[] = [];
    for (let line = this.#lines[this.#next]; line?.indent === indent; line = this.#lines[this.#next]) {
      const entry = entryOf(line.text);
      if (!entry) break;
      const { key, value } = entry;
      entries.push(`${textOf(key)}:${value === '' ? this.#below(indent) : this.#value(value, indent)}`);
    }
    return `{${entries.join(',')}}`;
  }

  /** The value of a key with nothing beside it. A list may be as far left as its key. */
  #below(indent: number): string {
    const line = this.#lines[++this.#next];
    const isList = line?.indent === indent && ITEM.test(line.text);
    return this.#block(isList ? indent : indent + 1);
  }

  #value(text: string, indent: number): string {
    const line = this.#lines[this.#next++];
    const block = BLOCK.exec(text);
    return block ? this.#text(block, line.at, indent) : scalarOf(text);
  }

  /** Lines below `|` or `>`, empty ones and those that look like comments included. */
  #text([, style, end]: RegExpExecArray, at: number, indent: number): string {
    const lines: string[] = [];
    for (let i = at + 1; i < this.#raw.length; i++) {
      const raw = this.#raw[i];
      if (raw.trim() !== '' && raw.length - raw.trimStart().length <= indent) break;
      lines.push(raw);
    }
    while ((this.#lines[this.#next]?.at ?? Infinity) <= at + lines.length) this.#next++;
    const first = lines.find((raw) => raw.trim() !== '') ?? '';
    const inner = first.length - first.trimStart().length;
    const text = lines
      .map((raw) => raw.slice(inner))
      .join(style === '|' ? '\n' : ' ')
      .trimEnd();
    return JSON.stringify(end === '-' ? text : `${text}\n`);
  }
}

/** `key: value`; null: it is none. */
function entryOf(text: string): { readonly key: string; readonly value: string } | null {
  const quoted = QUOTED_KEY.exec(text);
  if (quoted) return { key: quoted[1], value: quoted[2] ?? '' };
  const at = text.indexOf(': ');
  const end = at < 0 && text.endsWith(':') ? text.length - 1 : at;
  if (end <= 0 || NO_KEY.test(text)) return null;
  return { key: text.slice(0, end), value: text.slice(end + 1).trim() };
}

function scalarOf(text: string): string {
  if (/^["']/.test(text)) return textOf(text);
  const comment = text.indexOf(' #');
  const plain = comment < 0 ? text : text.slice(0, comment).trimEnd();
  if (/^(?:true|false|null)$/.test(plain) || NUMBER.test(plain)) return plain;
  if (plain === '~') return 'null';
  return /^(?:\{.*\}|\[.*\])$/.test(plain) ? flowOf(plain) : JSON.stringify(plain);
}

/** Of one line; what is no JSON is taken as a text. */
function flowOf(text: string): string {
  try {
    JSON.parse(text);
    return text;
  } catch {
    return JSON.stringify(text);
  }
}

/** A key or a text, in quotation marks or not, as JSON. */
function textOf(text: string): string {
  if (text.startsWith("'"))
    return JSON.stringify(text.replace(/^'|'\s*(?:#.*)?$/g, '').replaceAll("''", "'"));
  const quoted = /^"(?:[^"\\]|\\.)*"/.exec(text)?.[0];
  if (quoted === undefined) return JSON.stringify(text);
  try {
    return JSON.stringify(JSON.parse(quoted));
  } catch {
    return JSON.stringify(quoted.slice(1, -1));
  }
}
