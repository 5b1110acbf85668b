/**
 * JSON documents that were written as JSON texts, `"{\"resourceSpans\":…}"`, as a second JSON.stringify does:
 * one, or one after another. A text is opened while it is read, however long it is.
 */
import { BACKSLASH, joinBytes, latin1, NEWLINE, QUOTE } from '../util/bytes.ts';
import { escapedByte } from '../util/json-text.ts';
import type { ByteSource } from './source.ts';

const HEAD_LOOKED_AT = 256;
/** A quotation mark, and in its text a brace and the escaped quotation mark of a key; brackets may be between. */
const TEXT_OF_JSON = /^\s*"(?:\s|\\+[nrt"]|\[)*\{(?:\s|\\+[nrt])*\\+"/;
const LETTER_U = 0x75;
/** Of `\u00e9`. */
const UNICODE_ESCAPE_BYTES = 6;
const ASCII_END = 0x80;
const NOTHING = new Uint8Array(0);

/** The head begins with a text that holds a document. */
export function isJsonText(head: Uint8Array): boolean {
  const start = head[0] === 0xef ? 3 : 0;
  return TEXT_OF_JSON.test(latin1(head, start, Math.min(head.length, HEAD_LOOKED_AT)));
}

/** What the texts hold, a line break after each; what stands between them is left out. */
export class JsonTextSource implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  #inText = false;
  /** An escape that the chunk has ended in. */
  #begun: Uint8Array = NOTHING;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  async next(): Promise<Uint8Array | null> {
    for (let chunk = await this.#source.next(); chunk; chunk = await this.#source.next()) {
      const opened = this.#open(this.#begun.length > 0 ? joinBytes([this.#begun, chunk]) : chunk);
      if (opened.length > 0) return opened;
    }
    return null;
  }

  #open(bytes: Uint8Array): Uint8Array {
    // Nothing is longer without its escapes.
    const opened = new Uint8Array(bytes.length);
    let length = 0;
    let p = 0;
    while (p < bytes.length) {
      const c = bytes[p];
      if (c === BACKSLASH && this.#inText) {
        const size = bytes[p + 1] === LETTER_U ? UNICODE_ESCAPE_BYTES : 2;
        if (p + size > bytes.length) break;
        length += unescape(bytes.subarray(p, p + size), opened, length);
        p += size;
        continue;
      }
      if (c === QUOTE) this.#inText = !this.#inText;
      if (this.#inText ? c !== QUOTE : c === QUOTE) opened[length++] = c === QUOTE ? NEWLINE : c;
      p++;
    }
    // The source may use its buffer again.
    this.#begun = bytes.slice(p);
    return opened.subarray(0, length);
  }
}

/** Writes what the escape stands for; returns how many bytes that are. */
function unescape(escape: Uint8Array, into: Uint8Array, at: number): number {
  if (escape.length === 2) {
    into[at] = escapedByte(escape[1]) || escape[1];
    return 1;
  }
  const code = Number.parseInt(latin1(escape, 2, UNICODE_ESCAPE_BYTES), 16);
  if (code < ASCII_END) {
    into[at] = code;
    return 1;
  }
  // Within a text of the document it means the same, and outside of one it is wrong in both ways.
  into.set(escape, at);
  return UNICODE_ESCAPE_BYTES;
}
