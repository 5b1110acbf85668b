/** Where spans stand in Zipkin's JSON: alone, in lists, in lists of lists, in Elasticsearch's answers. */
import { OPEN_BRACE, OPEN_BRACKET } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, UNKNOWN } from '../util/json-layout.ts';
import type { SpanSink } from '../model/sink.ts';
import type { DocumentReader } from './json-documents.ts';
import { JsonLevels, type Level, type LevelKinds } from './json-levels.ts';
import type { RecordNotes } from './record-notes.ts';
import { WRAPPER, ZipkinSpanReader } from './zipkin-span.ts';

/** Kinds of levels. */
const OBJECT = 1;
const LIST = 2;

export class ZipkinDocumentReader implements DocumentReader {
  readonly #cursor: JsonCursor;
  readonly #levels: JsonLevels;
  readonly #span: ZipkinSpanReader;
  readonly #kinds: LevelKinds;

  constructor(cursor: JsonCursor, sink: SpanSink, notes: RecordNotes) {
    this.#cursor = cursor;
    this.#levels = new JsonLevels(cursor, sink);
    this.#span = new ZipkinSpanReader(cursor, sink, notes);
    this.#kinds = { list: LIST, object: OBJECT, start: this.#span.layout.start };
  }

  begin(): void {
    this.#levels.enter(this.#kinds);
  }

  step(): boolean {
    const cursor = this.#cursor;
    cursor.checkpoint = cursor.pos;
    const level = this.#levels.top;
    if (level.kind === LIST) this.#elements(level);
    else if (level.kind === OBJECT) this.#member(level);
    else this.#levels.skip();
    return this.#levels.depth < 0;
  }

  undo(): void {
    // Nothing is handed on before it is complete.
  }

  abandon(): void {
    this.#levels.abandon();
  }

  /** The hot loop: spans to the end of the list, or to an element that is none. */
  #elements(level: Level): void {
    const cursor = this.#cursor;
    const { layout } = this.#span;
    while (cursor.nextElement(level.first)) {
      if (cursor.bytes[cursor.pos] !== OPEN_BRACE) {
        this.#levels.enter(this.#kinds);
        level.first = false;
        return;
      }
      const start = cursor.pos++;
      const member = layout.next(cursor, layout.start);
      if (member.code <= WRAPPER) {
        cursor.pos = start;
        this.#levels.enter(this.#kinds);
        level.first = false;
        return;
      }
      this.#span.read(member);
      level.first = false;
      cursor.checkpoint = cursor.pos;
    }
    this.#levels.depth--;
  }

  /** Of a span that stands alone, or of something that spans are wrapped in. */
  #member(level: Level): void {
    const cursor = this.#cursor;
    const member = this.#span.layout.next(cursor, level.member);
    if (member.code === END) this.#levels.depth--;
    else if (member.code > WRAPPER) {
      this.#span.read(member);
      this.#levels.depth--;
    } else {
      const c = member.quoted || member.code === UNKNOWN ? 0 : cursor.peek();
      if (c === OPEN_BRACE || c === OPEN_BRACKET) this.#levels.enter(this.#kinds);
      else this.#levels.enterSkipped(member, member.quoted);
      level.member = member;
    }
  }
}
