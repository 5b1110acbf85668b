/** The envelopes around Jaeger's spans: `{"data":[trace,…]}`, `{"data":trace}`, a trace, a list of traces. */
import { OPEN_BRACE, OPEN_BRACKET } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, ObjectLayout } from '../util/json-layout.ts';
import type { SpanSink } from '../model/sink.ts';
import { processIdOf } from './jaeger-process-id.ts';
import { JaegerProcesses } from './jaeger-processes.ts';
import { JaegerSpanReader } from './jaeger-span.ts';
import { JaegerTagReader } from './jaeger-tag.ts';
import type { DocumentReader } from './json-documents.ts';
import { JsonLevels, type Level, type LevelKinds, SKIPPED } from './json-levels.ts';
import type { RecordNotes } from './record-notes.ts';

const WRAPPER = 2;
const SPANS = 3;
const PROCESSES = 4;

/** Kinds of levels. */
const OBJECT = 1;
const LIST = 2;
const SPAN_LIST = 3;
const PROCESS_MAP = 4;

export class JaegerDocumentReader implements DocumentReader {
  readonly #cursor: JsonCursor;
  readonly #notes: RecordNotes;
  readonly #levels: JsonLevels;
  readonly #processes: JaegerProcesses;
  readonly #span: JaegerSpanReader;
  readonly #envelope = new ObjectLayout({ data: WRAPPER, spans: SPANS, processes: PROCESSES });
  readonly #envelopes: LevelKinds = { list: LIST, object: OBJECT, start: this.#envelope.start };

  constructor(cursor: JsonCursor, sink: SpanSink, notes: RecordNotes) {
    this.#cursor = cursor;
    this.#notes = notes;
    this.#levels = new JsonLevels(cursor, sink);
    const tools = { cursor, sink, notes, tags: new JaegerTagReader(sink, notes) };
    this.#processes = new JaegerProcesses(tools);
    this.#span = new JaegerSpanReader(tools, this.#processes);
  }

  begin(): void {
    this.#levels.enter(this.#envelopes);
  }

  step(): boolean {
    const cursor = this.#cursor;
    cursor.checkpoint = cursor.pos;
    const level = this.#levels.top;
    switch (level.kind) {
      case OBJECT:
        this.#member(level);
        break;
      case SPAN_LIST:
        this.#spans(level);
        break;
      case PROCESS_MAP:
        this.#process(level);
        break;
      case SKIPPED:
        this.#levels.skip();
        break;
      default:
        this.#element(level);
    }
    return this.#levels.depth < 0;
  }

  undo(): void {
    this.#processes.undo();
  }

  abandon(): void {
    this.#levels.abandon();
    this.#processes.endTrace();
  }

  #element(level: Level): void {
    if (!this.#cursor.nextElement(level.first)) {
      this.#levels.depth--;
      return;
    }
    this.#levels.enter(this.#envelopes);
    level.first = false;
  }

  #member(level: Level): void {
    const cursor = this.#cursor;
    const member = this.#envelope.next(cursor, level.member);
    if (member.code === END) {
      this.#endObject(level);
      return;
    }
    const c = member.quoted ? 0 : cursor.peek();
    if (member.code === WRAPPER && (c === OPEN_BRACE || c === OPEN_BRACKET)) {
      level.recognised = true;
      this.#levels.enter(this.#envelopes);
    } else if (member.code === SPANS && c === OPEN_BRACKET) {
      level.recognised = true;
      cursor.pos++;
      this.#levels.push(SPAN_LIST, member);
    } else if (member.code === PROCESSES && c === OPEN_BRACE) {
      cursor.pos++;
      this.#levels.push(PROCESS_MAP, member);
    } else this.#levels.enterSkipped(member, member.quoted);
    level.member = member;
  }

  #endObject(level: Level): void {
    const { recognised } = level;
    this.#processes.endTrace();
    this.#levels.depth--;
    if (!recognised && this.#levels.isAtDocument) {
      this.#notes.record('no-trace-data', 'skipped', 'A JSON document holds no Jaeger spans.');
    }
  }

  #spans(level: Level): void {
    const cursor = this.#cursor;
    while (cursor.nextElement(level.first)) {
      if (cursor.bytes[cursor.pos] === OPEN_BRACE) {
        cursor.pos++;
        this.#span.read();
      } else {
        cursor.skipValue();
        this.#notes.record('odd-span', 'rejected', 'In place of a span there is something else.');
      }
      level.first = false;
      cursor.checkpoint = cursor.pos;
    }
    this.#levels.depth--;
  }

  /** One entry of `processes`. */
  #process(level: Level): void {
    const cursor = this.#cursor;
    if (!cursor.nextKey(level.first)) {
      this.#levels.depth--;
      return;
    }
    const id = processIdOf(cursor);
    if (cursor.peek() === OPEN_BRACE) {
      cursor.pos++;
      this.#processes.describe(id);
    } else cursor.skipValue();
    level.first = false;
  }
}
