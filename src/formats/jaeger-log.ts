/** Jaeger's span logs → events; OpenTracing's way of logging errors → exceptions (FORMATS.md §3.3, §6.5). */
import { latin1, OPEN_BRACE, OPEN_BRACKET } from '../util/bytes.ts';
import type { Decimal } from '../util/decimal.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, ObjectLayout } from '../util/json-layout.ts';
import type { SpanSink, TextId, ValueType } from '../model/sink.ts';
import { VALUE_STRING } from '../model/sink.ts';
import { EXCEPTION_EVENT } from '../model/attribute-keys.ts';
import { AttributeList, ORDINARY } from './attribute-list.ts';
import { OwnTexts } from './own-texts.ts';
import type { JaegerTagReader } from './jaeger-tag.ts';

const TIMESTAMP = 2;
const FIELDS = 3;

const EVENT = 1;
const MESSAGE = 2;
const ERROR_KIND = 3;
const ERROR_OBJECT = 4;
const STACK = 5;
const FIELD_CODES = {
  event: EVENT,
  message: MESSAGE,
  'error.kind': ERROR_KIND,
  'error.object': ERROR_OBJECT,
  stack: STACK,
};
/** From µs to ns. */
const MICROS = 3;
const COLON = 0x3a;

interface Field {
  readonly key: TextId;
  readonly type: ValueType;
  readonly value: TextId;
}

/** The events of one span, kept until it is known which resource it belongs to. */
export class JaegerLogs {
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #decimal: Decimal;
  readonly #fieldList: AttributeList;
  readonly #layout = new ObjectLayout({ timestamp: TIMESTAMP, fields: FIELDS });
  readonly #events: { hi: number; lo: number; name: TextId; fields: Field[] }[] = [];
  #saysError = false;
  /** error.object up to its colon. */
  #errorClass: TextId = 0;
  /** The first field of each code. */
  readonly #coded: (Field | undefined)[] = new Array<undefined>(STACK + 1).fill(undefined);
  readonly #texts: OwnTexts;

  constructor(cursor: JsonCursor, sink: SpanSink, tools: { decimal: Decimal; tags: JaegerTagReader }) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#decimal = tools.decimal;
    this.#texts = new OwnTexts(sink);
    this.#fieldList = new AttributeList(cursor, sink, { reader: tools.tags, codes: FIELD_CODES });
  }

  clear(): void {
    if (this.#events.length > 0) this.#events.length = 0;
  }

  /** One log; its opening brace has been read. */
  read(): void {
    const cursor = this.#cursor;
    let hi = 0;
    let lo = 0;
    let fields: Field[] = [];
    const layout = this.#layout;
    this.#saysError = false;
    this.#errorClass = 0;
    this.#coded.fill(undefined);
    for (
      let member = layout.next(cursor, layout.start);
      member.code !== END;
      member = layout.next(cursor, member)
    ) {
      if (member.code === TIMESTAMP) {
        if (member.quoted) cursor.string();
        else if (cursor.peek() === OPEN_BRACE || cursor.peek() === OPEN_BRACKET) cursor.skipValue();
        else cursor.scalar();
        const { text, from, to } = cursor;
        if (this.#decimal.read(text, from, to, MICROS) && !this.#decimal.negative)
          ({ hi, lo } = this.#decimal);
      } else if (member.code === FIELDS && !member.quoted && cursor.peek() === OPEN_BRACKET) {
        cursor.pos++;
        fields = this.#readFields();
      } else cursor.skipValue(member.quoted);
    }
    const { name, fields: attributes } = this.#name(fields);
    this.#events.push({ hi, lo, name, fields: attributes });
  }

  /** Into the open span. */
  emit(): void {
    const sink = this.#sink;
    for (const { name, hi, lo, fields } of this.#events) {
      sink.event(name, hi, lo);
      for (const { key, type, value } of fields) sink.eventAttribute(key, type, value);
    }
  }

  #readFields(): Field[] {
    const list = this.#fieldList;
    const fields: Field[] = [];
    this.#coded.fill(undefined);
    list.begin();
    while (list.next()) {
      const { key, type, value, code } = list;
      if (code === EVENT) this.#saysError = this.#textIs('error');
      else if (code === ERROR_OBJECT) this.#errorClass = this.#textBeforeColon();
      if (key === 0) continue;
      const field = { key, type, value };
      fields.push(field);
      if (code !== ORDINARY) this.#coded[code] ??= field;
    }
    return fields;
  }

  #textIs(word: string): boolean {
    const { text, from, to } = this.#cursor;
    return to - from === word.length && text[from] === word.charCodeAt(0) && latin1(text, from, to) === word;
  }

  #textBeforeColon(): TextId {
    const { text, from, to } = this.#cursor;
    let end = from;
    while (end < to && text[end] !== COLON) end++;
    return this.#sink.text(text, from, end);
  }

  /** The event's name: field `event`, else `message`; `exception` where an error was logged. The rest are attributes. */
  #name(fields: Field[]): { name: TextId; fields: Field[] } {
    const coded = this.#coded;
    const event = coded[EVENT];
    const kind = coded[ERROR_KIND];
    const object = coded[ERROR_OBJECT];
    const stack = coded[STACK];
    const isError = this.#saysError || (!this.#isException(event) && Boolean(kind ?? object ?? stack));
    if (!isError) {
      const named = event ?? coded[MESSAGE];
      if (!named) return { name: 0, fields };
      fields.splice(fields.indexOf(named), 1);
      return { name: named.value, fields };
    }
    const message = coded[MESSAGE] ?? object;
    const type = kind?.value ?? this.#errorClass;
    const told: Field[] = [];
    this.#put(told, 'exception.type', type);
    this.#put(told, 'exception.message', message?.value ?? 0);
    this.#put(told, 'exception.stacktrace', stack?.value ?? 0);
    const own = [event, kind, object, stack, message];
    for (const field of fields) if (!own.includes(field)) told.push(field);
    return { name: this.#texts.idOf(EXCEPTION_EVENT), fields: told };
  }

  /** What OpenTelemetry's SDKs recorded comes with exception.* fields already. */
  #isException(event: Field | undefined): boolean {
    return event !== undefined && event.value === this.#texts.idOf(EXCEPTION_EVENT);
  }

  #put(fields: Field[], key: string, value: TextId): void {
    if (value !== 0) fields.push({ key: this.#texts.idOf(key), type: VALUE_STRING, value });
  }
}
