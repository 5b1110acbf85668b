/** JSON that came from other people: what JSON.parse gives, with types that make its readers look first. */
import { COLON, COMMA, MINUS, NINE, OPEN_BRACKET, SPACE, ZERO } from '../util/bytes.ts';

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

/** A number, written as such or as text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
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

/** Where an integer may stand that a double cannot hold. */
const LONG_INTEGER = /([:,[]\s*)(-?(?:\d{17,}|9\d{15}))(?=\s*[,}\]])/g;
const NOT_A_NUMBER = /([:,[]\s*)(-?(?:NaN|Infinity))(?=\s*[,}\]])/g;

/**
 * The document that a text is. Integers from 9·10^15 on come as text, so that ids and nanoseconds
 * stay exact. Python's NaN and Infinity come as text, too. Throws a SyntaxError.
 */
export function parseExactly({ bytes, from, to, text }: EncodedText): Json {
  return hasLongNumber(bytes, from, to) ? parseTextExactly(text) : parseText(text);
}

/** As parseExactly, of a document that is a text in another one. */
export function parseTextExactly(text: string): Json {
  return parseText(quote(text, LONG_INTEGER));
}

const LONG_DIGITS = 16;

/** What LONG_INTEGER finds, or what looks like it. So many digits are met by looking at every so manieth byte. */
function hasLongNumber(bytes: Uint8Array, from: number, to: number): boolean {
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
    const repaired = withoutTrailingCommas(quote(exact, NOT_A_NUMBER));
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

/** Puts what the pattern's second group finds into quotes, where it is not within a text already. */
function quote(text: string, pattern: RegExp): string {
  pattern.lastIndex = 0;
  let result = '';
  let done = 0;
  /** The place up to which `inText` holds. */
  let seen = 0;
  let inText = false;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    for (let at = text.indexOf('"', seen); at >= 0 && at < found.index; at = text.indexOf('"', seen)) {
      if (!inText || !isEscaped(text, at)) inText = !inText;
      seen = at + 1;
    }
    seen = Math.max(seen, found.index);
    if (inText) continue;
    const start = found.index + found[1].length;
    result += `${text.slice(done, start)}"${found[2]}"`;
    done = start + found[2].length;
  }
  return done === 0 ? text : result + text.slice(done);
}

/** An odd number of backslashes stands before it. */
function isEscaped(text: string, at: number): boolean {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
}
