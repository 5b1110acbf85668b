/** Texts that came at one place before (an attribute's values, span names): found again without hashing them. */
import { isComparable, sameBytes, viewOf } from '../util/bytes.ts';
import type { SpanSink, TextId } from '../model/sink.ts';

const SLOTS = 16;
const LONGEST = 128;
/** Where this many more lookups miss than hit, values do not repeat: looking is a waste. */
const PATIENCE = 64;

/** Until the first lookup: most places are seen once. */
const NOTHING = new Uint8Array(0);
const NO_IDS = new Int32Array(0);
const NO_VIEW = viewOf(NOTHING);

/** What has read a text: text[from, to), in the window `bytes` where nothing had to be changed in it. */
export interface TextCursor {
  readonly text: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** A text in bytes that are all there; from and to are set by whoever reads them. */
export function textIn(bytes: Uint8Array): TextCursor & { from: number; to: number } {
  return { text: bytes, bytes, view: viewOf(bytes), from: 0, to: 0 };
}

export class TextCache {
  readonly #sink: SpanSink;
  #epoch = -1;
  #misses = 0;
  #lengths = NOTHING;
  #ids = NO_IDS;
  #bytes = NOTHING;
  #view = NO_VIEW;

  constructor(sink: SpanSink) {
    this.#sink = sink;
  }

  /** The id of the text that the cursor read last. */
  idOf(cursor: TextCursor): TextId {
    const { text, from, to } = cursor;
    if (from === to) return 0;
    return this.find(cursor) || this.keep(cursor, this.#sink.text(text, from, to));
  }

  /** What `keep` was given for this text; 0: nothing. */
  find(cursor: TextCursor): TextId {
    if (this.#epoch !== this.#sink.epoch) this.#startAnew();
    const { text, from, to } = cursor;
    const length = to - from;
    if (length > LONGEST || length === 0 || this.#misses > PATIENCE || text !== cursor.bytes) return 0;
    const slot = slotOf(text, from, to);
    if (this.#lengths[slot] !== length) return 0;
    if (!sameBytes(cursor.view, from, this.#view, slot * LONGEST, length)) return 0;
    if (this.#misses > -PATIENCE) this.#misses--;
    return this.#ids[slot];
  }

  /** Remembers the id for the text that the cursor read last, and returns it. */
  keep(cursor: TextCursor, id: TextId): TextId {
    const { text, from, to } = cursor;
    const length = to - from;
    if (length > LONGEST || length === 0 || this.#misses > PATIENCE || text !== cursor.bytes) return id;
    this.#misses++;
    if (!isComparable(text, from, to)) return id;
    const slot = slotOf(text, from, to);
    for (let i = 0, at = slot * LONGEST; i < length; i++) this.#bytes[at + i] = text[from + i];
    this.#lengths[slot] = length;
    this.#ids[slot] = id;
    return id;
  }

  #startAnew(): void {
    this.#epoch = this.#sink.epoch;
    if (this.#lengths === NOTHING) {
      this.#lengths = new Uint8Array(SLOTS);
      this.#ids = new Int32Array(SLOTS);
      this.#bytes = new Uint8Array(SLOTS * LONGEST);
      this.#view = viewOf(this.#bytes);
    } else this.#lengths.fill(0);
    this.#misses = 0;
  }
}

function slotOf(text: Uint8Array, from: number, to: number): number {
  const last = text[to - 1];
  const middle = text[from + ((to - from) >> 1)];
  return (last ^ (last >> 4) ^ (middle * 5) ^ (text[from] * 3) ^ (to - from)) & (SLOTS - 1);
}
