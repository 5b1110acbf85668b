/** OTLP's KeyValue and AnyValue in JSON (FORMATS.md §0.6), lowerCamelCase and snake_case, and plain values of sloppy writers. */
import {
  BACKSLASH,
  ByteBuffer,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  latin1,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from '../util/bytes.ts';
import { DEPTH_LIMIT, writeCompact, writeEllipsis } from '../util/json-compact.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, type Member, ObjectLayout, UNKNOWN } from '../util/json-layout.ts';
import { writeJsonString } from '../util/json-text.ts';
import type { SpanSink, ValueType } from '../model/sink.ts';
import { VALUE_BOOL, VALUE_BYTES, VALUE_DOUBLE, VALUE_INT, VALUE_JSON, VALUE_STRING } from '../model/sink.ts';
import type { AttributeElement, ElementReader } from './attribute-list.ts';
import type { RecordNotes } from './record-notes.ts';

const KEY = 2;
const VALUE = 3;

const STRING_VALUE = 2;
const INT_VALUE = 3;
const DOUBLE_VALUE = 4;
const BOOL_VALUE = 5;
const BYTES_VALUE = 6;
const ARRAY_VALUE = 7;
const KVLIST_VALUE = 8;

const SCALAR_TYPES: Readonly<Record<number, ValueType>> = {
  [STRING_VALUE]: VALUE_STRING,
  [INT_VALUE]: VALUE_INT,
  [DOUBLE_VALUE]: VALUE_DOUBLE,
  [BOOL_VALUE]: VALUE_BOOL,
  [BYTES_VALUE]: VALUE_BYTES,
};

const VALUES = 2;
const TEXT_BEGINS = /"string_?[vV]alue"\s*:\s*"$/;

export class OtlpElementReader implements ElementReader {
  readonly #pair = new ObjectLayout({ key: KEY, value: VALUE });
  readonly #any = new ObjectLayout({
    stringValue: STRING_VALUE,
    string_value: STRING_VALUE,
    intValue: INT_VALUE,
    int_value: INT_VALUE,
    doubleValue: DOUBLE_VALUE,
    double_value: DOUBLE_VALUE,
    boolValue: BOOL_VALUE,
    bool_value: BOOL_VALUE,
    bytesValue: BYTES_VALUE,
    bytes_value: BYTES_VALUE,
    arrayValue: ARRAY_VALUE,
    array_value: ARRAY_VALUE,
    kvlistValue: KVLIST_VALUE,
    kvlist_value: KVLIST_VALUE,
  });
  readonly #list = new ObjectLayout({ values: VALUES });
  readonly #sink: SpanSink;
  readonly #notes: RecordNotes;
  readonly #out = new ByteBuffer();

  constructor(sink: SpanSink, notes: RecordNotes) {
    this.#sink = sink;
    this.#notes = notes;
  }

  read(cursor: JsonCursor, element: AttributeElement): void {
    if (cursor.peek() !== OPEN_BRACE) {
      this.#notes.record('odd-attribute', 'kept', 'An attribute that is not an object was left out.');
      cursor.skipValue();
      return;
    }
    cursor.pos++;
    let valueSeen = false;
    for (let member = this.#pair.next(cursor, this.#pair.start); ; member = this.#pair.next(cursor, member)) {
      if (member.code === END) return;
      if (member.code === KEY && element.key === 0 && member.quoted) this.#key(cursor, element);
      else if (member.code === VALUE && !valueSeen) {
        valueSeen = true;
        this.#value(cursor, element, member.quoted);
      } else cursor.skipValue(member.quoted);
    }
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

  /** The AnyValue at the cursor; quoted: a plain string, its quote read. */
  #value(cursor: JsonCursor, element: AttributeElement, quoted: boolean): void {
    if (quoted) {
      this.#scalar(cursor, element, quoted);
      return;
    }
    const c = cursor.peek();
    if (c === OPEN_BRACKET) this.#json(element, writeCompact(cursor, this.#emptied()));
    else if (c === OPEN_BRACE) {
      cursor.pos++;
      this.#anyValue(cursor, element);
    } else {
      this.#scalar(cursor, element, false);
      const first = cursor.bytes[element.valueFrom];
      if (first === 0x74 || first === 0x66) element.type = VALUE_BOOL;
      else if (element.valueFrom >= 0) {
        element.type = isInteger(cursor, element) ? VALUE_INT : VALUE_DOUBLE;
        element.untyped = true;
      }
    }
  }

  #anyValue(cursor: JsonCursor, element: AttributeElement): void {
    let found = false;
    for (let member = this.#any.next(cursor, this.#any.start); ; member = this.#any.next(cursor, member)) {
      const { code, quoted } = member;
      if (code === END) return;
      if (code === UNKNOWN || found) cursor.skipValue(quoted);
      else if (code === ARRAY_VALUE || code === KVLIST_VALUE) {
        found = true;
        const start = cursor.pos;
        this.#json(element, this.#writeMember(cursor, this.#emptied(), member, 0));
        this.#findOnlyText(cursor, element, start);
      } else {
        found = true;
        element.type = SCALAR_TYPES[code];
        this.#scalar(cursor, element, quoted);
      }
    }
  }

  /** Where the list read from `start` on is ["text"], without escapes, says where in the window that text is. */
  #findOnlyText({ bytes, pos }: JsonCursor, element: AttributeElement, start: number): void {
    const { bytes: json, length } = this.#out;
    if (length < 5 || json[0] !== OPEN_BRACKET || json[1] !== QUOTE || json[length - 2] !== QUOTE) return;
    const to = bytes.lastIndexOf(QUOTE, pos - 1);
    const from = to - (length - 4);
    if (from <= start || !TEXT_BEGINS.test(latin1(bytes, Math.max(start, from - 24), from))) return;
    for (let i = 2; i < length - 2; i++) {
      if (json[i] === QUOTE || json[i] === BACKSLASH || json[i] !== bytes[from + i - 2]) return;
    }
    element.listed = true;
    element.valueFrom = from;
    element.valueTo = to;
    element.afterValue = to + 1;
  }

  /** A string, number or word; null stands for the empty value. */
  #scalar(cursor: JsonCursor, element: AttributeElement, quoted: boolean): void {
    if (!quoted) {
      const c = cursor.peek();
      if (c === OPEN_BRACE || c === OPEN_BRACKET) {
        this.#json(element, writeCompact(cursor, this.#emptied()));
        return;
      }
    }
    const start = cursor.pos;
    if (quoted) cursor.string();
    else cursor.scalar();
    if (!quoted && cursor.bytes[start] === 0x6e) {
      element.type = VALUE_STRING;
      return;
    }
    element.value = this.#sink.text(cursor.text, cursor.from, cursor.to);
    element.valueFrom = start;
    element.valueTo = quoted ? cursor.pos - 1 : cursor.pos;
    element.afterValue = cursor.pos;
  }

  #emptied(): ByteBuffer {
    this.#out.length = 0;
    return this.#out;
  }

  #json(element: AttributeElement, whole: boolean): void {
    if (!whole) {
      this.#notes.record(
        'deep-value',
        'kept',
        `An attribute's value was cut where it is nested deeper than ${DEPTH_LIMIT}.`,
      );
    }
    element.type = VALUE_JSON;
    element.value = this.#sink.text(this.#out.bytes, 0, this.#out.length);
  }

  /** An AnyValue as plain JSON. True: nothing was left out. */
  #writeAny(cursor: JsonCursor, out: ByteBuffer, depth: number): boolean {
    if (cursor.peek() !== OPEN_BRACE) return writeCompact(cursor, out, depth);
    if (depth >= DEPTH_LIMIT) {
      writeEllipsis(cursor, out);
      return false;
    }
    cursor.pos++;
    let whole = true;
    let found = false;
    for (let member = this.#any.next(cursor, this.#any.start); ; member = this.#any.next(cursor, member)) {
      if (member.code === END) break;
      if (member.code === UNKNOWN || found) cursor.skipValue(member.quoted);
      else {
        found = true;
        whole = this.#writeMember(cursor, out, member, depth);
      }
    }
    if (!found) out.ascii('null');
    return whole;
  }

  #writeMember(cursor: JsonCursor, out: ByteBuffer, member: Member, depth: number): boolean {
    if (member.quoted) {
      cursor.string();
      if (member.code === INT_VALUE && cursor.to > cursor.from) out.copy(cursor.text, cursor.from, cursor.to);
      else writeJsonString(out, cursor.text, cursor.from, cursor.to);
      return true;
    }
    const isList = member.code === ARRAY_VALUE || member.code === KVLIST_VALUE;
    if (!isList || cursor.peek() !== OPEN_BRACE) return writeCompact(cursor, out, depth);
    cursor.pos++;
    const open = member.code === ARRAY_VALUE ? OPEN_BRACKET : OPEN_BRACE;
    out.byte(open);
    let whole = true;
    let found = false;
    for (let inner = this.#list.next(cursor, this.#list.start); ; inner = this.#list.next(cursor, inner)) {
      if (inner.code === END) break;
      if (inner.code !== VALUES || found || inner.quoted || cursor.peek() !== OPEN_BRACKET) {
        cursor.skipValue(inner.quoted);
        continue;
      }
      found = true;
      cursor.pos++;
      whole =
        open === OPEN_BRACKET ? this.#writeValues(cursor, out, depth) : this.#writePairs(cursor, out, depth);
    }
    out.byte(open === OPEN_BRACKET ? CLOSE_BRACKET : CLOSE_BRACE);
    return whole;
  }

  #writeValues(cursor: JsonCursor, out: ByteBuffer, depth: number): boolean {
    let whole = true;
    for (let first = true; cursor.nextElement(first); first = false) {
      if (!first) out.byte(COMMA);
      if (!this.#writeAny(cursor, out, depth + 1)) whole = false;
    }
    return whole;
  }

  #writePairs(cursor: JsonCursor, out: ByteBuffer, depth: number): boolean {
    let whole = true;
    for (let first = true; cursor.nextElement(first); first = false) {
      if (!first) out.byte(COMMA);
      if (!this.#writePair(cursor, out, depth)) whole = false;
    }
    return whole;
  }

  /** {"key":…,"value":…} → "key":value. A value that comes before its key is kept as null. */
  #writePair(cursor: JsonCursor, out: ByteBuffer, depth: number): boolean {
    if (cursor.peek() !== OPEN_BRACE) cursor.fail('a key and its value expected');
    cursor.pos++;
    let whole = true;
    let keyWritten = false;
    let valueWritten = false;
    for (let member = this.#pair.next(cursor, this.#pair.start); ; member = this.#pair.next(cursor, member)) {
      if (member.code === END) break;
      if (member.code === KEY && member.quoted && !keyWritten) {
        cursor.string();
        writeJsonString(out, cursor.text, cursor.from, cursor.to);
        out.byte(COLON);
        keyWritten = true;
      } else if (member.code === VALUE && keyWritten && !valueWritten) {
        valueWritten = true;
        // The quote has been read; step back to it so that a plain string is written like any other value.
        if (member.quoted) cursor.pos--;
        whole = this.#writeAny(cursor, out, depth + 1);
      } else cursor.skipValue(member.quoted);
    }
    if (!keyWritten) out.ascii('"":');
    if (!valueWritten) out.ascii('null');
    return whole;
  }
}

function isInteger(cursor: JsonCursor, element: AttributeElement): boolean {
  for (let i = element.valueFrom; i < element.valueTo; i++) {
    const c = cursor.bytes[i];
    if (c !== 0x2d && (c < 0x30 || c > 0x39)) return false;
  }
  return true;
}
