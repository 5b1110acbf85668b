/** Jaeger's typed tags, `{"key":…,"type":"int64","value":…}` (FORMATS.md §3.3), and those without a type. */
import { ByteBuffer, latin1, OPEN_BRACE, OPEN_BRACKET } from '../util/bytes.ts';
import { DEPTH_LIMIT, writeCompact } from '../util/json-compact.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, ObjectLayout } from '../util/json-layout.ts';
import type { SpanSink, ValueType } from '../model/sink.ts';
import { VALUE_BOOL, VALUE_BYTES, VALUE_DOUBLE, VALUE_INT, VALUE_JSON, VALUE_STRING } from '../model/sink.ts';
import type { AttributeElement, ElementReader } from './attribute-list.ts';
import type { RecordNotes } from './record-notes.ts';

const KEY = 2;
const TYPE = 3;
const VALUE = 4;

const TYPES: ReadonlyMap<string, ValueType> = new Map<string, ValueType>([
  ['string', VALUE_STRING],
  ['bool', VALUE_BOOL],
  ['boolean', VALUE_BOOL],
  ['int64', VALUE_INT],
  ['int', VALUE_INT],
  ['long', VALUE_INT],
  ['float64', VALUE_DOUBLE],
  ['double', VALUE_DOUBLE],
  ['binary', VALUE_BYTES],
]);
const LONGEST_TYPE = 16;

export class JaegerTagReader implements ElementReader {
  readonly #sink: SpanSink;
  readonly #notes: RecordNotes;
  readonly #layout = new ObjectLayout({ key: KEY, type: TYPE, value: VALUE });
  readonly #out = new ByteBuffer();

  constructor(sink: SpanSink, notes: RecordNotes) {
    this.#sink = sink;
    this.#notes = notes;
  }

  read(cursor: JsonCursor, element: AttributeElement): void {
    if (cursor.peek() !== OPEN_BRACE) {
      this.#notes.record('odd-attribute', 'kept', 'A tag that is not an object was left out.');
      cursor.skipValue();
      return;
    }
    cursor.pos++;
    let declared: ValueType | undefined;
    let valueSeen = false;
    const layout = this.#layout;
    for (
      let member = layout.next(cursor, layout.start);
      member.code !== END;
      member = layout.next(cursor, member)
    ) {
      if (member.code === KEY && member.quoted && element.key === 0) this.#key(cursor, element);
      else if (member.code === TYPE && member.quoted) declared = readType(cursor);
      else if (member.code === VALUE && !valueSeen) {
        valueSeen = true;
        this.#value(cursor, element, member.quoted);
      } else cursor.skipValue(member.quoted);
    }
    if (declared === undefined) element.untyped = element.type !== VALUE_STRING;
    else if (element.type !== VALUE_JSON) element.type = declared;
  }

  #key(cursor: JsonCursor, element: AttributeElement): void {
    cursor.string();
    const { text, from, to } = cursor;
    element.key = this.#sink.text(text, from, to);
    if (text === cursor.bytes && to > from) {
      element.keyFrom = from;
      element.keyTo = to;
    }
  }

  #value(cursor: JsonCursor, element: AttributeElement, quoted: boolean): void {
    const c = quoted ? 0 : cursor.peek();
    if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      this.#json(cursor, element);
      return;
    }
    const start = cursor.pos;
    if (quoted) cursor.string();
    else cursor.scalar();
    if (c === 0x6e) return;
    const { text, from, to } = cursor;
    element.value = this.#sink.text(text, from, to);
    element.valueFrom = start;
    element.valueTo = quoted ? cursor.pos - 1 : cursor.pos;
    element.afterValue = cursor.pos;
    if (!quoted) element.type = c === 0x74 || c === 0x66 ? VALUE_BOOL : numberType(text, from, to);
  }

  #json(cursor: JsonCursor, element: AttributeElement): void {
    this.#out.length = 0;
    if (!writeCompact(cursor, this.#out)) {
      const message = `An attribute's value was cut where it is nested deeper than ${DEPTH_LIMIT}.`;
      this.#notes.record('deep-value', 'kept', message);
    }
    element.type = VALUE_JSON;
    element.value = this.#sink.text(this.#out.bytes, 0, this.#out.length);
  }
}

function readType(cursor: JsonCursor): ValueType | undefined {
  cursor.string();
  const { text, from, to } = cursor;
  return to - from > LONGEST_TYPE ? undefined : TYPES.get(latin1(text, from, to).toLowerCase());
}

function numberType(text: Uint8Array, from: number, to: number): ValueType {
  for (let i = from; i < to; i++) {
    if (text[i] !== 0x2d && (text[i] < 0x30 || text[i] > 0x39)) return VALUE_DOUBLE;
  }
  return VALUE_INT;
}
