/** One span of OTLP/JSON → SpanSink (FORMATS.md §3.1). */
import { CLOSE_BRACE, decodeBytes, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, type Member, ObjectLayout, UNKNOWN } from '../util/json-layout.ts';
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import type { ResourceSlot, ScopeId, SpanSink, TextId } from '../model/sink.ts';
import { VALUE_STRING } from '../model/sink.ts';
import type { SpanKind, StatusCode } from '../model/span.ts';
import { AttributeList } from './attribute-list.ts';
import { describeMissingIds } from './missing-ids.ts';
import type { OtlpElementReader } from './otlp-value.ts';
import type { RecordNotes } from './record-notes.ts';
import { SpanFields } from './span-fields.ts';
import { parseKind, parseStatus } from './span-words.ts';
import { TextCache } from './text-cache.ts';

const TRACE_ID = 2;
const SPAN_ID = 3;
const PARENT_ID = 4;
const NAME = 5;
const KIND = 6;
const START = 7;
const FINISH = 8;
const ATTRIBUTES = 9;
const EVENTS = 10;
const LINKS = 11;
const STATUS = 12;
const TRACE_STATE = 13;
const CODE = 2;
const MESSAGE = 3;
const TIME = 2;

export class OtlpSpanReader {
  /** Between openSpan and closeSpan: discardSpan is due when reading breaks off. */
  isOpen = false;

  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #notes: RecordNotes;
  readonly #fields: SpanFields;
  readonly #names: TextCache;
  readonly #eventNames: TextCache;
  readonly #traceStates: TextCache;
  readonly #attributes: AttributeList;
  readonly #eventAttributes: AttributeList;

  readonly #span = new ObjectLayout({
    traceId: TRACE_ID,
    trace_id: TRACE_ID,
    spanId: SPAN_ID,
    span_id: SPAN_ID,
    parentSpanId: PARENT_ID,
    parent_span_id: PARENT_ID,
    name: NAME,
    kind: KIND,
    startTimeUnixNano: START,
    start_time_unix_nano: START,
    endTimeUnixNano: FINISH,
    end_time_unix_nano: FINISH,
    attributes: ATTRIBUTES,
    events: EVENTS,
    links: LINKS,
    status: STATUS,
    traceState: TRACE_STATE,
    trace_state: TRACE_STATE,
  });
  readonly #status = new ObjectLayout({ code: CODE, message: MESSAGE });
  readonly #event = new ObjectLayout({
    timeUnixNano: TIME,
    time_unix_nano: TIME,
    name: NAME,
    attributes: ATTRIBUTES,
  });
  readonly #link = new ObjectLayout({
    traceId: TRACE_ID,
    trace_id: TRACE_ID,
    spanId: SPAN_ID,
    span_id: SPAN_ID,
  });

  constructor(tools: { cursor: JsonCursor; sink: SpanSink; notes: RecordNotes; values: OtlpElementReader }) {
    const { cursor, sink, notes, values } = tools;
    this.#cursor = cursor;
    this.#sink = sink;
    this.#notes = notes;
    this.#fields = new SpanFields(cursor, notes, { base64: true });
    this.#names = new TextCache(sink);
    this.#eventNames = new TextCache(sink);
    this.#traceStates = new TextCache(sink);
    this.#attributes = new AttributeList(cursor, sink, { reader: values });
    this.#eventAttributes = new AttributeList(cursor, sink, { reader: values });
  }

  /** The span at the cursor, its opening brace read. */
  read(resource: ResourceSlot, scope: ScopeId): void {
    this.isOpen = true;
    this.#sink.openSpan(resource, scope);
    let seen = 0;
    let ids = 0;
    const layout = this.#span;
    for (let member = layout.next(this.#cursor, layout.start); ; member = layout.next(this.#cursor, member)) {
      const { code } = member;
      if (code === END) break;
      const bit = 1 << code;
      if (code === UNKNOWN || (seen & bit) !== 0) {
        this.#cursor.skipValue(member.quoted);
        continue;
      }
      if (code !== ATTRIBUTES) seen |= bit;
      if (code === TRACE_ID) ids |= this.#traceId(member) ? 1 : 0;
      else if (code === SPAN_ID) ids |= this.#spanId(member) ? 2 : 0;
      else this.#member(member);
    }
    this.isOpen = false;
    if (ids === 3) this.#sink.closeSpan();
    else {
      this.#sink.discardSpan();
      const { code, message } = describeMissingIds((ids & 1) !== 0, (ids & 2) !== 0);
      this.#notes.record(code, 'rejected', message);
    }
  }

  #member(member: Member): void {
    switch (member.code) {
      case PARENT_ID:
        this.#parentId(member);
        break;
      case NAME:
        this.#sink.name(this.#text(member, this.#names));
        break;
      case KIND:
        this.#kind(member);
        break;
      case START:
        if (this.#instant(member)) this.#sink.startUnixNano(this.#fields.decimal.hi, this.#fields.decimal.lo);
        break;
      case FINISH:
        if (this.#instant(member)) this.#sink.endUnixNano(this.#fields.decimal.hi, this.#fields.decimal.lo);
        break;
      case ATTRIBUTES:
        this.#spanAttributes(member);
        break;
      case EVENTS:
        this.#objects(member, () => this.#readEvent());
        break;
      case LINKS:
        this.#objects(member, () => this.#readLink());
        break;
      case TRACE_STATE:
        this.#traceState(member);
        break;
      default:
        this.#readStatus(member);
    }
  }

  #traceState(member: Member): void {
    const text = this.#text(member, this.#traceStates);
    if (text !== 0) this.#sink.attribute(this.#sink.textOf(TRACE_STATE_KEY), VALUE_STRING, text);
  }

  #text(member: Member, cache: TextCache): TextId {
    return this.#fields.scalar(member) ? cache.idOf(this.#cursor) : 0;
  }

  #traceId(member: Member): boolean {
    const { ids } = this.#fields;
    if (!this.#fields.traceId(member)) return false;
    this.#sink.traceId(ids.a, ids.b, ids.c, ids.d);
    return true;
  }

  #spanId(member: Member): boolean {
    if (!this.#fields.spanId(member)) return false;
    this.#sink.spanId(this.#fields.ids.c, this.#fields.ids.d);
    return true;
  }

  #parentId(member: Member): void {
    if (this.#fields.spanId(member)) this.#sink.parentSpanId(this.#fields.ids.c, this.#fields.ids.d);
  }

  #kind(member: Member): void {
    if (!this.#fields.scalar(member)) return;
    const { text, from, to } = this.#cursor;
    const digit = text[from] - 0x30;
    const kind = to - from === 1 && digit >= 0 && digit <= 5 ? digit : parseKind(decodeBytes(text, from, to));
    if (kind === null)
      this.#notes.record('unknown-kind', 'kept', 'A span has a kind that OpenTelemetry does not know.');
    else this.#sink.kind(kind as SpanKind);
  }

  /** True: decimal holds an instant. */
  #instant(member: Member): boolean {
    const { bytes, pos } = this.#cursor;
    // What nearly every writer writes: 19 digits in quotes.
    if (member.quoted && bytes[pos + 19] === QUOTE && this.#fields.decimal.readDigits(bytes, pos, 19)) {
      this.#cursor.pos = pos + 20;
      return true;
    }
    if (!this.#fields.scalar(member)) return false;
    const { text, from, to } = this.#cursor;
    if (from === to) return false;
    if (this.#fields.decimal.read(text, from, to) && !this.#fields.decimal.negative) return true;
    const shown = decodeBytes(text, from, Math.min(to, from + 40));
    this.#notes.record('unreadable-time', 'kept', `“${shown}” is not a time in nanoseconds.`);
    return false;
  }

  #readStatus(member: Member): void {
    const cursor = this.#cursor;
    if (member.quoted || cursor.peek() !== OPEN_BRACE) {
      if (this.#fields.scalar(member)) this.#statusCode();
      return;
    }
    cursor.pos++;
    if (cursor.bytes[cursor.pos] === CLOSE_BRACE) {
      cursor.pos++;
      return;
    }
    let seen = 0;
    const layout = this.#status;
    for (
      let inner = layout.next(cursor, layout.start);
      inner.code !== END;
      inner = layout.next(cursor, inner)
    ) {
      const bit = 1 << inner.code;
      if (inner.code === UNKNOWN || (seen & bit) !== 0) cursor.skipValue(inner.quoted);
      else if (inner.code === MESSAGE) this.#sink.statusMessage(this.#text(inner, this.#names));
      else if (this.#fields.scalar(inner)) this.#statusCode();
      seen |= bit;
    }
  }

  /** The cursor's text is the code. */
  #statusCode(): void {
    const { text, from, to } = this.#cursor;
    const digit = text[from] - 0x30;
    const isCode = to - from === 1 && digit >= 0 && digit <= 2;
    const code = isCode ? (digit as StatusCode) : parseStatus(decodeBytes(text, from, to));
    if (code === null)
      this.#notes.record('unknown-status', 'kept', 'A span has a status that OpenTelemetry does not know.');
    else this.#sink.status(code);
  }

  /** True: the value is a list, and its bracket has been read. Anything but null is noted. */
  #list(member: Member): boolean {
    const cursor = this.#cursor;
    if (!member.quoted && cursor.peek() === OPEN_BRACKET) {
      cursor.pos++;
      return true;
    }
    const isNull = !member.quoted && cursor.bytes[cursor.pos] === 0x6e;
    cursor.skipValue(member.quoted);
    if (!isNull) {
      this.#notes.record(
        'odd-field',
        'kept',
        'A field of a span holds something else than the list it should.',
      );
    }
    return false;
  }

  #spanAttributes(member: Member): void {
    if (!this.#list(member)) return;
    const list = this.#attributes;
    const sink = this.#sink;
    list.begin();
    while (list.next()) if (list.key !== 0) sink.attribute(list.key, list.type, list.value);
  }

  /** Calls read after the opening brace of each object in the list. */
  #objects(member: Member, read: () => void): void {
    if (!this.#list(member)) return;
    const cursor = this.#cursor;
    for (let first = true; cursor.nextElement(first); first = false) {
      if (cursor.bytes[cursor.pos] === OPEN_BRACE) {
        cursor.pos++;
        read();
      } else cursor.skipValue();
    }
  }

  #readEvent(): void {
    const cursor = this.#cursor;
    const sink = this.#sink;
    let name: TextId = 0;
    let hi = 0;
    let lo = 0;
    let opened = false;
    let late = false;
    const layout = this.#event;
    for (
      let member = layout.next(cursor, layout.start);
      member.code !== END;
      member = layout.next(cursor, member)
    ) {
      if (member.code === NAME) {
        name = this.#text(member, this.#eventNames);
        late = opened;
      } else if (member.code === TIME) {
        if (this.#instant(member)) ({ hi, lo } = this.#fields.decimal);
        late = opened;
      } else if (member.code === ATTRIBUTES && this.#list(member)) {
        if (!opened) sink.event(name, hi, lo);
        opened = true;
        const list = this.#eventAttributes;
        list.begin();
        while (list.next()) if (list.key !== 0) sink.eventAttribute(list.key, list.type, list.value);
      } else if (member.code === UNKNOWN) cursor.skipValue(member.quoted);
    }
    if (!opened) sink.event(name, hi, lo);
    else if (late) sink.amendEvent(name, hi, lo);
  }

  #readLink(): void {
    const cursor = this.#cursor;
    const { ids } = this.#fields;
    let trace: readonly [number, number, number, number] | null = null;
    let spanHi = 0;
    let spanLo = 0;
    const layout = this.#link;
    for (
      let member = layout.next(cursor, layout.start);
      member.code !== END;
      member = layout.next(cursor, member)
    ) {
      if (member.code === TRACE_ID) {
        if (this.#fields.traceId(member)) trace = [ids.a, ids.b, ids.c, ids.d];
      } else if (member.code === SPAN_ID) {
        if (this.#fields.spanId(member)) [spanHi, spanLo] = [ids.c, ids.d];
      } else cursor.skipValue(member.quoted);
    }
    if (trace && (spanHi | spanLo) !== 0) this.#sink.link(...trace, spanHi, spanLo);
    else this.#notes.record('odd-link', 'kept', 'A link without trace id or span id was left out.');
  }
}
