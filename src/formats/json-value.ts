/** JSON that came from other people: what JSON.parse gives, with types that make its readers look first. */
import {
  BACKSLASH,
  COLON,
  COMMA,
  decodeBytes,
  encodeText,
  MINUS,
  NINE,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
  SPACE,
  ZERO,
} from '../util/bytes.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own value of this key; never what it inherits. */
export function ownValue(object: unknown, key: string): Json | undefined {
  if (!isObject(object)) return undefined;
  const value = object[key];
  // Only functions and the prototype itself are inherited; JSON has no such values.
  return typeof value === 'function' || value === Object.prototype ? undefined : value;
}

/** The value at the end of these keys: `valueAt(record, 'http', 'request', 'method')`. */
export function valueAt(record: unknown, ...keys: readonly string[]): Json | undefined {
  let value: Json | undefined = isObject(record) ? record : undefined;
  for (const key of keys) value = ownValue(value, key);
  return value;
}

/** A text; numbers and booleans as text; undefined: anything else, or empty. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A text, or there is nothing: what a schema's optional text may be. */
export function isOptionalText(value: unknown): value is string | undefined {
  return typeof value === 'string' || value === undefined;
}

/** As isOptionalText; a number will do, too. */
export function isOptionalScalar(value: unknown): value is string | number | undefined {
  return typeof value === 'number' || isOptionalText(value);
}

/** A number, written as such or as text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

export function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Bytes [from, to) and what they say. */
export interface EncodedText {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** An integer that a double cannot hold. */
const LONG_INTEGER = /^-?(?:\d{17,}|9\d{15})$/;
/** Without it there is none in a text. */
const LONG_RUN = /[:,[]\s*-?\d{16}/;
const NOT_A_NUMBER = /^-?(?:NaN|Infinity)$/;

/**
 * The document that a text is. Integers from 9·10^15 on come as text, so that ids and nanoseconds
 * stay exact. Python's NaN and Infinity come as text, too. Throws a SyntaxError.
 */
export function parseExactly(json: EncodedText): Json {
  return parseText(hasLongNumber(json) ? quoteWords(json, isLongInteger) : json.text);
}

/** As parseExactly, of a document that is a text in another one. */
export function parseTextExactly(text: string): Json {
  return LONG_RUN.test(text) ? parseExactly(encoded(text)) : parseText(text);
}

const LONG_DIGITS = 16;

/** A LONG_INTEGER, or what looks like it. So many digits are met by looking at every so manieth byte. */
function hasLongNumber({ bytes, from, to }: EncodedText): boolean {
  for (let at = from + LONG_DIGITS - 1; at < to; at += LONG_DIGITS) {
    let first = at;
    while (first >= from && isDigit(bytes[first])) first--;
    if (first === at) continue;
    let last = at;
    while (last < to && isDigit(bytes[last])) last++;
    const count = last - first - 1;
    // Times in µs are as long, and fit.
    const isLong = count > LONG_DIGITS || (count === LONG_DIGITS && bytes[first + 1] === NINE);
    if (isLong && mayPrecedeNumber(bytes[first])) return true;
  }
  return false;
}

/** Ids of digits stand in quotation marks, or after a letter. */
function mayPrecedeNumber(c: number): boolean {
  return c <= SPACE || c === COLON || c === COMMA || c === OPEN_BRACKET || c === MINUS;
}

function isDigit(c: number): boolean {
  return c >= ZERO && c <= NINE;
}

function parseText(exact: string): Json {
  try {
    return JSON.parse(exact) as Json;
  } catch (error) {
    const repaired = withoutTrailingCommas(quoteWords(encoded(exact), isNotANumber));
    if (repaired === exact) throw error;
    return JSON.parse(repaired) as Json;
  }
}

/** A text, or a comma before the end of its list or object. */
const TEXT_OR_COMMA = /"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])/gs;

/** As people leave them who edit JSON by hand. */
function withoutTrailingCommas(text: string): string {
  return text.replace(TEXT_OR_COMMA, (found) => (found === ',' ? '' : found));
}

/** Whether the word in bytes [from, to) of the JSON is meant. */
type IsMeant = (json: EncodedText, from: number, to: number) => boolean;

const isLongInteger: IsMeant = (json, from, to) =>
  to - from >= LONG_DIGITS && LONG_INTEGER.test(partOf(json, from, to));
const isNotANumber: IsMeant = (json, from, to) => NOT_A_NUMBER.test(partOf(json, from, to));

function encoded(text: string): EncodedText {
  const bytes = encodeText(text);
  return { bytes, from: 0, to: bytes.length, text };
}

/** Bytes that words are made of: digits, letters, signs and the dot. */
const WORD = new Uint8Array(256);
for (const byte of encodeText('0123456789+-.abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'))
  WORD[byte] = 1;

/**
 * The text with those words of lists and objects in quotes that are meant. A word: a number, or a name such as true.
 * The bytes are looked at, not the text: characters of a text that is part of another one cost several times as much.
 */
function quoteWords(json: EncodedText, isMeant: IsMeant): string {
  const { bytes, to } = json;
  let result = '';
  let done = json.from;
  let isInside = false;
  for (let at = json.from; at < to;) {
    const c = bytes[at];
    if (c === QUOTE) at = textEnd(bytes, at + 1, to);
    else if (WORD[c] === 1) {
      const from = at;
      do at++;
      while (at < to && WORD[bytes[at]] === 1);
      if (!isInside || !isMeant(json, from, at)) continue;
      result += `${partOf(json, done, from)}"${partOf(json, from, at)}"`;
      done = at;
    } else {
      isInside ||= c === OPEN_BRACKET || c === OPEN_BRACE;
      at++;
    }
  }
  return done === json.from ? json.text : result + partOf(json, done, to);
}

/** The place after the closing quote of the text that begins here. */
function textEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

/** What bytes [from, to) say, which are some of those of the JSON. */
function partOf(json: EncodedText, from: number, to: number): string {
  const { bytes, text } = json;
  // Then a character is a byte.
  if (text.length === json.to - json.from) return text.slice(from - json.from, to - json.from);
  return decodeBytes(bytes, from, to);
}
