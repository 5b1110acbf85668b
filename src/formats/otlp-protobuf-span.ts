/** One span of OTLP in protobuf → SpanSink (FORMATS.md §3.2). */
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import type { ResourceSlot, ScopeId, SpanSink, TextId } from '../model/sink.ts';
import { VALUE_STRING } from '../model/sink.ts';
import type { SpanKind, StatusCode } from '../model/span.ts';
import { ProtobufAttributes } from './otlp-protobuf-attributes.ts';
import type { ValueRemarks } from './otlp-protobuf-json.ts';
import * as tag from './otlp-protobuf-tags.ts';
import { MALFORMED, type ProtobufCursor } from './protobuf.ts';
import { TextCache } from './text-cache.ts';
import { IdReader, NO_ID } from './trace-ids.ts';

export interface SpanRemarks extends ValueRemarks {
  /** A span that cannot be placed: it lacks these. */
  noId(hasTraceId: boolean, hasSpanId: boolean): void;
  /** A kind or status that OpenTelemetry does not know. */
  unknown(what: 'kind' | 'status'): void;
  oddLink(): void;
}

export class ProtobufSpanReader {
  readonly #cursor: ProtobufCursor;
  readonly #sink: SpanSink;
  readonly #remarks: SpanRemarks;
  readonly #ids = new IdReader({ base64: false });
  readonly #names: TextCache;
  readonly #eventNames: TextCache;
  readonly #traceStates: TextCache;
  readonly #attributes: ProtobufAttributes;
  readonly #eventAttributes: ProtobufAttributes;

  #hasTraceId = false;
  #hasSpanId = false;
  #isKindUnknown = false;
  readonly #id = new Uint32Array(4);
  readonly #pair = new Uint32Array(2);

  constructor(cursor: ProtobufCursor, sink: SpanSink, remarks: SpanRemarks) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#remarks = remarks;
    this.#names = new TextCache(sink);
    this.#eventNames = new TextCache(sink);
    this.#traceStates = new TextCache(sink);
    this.#attributes = new ProtobufAttributes(cursor, sink, remarks);
    this.#eventAttributes = new ProtobufAttributes(cursor, sink, remarks);
  }

  /** The span from the cursor to `limit`, all of it in the window. Throws MALFORMED; then it is not kept. */
  read(limit: number, resource: ResourceSlot, scope: ScopeId): void {
    this.#sink.openSpan(resource, scope);
    this.#clear();
    try {
      this.#readUsualHead(limit);
      this.#readUsualAttributes(limit);
      this.#readFields(limit);
    } catch (error) {
      this.#sink.discardSpan();
      throw error;
    }
    this.#finish();
  }

  #clear(): void {
    this.#hasTraceId = this.#hasSpanId = this.#isKindUnknown = false;
    this.#attributes.begin();
  }

  /** What nearly every writer begins a span with: ids, name, kind and times in the order of their numbers. */
  #readUsualHead(limit: number): void {
    const cursor = this.#cursor;
    const sink = this.#sink;
    const { bytes, view } = cursor;
    let at = cursor.pos;
    if (view.getUint16(at) === tag.TRACE_ID_OF_16 && at + 18 <= limit) {
      this.#traceId(
        view.getUint32(at + 2),
        view.getUint32(at + 6),
        view.getUint32(at + 10),
        view.getUint32(at + 14),
      );
      at += 18;
    }
    if (view.getUint16(at) === tag.SPAN_ID_OF_8 && at + 10 <= limit) {
      this.#spanId(view.getUint32(at + 2), view.getUint32(at + 6));
      at += 10;
    }
    if (view.getUint16(at) === tag.PARENT_SPAN_ID_OF_8 && at + 10 <= limit) {
      sink.parentSpanId(view.getUint32(at + 2), view.getUint32(at + 6));
      at += 10;
    }
    if (bytes[at] === tag.NAME && at < limit) {
      cursor.pos = at + 1;
      sink.name(this.#text(limit, this.#names));
      at = cursor.pos;
    }
    if (bytes[at] === tag.KIND && bytes[at + 1] < 0x80 && at + 2 <= limit) {
      this.#kind(bytes[at + 1]);
      at += 2;
    }
    if (bytes[at] === tag.START && at + 9 <= limit) {
      sink.startUnixNano(view.getUint32(at + 5, true), view.getUint32(at + 1, true));
      at += 9;
    }
    if (bytes[at] === tag.FINISH && at + 9 <= limit) {
      sink.endUnixNano(view.getUint32(at + 5, true), view.getUint32(at + 1, true));
      at += 9;
    }
    cursor.pos = at;
  }

  /** What mostly follows: attributes one after the other, each shorter than 128 bytes. A loop of its own is 4 % faster. */
  #readUsualAttributes(limit: number): void {
    const cursor = this.#cursor;
    const sink = this.#sink;
    const list = this.#attributes;
    const { bytes } = cursor;
    let at = cursor.pos;
    while (at < limit && bytes[at] === tag.ATTRIBUTES && bytes[at + 1] < 0x80) {
      cursor.pos = at + 2;
      at += 2 + bytes[at + 1];
      if (at > limit) throw MALFORMED;
      if (list.read(at)) sink.attribute(list.key, list.type, list.value);
    }
    cursor.pos = at;
  }

  #readFields(limit: number): void {
    const cursor = this.#cursor;
    const sink = this.#sink;
    const id = this.#id;
    const pair = this.#pair;
    while (cursor.pos < limit) {
      const field = cursor.varint();
      switch (field) {
        case tag.ATTRIBUTES: {
          const list = this.#attributes;
          if (list.read(cursor.fieldEnd(limit))) sink.attribute(list.key, list.type, list.value);
          break;
        }
        case tag.STATUS:
          this.#readStatus(cursor.fieldEnd(limit));
          break;
        case tag.TRACE_ID:
          this.#readId(limit, id);
          this.#traceId(id[0], id[1], id[2], id[3]);
          break;
        case tag.SPAN_ID:
          this.#readId(limit, pair);
          this.#spanId(pair[0], pair[1]);
          break;
        case tag.PARENT_SPAN_ID:
          this.#readId(limit, pair);
          sink.parentSpanId(pair[0], pair[1]);
          break;
        case tag.START:
          cursor.fixed64();
          sink.startUnixNano(cursor.hi, cursor.lo);
          break;
        case tag.FINISH:
          cursor.fixed64();
          sink.endUnixNano(cursor.hi, cursor.lo);
          break;
        default:
          this.#readRareField(field, limit);
      }
    }
    cursor.expectAt(limit);
  }

  #readRareField(field: number, limit: number): void {
    const cursor = this.#cursor;
    switch (field) {
      case tag.NAME:
        this.#sink.name(this.#text(limit, this.#names));
        break;
      case tag.KIND:
        this.#kind(cursor.enum());
        break;
      case tag.TRACE_STATE: {
        const text = this.#text(limit, this.#traceStates);
        if (text !== 0) this.#sink.attribute(this.#sink.textOf(TRACE_STATE_KEY), VALUE_STRING, text);
        break;
      }
      case tag.EVENTS:
        this.#readEvent(cursor.fieldEnd(limit));
        break;
      case tag.LINKS:
        this.#readLink(cursor.fieldEnd(limit));
        break;
      default:
        cursor.skip(field, limit);
    }
  }

  #traceId(a: number, b: number, c: number, d: number): void {
    this.#hasTraceId = (a | b | c | d) !== 0;
    this.#sink.traceId(a, b, c, d);
  }

  #spanId(hi: number, lo: number): void {
    this.#hasSpanId = (hi | lo) !== 0;
    this.#sink.spanId(hi, lo);
  }

  #kind(kind: number): void {
    this.#isKindUnknown = kind > 5;
    this.#sink.kind(this.#isKindUnknown ? 0 : (kind as SpanKind));
  }

  #finish(): void {
    if (!this.#hasTraceId || !this.#hasSpanId) {
      this.#sink.discardSpan();
      this.#remarks.noId(this.#hasTraceId, this.#hasSpanId);
      return;
    }
    if (this.#isKindUnknown) this.#remarks.unknown('kind');
    this.#sink.closeSpan();
  }

  /** 16 bytes of a trace, 8 of a span; fewer are filled up with zeros in front. */
  #readId(limit: number, into: Uint32Array): void {
    const cursor = this.#cursor;
    cursor.readText(limit);
    if (cursor.to - cursor.from === into.length * 4) copyWords(cursor.view, cursor.from, into);
    else this.#oddId(into);
  }

  /** Fewer bytes than there should be: the last ones. More: perhaps hex digits. */
  #oddId(into: Uint32Array): void {
    const { bytes, from, to } = this.#cursor;
    const ids = this.#ids;
    into.fill(0);
    const { length } = into;
    if (to - from < length * 4) {
      for (let i = from; i < to; i++) {
        const word = length - 1 - ((to - 1 - i) >> 2);
        into[word] = (into[word] << 8) | bytes[i];
      }
      return;
    }
    const form = length === 4 ? ids.readTraceId(bytes, from, to) : ids.readSpanId(bytes, from, to);
    if (form === NO_ID) return;
    into.set([ids.a, ids.b, ids.c, ids.d].slice(4 - length));
  }

  #text(limit: number, cache: TextCache): TextId {
    const cursor = this.#cursor;
    cursor.readText(limit);
    if (cursor.from === cursor.to) return 0;
    const known = cache.find(cursor);
    if (known !== 0) return known;
    if (cursor.repair()) this.#remarks.repaired();
    return cache.keep(cursor, this.#sink.text(cursor.text, cursor.from, cursor.to));
  }

  #readStatus(limit: number): void {
    const cursor = this.#cursor;
    while (cursor.pos < limit) {
      const field = cursor.varint();
      // Before OTLP 0.9 codes above 2 were gRPC's errors.
      if (field === tag.STATUS_CODE) this.#sink.status(Math.min(2, cursor.enum()) as StatusCode);
      else if (field === tag.STATUS_MESSAGE) this.#sink.statusMessage(this.#text(limit, this.#names));
      else cursor.skip(field, limit);
    }
    cursor.expectAt(limit);
  }

  #readEvent(limit: number): void {
    const cursor = this.#cursor;
    const sink = this.#sink;
    const list = this.#eventAttributes;
    let name: TextId = 0;
    let hi = 0;
    let lo = 0;
    let opened = false;
    let late = false;
    list.begin();
    while (cursor.pos < limit) {
      const field = cursor.varint();
      if (field === tag.EVENT_ATTRIBUTES) {
        if (!opened) sink.event(name, hi, lo);
        opened = true;
        if (list.read(cursor.fieldEnd(limit))) sink.eventAttribute(list.key, list.type, list.value);
      } else if (field === tag.EVENT_TIME) {
        cursor.fixed64();
        ({ hi, lo } = cursor);
        late = opened;
      } else if (field === tag.EVENT_NAME) {
        name = this.#text(limit, this.#eventNames);
        late = opened;
      } else cursor.skip(field, limit);
    }
    cursor.expectAt(limit);
    if (!opened) sink.event(name, hi, lo);
    else if (late) sink.amendEvent(name, hi, lo);
  }

  #readLink(limit: number): void {
    const cursor = this.#cursor;
    const trace = new Uint32Array(4);
    const span = new Uint32Array(2);
    while (cursor.pos < limit) {
      const field = cursor.varint();
      if (field === tag.LINK_TRACE_ID) this.#readId(limit, trace);
      else if (field === tag.LINK_SPAN_ID) this.#readId(limit, span);
      else cursor.skip(field, limit);
    }
    cursor.expectAt(limit);
    const [a, b, c, d] = trace;
    if ((a | b | c | d) !== 0 && (span[0] | span[1]) !== 0) this.#sink.link(a, b, c, d, span[0], span[1]);
    else this.#remarks.oddLink();
  }
}

function copyWords(view: DataView, at: number, into: Uint32Array): void {
  into[0] = view.getUint32(at);
  into[1] = view.getUint32(at + 4);
  if (into.length === 2) return;
  into[2] = view.getUint32(at + 8);
  into[3] = view.getUint32(at + 12);
}
