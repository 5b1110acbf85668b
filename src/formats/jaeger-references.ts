/**
 * Which of a span's references is its parent: the first CHILD_OF within its trace, else the first
 * FOLLOWS_FROM within it, else the old field parentSpanID; all others are links (FORMATS.md §3.3).
 */
import { latin1 } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, ObjectLayout } from '../util/json-layout.ts';
import type { SpanSink } from '../model/sink.ts';
import { type IdReader, NO_ID } from './trace-ids.ts';

const TYPE = 2;
const TRACE_ID = 3;
const SPAN_ID = 4;
const TYPE_LIMIT = 20;
const UPPER_C = 0x43;

interface Reference {
  childOf: boolean;
  /** null: the span's own. */
  trace: readonly number[] | null;
  hi: number;
  lo: number;
}

export class JaegerReferences {
  readonly #cursor: JsonCursor;
  readonly #ids: IdReader;
  readonly #layout = new ObjectLayout({
    refType: TYPE,
    traceID: TRACE_ID,
    traceId: TRACE_ID,
    spanID: SPAN_ID,
    spanId: SPAN_ID,
  });
  readonly #list: Reference[] = [];

  constructor(cursor: JsonCursor, ids: IdReader) {
    this.#cursor = cursor;
    this.#ids = ids;
  }

  clear(): void {
    if (this.#list.length > 0) this.#list.length = 0;
  }

  /** One reference; its opening brace has been read. */
  read(): void {
    const cursor = this.#cursor;
    const ids = this.#ids;
    const reference: Reference = { childOf: true, trace: null, hi: 0, lo: 0 };
    const layout = this.#layout;
    for (
      let member = layout.next(cursor, layout.start);
      member.code !== END;
      member = layout.next(cursor, member)
    ) {
      // Some writers put the whole referenced span in here.
      if (!member.quoted || member.code < TYPE) {
        cursor.skipValue(member.quoted);
        continue;
      }
      cursor.string();
      const { text, from, to } = cursor;
      if (member.code === TYPE) {
        reference.childOf =
          text[from] === UPPER_C || !/^follows/i.test(latin1(text, from, Math.min(to, from + TYPE_LIMIT)));
      } else if (member.code === TRACE_ID) {
        const form = ids.readTraceId(text, from, to);
        if (form !== NO_ID) reference.trace = [ids.a, ids.b, ids.c, ids.d];
      } else {
        ids.readSpanId(text, from, to);
        reference.hi = ids.c;
        reference.lo = ids.d;
      }
    }
    if ((reference.hi | reference.lo) !== 0) this.#list.push(reference);
  }

  #parentIn(trace: readonly number[]): Reference | undefined {
    let first: Reference | undefined;
    for (const reference of this.#list) {
      const { trace: other } = reference;
      const isOwn = other === null || other.every((word, i) => word === trace[i]);
      if (!isOwn) continue;
      if (reference.childOf) return reference;
      first ??= reference;
    }
    return first;
  }

  /** Into the open span, which belongs to `trace`. */
  emit(sink: SpanSink, trace: readonly number[], parentField: readonly number[]): void {
    const parent = this.#parentIn(trace);
    if (parent) sink.parentSpanId(parent.hi, parent.lo);
    else if ((parentField[0] | parentField[1]) !== 0) sink.parentSpanId(parentField[0], parentField[1]);
    for (const reference of this.#list) {
      if (reference === parent) continue;
      const [a, b, c, d] = reference.trace ?? trace;
      sink.link(a, b, c, d, reference.hi, reference.lo);
    }
  }
}
