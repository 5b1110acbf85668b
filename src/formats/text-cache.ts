/** Ids of texts that came at one place before (an attribute's values, span names). */
import { viewOf } from '../util/bytes.ts';
import type { SpanSink, TextId } from '../model/sink.ts';
import { type ByteWindow, KnownBytes } from './known-bytes.ts';

/** What has read a text: text[from, to), in the window `bytes` where nothing had to be changed in it. */
export interface TextCursor extends ByteWindow {
  readonly text: Uint8Array;
  readonly from: number;
  readonly to: number;
}

/** A text in bytes that are all there; from and to are set by whoever reads them. */
export function textIn(bytes: Uint8Array): TextCursor & { from: number; to: number } {
  return { text: bytes, bytes, view: viewOf(bytes), from: 0, to: 0 };
}

export class TextCache {
  readonly #sink: SpanSink;
  readonly #known = new KnownBytes<TextId>();

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
    const { text, from, to } = cursor;
    if (text !== cursor.bytes) return 0;
    return this.#known.find(cursor, from, to, this.#sink.epoch) ?? 0;
  }

  /** Remembers the id for the text that the cursor read last, and returns it. */
  keep(cursor: TextCursor, id: TextId): TextId {
    const { text, from, to } = cursor;
    if (text === cursor.bytes) this.#known.keep(cursor, from, to, this.#sink.epoch, id);
    return id;
  }
}
