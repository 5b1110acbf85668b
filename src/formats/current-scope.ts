/** The instrumentation scope that the spans being read belong to, whichever way OTLP tells it. */
import type { ScopeId, SpanSink } from '../model/sink.ts';
import { ByteBuffer } from '../util/bytes.ts';
import type { TextCursor } from './text-cache.ts';

export class CurrentScope {
  readonly #sink: SpanSink;
  readonly #name = new ByteBuffer();
  readonly #version = new ByteBuffer();
  #id: ScopeId = 0;
  #epoch = -1;

  constructor(sink: SpanSink) {
    this.#sink = sink;
  }

  clear(): void {
    this.#name.length = this.#version.length = 0;
    this.#epoch = -1;
  }

  /** The text that the cursor read last. */
  keepName(cursor: TextCursor): void {
    this.#keep(this.#name, cursor);
  }

  /** As keepName. */
  keepVersion(cursor: TextCursor): void {
    this.#keep(this.#version, cursor);
  }

  /** Valid until the next span is closed. */
  get id(): ScopeId {
    if (this.#epoch !== this.#sink.epoch) {
      const name = this.#sink.text(this.#name.bytes, 0, this.#name.length);
      this.#id = this.#sink.scope(name, this.#sink.text(this.#version.bytes, 0, this.#version.length));
      this.#epoch = this.#sink.epoch;
    }
    return this.#id;
  }

  #keep(buffer: ByteBuffer, { text, from, to }: TextCursor): void {
    buffer.length = 0;
    buffer.copy(text, from, to);
    this.#epoch = -1;
  }
}
