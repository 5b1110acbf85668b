/** Zipkin's ListOfSpans in protobuf → its JSON, a line a span, which the reader of Zipkin's JSON reads. */
import type { NoteSink } from '../model/import-note.ts';
import { ByteBuffer } from '../util/bytes.ts';
import { NEED_MORE } from '../util/json-cursor.ts';
import { findMessages, type Framing } from './protobuf-framing.ts';
import { LENGTH_DELIMITED, MALFORMED, ProtobufCursor } from './protobuf.ts';
import { readMessage } from './protobuf-message.ts';
import type { ByteSource } from './source.ts';
import { isZipkinSpan, SPAN } from './zipkin-message.ts';

/** Field 1 of a ListOfSpans. */
const SPANS = 0x0a;
const NEWLINE = 0x0a;
/** What is enough to tell how messages are framed. */
const HEAD_BYTES = 256 * 1024;
const CHUNK_BYTES = 64 * 1024;

/** How the lists follow each other at the head of a file; null: they are none of Zipkin's. */
export function findZipkinLists(head: Uint8Array): Framing | null {
  return findMessages(head, (from, to) => (isZipkinList(head, from, to) ? true : null))?.framing ?? null;
}

/** The first of its spans has the fields of one. */
function isZipkinList(head: Uint8Array, from: number, to: number): boolean {
  if (head[from] !== SPANS) return false;
  const cursor = new ProtobufCursor();
  cursor.append(head.subarray(from, Math.min(to, head.length)));
  cursor.final = true;
  cursor.pos = 1;
  try {
    return isZipkinSpan(cursor, cursor.fieldEnd(to - from));
  } catch (error) {
    if (error !== MALFORMED) throw error;
    return false;
  }
}

/** A line of the JSON, and where its span begins in the protobuf. */
interface LinePlace {
  readonly json: number;
  readonly protobuf: number;
}

export class ZipkinListSource implements ByteSource {
  readonly base = 0;
  readonly #source: ByteSource;
  readonly #notes: NoteSink;
  readonly #cursor = new ProtobufCursor();
  #framing: Framing | null = null;
  /** Of the list being read, in the stream. */
  #listEnd = 0;
  /** What lies before this position is not read. */
  #skipTo = 0;
  #isOver = false;
  /** The next chunk of JSON. */
  readonly #json = new ByteBuffer();
  /** Bytes of JSON handed on. */
  #written = 0;
  /** Of this chunk and the one before. */
  #places: LinePlace[] = [];
  #placesBefore: LinePlace[] = [];

  constructor(source: ByteSource, notes: NoteSink) {
    this.#source = source;
    this.#notes = notes;
    this.#cursor.wanted = HEAD_BYTES;
  }

  async next(): Promise<Uint8Array | null> {
    while (!this.#isOver) {
      if (this.#framing !== null) this.#readWindow();
      const { bytes, length } = this.#json;
      if (length > 0) {
        this.#written += length;
        this.#json.length = 0;
        return bytes.slice(0, length);
      }
      if (!this.#isOver) await this.#fill();
    }
    return null;
  }

  /** Where the span is in the protobuf whose JSON is at this position. */
  placeOf(position: number): number {
    const all = [...this.#placesBefore, ...this.#places];
    return all.findLast(({ json }) => json <= position)?.protobuf ?? 0;
  }

  async #fill(): Promise<void> {
    const cursor = this.#cursor;
    do {
      const chunk = await this.#source.next();
      if (chunk) cursor.append(chunk);
      else cursor.final = true;
    } while (!cursor.final && cursor.end - cursor.checkpoint < cursor.wanted);
    this.#framing ??= findZipkinLists(cursor.bytes.subarray(0, cursor.end)) ?? 'bare';
  }

  /** The spans that are whole in the window, up to a chunk. */
  #readWindow(): void {
    const json = this.#json;
    this.#placesBefore = this.#places;
    this.#places = [];
    try {
      while (json.length < CHUNK_BYTES && !this.#isOver) {
        const at = this.#cursor.position;
        const line = this.#advance();
        if (line === '') continue;
        this.#places.push({ json: this.#written + json.length, protobuf: at });
        json.text(line);
      }
    } catch (error) {
      if (error !== NEED_MORE) throw error;
    }
  }

  /** The next field; '': it is no span, or the end. */
  #advance(): string {
    const cursor = this.#cursor;
    cursor.expectHeader();
    if (this.#skips() || cursor.pos >= cursor.end) {
      this.#isOver ||= cursor.pos >= cursor.end && cursor.final;
      return '';
    }
    try {
      if (this.#framing !== 'bare' && cursor.position >= this.#listEnd) this.#openList();
      else if (!this.#stepsOverBreak()) return this.#field();
    } catch (error) {
      if (error !== MALFORMED) throw error;
      this.#giveUp();
    }
    return '';
  }

  /** True: something was stepped over that is not to be read. */
  #skips(): boolean {
    const cursor = this.#cursor;
    const missing = this.#skipTo - cursor.position;
    if (missing <= 0) return false;
    cursor.pos = Math.min(cursor.end, cursor.pos + missing);
    if (cursor.position < this.#skipTo && cursor.final) this.#noteTruncated();
    return true;
  }

  #openList(): void {
    const cursor = this.#cursor;
    const isFixed = this.#framing === 'fixed';
    if (isFixed && cursor.pos + 4 > cursor.end) return this.#noteTruncated();
    const length = isFixed ? cursor.view.getUint32(cursor.pos) : cursor.varint();
    if (isFixed) cursor.pos += 4;
    this.#listEnd = cursor.position + length;
  }

  /** Some writers put a line break after each list; as a tag it would begin a span that is too short to be one. */
  #stepsOverBreak(): boolean {
    const cursor = this.#cursor;
    const { bytes, pos, end } = cursor;
    if (this.#framing !== 'bare' || bytes[pos] !== NEWLINE) return false;
    const isLast = pos + 1 === end && cursor.final;
    if (!isLast && (bytes[pos + 1] !== SPANS || bytes[pos + 2] === SPANS)) return false;
    cursor.pos++;
    return true;
  }

  #field(): string {
    const cursor = this.#cursor;
    const limit = this.#framing === 'bare' ? Infinity : this.#listEnd;
    const tag = cursor.varint();
    if ((tag & 7) !== LENGTH_DELIMITED) {
      cursor.skip(tag, cursor.final ? cursor.end : Infinity);
      return '';
    }
    const length = cursor.varint();
    const end = cursor.position + length;
    if (end > limit) throw MALFORMED;
    if (tag !== SPANS) {
      this.#skipTo = end;
      return '';
    }
    if (!cursor.take(length)) {
      this.#noteTruncated();
      return '';
    }
    return this.#span(cursor.pos + length);
  }

  #span(to: number): string {
    const cursor = this.#cursor;
    try {
      return `${JSON.stringify(readMessage(cursor, to, SPAN))}\n`;
    } catch (error) {
      if (error !== MALFORMED) throw error;
      this.#noteMalformed();
      return '';
    } finally {
      cursor.pos = to;
    }
  }

  /** Where the next list begins is known but of a bare stream. */
  #giveUp(): void {
    this.#noteMalformed();
    const { final, pos, end, position } = this.#cursor;
    if (this.#framing === 'bare' || this.#listEnd <= position || (final && pos > end)) this.#isOver = true;
    else this.#skipTo = this.#listEnd;
  }

  #noteMalformed(): void {
    const at = this.#checkpoint;
    this.#note('protobuf-syntax', `Not valid protobuf at byte ${at}.`);
  }

  #noteTruncated(): void {
    this.#note('truncated', 'The file ends in the middle of a message.');
    this.#isOver = true;
  }

  #note(code: string, message: string): void {
    this.#notes.note(code, 'rejected', message, { bytePosition: this.#checkpoint, line: null });
  }

  get #checkpoint(): number {
    return this.#cursor.base + this.#cursor.checkpoint;
  }
}
