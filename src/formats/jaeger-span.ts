/** One span of Jaeger's JSON → SpanSink (FORMATS.md §3.3). Collected first: which process it belongs to comes last. */
import { OPEN_BRACE, OPEN_BRACKET } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, type Member, ObjectLayout, UNKNOWN } from '../util/json-layout.ts';
import type { ResourceSlot, SpanSink, TextId, ValueType } from '../model/sink.ts';
import type { SpanKind } from '../model/span.ts';
import { AttributeList } from './attribute-list.ts';
import { FIELD_TAG_CODES, FieldTags, LAST_FIELD_TAG } from './field-tags.ts';
import { JaegerLogs } from './jaeger-log.ts';
import { type ProcessId, processIdOf } from './jaeger-process-id.ts';
import { JaegerReferences } from './jaeger-references.ts';
import type { JaegerTagReader } from './jaeger-tag.ts';
import { describeMissingIds } from './missing-ids.ts';
import type { RecordNotes } from './record-notes.ts';
import { RepeatedTraceId } from './repeated-trace-id.ts';
import { SpanFields } from './span-fields.ts';
import { parseKind } from './span-words.ts';
import { TextCache } from './text-cache.ts';

const TRACE_ID = 2;
const SPAN_ID = 3;
const PARENT_ID = 4;
const NAME = 5;
const REFERENCES = 6;
const START = 7;
const DURATION = 8;
const TAGS = 9;
const LOGS = 10;
const PROCESS_ID = 11;
const PROCESS = 12;

const KIND_TAG = LAST_FIELD_TAG + 1;
const FORMAT_TAG = LAST_FIELD_TAG + 2;
const TAG_CODES = { ...FIELD_TAG_CODES, 'span.kind': KIND_TAG, 'internal.span.format': FORMAT_TAG };

export interface JaegerTools {
  readonly cursor: JsonCursor;
  readonly sink: SpanSink;
  readonly notes: RecordNotes;
  readonly tags: JaegerTagReader;
}

/** Where the spans of a trace get their resources from. */
export interface ProcessBook {
  slotOf(processId: ProcessId): ResourceSlot;
  /** Reads the process at the cursor, after its opening brace. */
  readEmbedded(): ResourceSlot;
  /** The embedded process has served its span. */
  closeEmbedded(): void;
}

export class JaegerSpanReader {
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #notes: RecordNotes;
  readonly #processes: ProcessBook;
  readonly #fields: SpanFields;
  readonly #fieldTags: FieldTags;
  readonly #repeated: RepeatedTraceId;
  readonly #names: TextCache;
  readonly #tagList: AttributeList;
  readonly #logs: JaegerLogs;
  readonly #references: JaegerReferences;
  readonly #readLog = (): void => this.#logs.read();
  readonly #readReference = (): void => this.#references.read();
  readonly #layout = new ObjectLayout({
    traceID: TRACE_ID,
    traceId: TRACE_ID,
    spanID: SPAN_ID,
    spanId: SPAN_ID,
    parentSpanID: PARENT_ID,
    parentSpanId: PARENT_ID,
    operationName: NAME,
    references: REFERENCES,
    startTime: START,
    duration: DURATION,
    tags: TAGS,
    logs: LOGS,
    processID: PROCESS_ID,
    processId: PROCESS_ID,
    process: PROCESS,
  });

  readonly #trace = [0, 0, 0, 0];
  readonly #id = [0, 0];
  readonly #parent = [0, 0];
  #name: TextId = 0;
  #kind: SpanKind = 0;
  #startHi = 0;
  #startLo = 0;
  #duration: number | null = null;
  #processId: ProcessId = '';
  #embedded: ResourceSlot | null = null;
  /** key, type, value; key, type, value … The array keeps its room from span to span. */
  readonly #attributes: number[] = [];
  #attributesEnd = 0;
  /** Kinds by the ids of their names. */
  readonly #kinds = new Map<TextId, SpanKind>();
  #kindsEpoch = -1;

  constructor(tools: JaegerTools, processes: ProcessBook) {
    const { cursor, sink, notes, tags } = tools;
    this.#cursor = cursor;
    this.#sink = sink;
    this.#notes = notes;
    this.#processes = processes;
    this.#fields = new SpanFields(cursor, notes, { base64: false });
    this.#fieldTags = new FieldTags(this.#fields);
    this.#names = new TextCache(sink);
    this.#tagList = new AttributeList(cursor, sink, { reader: tags, codes: TAG_CODES });
    this.#logs = new JaegerLogs(cursor, sink, { fields: this.#fields, tags });
    this.#repeated = new RepeatedTraceId(cursor, this.#fields);
    this.#references = new JaegerReferences(cursor, this.#fields, this.#repeated);
  }

  /** The span at the cursor, its opening brace read. */
  read(): void {
    this.#clear();
    let seen = 0;
    let ids = 0;
    const layout = this.#layout;
    const cursor = this.#cursor;
    for (
      let member = layout.next(cursor, layout.start);
      member.code !== END;
      member = layout.next(cursor, member)
    ) {
      const bit = 1 << member.code;
      if (member.code === UNKNOWN || (seen & bit) !== 0) cursor.skipValue(member.quoted);
      else if (member.code === TRACE_ID) ids |= this.#repeated.readInto(this.#trace, member) ? 1 : 0;
      else if (member.code === SPAN_ID) ids |= this.#fields.spanIdInto(this.#id, member) ? 2 : 0;
      else this.#member(member);
      seen |= bit;
    }
    if (ids === 3) this.#emit();
    else {
      const { code, message } = describeMissingIds((ids & 1) !== 0, (ids & 2) !== 0);
      this.#notes.record(code, 'rejected', message);
    }
    if (this.#embedded !== null) this.#processes.closeEmbedded();
  }

  #clear(): void {
    this.#parent[0] = this.#parent[1] = 0;
    this.#name = 0;
    this.#fieldTags.clear();
    this.#kind = 0;
    this.#startHi = this.#startLo = 0;
    this.#duration = null;
    this.#processId = '';
    this.#embedded = null;
    this.#attributesEnd = 0;
    this.#logs.clear();
    this.#references.clear();
  }

  #member(member: Member): void {
    switch (member.code) {
      case PARENT_ID:
        this.#fields.spanIdInto(this.#parent, member);
        break;
      case NAME:
        this.#name = this.#fields.scalar(member) ? this.#names.idOf(this.#cursor) : 0;
        break;
      case REFERENCES:
        this.#objects(member, this.#readReference);
        break;
      case START:
        if (this.#fields.micros(member) && !this.#fields.decimal.negative) {
          this.#startHi = this.#fields.decimal.hi;
          this.#startLo = this.#fields.decimal.lo;
        }
        break;
      case DURATION:
        if (this.#fields.micros(member)) this.#duration = this.#fields.decimal.toNumber();
        break;
      case TAGS:
        this.#tags(member);
        break;
      case LOGS:
        this.#objects(member, this.#readLog);
        break;
      case PROCESS_ID:
        if (this.#fields.scalar(member)) this.#processId = processIdOf(this.#cursor);
        break;
      default:
        this.#process(member);
    }
  }

  #opensList(member: Member): boolean {
    const cursor = this.#cursor;
    if (!member.quoted && cursor.peek() === OPEN_BRACKET) {
      cursor.pos++;
      return true;
    }
    cursor.skipValue(member.quoted);
    return false;
  }

  /** Calls read after the opening brace of each object in the list. */
  #objects(member: Member, read: () => void): void {
    if (!this.#opensList(member)) return;
    const cursor = this.#cursor;
    for (let first = true; cursor.nextElement(first); first = false) {
      if (cursor.bytes[cursor.pos] === OPEN_BRACE) {
        cursor.pos++;
        read();
      } else cursor.skipValue();
    }
  }

  #process(member: Member): void {
    const cursor = this.#cursor;
    if (member.quoted || cursor.peek() !== OPEN_BRACE) {
      cursor.skipValue(member.quoted);
      return;
    }
    cursor.pos++;
    this.#embedded = this.#processes.readEmbedded();
  }

  #tags(member: Member): void {
    if (!this.#opensList(member)) return;
    const list = this.#tagList;
    list.begin();
    while (list.next()) {
      if (list.code !== 0 && !this.#takesTag(list.code, list.value)) continue;
      if (list.key !== 0) this.#keepAttribute(list);
    }
  }

  #keepAttribute({ key, type, value }: AttributeList): void {
    const attributes = this.#attributes;
    const at = this.#attributesEnd;
    attributes[at] = key;
    attributes[at + 1] = type;
    attributes[at + 2] = value;
    this.#attributesEnd = at + 3;
  }

  /** The cursor's text is the kind, and `name` its id. */
  #kindOf(name: TextId): SpanKind {
    if (this.#kindsEpoch !== this.#sink.epoch) this.#kinds.clear();
    this.#kindsEpoch = this.#sink.epoch;
    let kind = this.#kinds.get(name);
    if (kind === undefined) this.#kinds.set(name, (kind = parseKind(this.#fields.word()) ?? 0));
    return kind;
  }

  /** Tags that stand for fields of a span. True: it is an attribute as well. */
  #takesTag(code: number, value: TextId): boolean {
    if (code <= LAST_FIELD_TAG) return this.#fieldTags.take(code, value);
    if (code === KIND_TAG) this.#kind ||= this.#kindOf(value);
    return false;
  }

  #emit(): void {
    const sink = this.#sink;
    const slot = this.#embedded ?? this.#processes.slotOf(this.#processId);
    sink.openSpan(slot, sink.scope(this.#fieldTags.scopeName, this.#fieldTags.scopeVersion));
    const trace = this.#trace;
    sink.traceId(trace[0], trace[1], trace[2], trace[3]);
    sink.spanId(this.#id[0], this.#id[1]);
    this.#references.emit(sink, this.#trace, this.#parent);
    if (this.#name !== 0) sink.name(this.#name);
    if (this.#kind !== 0) sink.kind(this.#kind);
    if ((this.#startHi | this.#startLo) !== 0) sink.startUnixNano(this.#startHi, this.#startLo);
    if (this.#duration !== null) sink.durationNs(this.#duration);
    this.#fieldTags.emit(sink);
    const attributes = this.#attributes;
    for (let i = 0; i < this.#attributesEnd; i += 3) {
      sink.attribute(attributes[i], attributes[i + 1] as ValueType, attributes[i + 2]);
    }
    this.#logs.emit();
    sink.closeSpan();
  }
}
