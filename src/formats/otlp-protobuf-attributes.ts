/**
 * OTLP's KeyValue and AnyValue in protobuf (FORMATS.md §3.2) → ids of texts. Keys repeat from span to span in
 * the same order, so a key is recognised by comparing its bytes with those that came after the one before.
 */
import { ByteBuffer, ByteRun } from '../util/bytes.ts';
import type { SpanSink, TextId, ValueType } from '../model/sink.ts';
import { VALUE_BOOL, VALUE_BYTES, VALUE_DOUBLE, VALUE_INT, VALUE_JSON, VALUE_STRING } from '../model/sink.ts';
import { AnyValueWriter, type ValueRemarks } from './otlp-protobuf-json.ts';
import {
  ARRAY_VALUE,
  BOOL_VALUE,
  BYTES_VALUE,
  DOUBLE_VALUE,
  INT_VALUE,
  KEY,
  KVLIST_VALUE,
  STRING_VALUE,
  VALUE,
} from './otlp-protobuf-tags.ts';
import { base64Text, doubleText, integerText } from './protobuf-text.ts';
import type { ProtobufCursor } from './protobuf.ts';
import { TextCache } from './text-cache.ts';

/** A key seen before: from its tag to the tag of its value. */
interface KnownKey {
  readonly run: ByteRun;
  readonly keyFrom: number;
  readonly keyTo: number;
  /** Texts of values with this tag. */
  readonly valueTag: number;
  readonly values: TextCache;
  readonly next: KnownKey[];
  /** Valid in this epoch of the sink. */
  key: TextId;
  epoch: number;
}

const GUESSES = 4;
const KEYS_KEPT = 4096;
const LONGEST_KEY = 400;
const HASH_SLOTS = 1024;

export class ProtobufAttributes {
  key: TextId = 0;
  type: ValueType = VALUE_STRING;
  value: TextId = 0;

  readonly #cursor: ProtobufCursor;
  readonly #sink: SpanSink;
  readonly #remarks: ValueRemarks;
  readonly #json: AnyValueWriter;
  readonly #first: KnownKey;
  #previous: KnownKey;
  readonly #byHash: (KnownKey[] | undefined)[] = new Array<undefined>(HASH_SLOTS).fill(undefined);
  #known = 0;
  readonly #out = new ByteBuffer();

  constructor(cursor: ProtobufCursor, sink: SpanSink, remarks: ValueRemarks) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#remarks = remarks;
    this.#json = new AnyValueWriter(cursor, remarks);
    this.#first = this.#newKey(new Uint8Array(0), 0, { keyFrom: 0, keyTo: 0 });
    this.#previous = this.#first;
  }

  /** A new list of attributes begins. */
  begin(): void {
    this.#previous = this.#first;
  }

  /** Reads the KeyValue from the cursor to `limit`. False: it has no key. */
  read(limit: number): boolean {
    const cursor = this.#cursor;
    this.value = 0;
    this.type = VALUE_STRING;
    const known = this.#guess();
    if (known) {
      const to = cursor.fieldEnd(limit);
      this.#setKey(known);
      this.#readValue(known, to);
      if (cursor.pos !== limit) this.#readMembers(limit, true);
      return true;
    }
    this.key = 0;
    this.#readMembers(limit, false);
    return this.key !== 0;
  }

  /** The key that came here before, with the tag of its value; both read. */
  #guess(): KnownKey | null {
    const cursor = this.#cursor;
    const guesses = this.#previous.next;
    for (let i = 0; i < guesses.length; i++) {
      const guess = guesses[i];
      if (!matches(cursor, guess.run)) continue;
      if (i > 0) {
        guesses[i] = guesses[i - 1];
        guesses[i - 1] = guess;
      }
      cursor.pos += guess.run.length;
      return guess;
    }
    return null;
  }

  #setKey(known: KnownKey): void {
    if (known.epoch !== this.#sink.epoch) {
      known.key = this.#sink.text(known.run.bytes, known.keyFrom, known.keyTo);
      known.epoch = this.#sink.epoch;
    }
    this.key = known.key;
    this.#previous = known;
  }

  /** Members in any order. The last of a kind counts. */
  #readMembers(limit: number, keyRead: boolean): void {
    const cursor = this.#cursor;
    const start = cursor.pos;
    let known: KnownKey | null = null;
    let hasKey = keyRead;
    while (cursor.pos < limit) {
      const tag = cursor.varint();
      if (tag === KEY) {
        cursor.readText(limit);
        const { from, to, bytes } = cursor;
        const isUsual = !hasKey && from - start <= 3 && bytes[to] === VALUE && to < limit;
        hasKey = true;
        known = isUsual && to - from <= LONGEST_KEY ? this.#find(start, limit) : null;
        if (known) this.#setKey(known);
        else this.key = this.#text();
      } else if (tag === VALUE) {
        const to = cursor.fieldEnd(limit);
        this.#readValue(known, to);
      } else cursor.skip(tag, limit);
    }
    cursor.expectAt(limit);
  }

  /** The known key whose run begins at `start`, or a new one; null: not one to remember. The cursor has read the key. */
  #find(start: number, limit: number): KnownKey | null {
    const cursor = this.#cursor;
    const { bytes, from, to } = cursor;
    const hash = keyHash(bytes, from, to);
    const bucket = (this.#byHash[hash] ??= []);
    let known = bucket.find(({ run }) => matchesAt(cursor, run, start));
    if (!known) {
      if (cursor.repair()) {
        this.#remarks.repaired();
        return null;
      }
      if (this.#known >= KEYS_KEPT) this.#forget();
      const run = bytes.slice(start, to + 1);
      known = this.#newKey(run, this.#valueTagAt(to + 1, limit), {
        keyFrom: from - start,
        keyTo: to - start,
      });
      (this.#byHash[hash] ??= []).push(known);
      this.#known++;
    }
    suggest(this.#previous.next, known);
    return known;
  }

  #valueTagAt(at: number, limit: number): number {
    const cursor = this.#cursor;
    const { pos } = cursor;
    cursor.pos = at;
    const to = cursor.fieldEnd(limit);
    const tag = cursor.pos < to ? cursor.bytes[cursor.pos] : 0;
    cursor.pos = pos;
    return tag;
  }

  #newKey(run: Uint8Array, valueTag: number, key: { keyFrom: number; keyTo: number }): KnownKey {
    const values = new TextCache(this.#sink);
    return { run: new ByteRun(run), ...key, valueTag, values, next: [], key: 0, epoch: -1 };
  }

  #forget(): void {
    this.#byHash.fill(undefined);
    this.#first.next.length = 0;
    this.#previous = this.#first;
    this.#known = 0;
  }

  /** The AnyValue from the cursor to `limit`; nothing in it: the empty value. */
  #readValue(known: KnownKey | null, limit: number): void {
    const cursor = this.#cursor;
    this.value = 0;
    this.type = VALUE_STRING;
    while (cursor.pos < limit) {
      const tag = cursor.varint();
      const cache = known !== null && known.valueTag === tag ? known.values : null;
      switch (tag) {
        case STRING_VALUE:
          cursor.readText(limit);
          this.type = VALUE_STRING;
          this.value = cursor.from === cursor.to ? 0 : cache?.find(cursor) || this.#text(cache);
          break;
        case INT_VALUE:
          this.type = VALUE_INT;
          this.#mark(cursor.pos);
          cursor.varint64();
          cursor.to = cursor.pos;
          this.value = cache?.find(cursor) || this.#keep(cache, this.#sink.textOf(integerText(cursor)));
          break;
        case DOUBLE_VALUE:
          this.type = VALUE_DOUBLE;
          this.#mark(cursor.pos);
          cursor.to = cursor.pos + 8;
          this.value = cache?.find(cursor) || this.#keep(cache, this.#sink.textOf(doubleText(cursor)));
          cursor.pos = cursor.to;
          break;
        case BOOL_VALUE:
          cursor.varint64();
          this.type = VALUE_BOOL;
          this.value = this.#sink.textOf((cursor.lo | cursor.hi) === 0 ? 'false' : 'true');
          break;
        case BYTES_VALUE:
          cursor.readText(limit);
          this.type = VALUE_BYTES;
          this.value = this.#sink.textOf(base64Text(cursor));
          break;
        case ARRAY_VALUE:
        case KVLIST_VALUE:
          this.#jsonValue(tag, limit);
          break;
        default:
          cursor.skip(tag, limit);
      }
    }
    cursor.expectAt(limit);
  }

  #jsonValue(tag: number, limit: number): void {
    const out = this.#out;
    out.length = 0;
    this.#json.write(tag, limit, out);
    this.type = VALUE_JSON;
    this.value = this.#sink.text(out.bytes, 0, out.length);
  }

  /** A number is found again by its own bytes. */
  #mark(from: number): void {
    const cursor = this.#cursor;
    cursor.text = cursor.bytes;
    cursor.from = from;
  }

  #keep(cache: TextCache | null, id: TextId): TextId {
    return cache ? cache.keep(this.#cursor, id) : id;
  }

  /** The cursor's text, made valid. */
  #text(cache: TextCache | null = null): TextId {
    const cursor = this.#cursor;
    if (cursor.repair()) this.#remarks.repaired();
    return this.#keep(cache, this.#sink.text(cursor.text, cursor.from, cursor.to));
  }
}

function matches(cursor: ProtobufCursor, run: ByteRun): boolean {
  return matchesAt(cursor, run, cursor.pos);
}

function matchesAt({ bytes, view, end }: ProtobufCursor, run: ByteRun, at: number): boolean {
  const { length } = run;
  if (at + length > end) return false;
  let i = 0;
  for (const whole = length - 3; i < whole; i += 4) {
    if (view.getInt32(at + i, true) !== run.view.getInt32(i, true)) return false;
  }
  for (; i < length; i++) if (bytes[at + i] !== run.bytes[i]) return false;
  return true;
}

function suggest(guesses: KnownKey[], known: KnownKey): void {
  const at = guesses.indexOf(known);
  if (at >= 0) guesses.splice(at, 1);
  else if (guesses.length === GUESSES) guesses.pop();
  guesses.unshift(known);
}

function keyHash(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  for (let i = from; i < to; i++) hash = Math.imul(hash, 31) + bytes[i];
  return (hash ^ (hash >>> 10)) & (HASH_SLOTS - 1);
}
