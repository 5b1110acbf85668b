/** The instrumentation scope that the spans being read belong to. */
import { ByteBuffer } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, ObjectLayout } from '../util/json-layout.ts';
import type { ScopeId, SpanSink } from '../model/sink.ts';

const NAME = 2;
const VERSION = 3;

export class OtlpScope {
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #layout = new ObjectLayout({ name: NAME, version: VERSION });
  readonly #name = new ByteBuffer();
  readonly #version = new ByteBuffer();
  #id: ScopeId = 0;
  #epoch = -1;

  constructor(cursor: JsonCursor, sink: SpanSink) {
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

  /** The opening brace has been read. */
  read(): void {
    this.clear();
    const cursor = this.#cursor;
    const layout = this.#layout;
    for (
      let member = layout.next(cursor, layout.start);
      member.code !== END;
      member = layout.next(cursor, member)
    ) {
      if (member.code === NAME && member.quoted) this.#keep(this.#name);
      else if (member.code === VERSION && member.quoted) this.#keep(this.#version);
      else cursor.skipValue(member.quoted);
    }
  }

  #keep(buffer: ByteBuffer): void {
    this.#cursor.string();
    const { text, from, to } = this.#cursor;
    buffer.length = 0;
    buffer.copy(text, from, to);
  }
}
