/** Numbers and words of JSON → values, from their bytes. */
import { decodePiece, latin1, MINUS, NINE, ZERO } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { SCALAR } from '../util/json-text.ts';

/** Every integer of so many digits is a double, but for some that begin with 9. */
const MOST_DIGITS = 16;
/** Longer ones come as text: patterns cannot look at millions of digits. */
const LONGEST_NUMBER = 400;
const DOT = 0x2e;
/** Of true, false and null. */
const LETTER_T = 0x74;
const LETTER_F = 0x66;
const LETTER_N = 0x6e;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d+)?$/i;
const LONG_INTEGER = /^-?(?:\d{17,}|9\d{15})$/;
const POWERS = Array.from({ length: MOST_DIGITS + 1 }, (_, n) => 10 ** n);

/**
 * Reads the number or word at the cursor, of which c is the first byte. Integers that a double cannot hold, other words
 * for numbers (NaN) and what only looks like a number come as text. Throws as the cursor does.
 */
export function readScalar(cursor: JsonCursor, c: number): number | string | boolean | null {
  return (c >= ZERO && c <= NINE) || c === MINUS ? readNumber(cursor, c) : readWord(cursor);
}

function readNumber(cursor: JsonCursor, c: number): number | string {
  const { bytes } = cursor;
  const start = c === MINUS ? cursor.pos + 1 : cursor.pos;
  let p = start;
  let value = 0;
  let digit = bytes[p] - ZERO;
  for (; digit >= 0 && digit <= 9; digit = bytes[++p] - ZERO) value = value * 10 + digit;
  let digits = p - start;
  let places = 0;
  if (bytes[p] === DOT && digits > 0) {
    const dot = p++;
    digit = bytes[p] - ZERO;
    for (; digit >= 0 && digit <= 9; digit = bytes[++p] - ZERO) value = value * 10 + digit;
    places = p - dot - 1;
    digits += places;
    if (places === 0) return readOtherNumber(cursor);
  }
  const isLong = digits > MOST_DIGITS || (digits === MOST_DIGITS && bytes[start] === NINE);
  const isPadded = bytes[start] === ZERO && digits - places > 1;
  // At the end of the window it may go on.
  const goesOn = SCALAR[bytes[p]] === 1 || p >= cursor.end;
  if (digits === 0 || isLong || isPadded || goesOn) return readOtherNumber(cursor);
  cursor.pos = p;
  // Both are exact, so that their quotient is the nearest double.
  if (places > 0) value /= POWERS[places];
  return c === MINUS ? -value : value;
}

/** With an exponent, with very many digits, or none at all. */
function readOtherNumber(cursor: JsonCursor): number | string {
  cursor.scalar();
  const { text, from, to } = cursor;
  if (to - from > LONGEST_NUMBER) return decodePiece(text, from, to);
  const number = latin1(text, from, to);
  return NUMBER.test(number) && !LONG_INTEGER.test(number) ? Number(number) : number;
}

function readWord(cursor: JsonCursor): boolean | string | null {
  cursor.scalar();
  const { text, from, to } = cursor;
  const first = text[from];
  if (first === LETTER_T) return true;
  if (first === LETTER_F) return false;
  return first === LETTER_N ? null : latin1(text, from, to);
}
