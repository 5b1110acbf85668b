/** Zipkin's annotations → events. */
import { decodeBytes, latin1, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../util/bytes.ts';
import type { Decimal } from '../util/decimal.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, ObjectLayout } from '../util/json-layout.ts';
import type { SpanSink, TextId } from '../model/sink.ts';
import type { SpanKind } from '../model/span.ts';
import { KIND_UNSET } from '../model/span.ts';
import { sinkValue } from './emit-span.ts';
import { TextCache } from './text-cache.ts';
import { type AnnotatedEvent, readAnnotatedEvent, type SideOfCall, SIDES } from './zipkin-annotation.ts';

const TIMESTAMP = 2;
const VALUE = 3;
/** From µs to ns. */
const MICROS = 3;
/** Of `cs` and the others. */
const SIDE_CHARS = 2;
const TWO_32 = 2 ** 32;

interface Annotation {
  hi: number;
  lo: number;
  name: TextId;
  event: AnnotatedEvent | null;
  side: SideOfCall | null;
}

/** Those of one span, kept until it is known which resource it belongs to. */
export class ZipkinAnnotations {
  /** The earliest of them. */
  firstHi = 0;
  firstLo = 0;
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #decimal: Decimal;
  readonly #names: TextCache;
  readonly #layout = new ObjectLayout({ timestamp: TIMESTAMP, value: VALUE });
  readonly #annotations: Annotation[] = [];

  constructor(cursor: JsonCursor, sink: SpanSink, decimal: Decimal) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#decimal = decimal;
    this.#names = new TextCache(sink);
  }

  get hasTime(): boolean {
    return (this.firstHi | this.firstLo) !== 0;
  }

  clear(): void {
    this.#annotations.length = 0;
    this.firstHi = this.firstLo = 0;
  }

  /** The list, its opening bracket read. */
  read(): void {
    const cursor = this.#cursor;
    for (let first = true; cursor.nextElement(first); first = false) {
      if (cursor.bytes[cursor.pos] === OPEN_BRACE) {
        cursor.pos++;
        this.#readOne();
      } else cursor.skipValue();
    }
  }

  #readOne(): void {
    const cursor = this.#cursor;
    const layout = this.#layout;
    const annotation: Annotation = { hi: 0, lo: 0, name: 0, event: null, side: null };
    for (let member = layout.next(cursor, layout.start); member.code !== END;) {
      const c = member.quoted ? QUOTE : cursor.peek();
      if (member.code < TIMESTAMP || c === OPEN_BRACE || c === OPEN_BRACKET) cursor.skipValue(member.quoted);
      else {
        if (member.quoted) cursor.string();
        else cursor.scalar();
        if (member.code === TIMESTAMP) this.#time(annotation);
        else if (c !== 0x6e) this.#value(annotation);
      }
      member = layout.next(cursor, member);
    }
    this.#annotations.push(annotation);
  }

  #time(annotation: Annotation): void {
    const { text, from, to } = this.#cursor;
    const decimal = this.#decimal;
    if (!decimal.read(text, from, to, MICROS) || decimal.negative) return;
    annotation.hi = decimal.hi;
    annotation.lo = decimal.lo;
    const isEarlier = decimal.hi < this.firstHi || (decimal.hi === this.firstHi && decimal.lo < this.firstLo);
    if (this.hasTime && !isEarlier) return;
    this.firstHi = decimal.hi;
    this.firstLo = decimal.lo;
  }

  #value(annotation: Annotation): void {
    const cursor = this.#cursor;
    const { text, from, to } = cursor;
    if (to - from === SIDE_CHARS) annotation.side = SIDES.get(latin1(text, from, to)) ?? null;
    const open = text.indexOf(OPEN_BRACE, from);
    annotation.event = open >= 0 && open < to ? readAnnotatedEvent(decodeBytes(text, from, to)) : null;
    if (annotation.event === null) annotation.name = this.#names.idOf(cursor);
  }

  /** Of a span that names none: that of the side of a call which the first of them begins or ends. */
  get kind(): SpanKind {
    return this.#annotations.find(({ side }) => side !== null)?.side?.kind ?? KIND_UNSET;
  }

  /** How long this side of the call took, in ns; null: they do not say. */
  durationOf(kind: SpanKind): number | null {
    const at = (begins: boolean): Annotation | undefined =>
      this.#annotations.find(({ side }) => side?.kind === kind && side.begins === begins);
    const [begin, end] = [at(true), at(false)];
    return begin && end ? (end.hi - begin.hi) * TWO_32 + end.lo - begin.lo : null;
  }

  /** Into the open span; not those that gave its kind. */
  emit(givenKind: SpanKind): void {
    const sink = this.#sink;
    for (const { hi, lo, name, event, side } of this.#annotations) {
      if (side !== null && side.kind === givenKind) continue;
      sink.event(event ? sink.textOf(event.name) : name, hi, lo);
      for (const [key, value] of event?.attributes ?? []) {
        const { type, text } = sinkValue(value);
        sink.eventAttribute(sink.textOf(key), type, sink.textOf(text));
      }
    }
  }
}
