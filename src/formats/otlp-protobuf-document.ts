/**
 * The messages around OTLP's spans in protobuf. They may be larger than memory, so only what is inside a
 * ScopeSpans or a Resource is read as a whole; where the reading stands in the messages around is kept here.
 */
import type { NoteSink } from '../model/import-note.ts';
import type { SpanSink } from '../model/sink.ts';
import { DEPTH_LIMIT } from '../util/json-compact.ts';
import { NEED_MORE } from '../util/json-cursor.ts';
import { CurrentScope } from './current-scope.ts';
import { describeMissingIds } from './missing-ids.ts';
import { KnownMessages } from './known-messages.ts';
import { recogniseMessages } from './otlp-protobuf-framing.ts';
import { ProtobufResourceReader, type ResourceRemarks } from './otlp-protobuf-resource.ts';
import { type Signal, signalOf } from './otlp-protobuf-signal.ts';
import { ProtobufSpanReader, type SpanRemarks } from './otlp-protobuf-span.ts';
import * as tag from './otlp-protobuf-tags.ts';
import type { Framing } from './protobuf-framing.ts';
import { LENGTH_DELIMITED, LONGEST_HEADER, MALFORMED, ProtobufCursor } from './protobuf.ts';
import type { ByteSource } from './source.ts';

/** What is enough to tell how messages are framed. */
const HEAD_BYTES = 256 * 1024;

/** A scope is not looked for after its spans in a ScopeSpans of more bytes than these. */
const LOOK_AHEAD = 4 * 1024 * 1024;

const FILE = 0;
const MESSAGE = 1;
const RESOURCE_SPANS = 2;
const SCOPE_SPANS = 3;
const NEWLINE = 0x0a;

const OTHERS: Readonly<Record<Exclude<Signal, 'spans'>, string>> = {
  metrics: 'OTLP metrics hold no spans and were left out.',
  logs: 'OTLP log records hold no spans and were left out.',
};

export class OtlpProtobufReader {
  readonly #cursor = new ProtobufCursor();
  readonly #sink: SpanSink;
  readonly #notes: NoteSink;
  readonly #span: ProtobufSpanReader;
  readonly #resource: ProtobufResourceReader;
  readonly #knownScopes = new KnownMessages<CurrentScope>();
  readonly #noScope: CurrentScope;
  #scope: CurrentScope;
  #framing: Framing | null = null;
  #level = FILE;
  /** Where the messages of each level end, in the stream. */
  readonly #ends = [Infinity, 0, 0, 0];
  /** What lies before this position is not read. */
  #skipTo = 0;
  /** It has been read, or none is near. */
  #scopeIsKnown = false;
  /** Spans are what the message holds, or (several messages in one) the ResourceSpans. */
  #signalKnown = false;
  /** Where the record being read begins: what its remarks are about. */
  #recordAt = 0;

  constructor(sink: SpanSink, notes: NoteSink) {
    this.#sink = sink;
    this.#notes = notes;
    const remarks = this.#remarks();
    this.#span = new ProtobufSpanReader(this.#cursor, sink, remarks);
    this.#noScope = this.#scope = new CurrentScope(sink);
    this.#resource = new ProtobufResourceReader(this.#cursor, sink, remarks);
  }

  /** Reads the source to its end. */
  async read(source: ByteSource): Promise<void> {
    const cursor = this.#cursor;
    cursor.wanted = HEAD_BYTES;
    for (;;) {
      do {
        const chunk = await source.next();
        if (chunk) cursor.append(chunk);
        else cursor.final = true;
      } while (!cursor.final && cursor.end - cursor.checkpoint < cursor.wanted);
      this.#framing ??= recogniseMessages(cursor.bytes.subarray(0, cursor.end))?.framing ?? 'bare';
      if (this.#readWindow()) return;
    }
  }

  /** True: the stream has ended. */
  #readWindow(): boolean {
    try {
      while (this.#skips() && this.#advance());
      this.#leave(FILE);
      return true;
    } catch (error) {
      if (error !== NEED_MORE) throw error;
      return false;
    }
  }

  /** Steps over what is not to be read. False: the stream ends before it does. */
  #skips(): boolean {
    const cursor = this.#cursor;
    const missing = this.#skipTo - cursor.position;
    if (missing <= 0) return true;
    cursor.pos = Math.min(cursor.end, cursor.pos + missing);
    cursor.checkpoint = cursor.pos;
    if (cursor.position >= this.#skipTo) return true;
    if (!cursor.final) {
      cursor.wanted = 1;
      throw NEED_MORE;
    }
    this.#noteTruncated();
    return false;
  }

  /** Reads one field or the head of one. False: the end of the stream. */
  #advance(): boolean {
    const cursor = this.#cursor;
    cursor.expectHeader();
    this.#recordAt = cursor.position;
    while (cursor.position >= this.#ends[this.#level]) this.#leave(this.#level - 1);
    if (cursor.pos >= cursor.end) {
      const isEnd = this.#level === FILE || this.#ends[this.#level] === Infinity;
      if (!isEnd) this.#noteTruncated();
      return false;
    }
    try {
      return this.#level === FILE ? this.#openMessage() : this.#field();
    } catch (error) {
      if (error !== MALFORMED) throw error;
      return this.#giveUp();
    }
  }

  #openMessage(): boolean {
    const cursor = this.#cursor;
    if (this.#framing === 'bare') this.#enter(MESSAGE, Infinity);
    else {
      const isFixed = this.#framing === 'fixed';
      if (isFixed && cursor.pos + 4 > cursor.end) return this.#noteTruncated();
      const length = isFixed ? cursor.view.getUint32(cursor.pos) : cursor.varint();
      if (isFixed) cursor.pos += 4;
      this.#signalKnown = false;
      this.#enter(MESSAGE, cursor.position + length);
    }
    return true;
  }

  #field(): boolean {
    const cursor = this.#cursor;
    const level = this.#level;
    if (level === MESSAGE && this.#isLineBreak()) {
      cursor.pos++;
      return true;
    }
    const field = cursor.varint();
    if ((field & 7) !== LENGTH_DELIMITED) {
      cursor.skip(field, cursor.final ? cursor.end : Infinity);
      return this.#isWithin(cursor.position);
    }
    const length = cursor.varint();
    const end = cursor.position + length;
    if (cursor.pos > cursor.end) return this.#noteTruncated();
    this.#isWithin(end);
    if (level === MESSAGE && field === tag.RESOURCE_SPANS) this.#openResource(end);
    else if (level === RESOURCE_SPANS && (field === tag.SCOPE_SPANS || field === tag.LIBRARY_SPANS)) {
      this.#scope = this.#noScope;
      this.#scopeIsKnown = false;
      this.#enter(SCOPE_SPANS, end);
      this.#recordsInWindow();
    } else if (this.#isRecord(field)) return this.#record(field, length);
    else this.#skipTo = end;
    return true;
  }

  #isRecord(field: number): boolean {
    if (this.#level === RESOURCE_SPANS) return field === tag.RESOURCE;
    return this.#level === SCOPE_SPANS && (field === tag.SCOPE || field === tag.SPANS);
  }

  /** A message ends where another one around it ends, at the latest. */
  #isWithin(end: number): true {
    if (end > this.#ends[this.#level]) throw MALFORMED;
    return true;
  }

  /** In a bare stream some writers put a line break after each message; it looks like a tag. */
  #isLineBreak(): boolean {
    const cursor = this.#cursor;
    const { bytes, pos, end } = cursor;
    if (this.#framing !== 'bare' || bytes[pos] !== NEWLINE) return false;
    if (pos + 1 === end) return cursor.final;
    // As a tag, it would begin a ResourceSpans of 10 bytes, which is too short for a span.
    return bytes[pos + 1] === tag.RESOURCE_SPANS && bytes[pos + 2] !== NEWLINE;
  }

  #openResource(end: number): void {
    this.#resource.begin();
    if (this.#framing === 'bare') this.#signalKnown = false;
    this.#enter(RESOURCE_SPANS, end);
  }

  #enter(level: number, end: number): void {
    this.#level = level;
    this.#ends[level] = end;
  }

  #leave(level: number): void {
    if (level < RESOURCE_SPANS) this.#resource.end();
    this.#level = level;
  }

  /** A resource, scope or span. */
  #record(field: number, length: number): boolean {
    const cursor = this.#cursor;
    if (!cursor.take(length)) return this.#noteTruncated();
    this.#readRecord(field, cursor.pos + length);
    if (this.#level === SCOPE_SPANS) this.#recordsInWindow();
    return true;
  }

  /** The hot loop: a scope and spans that lie in the window from end to end, with nothing between them. */
  #recordsInWindow(): void {
    const cursor = this.#cursor;
    const end = this.#ends[SCOPE_SPANS];
    while (this.#signalKnown && cursor.pos + LONGEST_HEADER < cursor.end) {
      const from = cursor.pos;
      const field = cursor.bytes[from];
      this.#recordAt = cursor.position;
      if ((field !== tag.SPANS && field !== tag.SCOPE) || this.#recordAt >= end) return;
      cursor.checkpoint = from;
      cursor.pos++;
      const limit = cursor.varint() + cursor.pos;
      if (limit > cursor.end) {
        cursor.pos = from;
        return;
      }
      this.#isWithin(cursor.base + limit);
      this.#readRecord(field, limit);
    }
  }

  #readRecord(field: number, limit: number): void {
    const cursor = this.#cursor;
    try {
      if (this.#level === RESOURCE_SPANS) this.#resource.read(limit);
      else if (field === tag.SCOPE) {
        this.#readScope(limit);
        this.#scopeIsKnown = true;
      } else {
        if (!this.#scopeIsKnown) this.#findLateScope(limit);
        this.#readSpan(limit);
      }
    } catch (error) {
      if (error !== MALFORMED) throw error;
      this.#noteMalformed();
    }
    cursor.pos = Math.max(cursor.checkpoint, limit);
  }

  /** Some writers put the scope after its spans: it is read before them. `from`: the end of the first one. */
  #findLateScope(from: number): void {
    const cursor = this.#cursor;
    const { pos } = cursor;
    const length = this.#ends[SCOPE_SPANS] - cursor.position;
    if (length <= LOOK_AHEAD) {
      const limit = cursor.take(length) ? pos + length : cursor.end;
      cursor.pos = from;
      this.#readScopeWithin(limit);
      cursor.pos = pos;
    }
    this.#scopeIsKnown = true;
  }

  #readScopeWithin(limit: number): void {
    const cursor = this.#cursor;
    try {
      while (cursor.pos < limit) {
        const field = cursor.varint();
        if (field === tag.SCOPE) return this.#readScope(cursor.fieldEnd(limit));
        cursor.skip(field, limit);
      }
    } catch (error) {
      if (error !== MALFORMED) throw error;
      // Told where it is met.
      this.#scope = this.#noScope;
    }
  }

  #readScope(limit: number): void {
    const cursor = this.#cursor;
    const known = this.#knownScopes.find(cursor, limit);
    if (known) {
      this.#scope = known;
      return;
    }
    const from = cursor.pos;
    const scope = (this.#scope = new CurrentScope(this.#sink));
    while (cursor.pos < limit) {
      const field = cursor.varint();
      if (field !== tag.SCOPE_NAME && field !== tag.SCOPE_VERSION) {
        cursor.skip(field, limit);
        continue;
      }
      cursor.readText(limit);
      cursor.repair();
      if (field === tag.SCOPE_NAME) scope.keepName(cursor);
      else scope.keepVersion(cursor);
    }
    cursor.expectAt(limit);
    this.#knownScopes.keep(cursor, from, limit, scope);
  }

  #readSpan(limit: number): void {
    if (!this.#signalKnown) {
      const signal = signalOf(this.#cursor, limit);
      if (signal === 'metrics' || signal === 'logs') {
        this.#note(`otlp-${signal}`, 'skipped', OTHERS[signal]);
        this.#skipTo = this.#ends[RESOURCE_SPANS];
        return;
      }
      this.#signalKnown = signal === 'spans';
    }
    this.#span.read(limit, this.#resource.slot, this.#scope.id);
  }

  /** The message that does not hold what it should is left; where it ends is known but of a bare stream. */
  #giveUp(): boolean {
    if (this.#cursor.final && this.#cursor.pos > this.#cursor.end) return this.#noteTruncated();
    this.#noteMalformed();
    const end = this.#ends[this.#level];
    if (this.#level === FILE || end === Infinity) return false;
    this.#skipTo = end;
    this.#cursor.pos = this.#cursor.checkpoint;
    return true;
  }

  #noteMalformed(): void {
    this.#note('protobuf-syntax', 'rejected', `Not valid protobuf at byte ${this.#recordAt}.`);
  }

  #noteTruncated(): false {
    this.#note('truncated', 'rejected', 'The file ends in the middle of a message.');
    return false;
  }

  #note(code: string, effect: 'rejected' | 'kept' | 'skipped', message: string): void {
    this.#notes.note(code, effect, message, { bytePosition: this.#recordAt, line: null });
  }

  #remarks(): SpanRemarks & ResourceRemarks {
    return {
      repaired: () =>
        this.#note('invalid-utf8', 'kept', 'Bytes that are not valid UTF-8 were replaced by “\uFFFD”.'),
      cut: () =>
        this.#note(
          'deep-value',
          'kept',
          `An attribute's value was cut where it is nested deeper than ${DEPTH_LIMIT}.`,
        ),
      noId: (hasTraceId, hasSpanId) => {
        const { code, message } = describeMissingIds(hasTraceId, hasSpanId);
        this.#note(code, 'rejected', message);
      },
      unknown: (what) =>
        this.#note(`unknown-${what}`, 'kept', `A span has a ${what} that OpenTelemetry does not know.`),
      secondResource: () =>
        this.#note('second-resource', 'skipped', 'A second resource of the same spans was left out.'),
      oddLink: () => this.#note('odd-link', 'kept', 'A link without trace id or span id was left out.'),
    };
  }
}
