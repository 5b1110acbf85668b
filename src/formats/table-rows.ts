/**
 * Bytes of a table → its rows (RFC 4180: quotes doubled, line breaks within quotes; or ClickHouse's TSV with
 * backslash escapes), a chunk at a time. Memory: one chunk and one row.
 */
import { decodePiece, NEWLINE, QUOTE, RETURN } from '../util/bytes.ts';
import { plainStrings } from './kept-strings.ts';
import { textIn } from './text-cache.ts';

export interface TableDialect {
  /** One ASCII character. */
  readonly separator: string;
  /** A field that begins with " ends at the next single ". */
  readonly quoted: boolean;
  /** \t, \n, \\ … stand for characters; \N for nothing. */
  readonly escaped: boolean;
}

export interface RowReceiver {
  row(fields: string[], position: number): void;
  /** The last row has a quote that is never closed. True: it is taken as it is, to the end of the file. */
  openRow(fields: string[], position: number): boolean;
  /** A row with a quote that is never closed: its first line was left out. */
  brokenRow(position: number): void;
}

/** A row longer than this has a quote too many. */
const LONGEST_ROW_BYTES = 8 * 1024 * 1024;

export class RowSplitter {
  readonly #dialect: TableDialect;
  readonly #separator: number;
  readonly #receiver: RowReceiver;
  readonly #longestRow: number;
  #bytes: Uint8Array = new Uint8Array(0);
  /** The field being read. */
  #field = textIn(this.#bytes);
  /** Position in the file of #bytes[0]. */
  #base: number;
  /** The first quote at or after the row being read; the end where there is none. */
  #nextQuote = 0;
  /** The rest of a line that was given up is still to come. */
  #leavesLine = false;

  constructor(dialect: TableDialect, receiver: RowReceiver, base = 0, longestRow = LONGEST_ROW_BYTES) {
    this.#dialect = dialect;
    this.#separator = dialect.separator.charCodeAt(0);
    this.#receiver = receiver;
    this.#base = base;
    this.#longestRow = longestRow;
  }

  push(chunk: Uint8Array): void {
    const joined = new Uint8Array(this.#bytes.length + chunk.length);
    joined.set(this.#bytes);
    joined.set(chunk, this.#bytes.length);
    this.#hold(joined);
    this.#read(false);
  }

  finish(): void {
    this.#read(true);
  }

  #read(final: boolean): void {
    const end = this.#bytes.length;
    this.#nextQuote = -1;
    let at = this.#leavesLine ? this.#lineEnd(0) + 1 : 0;
    while (at < end) {
      const rowEnd = this.#rowEnd(at, final);
      if (rowEnd >= 0) this.#give(at, rowEnd);
      else if (!final && end - at <= this.#longestRow) break;
      at = (rowEnd >= 0 ? rowEnd : this.#leaveOpenRow(at, final)) + 1;
    }
    this.#base += Math.min(at, end);
    this.#hold(this.#bytes.slice(at));
  }

  #hold(bytes: Uint8Array): void {
    this.#bytes = bytes;
    this.#field = textIn(bytes);
  }

  #give(from: number, rowEnd: number): void {
    const to = rowEnd > from && this.#bytes[rowEnd - 1] === RETURN ? rowEnd - 1 : rowEnd;
    if (to === from) return;
    this.#receiver.row(this.#fields(from, to), this.#base + from);
  }

  /** The fields of one row. */
  #fields(from: number, to: number): string[] {
    const bytes = this.#bytes;
    const { quoted } = this.#dialect;
    const fields: string[] = [];
    for (let at = from; ;) {
      const isQuoted = quoted && bytes[at] === QUOTE;
      const afterQuotes = isQuoted ? this.#afterQuoted(at + 1) : at;
      let end = afterQuotes < 0 ? to : afterQuotes;
      while (end < to && bytes[end] !== this.#separator) end++;
      fields.push(isQuoted ? this.#quotedText(at, end) : this.#bareText(at, end));
      if (end >= to) return fields;
      at = end + 1;
    }
  }

  #bareText(from: number, to: number): string {
    const text = this.#textOf(from, to);
    return this.#dialect.escaped ? unescapeField(text) : this.#withPoint(text);
  }

  /** Where semicolons separate fields, numbers have a comma for their point. */
  #withPoint(field: string): string {
    const isDecimal = this.#dialect.separator === ';' && DECIMAL_COMMA.test(field);
    return isDecimal ? field.replace(',', '.') : field;
  }

  /** What is between the quotes, and after them. */
  #quotedText(from: number, to: number): string {
    const quote = this.#bytes.indexOf(QUOTE, from + 1);
    if (quote === to - 1) return this.#bareText(from + 1, quote);
    return this.#withPoint(readQuoted(decodePiece(this.#bytes, from, to)));
  }

  #textOf(from: number, to: number): string {
    this.#field.from = from;
    this.#field.to = to;
    return plainStrings.textOf(this.#field);
  }

  /** Where the row that has no end is left: at the end of the file, or of its first line. */
  #leaveOpenRow(from: number, final: boolean): number {
    const end = this.#bytes.length;
    const position = this.#base + from;
    if (final && end - from <= this.#longestRow) {
      if (this.#receiver.openRow(this.#fields(from, end), position)) return end;
    }
    this.#receiver.brokenRow(position);
    return this.#lineEnd(from);
  }

  /** The next line break; where none has come yet, the line goes on to be left out. */
  #lineEnd(from: number): number {
    const newline = this.#bytes.indexOf(NEWLINE, from);
    this.#leavesLine = newline < 0;
    return newline < 0 ? this.#bytes.length : newline;
  }

  /** Place of the line break that ends the row; −1: not in these bytes. */
  #rowEnd(from: number, final: boolean): number {
    const bytes = this.#bytes;
    const end = bytes.length;
    const newline = bytes.indexOf(NEWLINE, from);
    if (!this.#dialect.quoted) return newline >= 0 ? newline : final ? end : -1;
    if (this.#nextQuote < from) {
      const quote = bytes.indexOf(QUOTE, from);
      this.#nextQuote = quote < 0 ? end : quote;
    }
    if (newline >= 0 ? this.#nextQuote > newline : this.#nextQuote === end) {
      return newline >= 0 ? newline : final ? end : -1;
    }
    return this.#quotedRowEnd(from, final);
  }

  #quotedRowEnd(from: number, final: boolean): number {
    const bytes = this.#bytes;
    const end = bytes.length;
    for (let p = from; ; p++) {
      if (bytes[p] === QUOTE) p = this.#afterQuoted(p + 1);
      if (p < 0) return -1;
      while (p < end && bytes[p] !== this.#separator && bytes[p] !== NEWLINE) p++;
      if (p >= end) return final ? end : -1;
      if (bytes[p] === NEWLINE) return p;
    }
  }

  /** The place after the quote that closes the field whose text begins at p; −1: none does. */
  #afterQuoted(from: number): number {
    const bytes = this.#bytes;
    for (let p = from; p < bytes.length; p++) {
      if (bytes[p] !== QUOTE) continue;
      if (bytes[p + 1] !== QUOTE) return p + 1;
      p++;
    }
    return -1;
  }
}

const DECIMAL_COMMA = /^\s*[+-]?\d+,\d+\s*$/;

/** A field that begins with a quote, doubled ones as one; what stands after the closing one is part of it. */
function readQuoted(field: string): string {
  let value = '';
  for (let at = 1; ;) {
    const quote = field.indexOf('"', at);
    if (quote < 0) return value + field.slice(at);
    value += field.slice(at, quote);
    if (field[quote + 1] !== '"') return value + field.slice(quote + 1);
    value += '"';
    at = quote + 2;
  }
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['t', '\t'],
  ['n', '\n'],
  ['r', '\r'],
  ['b', '\b'],
  ['f', '\f'],
  ['0', '\0'],
]);

/**
 * ClickHouse's TSV escapes (docs: TabSeparated, data formatting). A map or list within a field is written with
 * the same escapes for its own quotes: `\'` stays for the reader of literals.
 */
function unescapeField(field: string): string {
  if (!field.includes('\\')) return field;
  if (field === '\\N') return '';
  return field.replace(/\\(.)/gs, (pair: string, c: string) => ESCAPES.get(c) ?? (c === "'" ? pair : c));
}
