/**
 * JSON that went through a log: Docker's json-file (`{"log":"…","stream":…}`), CRI (`… stdout F …`), and prefixes
 * that docker compose, kubectl or a logger put before it, or before each line of it; the cells of a table of messages
 * (`@timestamp,@message` of Logs Insights). What a line was cut into (16 kB a piece) is put together.
 */
import { decodeBytes, encodeText, RECORD_SEPARATOR, RETURN, SPACE } from '../util/bytes.ts';
import { isObject, type Json } from './json-value.ts';
import type { ByteSource } from './source.ts';

export type LogKind = 'Docker log' | 'CRI log' | 'log lines' | 'prefixed lines' | 'table cells';

/** A piece of a line: what was written, and where to. */
interface Piece {
  readonly stream: string;
  readonly text: string;
  /** The line goes on in the next piece of its stream. */
  readonly isPartial: boolean;
}

const CRI = /^\S+T\S+ (stdout|stderr) ([FP])(?::\S*)? (.*)$/s;
/** What stands before the JSON at the end of a line. */
const PREFIXED = /^[^{["]*?(?:\[[^\]{]*\][^{["]*?)*((?:\{\s*"|\[\s*\{).*[\]}])\s*$/s;
/** Who printed a line, and when: `shop-web-1  | `, `[pod/shop-7d9/web] `, a time. */
const LINE_PREFIX =
  /^(?:(?:[\w.-]+ +\||\[pod\/[^\]]+\]|\d{4}-\d\d-\d\d[T ][\d:.,]+(?:Z|[+-]\d\d:?\d\d)?)(?: |$))+(.*)$/s;
/** JSON in a cell of a table, its quotes doubled. */
const JSON_CELL = /(?:^|[,;\t])"(\s*[{[](?:[^"]|"")*)"(?=[,;\t]|$)/s;
const STREAMS_LIMIT = 256 * 1024 * 1024;
/** What tells text from binary data. */
const BEGINNING_BYTES = 512;
const ESCAPE = 0x1b;

const READERS: Readonly<Record<LogKind, (line: string) => Piece | null>> = {
  'Docker log': readDocker,
  'CRI log': readCri,
  'log lines': readPrefixed,
  'prefixed lines': readBehindPrefix,
  'table cells': readCell,
};

function readDocker(line: string): Piece | null {
  if (!line.includes('"log"')) return null;
  let record: Json;
  try {
    record = JSON.parse(line) as Json;
  } catch {
    return null;
  }
  if (!isObject(record) || typeof record.log !== 'string') return null;
  const stream = typeof record.stream === 'string' ? record.stream : '';
  return { stream, text: record.log.replace(/\r?\n$/, ''), isPartial: !record.log.endsWith('\n') };
}

function readCri(line: string): Piece | null {
  const found = CRI.exec(line);
  return found ? { stream: found[1], text: found[3], isPartial: found[2] === 'P' } : null;
}

function readPrefixed(line: string): Piece | null {
  const found = PREFIXED.exec(line);
  return found ? { stream: '', text: found[1], isPartial: false } : null;
}

function readBehindPrefix(line: string): Piece | null {
  const found = LINE_PREFIX.exec(line);
  return found ? { stream: '', text: found[1], isPartial: false } : null;
}

function readCell(line: string): Piece | null {
  const found = JSON_CELL.exec(line);
  return found ? { stream: '', text: found[1].replaceAll('""', '"'), isPartial: false } : null;
}

/** What its lines may have been through that only shows once it is taken off, the likelier first. */
export function possibleLogs(head: Uint8Array): LogKind[] {
  if (!isText(head)) return [];
  const lines = decodeBytes(head).split('\n').slice(0, 200);
  if (lines.length > 1) lines.pop();
  const written = lines.map((line) => line.trimEnd()).filter((line) => line !== '');
  const share = (kind: LogKind): number =>
    written.filter((line) => READERS[kind](line) !== null).length / Math.max(1, written.length);
  const kinds: LogKind[] = [];
  // A document over several lines, or one that follows lines of another kind.
  if (share('prefixed lines') > 0.9 && share('log lines') < 0.5) kinds.push('prefixed lines');
  if (logKindOf(head) === 'log lines') kinds.push('log lines');
  if (share('table cells') >= 0.5) kinds.push('table cells');
  return kinds;
}

/** What kind of log the head of a file is, at least by half of its lines; null: none. */
export function logKindOf(head: Uint8Array): LogKind | null {
  if (!isText(head)) return null;
  const lines = decodeBytes(head).split('\n').slice(0, 200);
  if (lines.length > 1) lines.pop();
  const written = lines.filter((line) => line.trim() !== '');
  const isKind = (kind: LogKind): boolean =>
    written.filter((line) => READERS[kind](line.trimEnd()) !== null).length * 2 >= written.length;
  if (written.length === 0) return null;
  if (isKind('Docker log')) return 'Docker log';
  if (isKind('CRI log')) return 'CRI log';
  return written.some((line) => readPrefixed(line) !== null) ? 'log lines' : null;
}

/** Nothing in its beginning but terminals' escapes and the separators of records is what no text has. */
function isText(head: Uint8Array): boolean {
  return head
    .subarray(0, BEGINNING_BYTES)
    .every((c) => c >= SPACE || (c > 8 && c <= RETURN) || c === ESCAPE || c === RECORD_SEPARATOR);
}

/** The first line has something in brackets before its JSON, which is not a list. */
export function beginsWithPrefix(head: Uint8Array): boolean {
  return /^\s*\[[^\]{}"[\n]+\][^\n]*[{[]/.test(decodeBytes(head, 0, Math.min(head.length, 1024)));
}

/** The lines that were logged, as far as they can be had from the head. */
export function stripHead(head: Uint8Array, kind: LogKind): Uint8Array {
  const lines = new LogLines(kind);
  return encodeText(lines.read(decodeBytes(head)) + lines.finish());
}

/** The logged lines without what the log put around them. */
export class LogSource implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  readonly #lines: LogLines;
  readonly #decoder = new TextDecoder();
  #ended = false;

  constructor(source: ByteSource, kind: LogKind) {
    this.#source = source;
    this.#lines = new LogLines(kind);
  }

  async next(): Promise<Uint8Array | null> {
    while (!this.#ended) {
      const chunk = await this.#source.next();
      this.#ended = chunk === null;
      const text = chunk ? this.#decoder.decode(chunk, { stream: true }) : this.#decoder.decode();
      const logged = this.#lines.read(text) + (this.#ended ? this.#lines.finish() : '');
      if (logged !== '') return encodeText(logged);
    }
    return null;
  }
}

class LogLines {
  readonly #read: (line: string) => Piece | null;
  /** The beginning of a line that is not complete. */
  #rest: string[] = [];
  /** By stream: the pieces of a line that goes on. */
  readonly #open = new Map<string, string[]>();
  #openLength = 0;

  constructor(kind: LogKind) {
    this.#read = READERS[kind];
  }

  /** The lines completed by this text. */
  read(text: string): string {
    const lines = text.split('\n');
    this.#rest.push(lines[0]);
    if (lines.length === 1) return '';
    lines[0] = this.#rest.join('');
    this.#rest = [lines.pop() ?? ''];
    return lines.map((line) => this.#line(line)).join('');
  }

  /** What is left, though its end is missing. */
  finish(): string {
    const last = this.#line(this.#rest.join(''));
    this.#rest = [];
    return last + [...this.#open.values()].map((pieces) => `${pieces.join('')}\n`).join('');
  }

  /** A line that is none of the log's own is left as it is: reading will say what it thinks of it. */
  #line(line: string): string {
    if (line.trim() === '') return '';
    const piece = this.#read(line.endsWith('\r') ? line.slice(0, -1) : line);
    if (!piece) return `${line}\n`;
    const pieces = this.#open.get(piece.stream) ?? [];
    pieces.push(piece.text);
    this.#openLength += piece.text.length;
    if (piece.isPartial && this.#openLength < STREAMS_LIMIT) {
      this.#open.set(piece.stream, pieces);
      return '';
    }
    this.#open.delete(piece.stream);
    this.#openLength = 0;
    return `${pieces.join('')}\n`;
  }
}
