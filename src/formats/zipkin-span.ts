/** One span of Zipkin's v2 JSON → SpanSink (FORMATS.md §3.7). Collected first: where it ran may come last. */
import { decodeBytes, latin1, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../util/bytes.ts';
import { Decimal } from '../util/decimal.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, type Member, ObjectLayout } from '../util/json-layout.ts';
import type { SpanSink, TextId, ValueType } from '../model/sink.ts';
import { VALUE_BOOL, VALUE_STRING } from '../model/sink.ts';
import { type SpanKind, STATUS_ERROR, STATUS_UNSET, type StatusCode } from '../model/span.ts';
import { NO_SLOT } from './json-levels.ts';
import { describeMissingIds } from './missing-ids.ts';
import type { RecordNotes } from './record-notes.ts';
import { parseKind, parseStatus } from './span-words.ts';
import { TextCache } from './text-cache.ts';
import { ORDINARY, TextMap } from './text-map.ts';
import { IdReader, NO_ID, OPAQUE_ID } from './trace-ids.ts';
import { ZipkinAnnotations } from './zipkin-annotations.ts';
import { type ZipkinEndpoint, ZipkinEndpoints } from './zipkin-endpoint.ts';

/** Of what a span is wrapped in, such as Elasticsearch's answers. */
export const WRAPPER = 2;
/** Of a span, but of no use. */
const IGNORED = 3;
const TRACE_ID = 4;
const SPAN_ID = 5;
const PARENT_ID = 6;
const NAME = 7;
const KIND = 8;
const START = 9;
const DURATION = 10;
const LOCAL = 11;
const REMOTE = 12;
const ANNOTATIONS = 13;
const TAGS = 14;
const SHARED = 15;

const KEYS = {
  traceId: TRACE_ID,
  id: SPAN_ID,
  parentId: PARENT_ID,
  name: NAME,
  kind: KIND,
  timestamp: START,
  duration: DURATION,
  localEndpoint: LOCAL,
  remoteEndpoint: REMOTE,
  annotations: ANNOTATIONS,
  tags: TAGS,
  shared: SHARED,
  debug: IGNORED,
  timestamp_millis: IGNORED,
  _q: IGNORED,
  hits: WRAPPER,
  _source: WRAPPER,
  data: WRAPPER,
  result: WRAPPER,
  trace: WRAPPER,
  traces: WRAPPER,
  spans: WRAPPER,
  responses: WRAPPER,
  rawResponse: WRAPPER,
  response: WRAPPER,
};

const ERROR_TAG = 1;
const STATUS_TAG = 2;
const STATUS_MESSAGE_TAG = 3;
const SCOPE_NAME_TAG = 4;
const SCOPE_VERSION_TAG = 5;
const BROWSER_TAG = 6;
const LANGUAGE_TAG = 7;
const TAG_CODES = {
  error: ERROR_TAG,
  'otel.status_code': STATUS_TAG,
  'otel.status_description': STATUS_MESSAGE_TAG,
  'otel.scope.name': SCOPE_NAME_TAG,
  'otel.library.name': SCOPE_NAME_TAG,
  'otel.scope.version': SCOPE_VERSION_TAG,
  'otel.library.version': SCOPE_VERSION_TAG,
  // OpenTelemetry for browsers: its resource comes as tags, and what a user did to which element.
  target_element: BROWSER_TAG,
  target_xpath: BROWSER_TAG,
  'browser.language': BROWSER_TAG,
  'browser.platform': BROWSER_TAG,
  'telemetry.sdk.language': LANGUAGE_TAG,
};
/** From µs to ns. */
const MICROS = 3;
const WORD_LIMIT = 40;

export class ZipkinSpanReader {
  readonly layout = new ObjectLayout(KEYS);
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #notes: RecordNotes;
  readonly #ids = new IdReader({ base64: false });
  readonly #decimal = new Decimal();
  readonly #names: TextCache;
  readonly #tags: TextMap;
  readonly #annotations: ZipkinAnnotations;
  readonly #endpoints: ZipkinEndpoints;

  readonly #trace = [0, 0, 0, 0];
  readonly #id = [0, 0];
  readonly #parent = [0, 0];
  #name: TextId = 0;
  #kind: SpanKind = 0;
  #startHi = 0;
  #startLo = 0;
  #duration: number | null = null;
  #isShared = false;
  #local: ZipkinEndpoint;
  #remote: ZipkinEndpoint | null = null;
  #status: StatusCode = STATUS_UNSET;
  #isError = false;
  #isApplication = false;
  #message: TextId = 0;
  #errorText: TextId = 0;
  #scopeName: TextId = 0;
  #scopeVersion: TextId = 0;
  /** key, type, value; key, type, value … */
  readonly #attributes: number[] = [];

  constructor(cursor: JsonCursor, sink: SpanSink, notes: RecordNotes) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#notes = notes;
    this.#names = new TextCache(sink);
    this.#tags = new TextMap(cursor, sink, TAG_CODES);
    this.#annotations = new ZipkinAnnotations(cursor, sink, this.#decimal);
    this.#endpoints = new ZipkinEndpoints(cursor, sink);
    this.#local = this.#endpoints.nowhere;
  }

  /** The rest of the object in which `first`, a member of a span, was found. */
  read(first: Member): void {
    this.#clear();
    const cursor = this.#cursor;
    const { layout } = this;
    let seen = 0;
    let ids = 0;
    for (let member = first; member.code !== END; member = layout.next(cursor, member)) {
      const { code } = member;
      const bit = 1 << code;
      if (code <= IGNORED || (seen & bit) !== 0) cursor.skipValue(member.quoted);
      else if (code === TRACE_ID) ids |= this.#traceId(member) ? 1 : 0;
      else if (code === SPAN_ID) ids |= this.#spanId(member, this.#id) ? 2 : 0;
      else this.#member(member);
      seen |= bit;
    }
    if (ids === 3) this.#emit();
    else {
      const { code, message } = describeMissingIds((ids & 1) !== 0, (ids & 2) !== 0, 'id');
      this.#notes.record(code, 'rejected', message);
    }
  }

  #clear(): void {
    this.#parent[0] = this.#parent[1] = 0;
    this.#name = this.#message = this.#errorText = this.#scopeName = this.#scopeVersion = 0;
    this.#kind = 0;
    this.#startHi = this.#startLo = 0;
    this.#duration = null;
    this.#isShared = this.#isError = this.#isApplication = false;
    this.#local = this.#endpoints.nowhere;
    this.#remote = null;
    this.#status = STATUS_UNSET;
    this.#attributes.length = 0;
    this.#annotations.clear();
  }

  #member(member: Member): void {
    switch (member.code) {
      case PARENT_ID:
        this.#spanId(member, this.#parent);
        break;
      case NAME:
        this.#name = this.#scalar(member) ? this.#names.idOf(this.#cursor) : 0;
        break;
      case KIND:
        this.#readKind(member);
        break;
      case START:
        if (this.#time(member) && !this.#decimal.negative) {
          this.#startHi = this.#decimal.hi;
          this.#startLo = this.#decimal.lo;
        }
        break;
      case DURATION:
        if (this.#time(member)) this.#duration = this.#decimal.toNumber();
        break;
      case SHARED:
        if (this.#scalar(member)) this.#isShared = this.#word() === 'true';
        break;
      default:
        this.#nested(member);
    }
  }

  /** Objects and lists; anything else in their place is stepped over. */
  #nested(member: Member): void {
    const cursor = this.#cursor;
    const c = member.quoted ? QUOTE : cursor.peek();
    if (member.code === ANNOTATIONS && c === OPEN_BRACKET) {
      cursor.pos++;
      this.#annotations.read();
    } else if (c !== OPEN_BRACE || member.code === ANNOTATIONS) cursor.skipValue(member.quoted);
    else if (member.code === LOCAL) this.#local = this.#endpoints.read();
    else if (member.code === REMOTE) this.#remote = this.#endpoints.read();
    else {
      cursor.pos++;
      this.#readTags();
    }
  }

  /** A string, number or word → the cursor's text. False: null, or (stepped over) something else. */
  #scalar(member: Member): boolean {
    const cursor = this.#cursor;
    if (member.quoted) {
      cursor.string();
      return true;
    }
    const c = cursor.peek();
    if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      cursor.skipValue();
      const message = 'A field of a span holds an object or list instead of a value.';
      this.#notes.record('odd-field', 'kept', message);
      return false;
    }
    cursor.scalar();
    return c !== 0x6e;
  }

  /** The cursor's text as a string. */
  #word(): string {
    const { text, from, to } = this.#cursor;
    return latin1(text, from, Math.min(to, from + WORD_LIMIT));
  }

  #traceId(member: Member): boolean {
    if (!this.#scalar(member)) return false;
    const { text, from, to } = this.#cursor;
    const ids = this.#ids;
    const isShort = to - from === 16 && ids.readHex16(text, from) && !ids.isZero;
    if (!isShort && !this.#accept(ids.readTraceId(text, from, to))) return false;
    this.#trace[0] = ids.a;
    this.#trace[1] = ids.b;
    this.#trace[2] = ids.c;
    this.#trace[3] = ids.d;
    return true;
  }

  #spanId(member: Member, into: number[]): boolean {
    if (!this.#scalar(member)) return false;
    const { text, from, to } = this.#cursor;
    const ids = this.#ids;
    const isUsual = to - from === 16 && ids.readHex16(text, from) && !ids.isZero;
    if (!isUsual && !this.#accept(ids.readSpanId(text, from, to))) return false;
    into[0] = ids.c;
    into[1] = ids.d;
    return true;
  }

  /** False: no id. */
  #accept(form: ReturnType<IdReader['readSpanId']>): boolean {
    if (form === OPAQUE_ID) {
      const { text, from, to } = this.#cursor;
      const id = decodeBytes(text, from, Math.min(to, from + 60));
      const message = `“${id}” is not an id of the usual form; it is taken as a name.`;
      this.#notes.record('unusual-id', 'kept', message);
    }
    return form !== NO_ID;
  }

  #readKind(member: Member): void {
    if (!this.#scalar(member)) return;
    const kind = parseKind(this.#word());
    if (kind !== null) this.#kind = kind;
    else this.#notes.record('unknown-kind', 'kept', 'A span has a kind that Zipkin does not know.');
  }

  /** µs → decimal holds ns. */
  #time(member: Member): boolean {
    if (!this.#scalar(member)) return false;
    const { text, from, to } = this.#cursor;
    if (this.#decimal.read(text, from, to, MICROS)) return true;
    this.#notes.record('unreadable-time', 'kept', `“${this.#word()}” is not a time in microseconds.`);
    return false;
  }

  #readTags(): void {
    const tags = this.#tags;
    tags.begin();
    while (tags.next()) {
      if (tags.isNull || (tags.code !== ORDINARY && !this.#takesTag(tags.code, tags.value))) continue;
      if (tags.key !== 0) this.#attributes.push(tags.key, tags.type, tags.value);
    }
  }

  /** Tags that stand for fields of a span. True: it is an attribute as well. */
  #takesTag(code: number, value: TextId): boolean {
    switch (code) {
      case ERROR_TAG: {
        // Present and not "false" (SEMANTICS.md §7).
        const word = this.#word().toLowerCase();
        if (word === 'false') return true;
        this.#isError = true;
        if (word !== 'true') this.#errorText ||= value;
        return true;
      }
      case STATUS_TAG:
        this.#status ||= parseStatus(this.#word()) ?? STATUS_UNSET;
        return false;
      case STATUS_MESSAGE_TAG:
        this.#message ||= value;
        return false;
      case BROWSER_TAG:
        this.#isApplication = true;
        return true;
      case LANGUAGE_TAG:
        this.#isApplication ||= /^(webjs|swift)$/.test(this.#word());
        return true;
      case SCOPE_NAME_TAG:
        this.#scopeName ||= value;
        return false;
      default:
        this.#scopeVersion ||= value;
        return false;
    }
  }

  #emit(): void {
    const sink = this.#sink;
    const local = this.#isApplication ? this.#endpoints.application(this.#local) : this.#local;
    this.#endpoints.renew(local);
    const isNew = local.slot === NO_SLOT;
    if (isNew) this.#describe(local);
    sink.openSpan(local.slot, sink.scope(this.#scopeName, this.#scopeVersion));
    const [a, b, c, d] = this.#trace;
    sink.traceId(a, b, c, d);
    sink.spanId(this.#id[0], this.#id[1]);
    if ((this.#parent[0] | this.#parent[1]) !== 0) sink.parentSpanId(this.#parent[0], this.#parent[1]);
    if (this.#name !== 0) sink.name(this.#name);
    if (this.#kind !== 0) sink.kind(this.#kind);
    const annotations = this.#annotations;
    if ((this.#startHi | this.#startLo) !== 0) sink.startUnixNano(this.#startHi, this.#startLo);
    else if (annotations.hasTime) sink.startUnixNano(annotations.firstHi, annotations.firstLo);
    if (this.#duration !== null) sink.durationNs(this.#duration);
    if (this.#isShared) sink.shared();
    const status = this.#isError ? STATUS_ERROR : this.#status;
    if (status !== STATUS_UNSET) sink.status(status);
    const message = this.#message || this.#errorText;
    if (message !== 0) sink.statusMessage(message);
    const attributes = this.#attributes;
    for (let i = 0; i < attributes.length; i += 3) {
      sink.attribute(attributes[i], attributes[i + 1] as ValueType, attributes[i + 2]);
    }
    this.#emitRemote();
    annotations.emit();
    sink.closeSpan();
    // Only now: the end of an epoch, which this may be, takes the ids above with it.
    if (isNew) sink.closeResource(local.slot);
  }

  #describe(local: ZipkinEndpoint): void {
    const sink = this.#sink;
    local.slot = sink.openResource();
    const set = (key: string, value: TextId): void => {
      if (value !== 0) sink.resourceAttribute(local.slot, sink.textOf(key), VALUE_STRING, value);
    };
    set('service.name', local.nameId);
    set('zipkin.local_endpoint', local.addressId);
    if (local.isApplication) {
      const yes = sink.textOf('true');
      sink.resourceAttribute(local.slot, sink.textOf('headwater.application'), VALUE_BOOL, yes);
    }
  }

  #emitRemote(): void {
    const remote = this.#remote;
    if (!remote) return;
    const sink = this.#sink;
    if (remote.nameId !== 0) {
      sink.attribute(sink.textOf('zipkin.remote_endpoint.service_name'), VALUE_STRING, remote.nameId);
    }
    if (remote.addressId !== 0) {
      sink.attribute(sink.textOf('zipkin.remote_endpoint.address'), VALUE_STRING, remote.addressId);
    }
  }
}
