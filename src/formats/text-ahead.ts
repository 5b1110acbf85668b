import { decodeBytes } from '../util/bytes.ts';

/** Decoded at a time: a call of the decoder costs as much as the text of a record. */
const AHEAD_BYTES = 32 * 1024;

/** A window over a stream of bytes. */
interface Window {
  readonly bytes: Uint8Array;
  /** Bytes in the window. */
  readonly end: number;
  /** Position of bytes[0] in the stream. */
  readonly base: number;
}

/** The texts of records that come one after another: what follows a record in the window is decoded with it. */
export class TextAhead {
  /** Positions in the stream. */
  #from = 0;
  #to = 0;
  /** null: a byte is no character there, so that places in the text are not those in the bytes. */
  #text: string | null = null;

  /** Of bytes [from, to) of the window. Invalid UTF-8 becomes U+FFFD. */
  textOf(window: Window, from: number, to: number): string {
    const { bytes, base } = window;
    if (base + from < this.#from || base + to > this.#to) this.#decode(window, from, to);
    if (this.#text === null) return decodeBytes(bytes, from, to);
    return this.#text.slice(base + from - this.#from, base + to - this.#from);
  }

  #decode({ bytes, end, base }: Window, from: number, to: number): void {
    const until = Math.max(to, Math.min(end, from + AHEAD_BYTES));
    const text = decodeBytes(bytes, from, until);
    this.#from = base + from;
    this.#to = base + until;
    // No character or replacement is longer than its bytes: where all are as many, each is one.
    this.#text = text.length === until - from ? text : null;
  }
}
