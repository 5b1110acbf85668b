/** Jaeger's span logs → events; OpenTracing's way of logging errors → exceptions (FORMATS.md §3.3, §6.5). */
import { latin1, OPEN_BRACKET } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, ObjectLayout } from '../util/json-layout.ts';
import type { SpanSink, TextId, ValueType } from '../model/sink.ts';
import { VALUE_STRING } from '../model/sink.ts';
import { EXCEPTION_EVENT } from '../model/attribute-keys.ts';
import { AttributeList } from './attribute-list.ts';
import { OwnTexts } from './own-texts.ts';
import type { JaegerTagReader } from './jaeger-tag.ts';
import type { SpanFields } from './span-fields.ts';

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
const CODES = STACK + 1;
/** No field of the code. */
const NONE = -1;
const COLON = 0x3a;

/** Numbers a field: key, type, value. */
const FIELD = 3;
/** Numbers an event: time in two words, name, end of its fields. */
const EVENT_NUMBERS = 4;

/** The events of one span, kept until it is known which resource it belongs to. */
export class JaegerLogs {
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #spanFields: SpanFields;
  readonly #fieldList: AttributeList;
  readonly #layout = new ObjectLayout({ timestamp: TIMESTAMP, fields: FIELDS });
  /** Flat; both arrays keep their room from span to span. */
  readonly #events: number[] = [];
  #eventsEnd = 0;
  readonly #fields: number[] = [];
  #fieldsEnd = 0;
  #saysError = false;
  /** error.object up to its colon. */
  #errorClass: TextId = 0;
  /** By code: where the first field of it in the log being read begins, or NONE. */
  readonly #coded = new Int32Array(CODES);
  readonly #texts: OwnTexts;

  constructor(cursor: JsonCursor, sink: SpanSink, tools: { fields: SpanFields; tags: JaegerTagReader }) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#spanFields = tools.fields;
    this.#texts = new OwnTexts(sink);
    this.#fieldList = new AttributeList(cursor, sink, { reader: tools.tags, codes: FIELD_CODES });
  }

  clear(): void {
    this.#eventsEnd = this.#fieldsEnd = 0;
  }

  /** One log; its opening brace has been read. */
  read(): void {
    const cursor = this.#cursor;
    const { decimal } = this.#spanFields;
    const from = this.#fieldsEnd;
    let hi = 0;
    let lo = 0;
    const layout = this.#layout;
    this.#forgetFields(from);
    for (
      let member = layout.next(cursor, layout.start);
      member.code !== END;
      member = layout.next(cursor, member)
    ) {
      if (member.code === TIMESTAMP) {
        if (this.#spanFields.micros(member) && !decimal.negative) ({ hi, lo } = decimal);
      } else if (member.code === FIELDS && !member.quoted && cursor.peek() === OPEN_BRACKET) {
        cursor.pos++;
        this.#forgetFields(from);
        this.#readFields();
      } else cursor.skipValue(member.quoted);
    }
    const events = this.#events;
    const at = this.#eventsEnd;
    events[at] = hi;
    events[at + 1] = lo;
    events[at + 2] = this.#takeName(from);
    events[at + 3] = this.#fieldsEnd;
    this.#eventsEnd = at + EVENT_NUMBERS;
  }

  /** Into the open span. */
  emit(): void {
    const sink = this.#sink;
    const events = this.#events;
    const fields = this.#fields;
    let field = 0;
    for (let at = 0; at < this.#eventsEnd; at += EVENT_NUMBERS) {
      sink.event(events[at + 2], events[at], events[at + 1]);
      for (; field < events[at + 3]; field += FIELD) {
        sink.eventAttribute(fields[field], fields[field + 1] as ValueType, fields[field + 2]);
      }
    }
  }

  /** Of a log whose fields begin there; where it tells them twice, the last list counts. */
  #forgetFields(from: number): void {
    this.#fieldsEnd = from;
    this.#saysError = false;
    this.#errorClass = 0;
    for (let code = 0; code < CODES; code++) this.#coded[code] = NONE;
  }

  #readFields(): void {
    const list = this.#fieldList;
    const coded = this.#coded;
    list.begin();
    while (list.next()) {
      const { key, type, value, code } = list;
      if (code === EVENT) this.#saysError = this.#textIs('error');
      else if (code === ERROR_OBJECT) this.#errorClass = this.#textBeforeColon();
      if (key === 0) continue;
      if (coded[code] === NONE) coded[code] = this.#fieldsEnd;
      this.#put(key, type, value);
    }
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

  /**
   * The event's name: field `event`, else `message`; `exception` where an error was logged. The rest are attributes.
   * The log's fields begin at `from`.
   */
  #takeName(from: number): TextId {
    const coded = this.#coded;
    const event = coded[EVENT];
    const isError =
      this.#saysError ||
      (!this.#isException(event) && Math.max(coded[ERROR_KIND], coded[ERROR_OBJECT], coded[STACK]) !== NONE);
    if (isError) {
      this.#tellException(from);
      return this.#texts.idOf(EXCEPTION_EVENT);
    }
    const named = event === NONE ? coded[MESSAGE] : event;
    if (named === NONE) return 0;
    const name = this.#valueAt(named);
    this.#fields.copyWithin(named, named + FIELD, this.#fieldsEnd);
    this.#fieldsEnd -= FIELD;
    return name;
  }

  /** OpenTracing's fields → exception.*, before all others. */
  #tellException(from: number): void {
    const coded = this.#coded;
    const kind = coded[ERROR_KIND];
    const object = coded[ERROR_OBJECT];
    const message = coded[MESSAGE] === NONE ? object : coded[MESSAGE];
    const own = [coded[EVENT], kind, object, coded[STACK], message];
    const others: number[] = [];
    for (let at = from; at < this.#fieldsEnd; at += FIELD) {
      if (!own.includes(at)) others.push(...this.#fields.slice(at, at + FIELD));
    }
    const type = kind === NONE ? this.#errorClass : this.#valueAt(kind);
    const told = [
      ['exception.type', type],
      ['exception.message', this.#valueAt(message)],
      ['exception.stacktrace', this.#valueAt(coded[STACK])],
    ] as const;
    this.#fieldsEnd = from;
    for (const [key, value] of told) if (value !== 0) this.#put(this.#texts.idOf(key), VALUE_STRING, value);
    for (let i = 0; i < others.length; i += FIELD) {
      this.#put(others[i], others[i + 1] as ValueType, others[i + 2]);
    }
  }

  /** What OpenTelemetry's SDKs recorded comes with exception.* fields already. */
  #isException(event: number): boolean {
    return event !== NONE && this.#valueAt(event) === this.#texts.idOf(EXCEPTION_EVENT);
  }

  #valueAt(field: number): TextId {
    return field === NONE ? 0 : this.#fields[field + 2];
  }

  #put(key: TextId, type: ValueType, value: TextId): void {
    const fields = this.#fields;
    const at = this.#fieldsEnd;
    fields[at] = key;
    fields[at + 1] = type;
    fields[at + 2] = value;
    this.#fieldsEnd = at + FIELD;
  }
}
