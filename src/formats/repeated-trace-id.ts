/** Spans of a trace lie together, and so do the ids of their trace: each is compared with the one before. */
import { ByteRun, QUOTE } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import type { IdReader } from './trace-ids.ts';

const DIGITS = 32;

export class RepeatedTraceId {
  readonly #ids: IdReader;
  /** The digits and the closing quote; null: none yet. */
  #run: ByteRun | null = null;
  readonly #words = [0, 0, 0, 0];

  constructor(ids: IdReader) {
    this.#ids = ids;
  }

  /**
   * The id whose opening quote has been read → words, and stepped over, if it is of the usual form.
   * False: it is not, and nothing was read.
   */
  read(cursor: JsonCursor, words: number[]): boolean {
    if ((!this.#run || !cursor.matches(this.#run)) && !this.#readNew(cursor)) return false;
    const known = this.#words;
    for (let i = 0; i < 4; i++) words[i] = known[i];
    return true;
  }

  #readNew(cursor: JsonCursor): boolean {
    const ids = this.#ids;
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
