/** The instrumentation scope that the spans being read belong to. */
import { ByteBuffer } from '../util/bytes.ts';
import type { ScopeId, SpanSink } from '../model/sink.ts';
import { SCOPE_NAME, SCOPE_VERSION } from './otlp-protobuf-tags.ts';
import type { ProtobufCursor } from './protobuf.ts';

export class ProtobufScope {
  readonly #cursor: ProtobufCursor;
  readonly #sink: SpanSink;
  readonly #name = new ByteBuffer();
  readonly #version = new ByteBuffer();
  #id: ScopeId = 0;
  #epoch = -1;

  constructor(cursor: ProtobufCursor, sink: SpanSink) {
    this.#cursor = cursor;
    this.#sink = sink;
  }

  clear(): void {
    this.#name.length = this.#version.length = 0;
    this.#epoch = -1;
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

  /** The scope from the cursor to `limit`. */
  read(limit: number): void {
    const cursor = this.#cursor;
    this.#epoch = -1;
    while (cursor.pos < limit) {
      const field = cursor.varint();
      if (field === SCOPE_NAME) this.#keep(this.#name, limit);
      else if (field === SCOPE_VERSION) this.#keep(this.#version, limit);
      else cursor.skip(field, limit);
    }
    cursor.expectAt(limit);
  }

  #keep(buffer: ByteBuffer, limit: number): void {
    const cursor = this.#cursor;
    cursor.readText(limit);
    cursor.repair();
    buffer.length = 0;
    buffer.copy(cursor.text, cursor.from, cursor.to);
  }
}
