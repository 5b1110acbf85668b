/**
 * Lists of attributes as OTLP and Jaeger write them: `[{"key":…,…,"value":…},…]`. What surrounds the values
 * repeats from span to span, so an attribute is recognised by comparing the bytes before and after its value
 * with attributes seen before; only new ones are taken apart.
 */
import { ByteBuffer, ByteRun, CLOSE_BRACKET, latin1, QUOTE } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { SCALAR } from '../util/json-text.ts';
import type { SpanSink, TextId, ValueType } from '../model/sink.ts';
import { VALUE_STRING } from '../model/sink.ts';
import { TextCache } from './text-cache.ts';

/** One attribute taken apart by an ElementReader. Places are in the cursor's window. */
export interface AttributeElement {
  key: TextId;
  type: ValueType;
  value: TextId;
  /** The key's bytes; keyFrom −1: it had escapes, or there is none. */
  keyFrom: number;
  keyTo: number;
  /** The value's own bytes (inside its quotes), and the place after it; valueFrom −1: it is not a plain scalar. */
  valueFrom: number;
  valueTo: number;
  afterValue: number;
  /** The value is a list of one text, and valueFrom to valueTo is that text. */
  listed: boolean;
  /** The type was told by the value: the next value in its place may be of another. */
  untyped: boolean;
}

/** Reads the element at the cursor into `element`. */
export interface ElementReader {
  read(cursor: JsonCursor, element: AttributeElement): void;
}

/** An attribute seen before: everything but the value. */
interface Pattern {
  /** It is of the first attribute of a list: no comma is before it. */
  readonly first: boolean;
  /** From the end of the attribute before it to its value. */
  readonly before: ByteRun;
  readonly after: ByteRun;
  readonly quoted: boolean;
  readonly listed: boolean;
  readonly type: ValueType;
  readonly keyFrom: number;
  readonly keyTo: number;
  readonly code: number;
  readonly values: TextCache;
  readonly next: Pattern[];
  /** The key's id, valid in this epoch of the sink. */
  key: TextId;
  epoch: number;
}

const GUESSES = 3;
const PATTERNS_KEPT = 4096;
const LONGEST_RUN = 400;
const HASH_SLOTS = 1024;
const NO_PARTS = { keyFrom: 0, keyTo: 0, quoted: false, listed: false };
/** Code of attributes that nobody asked for. */
export const ORDINARY = 0;

export class AttributeList {
  key: TextId = 0;
  type: ValueType = VALUE_STRING;
  value: TextId = 0;
  /** The number that `codes` gives the key. The value's bytes are the cursor's text only where it is not ORDINARY. */
  code = ORDINARY;

  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #reader: ElementReader;
  readonly #codes: ReadonlyMap<string, number>;
  readonly #first: Pattern;
  /** Stands for an attribute that no pattern was made of. */
  readonly #other: Pattern;
  #previous: Pattern;
  #atStart = true;
  /** Bytes before the key in the patterns learnt last, first in a list and later: where to look for keys. */
  #keyOffsetAtStart = 0;
  #keyOffset = 0;
  readonly #byHash: (Pattern[] | undefined)[] = new Array<undefined>(HASH_SLOTS).fill(undefined);
  #patterns = 0;
  readonly #element: AttributeElement = {
    key: 0,
    type: VALUE_STRING,
    value: 0,
    keyFrom: -1,
    keyTo: -1,
    valueFrom: -1,
    valueTo: -1,
    afterValue: -1,
    listed: false,
    untyped: false,
  };
  readonly #list = new ByteBuffer();

  constructor(
    cursor: JsonCursor,
    sink: SpanSink,
    options: { reader: ElementReader; codes?: Readonly<Record<string, number>> },
  ) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#reader = options.reader;
    this.#codes = new Map(Object.entries(options.codes ?? {}));
    this.#first = this.#pattern(new Uint8Array(0), new Uint8Array(0), NO_PARTS);
    this.#other = this.#pattern(new Uint8Array(0), new Uint8Array(0), NO_PARTS);
    this.#previous = this.#first;
  }

  /** The opening bracket has been read. */
  begin(): void {
    this.#previous = this.#first;
    this.#atStart = true;
  }

  /** Reads the next attribute. False: the list has ended. */
  next(): boolean {
    const cursor = this.#cursor;
    if (cursor.bytes[cursor.pos] === CLOSE_BRACKET && cursor.pos < cursor.end) {
      cursor.pos++;
      return false;
    }
    const guesses = this.#previous.next;
    for (let i = 0; i < guesses.length; i++) {
      const guess = guesses[i];
      if (!this.#matches(guess)) continue;
      if (i > 0) {
        guesses[i] = guesses[i - 1];
        guesses[i - 1] = guess;
      }
      return true;
    }
    const known = this.#look();
    if (known && this.#matches(known)) {
      suggest(guesses, known);
      return true;
    }
    return this.#read();
  }

  /** True: the next attribute is of this pattern, and has been read. */
  #matches(pattern: Pattern): boolean {
    const cursor = this.#cursor;
    const start = cursor.pos;
    if (!cursor.matches(pattern.before)) return false;
    if (pattern.quoted) cursor.string();
    else if (!this.#bareValue()) {
      cursor.pos = start;
      return false;
    }
    if (!cursor.matches(pattern.after)) {
      cursor.pos = start;
      return false;
    }
    if (pattern.listed) {
      if (cursor.text !== cursor.bytes) {
        // It had escapes, which stay in JSON: rare enough for the long way.
        cursor.pos = start;
        return false;
      }
      this.value = pattern.values.find(cursor) || pattern.values.keep(cursor, this.#listText());
    } else this.value = pattern.values.idOf(cursor);
    if (pattern.epoch !== this.#sink.epoch) {
      pattern.key = this.#sink.text(pattern.before.bytes, pattern.keyFrom, pattern.keyTo);
      pattern.epoch = this.#sink.epoch;
    }
    this.key = pattern.key;
    this.type = pattern.type;
    this.code = pattern.code;
    this.#previous = pattern;
    this.#atStart = false;
    return true;
  }

  /** The cursor's text as a list of one text. */
  #listText(): TextId {
    const { text, from, to } = this.#cursor;
    const list = this.#list;
    list.length = 0;
    list.ascii('["');
    list.copy(text, from, to);
    list.ascii('"]');
    return this.#sink.text(list.bytes, 0, list.length);
  }

  /** A number, true or false; not null, which has no type. */
  #bareValue(): boolean {
    const cursor = this.#cursor;
    const first = cursor.bytes[cursor.pos];
    if (SCALAR[first] === 0 || first === 0x6e) return false;
    cursor.scalar();
    return true;
  }

  /** A pattern with the key that stands where keys stood before. */
  #look(): Pattern | undefined {
    const { bytes, pos, end } = this.#cursor;
    const from = pos + (this.#atStart ? this.#keyOffsetAtStart : this.#keyOffset);
    let to = from;
    while (to < end && bytes[to] !== QUOTE) to++;
    if (to >= end) return undefined;
    const bucket = this.#byHash[keyHash(bytes, from, to)];
    const byte = bytes[to - 1];
    return bucket?.find((pattern) => {
      const run = pattern.before;
      return (
        pattern.first === this.#atStart &&
        pattern.keyTo - pattern.keyFrom === to - from &&
        run.bytes[pattern.keyTo - 1] === byte &&
        pos + run.length <= end &&
        run.bytes.every((expected, i) => bytes[pos + i] === expected)
      );
    });
  }

  #read(): boolean {
    const cursor = this.#cursor;
    const start = cursor.pos;
    if (!cursor.nextElement(this.#atStart)) return false;
    const element = this.#element;
    element.key = element.value = 0;
    element.type = VALUE_STRING;
    element.keyFrom = element.valueFrom = -1;
    element.listed = element.untyped = false;
    const epoch = this.#sink.epoch;
    const { repairs } = cursor;
    this.#reader.read(cursor, element);
    this.key = element.key;
    this.type = element.type;
    this.value = element.value;
    this.code = ORDINARY;
    if (element.keyFrom >= 0 && element.valueFrom >= 0) {
      if (!element.listed) {
        this.code = this.#codes.get(latin1(cursor.bytes, element.keyFrom, element.keyTo)) ?? ORDINARY;
      }
      if (cursor.repairs === repairs && !element.untyped) this.#learn(start, epoch);
      if (this.code !== ORDINARY) this.#readAgain(element);
    }
    this.#atStart = false;
    if (this.#previous === this.#first) this.#previous = this.#other;
    return true;
  }

  /** Makes the value the cursor's text. */
  #readAgain(element: AttributeElement): void {
    const cursor = this.#cursor;
    const { pos } = cursor;
    cursor.pos = element.valueFrom;
    if (element.afterValue > element.valueTo) cursor.string();
    else cursor.scalar();
    cursor.pos = pos;
  }

  #learn(start: number, epoch: number): void {
    const { bytes, pos } = this.#cursor;
    const { keyFrom, keyTo, valueFrom, valueTo, afterValue } = this.#element;
    if (valueFrom < keyTo || valueFrom - start > LONGEST_RUN || pos - afterValue > LONGEST_RUN) return;
    if (this.#patterns >= PATTERNS_KEPT) this.#forget();
    const pattern = this.#pattern(bytes.slice(start, valueFrom), bytes.slice(afterValue, pos), {
      keyFrom: keyFrom - start,
      keyTo: keyTo - start,
      quoted: afterValue > valueTo,
      listed: this.#element.listed,
    });
    pattern.key = this.key;
    pattern.epoch = epoch;
    this.#patterns++;
    if (this.#atStart) this.#keyOffsetAtStart = pattern.keyFrom;
    else this.#keyOffset = pattern.keyFrom;
    const hash = keyHash(bytes, keyFrom, keyTo);
    (this.#byHash[hash] ??= []).unshift(pattern);
    suggest(this.#previous.next, pattern);
    this.#previous = pattern;
  }

  #pattern(before: Uint8Array, after: Uint8Array, parts: typeof NO_PARTS): Pattern {
    return {
      first: this.#atStart,
      before: new ByteRun(before),
      after: new ByteRun(after),
      quoted: parts.quoted,
      listed: parts.listed,
      type: this.type,
      keyFrom: parts.keyFrom,
      keyTo: parts.keyTo,
      code: this.code,
      values: new TextCache(this.#sink),
      next: [],
      key: 0,
      epoch: -1,
    };
  }

  #forget(): void {
    this.#byHash.fill(undefined);
    this.#first.next.length = this.#other.next.length = 0;
    this.#previous = this.#atStart ? this.#first : this.#other;
    this.#patterns = 0;
  }
}

function suggest(guesses: Pattern[], pattern: Pattern): void {
  const at = guesses.indexOf(pattern);
  if (at >= 0) guesses.splice(at, 1);
  else if (guesses.length === GUESSES) guesses.pop();
  guesses.unshift(pattern);
}

function keyHash(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  for (let i = from; i < to; i++) hash = Math.imul(hash, 31) + bytes[i];
  return (hash ^ (hash >>> 10)) & (HASH_SLOTS - 1);
}
