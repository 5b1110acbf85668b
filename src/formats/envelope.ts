/**
 * Documents within JSON that no format knows: `{"response":{"trace":…}}` of an API or a script, or a log's
 * `{"message":"{…}"}`. What stands at some paths is taken out, one value a line; texts that are JSON are opened.
 */
import {
  BACKSLASH,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  decodeBytes,
  encodeText,
  joinBytes,
  NEWLINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from '../util/bytes.ts';
import type { ByteSource } from './source.ts';

/** Further in nobody puts a trace. */
const DEEPEST = 6;
/** Keys such as ids, which are another one each time. */
const ID_KEY = /^(\d+|[0-9a-f]{8,}|[0-9a-f]{8}-[0-9a-f-]{27})$/i;
const JSON_TEXT = /^\s*(\{\s*"|\[\s*[{[])/;
const LONGEST_TEXT = 64 * 1024 * 1024;
const LINE_BREAK = new Uint8Array([NEWLINE]);

/** Paths as JsonOutline writes them: `items[].trace`. `*` stands for keys that are ids. */
export class EnvelopeSource implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  readonly #opener: Opener;

  constructor(source: ByteSource, paths: readonly string[]) {
    this.#source = source;
    this.#opener = new Opener(paths);
  }

  async next(): Promise<Uint8Array | null> {
    for (let chunk = await this.#source.next(); chunk; chunk = await this.#source.next()) {
      const bytes = this.#opener.open(chunk);
      if (bytes.length > 0) return bytes;
    }
    return null;
  }
}

/** What stands at the paths, as far as it can be had from the head. */
export function openHead(head: Uint8Array, paths: readonly string[]): Uint8Array {
  return new Opener(paths).openHead(head);
}

export interface EnvelopePlace {
  readonly path: string;
  /** JSON as a text stands there. */
  readonly isText: boolean;
}

/** Where objects, lists and texts of JSON stand in the head, the outermost first. */
export function placesIn(head: Uint8Array): EnvelopePlace[] {
  const places = new Map<string, EnvelopePlace>();
  const walker = new JsonWalker({
    wants: (path, isText) => {
      if (!isText && path !== '' && !path.endsWith('[]') && !places.has(path))
        places.set(path, { path, isText });
      return isText;
    },
    give: () => {},
    text: (path) => void places.set(path, { path, isText: true }),
    end: () => {},
  });
  walker.read(head);
  walker.finishHead();
  return [...places.values()].toSorted((a, b) => depthOf(a.path) - depthOf(b.path));
}

function depthOf(path: string): number {
  return path.split('.').length;
}

class Opener {
  #pieces: Uint8Array[] = [];
  readonly #walker: JsonWalker;

  constructor(paths: readonly string[]) {
    const wanted = new Set(paths);
    this.#walker = new JsonWalker({
      wants: (path) => wanted.has(path),
      give: (bytes) => void this.#pieces.push(bytes),
      text: (_, text) => void this.#pieces.push(encodeText(text), LINE_BREAK),
      end: () => void this.#pieces.push(LINE_BREAK),
    });
  }

  open(chunk: Uint8Array): Uint8Array {
    this.#walker.read(chunk);
    return this.#opened();
  }

  openHead(head: Uint8Array): Uint8Array {
    this.#walker.read(head);
    this.#walker.finishHead();
    return this.#opened();
  }

  #opened(): Uint8Array {
    const opened = joinBytes(this.#pieces);
    this.#pieces = [];
    return opened;
  }
}

interface Receiver {
  wants(path: string, isText: boolean): boolean;
  /** Bytes of an object or a list that is wanted. */
  give(bytes: Uint8Array): void;
  /** It has ended. */
  end(): void;
  /** A text that is wanted, and is JSON itself. */
  text(path: string, text: string): void;
}

interface Container {
  readonly path: string;
  readonly isList: boolean;
}

/** Bytes of JSON documents, a chunk at a time, to the values that its receiver wants. Never fails. */
class JsonWalker {
  readonly #receiver: Receiver;
  readonly #open: Container[] = [];
  /** Of all that are open; #open lacks those beyond DEEPEST and those of a value that is given. */
  #depth = 0;
  /** Depth around the value that is given; −1: none is. */
  #givenAt = -1;
  #key = '';
  #keyExpected = false;
  /** null: not within a text. */
  #text: 'skipped' | 'key' | 'value' | null = null;
  #pieces: Uint8Array[] = [];
  #length = 0;
  /** The chunk has ended after a backslash. */
  #escaped = false;

  constructor(receiver: Receiver) {
    this.#receiver = receiver;
  }

  read(chunk: Uint8Array): void {
    let given = this.#givenAt >= 0 ? 0 : -1;
    for (let p = 0; p < chunk.length; p++) {
      if (this.#text !== null) {
        p = this.#textEnd(chunk, p);
        continue;
      }
      const c = chunk[p];
      if (c === QUOTE) this.#beginText();
      else if (c === OPEN_BRACE || c === OPEN_BRACKET) {
        if (this.#enter(c === OPEN_BRACKET)) given = p;
      } else if (c === CLOSE_BRACE || c === CLOSE_BRACKET) {
        if (!this.#leave()) continue;
        this.#receiver.give(chunk.slice(given, p + 1));
        this.#receiver.end();
        given = -1;
      } else if (c === COLON) this.#keyExpected = false;
      else if (c === COMMA) this.#keyExpected = this.#top !== undefined && !this.#top.isList;
    }
    // The source may use its buffer again.
    if (given >= 0) this.#receiver.give(chunk.slice(given));
  }

  /** A text that the head ends in counts as far as it goes. */
  finishHead(): void {
    if (this.#text === 'value') this.#endText();
  }

  get #top(): Container | undefined {
    return this.#givenAt < 0 && this.#depth <= DEEPEST ? this.#open.at(-1) : undefined;
  }

  /** Of the value that begins. */
  get #path(): string {
    const top = this.#top;
    if (!top || top.isList) return top?.path ?? '';
    const key = ID_KEY.test(this.#key) ? '*' : this.#key;
    return top.path === '' ? key : `${top.path}.${key}`;
  }

  /** True: it is wanted. */
  #enter(isList: boolean): boolean {
    const isSeen = this.#givenAt < 0 && this.#depth < DEEPEST;
    const path = isSeen ? this.#path : '';
    const isWanted = isSeen && this.#receiver.wants(path, false);
    if (isWanted) this.#givenAt = this.#depth;
    else if (isSeen) this.#open.push({ path: isList ? `${path}[]` : path, isList });
    this.#depth++;
    this.#keyExpected = isSeen && !isWanted && !isList;
    return isWanted;
  }

  /** True: what was given ends. */
  #leave(): boolean {
    this.#depth = Math.max(0, this.#depth - 1);
    this.#keyExpected = false;
    const ends = this.#depth === this.#givenAt;
    if (ends) this.#givenAt = -1;
    else if (this.#depth < this.#open.length && this.#givenAt < 0) this.#open.pop();
    return ends;
  }

  #beginText(): void {
    const top = this.#top;
    const isKey = this.#keyExpected && top !== undefined;
    const isWanted = !isKey && top !== undefined && this.#receiver.wants(this.#path, true);
    this.#text = isKey ? 'key' : isWanted ? 'value' : 'skipped';
  }

  /** The place of the quote that ends the text, or of the last byte of the chunk. */
  #textEnd(chunk: Uint8Array, from: number): number {
    let p = this.#escaped ? from + 1 : from;
    while (p < chunk.length && chunk[p] !== QUOTE) p += chunk[p] === BACKSLASH ? 2 : 1;
    this.#escaped = p > chunk.length;
    if (this.#text !== 'skipped' && this.#length < LONGEST_TEXT) {
      this.#pieces.push(chunk.slice(from, p));
      this.#length += p - from;
    }
    if (p < chunk.length) this.#endText();
    return Math.min(p, chunk.length - 1);
  }

  #endText(): void {
    const kind = this.#text;
    this.#text = null;
    if (kind === 'skipped') return;
    const text = unescaped(decodeBytes(joinBytes(this.#pieces)));
    this.#pieces = [];
    this.#length = 0;
    if (kind === 'key') this.#key = text;
    else if (JSON_TEXT.test(text)) this.#receiver.text(this.#path, text);
  }
}

function unescaped(text: string): string {
  // The head of a file may end within an escape.
  for (const whole of text.includes('\\') ? [text, text.slice(0, text.lastIndexOf('\\'))] : []) {
    try {
      return JSON.parse(`"${whole}"`) as string;
    } catch {
      // Without the last escape, or as it is.
    }
  }
  return text;
}
