/** What the fields of a span hold in JSON, the same in OTLP, Jaeger and Zipkin: values, ids and times, and what is odd. */
import { decodeBytes, latin1, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../util/bytes.ts';
import { Decimal } from '../util/decimal.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import type { Member } from '../util/json-layout.ts';
import { SCALAR } from '../util/json-text.ts';
import type { RecordNotes } from './record-notes.ts';
import { type IdDialect, type IdForm, IdReader, NO_ID, OPAQUE_ID } from './trace-ids.ts';

/** From µs to ns. */
const MICROS = 3;
const WORD_LIMIT = 40;
const LONGEST_SHOWN = 60;
/** The bit that makes an ASCII letter small. */
const SMALL = 0x20;
/** Of null. */
const LETTER_N = 0x6e;

export class SpanFields {
  /** The id read last. */
  readonly ids: IdReader;
  /** The time read last. */
  readonly decimal = new Decimal();
  readonly #cursor: JsonCursor;
  readonly #notes: RecordNotes;

  constructor(cursor: JsonCursor, notes: RecordNotes, dialect: IdDialect) {
    this.#cursor = cursor;
    this.#notes = notes;
    this.ids = new IdReader(dialect);
  }

  /** A string, number or word → the cursor's text. False: null, or (stepped over, noted) something else. */
  scalar(member: Member): boolean {
    const cursor = this.#cursor;
    if (member.quoted) {
      cursor.string();
      return true;
    }
    const c = cursor.peek();
    if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      cursor.skipValue();
      const message = 'A field of a span holds an object or list instead of a value.';
      this.#notes.record('odd-field', 'kept', message);
      return false;
    }
    cursor.scalar();
    return c !== LETTER_N;
  }

  /** The cursor's text as a string, up to so many bytes. */
  word(limit = WORD_LIMIT): string {
    const { text, from, to } = this.#cursor;
    return latin1(text, from, Math.min(to, from + limit));
  }

  /** The cursor's text is this word (in small letters, at most WORD_LIMIT) in whatever case. */
  says(word: string): boolean {
    const { text, from, to } = this.#cursor;
    if (to - from !== word.length) return false;
    for (let i = 0; i < word.length; i++) if ((text[from + i] | SMALL) !== word.charCodeAt(i)) return false;
    return true;
  }

  /** → ids. False: no id. */
  traceId(member: Member): boolean {
    const { bytes, pos } = this.#cursor;
    const { ids } = this;
    // What nearly every writer writes: 32 digits in quotes.
    if (member.quoted && bytes[pos + 32] === QUOTE && ids.readHex32(bytes, pos) && !ids.isZero) {
      this.#cursor.pos = pos + 33;
      return true;
    }
    if (!this.scalar(member)) return false;
    const { text, from, to } = this.#cursor;
    return this.#accept(ids.readTraceId(text, from, to));
  }

  /** → ids.c and ids.d. False: no id. */
  spanId(member: Member): boolean {
    const { bytes, pos } = this.#cursor;
    const { ids } = this;
    if (member.quoted && bytes[pos + 16] === QUOTE && ids.readHex16(bytes, pos) && !ids.isZero) {
      this.#cursor.pos = pos + 17;
      return true;
    }
    if (!this.scalar(member)) return false;
    const { text, from, to } = this.#cursor;
    return this.#accept(ids.readSpanId(text, from, to));
  }

  /** As traceId, into four words. */
  traceIdInto(words: number[], member: Member): boolean {
    if (!this.traceId(member)) return false;
    const { a, b, c, d } = this.ids;
    words[0] = a;
    words[1] = b;
    words[2] = c;
    words[3] = d;
    return true;
  }

  /** As spanId, into two words. */
  spanIdInto(words: number[], member: Member): boolean {
    if (!this.spanId(member)) return false;
    words[0] = this.ids.c;
    words[1] = this.ids.d;
    return true;
  }

  #accept(form: IdForm): boolean {
    if (form === OPAQUE_ID) {
      const { text, from, to } = this.#cursor;
      const id = decodeBytes(text, from, Math.min(to, from + LONGEST_SHOWN));
      const message = `“${id}” is not an id of the usual form; it is taken as a name.`;
      this.#notes.record('unusual-id', 'kept', message);
    }
    return form !== NO_ID;
  }

  /** µs → decimal holds ns. */
  micros(member: Member): boolean {
    if (!member.quoted && this.#plainMicros()) return true;
    if (!this.scalar(member)) return false;
    const { text, from, to } = this.#cursor;
    if (this.decimal.read(text, from, to, MICROS)) return true;
    this.#notes.record('unreadable-time', 'kept', `“${this.word()}” is not a time in microseconds.`);
    return false;
  }

  /** What nearly every writer writes: digits. False: something else, and nothing was read. */
  #plainMicros(): boolean {
    const cursor = this.#cursor;
    const { bytes, pos } = cursor;
    const to = this.decimal.readMicros(bytes, pos);
    if (to === 0 || SCALAR[bytes[to]] === 1 || to >= cursor.end) return false;
    cursor.pos = to;
    return true;
  }
}
