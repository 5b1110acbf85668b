/**
 * OTLP's KeyValue and AnyValue in protobuf (FORMATS.md §3.2) → ids of texts. Keys repeat from span to span in
 * the same order, so a key is recognised by comparing its bytes with those that came after the one before.
 */
import { ByteBuffer, ByteRun, sameBytes } from '../util/bytes.ts';
import type { SpanSink, TextId, ValueType } from '../model/sink.ts';
import { VALUE_BOOL, VALUE_BYTES, VALUE_DOUBLE, VALUE_INT, VALUE_JSON, VALUE_STRING } from '../model/sink.ts';
import { AnyValueWriter, type ValueRemarks } from './otlp-protobuf-json.ts';
import {
  BOOL_VALUE,
  BYTES_VALUE,
  DOUBLE_VALUE,
  INT_VALUE,
  isValue,
  KEY,
  STRING_VALUE,
  VALUE,
} from './otlp-protobuf-tags.ts';
import { KnownBytes } from './known-bytes.ts';
import { preferGuess } from './prefer-guess.ts';
import { base64Text, boolText, doubleText, integerText } from './protobuf-text.ts';
import type { ProtobufCursor } from './protobuf.ts';

/** A key seen before: from its tag to the tag of its value. */
interface KnownKey {
  readonly run: ByteRun;
  readonly keyFrom: number;
  readonly keyTo: number;
  /** Attributes that came after this key: found by all their bytes, key and value at once. */
  readonly followers: KnownBytes<KnownAttribute>;
  readonly next: KnownKey[];
  /** Valid in this epoch of the sink. */
  key: TextId;
  epoch: number;
}

interface KnownAttribute {
  readonly key: KnownKey;
  readonly type: ValueType;
  readonly value: TextId;
}

const GUESSES = 4;
const KEYS_KEPT = 4096;
const LONGEST_KEY = 400;
const HASH_SLOTS = 1024;

export class ProtobufAttributes {
  key: TextId = 0;
  type: ValueType = VALUE_STRING;
  value: TextId = 0;
  /** How many texts had to be changed: what contains one is not to be recognised by its bytes later on. */
  repairs = 0;

  readonly #cursor: ProtobufCursor;
  readonly #sink: SpanSink;
  readonly #remarks: ValueRemarks;
  readonly #json: AnyValueWriter;
  /** Before all attributes of a list. */
  #first: KnownKey;
  #previous: KnownKey;
  readonly #byHash: (KnownKey[] | undefined)[] = new Array<undefined>(HASH_SLOTS).fill(undefined);
  #known = 0;
  readonly #out = new ByteBuffer();

  constructor(cursor: ProtobufCursor, sink: SpanSink, remarks: ValueRemarks) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#remarks = remarks;
    this.#json = new AnyValueWriter(cursor, {
      repaired: () => this.#repaired(),
      cut: () => {
        this.repairs++;
        remarks.cut();
      },
    });
    this.#first = this.#newKey(new Uint8Array(0), 0, 0);
    this.#previous = this.#first;
  }

  /** A new list of attributes begins. */
  begin(): void {
    this.#previous = this.#first;
  }

  /** Reads the KeyValue from the cursor to `limit`. False: it has no key. */
  read(limit: number): boolean {
    const cursor = this.#cursor;
    const known = this.#previous.followers.find(cursor, cursor.pos, limit, this.#sink.epoch);
    if (known === undefined) return this.#readUnknown(limit);
    this.#previous = known.key;
    this.key = known.key.key;
    this.type = known.type;
    this.value = known.value;
    cursor.pos = limit;
    return this.key !== 0;
  }

  #readUnknown(limit: number): boolean {
    const known = this.#guess();
    return known ? this.#readKnownKey(known, limit) : this.#readNew(limit);
  }

  /** The key has been read. */
  #readKnownKey(key: KnownKey, limit: number): boolean {
    const cursor = this.#cursor;
    const { followers } = this.#previous;
    const from = cursor.pos - key.run.length;
    const { repairs } = this;
    this.#setKey(key);
    this.#readValue(cursor.fieldEnd(limit));
    if (cursor.pos !== limit) this.#readMembers(limit);
    else if (this.repairs === repairs) {
      const { type, value } = this;
      followers.keep(cursor, from, limit, this.#sink.epoch, { key, type, value });
    }
    return this.key !== 0;
  }

  #readNew(limit: number): boolean {
    this.value = 0;
    this.type = VALUE_STRING;
    this.key = 0;
    this.#readMembers(limit);
    return this.key !== 0;
  }

  /** The key that came here before, with the tag of its value; both read. */
  #guess(): KnownKey | null {
    const cursor = this.#cursor;
    const guesses = this.#previous.next;
    for (let i = 0; i < guesses.length; i++) {
      const guess = guesses[i];
      if (!matches(cursor, guess.run)) continue;
      if (i > 0) preferGuess(guesses, i);
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
  #readMembers(limit: number): void {
    const cursor = this.#cursor;
    const start = cursor.pos;
    while (cursor.pos < limit) {
      const tag = cursor.varint();
      if (tag === KEY) {
        cursor.readText(limit);
        const { from, to, bytes } = cursor;
        const isFirst = this.key === 0 && from - start <= 3 && bytes[to] === VALUE && to < limit;
        const known = isFirst && to - from <= LONGEST_KEY ? this.#find(start) : null;
        if (known) this.#setKey(known);
        else this.key = this.#text();
      } else if (tag === VALUE) this.#readValue(cursor.fieldEnd(limit));
      else cursor.skip(tag, limit);
    }
    cursor.expectAt(limit);
  }

  /** The known key whose run begins at `start`, or a new one; null: not one to remember. The cursor has read the key. */
  #find(start: number): KnownKey | null {
    const cursor = this.#cursor;
    const { bytes, from, to } = cursor;
    const hash = keyHash(bytes, from, to);
    const bucket = (this.#byHash[hash] ??= []);
    let known = bucket.find(({ run }) => matchesAt(cursor, run, start));
    if (!known) {
      if (cursor.repair()) {
        this.#repaired();
        return null;
      }
      if (this.#known >= KEYS_KEPT) this.#forget();
      known = this.#newKey(bytes.slice(start, to + 1), from - start, to - start);
      (this.#byHash[hash] ??= []).push(known);
      this.#known++;
    }
    suggest(this.#previous.next, known);
    return known;
  }

  #newKey(run: Uint8Array, keyFrom: number, keyTo: number): KnownKey {
    const followers = new KnownBytes<KnownAttribute>();
    return { run: new ByteRun(run), keyFrom, keyTo, followers, next: [], key: 0, epoch: -1 };
  }

  #forget(): void {
    this.#byHash.fill(undefined);
    // All others hang on it.
    this.#first = this.#newKey(new Uint8Array(0), 0, 0);
    this.#previous = this.#first;
    this.#known = 0;
  }

  /** The AnyValue from the cursor to `limit`; nothing in it: the empty value. The last one counts. */
  #readValue(limit: number): void {
    const cursor = this.#cursor;
    this.value = 0;
    this.type = VALUE_STRING;
    while (cursor.pos < limit) {
      const tag = cursor.varint();
      if (tag === STRING_VALUE) {
        cursor.readText(limit);
        this.type = VALUE_STRING;
        this.value = this.#text();
      } else if (isValue(tag)) this.#readOther(tag, limit);
      else cursor.skip(tag, limit);
    }
    cursor.expectAt(limit);
  }

  #readOther(tag: number, limit: number): void {
    const cursor = this.#cursor;
    switch (tag) {
      case INT_VALUE:
        cursor.varint64();
        this.#plain(VALUE_INT, integerText(cursor));
        break;
      case DOUBLE_VALUE:
        this.#plain(VALUE_DOUBLE, doubleText(cursor));
        break;
      case BOOL_VALUE:
        cursor.varint64();
        this.#plain(VALUE_BOOL, boolText(cursor));
        break;
      case BYTES_VALUE:
        cursor.readText(limit);
        this.#plain(VALUE_BYTES, base64Text(cursor));
        break;
      default:
        this.#jsonValue(tag, limit);
    }
  }

  #plain(type: ValueType, text: string): void {
    this.type = type;
    this.value = this.#sink.textOf(text);
  }

  #jsonValue(tag: number, limit: number): void {
    const out = this.#out;
    out.length = 0;
    this.#json.write(tag, limit, out);
    this.type = VALUE_JSON;
    this.value = this.#sink.text(out.bytes, 0, out.length);
  }

  /** The cursor's text, made valid. */
  #text(): TextId {
    const cursor = this.#cursor;
    if (cursor.repair()) this.#repaired();
    return this.#sink.text(cursor.text, cursor.from, cursor.to);
  }

  #repaired(): void {
    this.repairs++;
    this.#remarks.repaired();
  }
}

function matches(cursor: ProtobufCursor, run: ByteRun): boolean {
  return matchesAt(cursor, run, cursor.pos);
}

function matchesAt({ view, end }: ProtobufCursor, run: ByteRun, at: number): boolean {
  return at + run.length <= end && sameBytes(view, at, run.view, 0, run.length);
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
