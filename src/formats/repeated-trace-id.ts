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

  /** The id whose opening quote has been read is the one before: it is stepped over and → words. */
  repeats(cursor: JsonCursor, words: number[]): boolean {
    if (!this.#run || !cursor.matches(this.#run)) return false;
    for (let i = 0; i < 4; i++) words[i] = this.#words[i];
    return true;
  }

  /** Of an id that has been read: where its digits begin. Only the usual form is remembered. */
  remember({ bytes }: JsonCursor, at: number): void {
    const ids = this.#ids;
    if (bytes[at + DIGITS] !== QUOTE || !ids.readHex32(bytes, at) || ids.isZero) return;
    this.#run ??= new ByteRun(new Uint8Array(DIGITS + 1));
    this.#run.bytes.set(bytes.subarray(at, at + DIGITS + 1));
    const words = this.#words;
    words[0] = ids.a;
    words[1] = ids.b;
    words[2] = ids.c;
    words[3] = ids.d;
  }
}
