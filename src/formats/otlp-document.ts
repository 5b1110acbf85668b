/**
 * The envelopes around OTLP's spans (FORMATS.md §3.1, 3.4, 3.8, 3.9). All of them are objects and lists
 * within each other, so one kind of object knows all keys: those that wrap (`resourceSpans`, `batches`,
 * `trace`, `result` …), those of a ResourceSpans (`resource`, `scopeSpans`), and those of other signals.
 * What is open is kept in a stack and not on the call stack: the window may end at any token.
 */
import { OPEN_BRACE, OPEN_BRACKET } from '../util/bytes.ts';
import { type JsonCursor, NEED_MORE } from '../util/json-cursor.ts';
import { END, type Member, ObjectLayout } from '../util/json-layout.ts';
import { JsonSkipper } from '../util/json-skipper.ts';
import type { ResourceSlot, SpanSink } from '../model/sink.ts';
import { AttributeList } from './attribute-list.ts';
import type { DocumentReader } from './json-documents.ts';
import { OtlpScope } from './otlp-scope.ts';
import { OtlpSpanReader } from './otlp-span.ts';
import { OtlpElementReader } from './otlp-value.ts';
import type { RecordNotes } from './record-notes.ts';

const WRAPPER = 2;
const SCOPE_SPANS = 3;
const RESOURCE = 4;
const LOGS = 5;
const METRICS = 6;
const PROFILES = 7;

const ENVELOPE_KEYS: Readonly<Record<string, number>> = {
  resourceSpans: WRAPPER,
  resource_spans: WRAPPER,
  batches: WRAPPER,
  trace: WRAPPER,
  traces: WRAPPER,
  result: WRAPPER,
  data: WRAPPER,
  scopeSpans: SCOPE_SPANS,
  scope_spans: SCOPE_SPANS,
  instrumentationLibrarySpans: SCOPE_SPANS,
  instrumentation_library_spans: SCOPE_SPANS,
  deprecatedScopeSpans: SCOPE_SPANS,
  resource: RESOURCE,
  resourceLogs: LOGS,
  resource_logs: LOGS,
  scopeLogs: LOGS,
  resourceMetrics: METRICS,
  resource_metrics: METRICS,
  scopeMetrics: METRICS,
  resourceProfiles: PROFILES,
  resource_profiles: PROFILES,
};

const OTHER_SIGNALS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  [LOGS]: ['otlp-logs', 'OTLP log records hold no spans and were left out.'],
  [METRICS]: ['otlp-metrics', 'OTLP metrics hold no spans and were left out.'],
  [PROFILES]: ['otlp-profiles', 'OTLP profiles hold no spans and were left out.'],
};

const SCOPE = 2;
const SPANS = 3;
const ATTRIBUTES = 2;

/** What a level of the stack is. */
const OBJECT = 0;
const LIST = 1;
const SCOPE_LIST = 2;
const SCOPE_OBJECT = 3;
const SPAN_LIST = 4;
const SKIPPED = 5;

/** Wrappers within wrappers: deeper ones are stepped over. */
const DEEPEST = 60;
const NO_SLOT = -1;

interface Level {
  kind: number;
  /** Objects: the member read last. */
  member: Member;
  /** Lists: no element has been read. */
  first: boolean;
  /** Objects: their resource, NO_SLOT until spans or attributes need it. */
  slot: ResourceSlot;
  slotClosed: boolean;
  /** Objects: something of OTLP was in it. */
  recognised: boolean;
}

export class OtlpDocumentReader implements DocumentReader {
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #notes: RecordNotes;
  readonly #span: OtlpSpanReader;
  readonly #scope: OtlpScope;
  readonly #resourceAttributes: AttributeList;
  readonly #skipper = new JsonSkipper();
  readonly #envelope = new ObjectLayout(ENVELOPE_KEYS);
  readonly #scopeSpans = new ObjectLayout({
    scope: SCOPE,
    instrumentationLibrary: SCOPE,
    instrumentation_library: SCOPE,
    spans: SPANS,
  });
  readonly #resource = new ObjectLayout({ attributes: ATTRIBUTES });
  readonly #levels: Level[] = [];
  #depth = -1;
  #slot: ResourceSlot = NO_SLOT;
  /** The resource being read: forgotten when the window ends in it. */
  #unfinished: ResourceSlot = NO_SLOT;

  constructor(cursor: JsonCursor, sink: SpanSink, notes: RecordNotes) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#notes = notes;
    const values = new OtlpElementReader(sink, notes);
    this.#span = new OtlpSpanReader({ cursor, sink, notes, values });
    this.#scope = new OtlpScope(cursor, sink);
    this.#resourceAttributes = new AttributeList(cursor, sink, { reader: values });
  }

  begin(): void {
    this.#depth = -1;
    this.#openAtCursor(LIST, OBJECT);
  }

  step(): boolean {
    const cursor = this.#cursor;
    cursor.checkpoint = cursor.pos;
    const level = this.#levels[this.#depth];
    switch (level.kind) {
      case OBJECT:
        this.#envelopeMember(level);
        break;
      case SCOPE_OBJECT:
        this.#scopeMember(level);
        break;
      case SPAN_LIST:
        this.#spans(level);
        break;
      case SKIPPED:
        this.#skip();
        break;
      default:
        this.#element(level);
    }
    return this.#depth < 0;
  }

  undo(): void {
    if (this.#span.isOpen) {
      this.#sink.discardSpan();
      this.#span.isOpen = false;
    }
    if (this.#unfinished !== NO_SLOT) {
      this.#sink.resetResource(this.#unfinished);
      this.#unfinished = NO_SLOT;
    }
  }

  abandon(): void {
    for (; this.#depth >= 0; this.#depth--) this.#closeSlot(this.#levels[this.#depth]);
  }

  #push(kind: number, start: Member): void {
    this.#depth++;
    const level = (this.#levels[this.#depth] ??= blankLevel(start));
    level.kind = kind;
    level.member = start;
    level.first = true;
    level.slot = NO_SLOT;
    level.slotClosed = false;
    level.recognised = false;
  }

  /** Opens the list or object at the cursor; anything else is stepped over. */
  #openAtCursor(list: number, object: number): void {
    const cursor = this.#cursor;
    const c = cursor.peek();
    if (c === OPEN_BRACKET && this.#depth < DEEPEST) this.#push(list, this.#envelope.start);
    else if (c === OPEN_BRACE && this.#depth < DEEPEST) {
      this.#push(object, object === SCOPE_OBJECT ? this.#scopeSpans.start : this.#envelope.start);
    } else {
      this.#pushSkipped(false);
      return;
    }
    cursor.pos++;
  }

  #pushSkipped(quoted: boolean): void {
    this.#skipper.begin(quoted);
    this.#push(SKIPPED, this.#envelope.start);
  }

  #skip(): void {
    const cursor = this.#cursor;
    if (this.#skipper.run(cursor)) {
      this.#depth--;
      return;
    }
    cursor.checkpoint = cursor.pos;
    if (cursor.final) {
      cursor.pos = cursor.end;
      cursor.fail('');
    }
    throw NEED_MORE;
  }

  /** An element of a list of envelopes or of ScopeSpans. */
  #element(level: Level): void {
    const cursor = this.#cursor;
    if (!cursor.nextElement(level.first)) {
      this.#depth--;
      return;
    }
    level.first = false;
    if (level.kind === SCOPE_LIST) {
      this.#scope.clear();
      this.#openAtCursor(SCOPE_LIST, SCOPE_OBJECT);
    } else this.#openAtCursor(LIST, OBJECT);
  }

  #envelopeMember(level: Level): void {
    const member = this.#envelope.next(this.#cursor, level.member);
    if (member.code === END) {
      this.#endEnvelope(level);
      return;
    }
    const opens = !member.quoted && this.#opensContainer();
    if (member.code === RESOURCE && opens) {
      this.#readResource(level);
      level.member = member;
      return;
    }
    level.member = member;
    if (member.code === WRAPPER && opens) {
      level.recognised = true;
      this.#openAtCursor(LIST, OBJECT);
    } else if (member.code === SCOPE_SPANS && this.#cursor.bytes[this.#cursor.pos] === OPEN_BRACKET) {
      level.recognised = true;
      this.#slot = this.#slotOf(level);
      this.#openAtCursor(SCOPE_LIST, SCOPE_OBJECT);
    } else {
      this.#noteSignal(level, member.code);
      this.#pushSkipped(member.quoted);
    }
  }

  /** True: { or [ comes next. */
  #opensContainer(): boolean {
    const c = this.#cursor.peek();
    return c === OPEN_BRACE || c === OPEN_BRACKET;
  }

  #noteSignal(level: Level, code: number): void {
    const signal = OTHER_SIGNALS[code];
    if (!signal) return;
    level.recognised = true;
    this.#notes.record(signal[0], 'skipped', signal[1]);
  }

  #endEnvelope(level: Level): void {
    this.#closeSlot(level);
    this.#depth--;
    const isDocument = this.#depth < 0 || (this.#depth === 0 && this.#levels[0].kind === LIST);
    if (isDocument && !level.recognised) {
      this.#notes.record('no-trace-data', 'skipped', 'A JSON document holds no OTLP spans.');
    }
  }

  #slotOf(level: Level): ResourceSlot {
    if (level.slot === NO_SLOT) level.slot = this.#sink.openResource();
    return level.slot;
  }

  #closeSlot(level: Level): void {
    if (level.kind !== OBJECT || level.slot === NO_SLOT || level.slotClosed) return;
    this.#sink.closeResource(level.slot);
    level.slotClosed = true;
  }

  #readResource(level: Level): void {
    const cursor = this.#cursor;
    if (level.slotClosed || cursor.bytes[cursor.pos] !== OPEN_BRACE) {
      cursor.skipValue();
      return;
    }
    const slot = this.#slotOf(level);
    this.#unfinished = slot;
    cursor.pos++;
    const layout = this.#resource;
    for (
      let member = layout.next(cursor, layout.start);
      member.code !== END;
      member = layout.next(cursor, member)
    ) {
      if (member.code === ATTRIBUTES && !member.quoted && cursor.peek() === OPEN_BRACKET) {
        cursor.pos++;
        const list = this.#resourceAttributes;
        list.begin();
        while (list.next())
          if (list.key !== 0) this.#sink.resourceAttribute(slot, list.key, list.type, list.value);
      } else cursor.skipValue(member.quoted);
    }
    this.#unfinished = NO_SLOT;
    this.#closeSlot(level);
  }

  #scopeMember(level: Level): void {
    const cursor = this.#cursor;
    const member = this.#scopeSpans.next(cursor, level.member);
    if (member.code === END) {
      this.#depth--;
      return;
    }
    const c = member.quoted ? 0 : cursor.peek();
    if (member.code === SCOPE && c === OPEN_BRACE) {
      cursor.pos++;
      this.#scope.read();
      level.member = member;
    } else {
      level.member = member;
      if (member.code === SPANS && c === OPEN_BRACKET) {
        cursor.pos++;
        this.#push(SPAN_LIST, this.#envelope.start);
      } else this.#pushSkipped(member.quoted);
    }
  }

  /** The hot loop: spans to the end of the list. */
  #spans(level: Level): void {
    const cursor = this.#cursor;
    while (cursor.nextElement(level.first)) {
      if (cursor.bytes[cursor.pos] === OPEN_BRACE) {
        cursor.pos++;
        this.#span.read(this.#slot, this.#scope.id);
      } else {
        cursor.skipValue();
        this.#notes.record('odd-span', 'rejected', 'In place of a span there is something else.');
      }
      level.first = false;
      cursor.checkpoint = cursor.pos;
    }
    this.#depth--;
  }
}

function blankLevel(member: Member): Level {
  return { kind: OBJECT, member, first: true, slot: NO_SLOT, slotClosed: false, recognised: false };
}
