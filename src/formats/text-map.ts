/**
 * Objects whose keys are anything: `{"http.method":"GET",…}`, Zipkin's tags. Writers repeat themselves, so the
 * bytes between two values are compared with what came there before, and only read when they differ.
 */
import { ByteBuffer, ByteRun, latin1, OPEN_BRACE, OPEN_BRACKET, QUOTE } from '../util/bytes.ts';
import { writeCompact } from '../util/json-compact.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import type { SpanSink, TextId, ValueType } from '../model/sink.ts';
import { VALUE_BOOL, VALUE_DOUBLE, VALUE_INT, VALUE_JSON, VALUE_STRING } from '../model/sink.ts';
import { preferGuess } from './prefer-guess.ts';
import { TextCache } from './text-cache.ts';

/** A key seen before, with what stands between the value before and its own. */
interface KnownKey {
  readonly run: ByteRun;
  /** The value is a string, and its opening quote is in the run. */
  readonly quoted: boolean;
  readonly code: number;
  readonly text: Uint8Array;
  readonly values: TextCache;
  readonly next: KnownKey[];
  /** Valid in this epoch of the sink. */
  key: TextId;
  epoch: number;
}

/** Code of keys that nobody asked for. */
export const ORDINARY = 0;

const GUESSES = 4;
const KEYS_KEPT = 2000;
const LONGEST_RUN = 400;
const NOTHING = new Uint8Array(0);

export class TextMap {
  key: TextId = 0;
  type: ValueType = VALUE_STRING;
  value: TextId = 0;
  /** The number that `codes` gives the key. The value's bytes are the cursor's text only where it is not ORDINARY. */
  code = ORDINARY;
  /** The value is null: there is none. */
  isNull = false;

  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #codes: ReadonlyMap<string, number>;
  readonly #first: KnownKey;
  #previous: KnownKey;
  readonly #known = new Map<string, KnownKey>();
  readonly #out = new ByteBuffer();

  constructor(cursor: JsonCursor, sink: SpanSink, codes: Readonly<Record<string, number>>) {
    this.#cursor = cursor;
    this.#sink = sink;
    this.#codes = new Map(Object.entries(codes));
    this.#first = this.#newKey(NOTHING, NOTHING, { quoted: false, code: ORDINARY });
    this.#previous = this.#first;
  }

  /** The opening brace has been read. */
  begin(): void {
    this.#previous = this.#first;
  }

  /** Reads the next member. False: the object has ended. */
  next(): boolean {
    const cursor = this.#cursor;
    const known = this.#guess() ?? this.#read();
    if (!known) return false;
    this.#previous = known;
    this.code = known.code;
    if (known.epoch !== this.#sink.epoch) {
      known.key = this.#sink.text(known.text, 0, known.text.length);
      known.epoch = this.#sink.epoch;
    }
    this.key = known.key;
    this.isNull = false;
    if (known.quoted) {
      cursor.string();
      this.type = VALUE_STRING;
      this.value = known.values.idOf(cursor);
    } else this.#bareValue();
    return true;
  }

  #guess(): KnownKey | null {
    const cursor = this.#cursor;
    const guesses = this.#previous.next;
    for (let i = 0; i < guesses.length; i++) {
      const guess = guesses[i];
      if (!cursor.matches(guess.run)) continue;
      // What was a bare value last time may be in quotes, or further off, now.
      if (!guess.quoted && cursor.bytes[cursor.pos] <= QUOTE) {
        cursor.pos -= guess.run.length;
        continue;
      }
      if (i > 0) preferGuess(guesses, i);
      return guess;
    }
    return null;
  }

  /** The next key taken apart; null: the object has ended. */
  #read(): KnownKey | null {
    const cursor = this.#cursor;
    const start = cursor.pos;
    const { repairs } = cursor;
    if (!cursor.nextKey(this.#previous === this.#first)) return null;
    const text = cursor.text.slice(cursor.from, cursor.to);
    const quoted = cursor.peek() === QUOTE;
    if (quoted) cursor.pos++;
    const code = this.#codes.get(latin1(text, 0, text.length)) ?? ORDINARY;
    const { bytes, pos } = cursor;
    if (cursor.repairs !== repairs || pos - start > LONGEST_RUN) {
      return this.#newKey(NOTHING, text, { quoted, code });
    }
    const id = latin1(bytes, start, pos);
    let known = this.#known.get(id);
    if (!known) {
      if (this.#known.size >= KEYS_KEPT) this.#forget();
      known = this.#newKey(bytes.slice(start, pos), text, { quoted, code });
      this.#known.set(id, known);
    }
    const guesses = this.#previous.next;
    if (guesses.length === GUESSES) guesses.pop();
    guesses.unshift(known);
    return known;
  }

  #newKey(run: Uint8Array, text: Uint8Array, traits: { quoted: boolean; code: number }): KnownKey {
    const values = new TextCache(this.#sink);
    return { run: new ByteRun(run), text, ...traits, values, next: [], key: 0, epoch: -1 };
  }

  #forget(): void {
    for (const known of this.#known.values()) known.next.length = 0;
    this.#known.clear();
    this.#first.next.length = 0;
  }

  #bareValue(): void {
    const cursor = this.#cursor;
    const c = cursor.peek();
    if (c === OPEN_BRACE || c === OPEN_BRACKET) {
      this.#out.length = 0;
      writeCompact(cursor, this.#out);
      cursor.text = this.#out.bytes;
      cursor.from = 0;
      cursor.to = this.#out.length;
      this.type = VALUE_JSON;
    } else {
      cursor.scalar();
      this.isNull = c === 0x6e;
      this.type = c === 0x74 || c === 0x66 ? VALUE_BOOL : numberType(cursor.text, cursor.from, cursor.to);
    }
    this.value = this.#sink.text(cursor.text, cursor.from, cursor.to);
  }
}

function numberType(text: Uint8Array, from: number, to: number): ValueType {
  for (let i = from; i < to; i++)
    if (text[i] !== 0x2d && (text[i] < 0x30 || text[i] > 0x39)) return VALUE_DOUBLE;
  return VALUE_INT;
}
