/** One span of Zipkin's v2 JSON → SpanSink (FORMATS.md §3.7). Collected first: where it ran may come last. */
import { OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, type Member, ObjectLayout } from '../util/json-layout.ts';
import type { SpanSink, TextId, ValueType } from '../model/sink.ts';
import { VALUE_BOOL, VALUE_STRING } from '../model/sink.ts';
import type { SpanKind } from '../model/span.ts';
import { FIELD_TAG_CODES, FieldTags, LAST_FIELD_TAG } from './field-tags.ts';
import { NO_SLOT } from './json-levels.ts';
import { describeMissingIds } from './missing-ids.ts';
import { OwnTexts } from './own-texts.ts';
import type { RecordNotes } from './record-notes.ts';
import { SpanFields } from './span-fields.ts';
import { parseKind } from './span-words.ts';
import { TextCache } from './text-cache.ts';
import { ORDINARY, TextMap } from './text-map.ts';
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

const BROWSER_TAG = LAST_FIELD_TAG + 1;
const LANGUAGE_TAG = LAST_FIELD_TAG + 2;
const TAG_CODES = {
  ...FIELD_TAG_CODES,
  // OpenTelemetry for browsers: its resource comes as tags, and what a user did to which element.
  target_element: BROWSER_TAG,
  target_xpath: BROWSER_TAG,
  'browser.language': BROWSER_TAG,
  'browser.platform': BROWSER_TAG,
  'telemetry.sdk.language': LANGUAGE_TAG,
};

export class ZipkinSpanReader {
  readonly layout = new ObjectLayout(KEYS);
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #texts: OwnTexts;
  readonly #notes: RecordNotes;
  readonly #fields: SpanFields;
  readonly #fieldTags: FieldTags;
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
  #isApplication = false;
  /** key, type, value; key, type, value … */
  readonly #attributes: number[] = [];

  constructor(cursor: JsonCursor, sink: SpanSink, notes: RecordNotes) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#texts = new OwnTexts(sink);
    this.#notes = notes;
    this.#fields = new SpanFields(cursor, notes, { base64: false });
    this.#fieldTags = new FieldTags(this.#fields);
    this.#names = new TextCache(sink);
    this.#tags = new TextMap(cursor, sink, TAG_CODES);
    this.#annotations = new ZipkinAnnotations(cursor, sink, this.#fields.decimal);
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
      else if (code === TRACE_ID) ids |= this.#fields.traceIdInto(this.#trace, member) ? 1 : 0;
      else if (code === SPAN_ID) ids |= this.#fields.spanIdInto(this.#id, member) ? 2 : 0;
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
    this.#name = 0;
    this.#fieldTags.clear();
    this.#kind = 0;
    this.#startHi = this.#startLo = 0;
    this.#duration = null;
    this.#isShared = this.#isApplication = false;
    this.#local = this.#endpoints.nowhere;
    this.#remote = null;
    this.#attributes.length = 0;
    this.#annotations.clear();
  }

  #member(member: Member): void {
    switch (member.code) {
      case PARENT_ID:
        this.#fields.spanIdInto(this.#parent, member);
        break;
      case NAME:
        this.#name = this.#fields.scalar(member) ? this.#names.idOf(this.#cursor) : 0;
        break;
      case KIND:
        this.#readKind(member);
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
      case SHARED:
        if (this.#fields.scalar(member)) this.#isShared = this.#fields.word() === 'true';
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

  #readKind(member: Member): void {
    if (!this.#fields.scalar(member)) return;
    const kind = parseKind(this.#fields.word());
    if (kind !== null) this.#kind = kind;
    else this.#notes.record('unknown-kind', 'kept', 'A span has a kind that Zipkin does not know.');
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
    if (code <= LAST_FIELD_TAG) return this.#fieldTags.take(code, value);
    this.#isApplication ||= code === BROWSER_TAG || /^(webjs|swift)$/.test(this.#fields.word());
    return true;
  }

  #emit(): void {
    const sink = this.#sink;
    const local = this.#isApplication ? this.#endpoints.application(this.#local) : this.#local;
    this.#endpoints.renew(local);
    const isNew = local.slot === NO_SLOT;
    if (isNew) this.#describe(local);
    sink.openSpan(local.slot, sink.scope(this.#fieldTags.scopeName, this.#fieldTags.scopeVersion));
    const [a, b, c, d] = this.#trace;
    sink.traceId(a, b, c, d);
    sink.spanId(this.#id[0], this.#id[1]);
    if ((this.#parent[0] | this.#parent[1]) !== 0) sink.parentSpanId(this.#parent[0], this.#parent[1]);
    if (this.#name !== 0) sink.name(this.#name);
    const annotations = this.#annotations;
    // Converted from version 1 without its rules, as some tools do.
    const givenKind = this.#kind === 0 ? annotations.kind : 0;
    const kind = this.#kind === 0 ? givenKind : this.#kind;
    if (kind !== 0) sink.kind(kind);
    if ((this.#startHi | this.#startLo) !== 0) sink.startUnixNano(this.#startHi, this.#startLo);
    else if (annotations.hasTime) sink.startUnixNano(annotations.firstHi, annotations.firstLo);
    const duration = this.#duration ?? annotations.durationOf(kind);
    if (duration !== null) sink.durationNs(duration);
    if (this.#isShared) sink.shared();
    this.#fieldTags.emit(sink);
    const attributes = this.#attributes;
    for (let i = 0; i < attributes.length; i += 3) {
      sink.attribute(attributes[i], attributes[i + 1] as ValueType, attributes[i + 2]);
    }
    this.#emitRemote();
    annotations.emit(givenKind);
    sink.closeSpan();
    // Only now: the end of an epoch, which this may be, takes the ids above with it.
    if (isNew) sink.closeResource(local.slot);
  }

  #describe(local: ZipkinEndpoint): void {
    const sink = this.#sink;
    local.slot = sink.openResource();
    const set = (key: string, value: TextId): void => {
      if (value !== 0) sink.resourceAttribute(local.slot, this.#texts.idOf(key), VALUE_STRING, value);
    };
    set('service.name', local.nameId);
    set('zipkin.local_endpoint', local.addressId);
    if (local.isApplication) {
      const yes = this.#texts.idOf('true');
      sink.resourceAttribute(local.slot, this.#texts.idOf('headwater.application'), VALUE_BOOL, yes);
    }
  }

  #emitRemote(): void {
    const remote = this.#remote;
    if (!remote) return;
    const sink = this.#sink;
    if (remote.nameId !== 0) {
      sink.attribute(this.#texts.idOf('zipkin.remote_endpoint.service_name'), VALUE_STRING, remote.nameId);
    }
    if (remote.addressId !== 0) {
      sink.attribute(this.#texts.idOf('zipkin.remote_endpoint.address'), VALUE_STRING, remote.addressId);
    }
  }
}
