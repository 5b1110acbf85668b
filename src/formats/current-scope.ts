/** The instrumentation scope that the spans being read belong to, whichever way OTLP tells it. */
import type { ScopeId, SpanSink } from '../model/sink.ts';
import { ByteBuffer } from '../util/bytes.ts';
import type { TextCursor } from './text-cache.ts';

export class CurrentScope {
  readonly #sink: SpanSink;
  readonly #name = new ByteBuffer();
  readonly #version = new ByteBuffer();
  /** Name and version that #id stands for: writers repeat themselves. */
  readonly #knownName = new ByteBuffer();
  readonly #knownVersion = new ByteBuffer();
  #id: ScopeId = 0;
  #epoch = -1;
  #isSettled = false;

  constructor(sink: SpanSink) {
    this.#sink = sink;
  }

  clear(): void {
    this.#name.length = this.#version.length = 0;
    this.#isSettled = false;
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
    if (!this.#isSettled || this.#epoch !== this.#sink.epoch) this.#settle();
    return this.#id;
  }

  #settle(): void {
    const name = this.#name;
    const version = this.#version;
    const isKnown = name.equals(this.#knownName) && version.equals(this.#knownVersion);
    if (!isKnown || this.#epoch !== this.#sink.epoch) {
      const nameId = this.#sink.text(name.bytes, 0, name.length);
      this.#id = this.#sink.scope(nameId, this.#sink.text(version.bytes, 0, version.length));
      this.#epoch = this.#sink.epoch;
      this.#knownName.become(name);
      this.#knownVersion.become(version);
    }
    this.#isSettled = true;
  }

  #keep(buffer: ByteBuffer, { text, from, to }: TextCursor): void {
    buffer.length = 0;
    buffer.copy(text, from, to);
    this.#isSettled = false;
  }
}
