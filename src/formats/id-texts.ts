/** Ids in any spelling (trace-ids.ts) as the texts that plain spans bear: 32 or 16 lower-case hex digits. */
import { encodeText } from '../util/bytes.ts';
import { type IdDialect, IdReader, NO_ID } from './trace-ids.ts';

const TRACE_DIGITS = 32;
const SPAN_DIGITS = 16;
const NOT_ASCII = 0x80;
const HEX_CODES = Array.from({ length: 16 }, (_, digit) => digit.toString(16).charCodeAt(0));

export class IdTexts {
  readonly #reader: IdReader;
  #bytes = new Uint8Array(64);
  /** The codes of the digits being written. */
  readonly #codes: number[] = [];
  /** Spans of a trace mostly stand together. */
  #traceText = '';
  #traceId: string | null = null;

  constructor(dialect: IdDialect) {
    this.#reader = new IdReader(dialect);
  }

  /** null: no id. Opaque texts are hashed. */
  traceId(text: string): string | null {
    if (isUsualId(text, TRACE_DIGITS)) return text;
    if (text !== this.#traceText) {
      const reader = this.#reader;
      const length = this.#write(text);
      const hasId = reader.readTraceId(this.#bytes, 0, length) !== NO_ID;
      this.#traceId = hasId ? this.#hex(reader.a, reader.b, reader.c, reader.d) : null;
      this.#traceText = text;
    }
    return this.#traceId;
  }

  /** As traceId. */
  spanId(text: string): string | null {
    if (text === '') return null;
    if (isUsualId(text, SPAN_DIGITS)) return text;
    const reader = this.#reader;
    const length = this.#write(text);
    const hasId = reader.readSpanId(this.#bytes, 0, length) !== NO_ID;
    return hasId ? this.#hex(reader.c, reader.d) : null;
  }

  /** Into #bytes; returns how many there are. */
  #write(text: string): number {
    const { length } = text;
    if (length > this.#bytes.length) return this.#writeAny(text);
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code >= NOT_ASCII) return this.#writeAny(text);
      this.#bytes[i] = code;
    }
    return length;
  }

  #writeAny(text: string): number {
    const bytes = encodeText(text);
    if (bytes.length > this.#bytes.length) this.#bytes = bytes;
    else this.#bytes.set(bytes);
    return bytes.length;
  }

  #hex(...words: readonly number[]): string {
    const codes = this.#codes;
    codes.length = 0;
    for (const word of words) {
      for (let shift = 28; shift >= 0; shift -= 4) codes.push(HEX_CODES[(word >>> shift) & 15]);
    }
    return String.fromCharCode(...codes);
  }
}

/** There is nothing to do: so many lower-case hex digits, not all of them 0. */
function isUsualId(text: string, digits: number): boolean {
  if (text.length !== digits) return false;
  let isZero = true;
  for (let i = 0; i < digits; i++) {
    const c = text.charCodeAt(i);
    if (c !== 0x30) {
      isZero = false;
      if (!((c > 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x66))) return false;
    }
  }
  return !isZero;
}
