/** Spans of a trace lie together, and so do the ids of their trace: each is compared with the one before. */
import { ByteRun, QUOTE } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import type { Member } from '../util/json-layout.ts';
import type { SpanFields } from './span-fields.ts';

const DIGITS = 32;

export class RepeatedTraceId {
  readonly #cursor: JsonCursor;
  readonly #fields: SpanFields;
  /** The digits and the closing quote; null: none yet. */
  #run: ByteRun | null = null;
  readonly #words = [0, 0, 0, 0];

  constructor(cursor: JsonCursor, fields: SpanFields) {
    this.#cursor = cursor;
    this.#fields = fields;
  }

  /** As SpanFields.traceIdInto. */
  readInto(words: number[], member: Member): boolean {
    if (!member.quoted || !this.#readUsual()) return this.#fields.traceIdInto(words, member);
    const known = this.#words;
    for (let i = 0; i < 4; i++) words[i] = known[i];
    return true;
  }

  /** The id whose opening quote has been read, if it is of the usual form; false: it is not, and nothing was read. */
  #readUsual(): boolean {
    return (this.#run !== null && this.#cursor.matches(this.#run)) || this.#readNew();
  }

  #readNew(): boolean {
    const cursor = this.#cursor;
    const { ids } = this.#fields;
    const { bytes, pos } = cursor;
    if (bytes[pos + DIGITS] !== QUOTE || !ids.readHex32(bytes, pos) || ids.isZero) return false;
    this.#run ??= new ByteRun(new Uint8Array(DIGITS + 1));
    for (let i = 0; i <= DIGITS; i++) this.#run.bytes[i] = bytes[pos + i];
    const words = this.#words;
    words[0] = ids.a;
    words[1] = ids.b;
    words[2] = ids.c;
    words[3] = ids.d;
    cursor.pos = pos + DIGITS + 1;
    return true;
  }
}
