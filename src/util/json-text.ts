/** What the bytes of JSON text mean, and the slow way through strings: escapes and UTF-8. */
import { BACKSLASH, ByteBuffer, encodeText, QUOTE, standsAt } from './bytes.ts';

/** 1: an ASCII character that stands for itself inside a string. */
export const PLAIN = new Uint8Array(256);
for (let c = 0x20; c < 0x80; c++) PLAIN[c] = c === QUOTE || c === BACKSLASH ? 0 : 1;

/** 1: may be part of a number or of true, false, null, NaN, Infinity. */
export const SCALAR = new Uint8Array(256);
for (const c of '0123456789+-.ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz')
  SCALAR[c.charCodeAt(0)] = 1;

const WORDS = ['null', 'true', 'false', 'NaN', 'Infinity', '-Infinity'].map(encodeText);

/** False for words such as `undefined`; numbers are not looked at closely. */
export function isScalar(bytes: Uint8Array, from: number, to: number): boolean {
  const first = bytes[from];
  const second = bytes[from + 1];
  if ((first >= 0x30 && first <= 0x39) || (first === 0x2d && second >= 0x30 && second <= 0x39)) return true;
  for (let i = 0; i < WORDS.length; i++) {
    const word = WORDS[i];
    if (word[0] === first && word.length === to - from && standsAt(bytes, from, word)) return true;
  }
  return false;
}

/** Length of the UTF-8 character that begins at `at`; 0: invalid; −1: it goes beyond `end`. */
export function characterLength(bytes: Uint8Array, at: number, end: number): number {
  const c = bytes[at];
  if (c < 0x80) return 1;
  const length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
  if (c < 0xc2 || c > 0xf4) return 0;
  for (let i = 1; i < length; i++) {
    if (at + i >= end) return -1;
    if ((bytes[at + i] & 0xc0) !== 0x80) return 0;
  }
  const second = bytes[at + 1];
  const outOfRange =
    (c === 0xe0 && second < 0xa0) ||
    (c === 0xed && second > 0x9f) ||
    (c === 0xf0 && second < 0x90) ||
    (c === 0xf4 && second > 0x8f);
  return outOfRange ? 0 : length;
}

const ESCAPES = new Uint8Array(128);
for (const [letter, byte] of [
  ['"', 0x22],
  ['\\', 0x5c],
  ['/', 0x2f],
  ['b', 0x08],
  ['f', 0x0c],
  ['n', 0x0a],
  ['r', 0x0d],
  ['t', 0x09],
] as const) {
  ESCAPES[letter.charCodeAt(0)] = byte;
}

/** The byte that backslash + `letter` stands for; 0: none. */
export function escapedByte(letter: number): number {
  return letter < 128 ? ESCAPES[letter] : 0;
}

/** Four hex digits; −1: not hex. */
export function readHex4(bytes: Uint8Array, at: number): number {
  let value = 0;
  for (let i = at; i < at + 4; i++) {
    const c = bytes[i];
    const letter = c | 0x20;
    if (c >= 0x30 && c <= 0x39) value = value * 16 + c - 0x30;
    else if (letter >= 0x61 && letter <= 0x66) value = value * 16 + letter - 0x57;
    else return -1;
  }
  return value;
}

export const REPLACEMENT = 0xfffd;

/** Appends a code point as UTF-8. */
export function writeCodePoint(out: ByteBuffer, code: number): void {
  if (code < 0x80) out.byte(code);
  else if (code < 0x800) {
    out.byte(0xc0 | (code >> 6));
    out.byte(0x80 | (code & 63));
  } else if (code < 0x10000) {
    out.byte(0xe0 | (code >> 12));
    out.byte(0x80 | ((code >> 6) & 63));
    out.byte(0x80 | (code & 63));
  } else {
    out.byte(0xf0 | (code >> 18));
    out.byte(0x80 | ((code >> 12) & 63));
    out.byte(0x80 | ((code >> 6) & 63));
    out.byte(0x80 | (code & 63));
  }
}

const HEX = '0123456789abcdef';

/** Appends bytes [from, to) of valid UTF-8 as a JSON string, quotes included. */
export function writeJsonString(out: ByteBuffer, bytes: Uint8Array, from: number, to: number): void {
  out.byte(QUOTE);
  for (let i = from; i < to; i++) {
    const c = bytes[i];
    if (c === QUOTE || c === BACKSLASH) {
      out.byte(BACKSLASH);
      out.byte(c);
    } else if (c < 0x20) {
      const letter = 'btn_fr'[c - 8];
      out.byte(BACKSLASH);
      if (letter !== undefined && letter !== '_') out.ascii(letter);
      else out.ascii(`u00${HEX[c >> 4]}${HEX[c & 15]}`);
    } else out.byte(c);
  }
  out.byte(QUOTE);
}
