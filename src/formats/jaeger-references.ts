/**
 * Which of a span's references is its parent: the first CHILD_OF within its trace, else the first
 * FOLLOWS_FROM within it, else the old field parentSpanID; all others are links (FORMATS.md §3.3).
 */
import { latin1 } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, ObjectLayout } from '../util/json-layout.ts';
import type { SpanSink } from '../model/sink.ts';
import type { RepeatedTraceId } from './repeated-trace-id.ts';
import type { SpanFields } from './span-fields.ts';

const TYPE = 2;
const TRACE_ID = 3;
const SPAN_ID = 4;
const TYPE_LIMIT = 20;
const UPPER_C = 0x43;

class Reference {
  childOf = true;
  /** False: it is of the span's own trace. */
  hasTrace = false;
  readonly trace = [0, 0, 0, 0];
  readonly span = [0, 0];

  clear(): void {
    this.childOf = true;
    this.hasTrace = false;
    this.span[0] = this.span[1] = 0;
  }

  isIn(trace: readonly number[]): boolean {
    const own = this.trace;
    return (
      !this.hasTrace ||
      (own[0] === trace[0] && own[1] === trace[1] && own[2] === trace[2] && own[3] === trace[3])
    );
  }
}

export class JaegerReferences {
  readonly #cursor: JsonCursor;
  readonly #fields: SpanFields;
  readonly #repeated: RepeatedTraceId;
  readonly #layout = new ObjectLayout({
    refType: TYPE,
    traceID: TRACE_ID,
    traceId: TRACE_ID,
    spanID: SPAN_ID,
    spanId: SPAN_ID,
  });
  /** Those of the span are the first `#count`; the others are kept for later spans. */
  readonly #list: Reference[] = [];
  #count = 0;

  constructor(cursor: JsonCursor, fields: SpanFields, repeated: RepeatedTraceId) {
    this.#cursor = cursor;
    this.#fields = fields;
    this.#repeated = repeated;
  }

  clear(): void {
    this.#count = 0;
  }

  /** One reference; its opening brace has been read. */
  read(): void {
    const cursor = this.#cursor;
    const reference = (this.#list[this.#count] ??= new Reference());
    reference.clear();
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
      if (member.code === TYPE) reference.childOf = this.#isChildOf();
      else if (member.code === SPAN_ID) this.#fields.spanIdInto(reference.span, member);
      else if (this.#repeated.readInto(reference.trace, member)) reference.hasTrace = true;
    }
    if ((reference.span[0] | reference.span[1]) !== 0) this.#count++;
  }

  #isChildOf(): boolean {
    const cursor = this.#cursor;
    cursor.string();
    const { text, from, to } = cursor;
    return text[from] === UPPER_C || !/^follows/i.test(latin1(text, from, Math.min(to, from + TYPE_LIMIT)));
  }

  #parentIn(trace: readonly number[]): Reference | null {
    let first: Reference | null = null;
    for (let i = 0; i < this.#count; i++) {
      const reference = this.#list[i];
      if (!reference.isIn(trace)) continue;
      if (reference.childOf) return reference;
      first ??= reference;
    }
    return first;
  }

  /** Into the open span, which belongs to `trace`. */
  emit(sink: SpanSink, trace: readonly number[], parentField: readonly number[]): void {
    const parent = this.#parentIn(trace);
    if (parent) sink.parentSpanId(parent.span[0], parent.span[1]);
    else if ((parentField[0] | parentField[1]) !== 0) sink.parentSpanId(parentField[0], parentField[1]);
    for (let i = 0; i < this.#count; i++) {
      const reference = this.#list[i];
      if (reference === parent) continue;
      const [a, b, c, d] = reference.hasTrace ? reference.trace : trace;
      sink.link(a, b, c, d, reference.span[0], reference.span[1]);
    }
  }
}
