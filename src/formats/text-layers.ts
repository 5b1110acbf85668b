/** Layers around text: UTF-16, and documents that each follow their length. */
import { encodeText, joinBytes, latin1, NEWLINE, OPEN_BRACE, OPEN_BRACKET } from '../util/bytes.ts';
import type { NoteSink } from '../model/import-note.ts';
import type { ByteSource } from './source.ts';

/** UTF-16 → UTF-8. The byte order mark is left out. */
export class Utf16Source implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  readonly #decoder: TextDecoder;
  #ended = false;

  constructor(source: ByteSource, encoding: 'utf-16le' | 'utf-16be') {
    this.#source = source;
    this.#decoder = new TextDecoder(encoding);
  }

  async next(): Promise<Uint8Array | null> {
    while (!this.#ended) {
      const chunk = await this.#source.next();
      this.#ended = chunk === null;
      const text = chunk ? this.#decoder.decode(chunk, { stream: true }) : this.#decoder.decode();
      if (text !== '') return encodeText(text);
    }
    return null;
  }
}

const PREFIX_BYTES = 4;
const LINE_BREAK = new Uint8Array([NEWLINE]);

/** JSON documents, each after its length in 4 bytes, big-endian → documents, a line break after each. */
export class LengthPrefixedSource implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  readonly #notes: NoteSink;
  /** Of the document being read. */
  #left = 0;
  #prefix: number[] = [];
  #consumed = 0;
  #started = false;

  constructor(source: ByteSource, notes: NoteSink) {
    this.#source = source;
    this.#notes = notes;
  }

  async next(): Promise<Uint8Array | null> {
    for (;;) {
      const chunk = await this.#source.next();
      if (!chunk) {
        if (this.#prefix.length > 0) this.#noteEnd();
        return null;
      }
      const bytes = this.#strip(chunk);
      this.#consumed += chunk.length;
      if (bytes.length > 0) return bytes;
    }
  }

  #strip(chunk: Uint8Array): Uint8Array {
    const pieces: Uint8Array[] = [];
    for (let at = 0; at < chunk.length;) {
      if (this.#left === 0) {
        this.#prefix.push(chunk[at++]);
        if (this.#prefix.length < PREFIX_BYTES) continue;
        const [a, b, c, d] = this.#prefix;
        this.#left = ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;
        this.#prefix = [];
        if (this.#started) pieces.push(LINE_BREAK);
        this.#started = true;
        continue;
      }
      const to = Math.min(chunk.length, at + this.#left);
      pieces.push(chunk.subarray(at, to));
      this.#left -= to - at;
      at = to;
    }
    return joinBytes(pieces);
  }

  #noteEnd(): void {
    const message = 'The file ends in the middle of a length.';
    this.#notes.note('truncated', 'kept', message, { bytePosition: this.#consumed, line: null });
  }
}

/** The head begins with a length and a JSON document of that length, or of more than there is of it. */
export function isLengthPrefixedJson(head: Uint8Array, complete: boolean): boolean {
  if (head.length <= PREFIX_BYTES) return false;
  const first = head[PREFIX_BYTES];
  if (head[0] > 0x0f || (first !== OPEN_BRACE && first !== OPEN_BRACKET)) return false;
  // Protobuf may begin with such bytes, too: its ids are not followed by what JSON begins with.
  if (!/^.\s*["{}[\]]/.test(latin1(head, PREFIX_BYTES, Math.min(head.length, PREFIX_BYTES + 64))))
    return false;
  const length = ((head[0] << 24) | (head[1] << 16) | (head[2] << 8) | head[3]) >>> 0;
  const end = PREFIX_BYTES + length;
  if (length < 2) return false;
  if (end + PREFIX_BYTES < head.length) return head[end + PREFIX_BYTES] === first;
  return end === head.length || !complete || end > head.length;
}
