/**
 * The envelopes around OTLP's spans (FORMATS.md §3.1, 3.4, 3.8, 3.9). All of them are objects and lists
 * within each other, so one kind of object knows all keys: those that wrap (`resourceSpans`, `batches`,
 * `trace`, `result` …), those of a ResourceSpans (`resource`, `scopeSpans`), and those of other signals.
 */
import { OPEN_BRACE, OPEN_BRACKET } from '../util/bytes.ts';
import { type JsonCursor, JsonSyntaxError, NEED_MORE } from '../util/json-cursor.ts';
import { END, type Member, ObjectLayout } from '../util/json-layout.ts';
import type { ResourceSlot, SpanSink } from '../model/sink.ts';
import { AttributeList } from './attribute-list.ts';
import { CurrentScope } from './current-scope.ts';
import type { DocumentReader } from './json-documents.ts';
import { JsonLevels, type Level, type LevelKinds, NO_SLOT, SKIPPED } from './json-levels.ts';
import { OtlpSpanReader } from './otlp-span.ts';
import { OtlpElementReader } from './otlp-value.ts';
import type { RecordNotes } from './record-notes.ts';

const WRAPPER = 2;
const SCOPE_SPANS = 3;
const RESOURCE = 4;
const LOGS = 5;
const METRICS = 6;
const PROFILES = 7;
const RESOURCE_SPANS = 8;

const ENVELOPE_KEYS: Readonly<Record<string, number>> = {
  resourceSpans: RESOURCE_SPANS,
  resource_spans: RESOURCE_SPANS,
  batches: RESOURCE_SPANS,
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
const SCOPE_NAME = 2;
const SCOPE_VERSION = 3;

/** A scope after more bytes of spans than these is not looked for. */
const LOOK_AHEAD = 4 * 1024 * 1024;

/** Kinds of levels. */
const OBJECT = 1;
const LIST = 2;
const SCOPE_LIST = 3;
const SCOPE_OBJECT = 4;
const SPAN_LIST = 5;

function isWrapper(code: number): boolean {
  return code === WRAPPER || code === RESOURCE_SPANS;
}

export class OtlpDocumentReader implements DocumentReader {
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #notes: RecordNotes;
  readonly #levels: JsonLevels;
  readonly #span: OtlpSpanReader;
  readonly #scope: CurrentScope;
  readonly #scopeLayout = new ObjectLayout({ name: SCOPE_NAME, version: SCOPE_VERSION });
  readonly #resourceAttributes: AttributeList;
  readonly #envelope = new ObjectLayout(ENVELOPE_KEYS);
  readonly #scopeSpans = new ObjectLayout({
    scope: SCOPE,
    instrumentationLibrary: SCOPE,
    instrumentation_library: SCOPE,
    spans: SPANS,
  });
  readonly #resource = new ObjectLayout({ attributes: ATTRIBUTES });
  readonly #envelopes: LevelKinds = { list: LIST, object: OBJECT, start: this.#envelope.start };
  readonly #scopes: LevelKinds = { list: SCOPE_LIST, object: SCOPE_OBJECT, start: this.#scopeSpans.start };
  /** Of the spans being read. */
  #slot: ResourceSlot = NO_SLOT;
  /** The resource being read: forgotten when the window ends in it. */
  #unfinished: ResourceSlot = NO_SLOT;

  constructor(cursor: JsonCursor, sink: SpanSink, notes: RecordNotes) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#notes = notes;
    this.#levels = new JsonLevels(cursor, sink);
    const values = new OtlpElementReader(sink, notes);
    this.#span = new OtlpSpanReader({ cursor, sink, notes, values });
    this.#scope = new CurrentScope(sink);
    this.#resourceAttributes = new AttributeList(cursor, sink, { reader: values });
  }

  begin(): void {
    this.#levels.enter(this.#envelopes);
  }

  step(): boolean {
    const cursor = this.#cursor;
    cursor.checkpoint = cursor.pos;
    const level = this.#levels.top;
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
        this.#levels.skip();
        break;
      default:
        this.#element(level);
    }
    return this.#levels.depth < 0;
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
    this.#levels.abandon();
  }

  /** An element of a list of envelopes or of ScopeSpans. */
  #element(level: Level): void {
    if (!this.#cursor.nextElement(level.first)) {
      this.#levels.leave();
      return;
    }
    const isScope = level.kind === SCOPE_LIST;
    this.#levels.enter(isScope ? this.#scopes : this.#envelopes);
    level.first = false;
    if (isScope) this.#scope.clear();
  }

  #envelopeMember(level: Level): void {
    const cursor = this.#cursor;
    const member = this.#envelope.next(cursor, level.member);
    if (member.code === END) {
      this.#endEnvelope(level);
      return;
    }
    const c = member.quoted ? 0 : cursor.peek();
    if (member.code === RESOURCE && c === OPEN_BRACE && !level.slotClosed) {
      this.#readResource(level);
    } else if (isWrapper(member.code) && (c === OPEN_BRACE || c === OPEN_BRACKET)) {
      // Other formats have `data` and the like, too.
      if (member.code === RESOURCE_SPANS) level.recognised = true;
      this.#levels.enter(this.#envelopes);
    } else if (member.code === SCOPE_SPANS && c === OPEN_BRACKET) {
      level.recognised = true;
      this.#slot = this.#levels.slotOf(level);
      this.#levels.enter(this.#scopes);
    } else {
      this.#noteSignal(level, member.code);
      this.#levels.enterSkipped(member, member.quoted);
    }
    level.member = member;
  }

  #noteSignal(level: Level, code: number): void {
    const signal = OTHER_SIGNALS[code];
    if (!signal) return;
    level.recognised = true;
    this.#notes.record(signal[0], 'skipped', signal[1]);
  }

  #endEnvelope(level: Level): void {
    const { recognised } = level;
    this.#levels.closeSlot(level);
    this.#levels.leave();
    if (!recognised && this.#levels.isAtDocument) {
      this.#notes.record('no-trace-data', 'skipped', 'A JSON document holds no OTLP spans.');
    }
  }

  #readResource(level: Level): void {
    const cursor = this.#cursor;
    const slot = this.#levels.slotOf(level);
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
        this.#readAttributes(slot);
      } else cursor.skipValue(member.quoted);
    }
    this.#unfinished = NO_SLOT;
    this.#levels.closeSlot(level);
  }

  #readAttributes(slot: ResourceSlot): void {
    const list = this.#resourceAttributes;
    list.begin();
    while (list.next()) {
      if (list.key !== 0) this.#sink.resourceAttribute(slot, list.key, list.type, list.value);
    }
  }

  #scopeMember(level: Level): void {
    const cursor = this.#cursor;
    const member = this.#scopeSpans.next(cursor, level.member);
    if (member.code === END) {
      this.#levels.depth--;
      return;
    }
    const c = member.quoted ? 0 : cursor.peek();
    if (member.code === SCOPE && c === OPEN_BRACE && !level.recognised) {
      cursor.pos++;
      this.#readScope();
      level.recognised = true;
    } else if (member.code === SPANS && c === OPEN_BRACKET) {
      if (!level.recognised) this.#readLateScope(member);
      level.recognised = true;
      cursor.pos++;
      this.#levels.push(SPAN_LIST, member);
    } else this.#levels.enterSkipped(member, member.quoted);
    level.member = member;
  }

  /** The opening brace has been read. */
  #readScope(): void {
    const cursor = this.#cursor;
    const scope = this.#scope;
    const layout = this.#scopeLayout;
    scope.clear();
    for (
      let member = layout.next(cursor, layout.start);
      member.code !== END;
      member = layout.next(cursor, member)
    ) {
      if (!member.quoted || member.code < SCOPE_NAME) {
        cursor.skipValue(member.quoted);
        continue;
      }
      cursor.string();
      if (member.code === SCOPE_NAME) scope.keepName(cursor);
      else scope.keepVersion(cursor);
    }
  }

  /** Some writers put the scope after its spans: it is read before them, which then come next as if nothing was. */
  #readLateScope(spans: Member): void {
    const cursor = this.#cursor;
    const { pos } = cursor;
    try {
      let member = spans;
      while (member.code !== END && member.code !== SCOPE && cursor.pos - pos <= LOOK_AHEAD) {
        cursor.skipValue(member.quoted);
        member = this.#scopeSpans.next(cursor, member);
      }
      if (member.code === SCOPE && !member.quoted && cursor.peek() === OPEN_BRACE) {
        cursor.pos++;
        this.#readScope();
      }
      if (cursor.pos - pos > LOOK_AHEAD) this.#scope.clear();
    } catch (error) {
      const isNear = cursor.end - pos <= LOOK_AHEAD;
      // Damage is told of where it is met.
      if (error === NEED_MORE ? isNear : !(error instanceof JsonSyntaxError)) throw error;
      this.#scope.clear();
    }
    cursor.pos = pos;
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
    this.#levels.depth--;
  }
}
