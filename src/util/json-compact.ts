/** A JSON value as compact text: white space out, escapes in one spelling, depth bounded. */
import {
  ByteBuffer,
  CLOSE_BRACE,
  CLOSE_BRACKET,
  COLON,
  COMMA,
  OPEN_BRACE,
  OPEN_BRACKET,
  QUOTE,
} from './bytes.ts';
import type { JsonCursor } from './json-cursor.ts';
import { writeJsonString } from './json-text.ts';

/** What is nested deeper is replaced by "…". */
export const DEPTH_LIMIT = 64;

/** In place of a value that is nested too deep. */
export function writeEllipsis(cursor: JsonCursor, out: ByteBuffer): void {
  cursor.skipValue();
  out.ascii('"');
  for (const byte of [0xe2, 0x80, 0xa6]) out.byte(byte);
  out.ascii('"');
}

/** Appends the value at the cursor. True: nothing was left out. */
export function writeCompact(cursor: JsonCursor, out: ByteBuffer, depth = 0): boolean {
  const c = cursor.peek();
  if (c === QUOTE) {
    cursor.pos++;
    cursor.string();
    writeJsonString(out, cursor.text, cursor.from, cursor.to);
    return true;
  }
  if (c !== OPEN_BRACE && c !== OPEN_BRACKET) {
    cursor.scalar();
    out.copy(cursor.text, cursor.from, cursor.to);
    return true;
  }
  if (depth >= DEPTH_LIMIT) {
    writeEllipsis(cursor, out);
    return false;
  }
  cursor.pos++;
  return c === OPEN_BRACE ? writeObject(cursor, out, depth) : writeArray(cursor, out, depth);
}

function writeArray(cursor: JsonCursor, out: ByteBuffer, depth: number): boolean {
  let whole = true;
  out.byte(OPEN_BRACKET);
  for (let first = true; cursor.nextElement(first); first = false) {
    if (!first) out.byte(COMMA);
    if (!writeCompact(cursor, out, depth + 1)) whole = false;
  }
  out.byte(CLOSE_BRACKET);
  return whole;
}

function writeObject(cursor: JsonCursor, out: ByteBuffer, depth: number): boolean {
  let whole = true;
  out.byte(OPEN_BRACE);
  for (let first = true; cursor.nextKey(first); first = false) {
    if (!first) out.byte(COMMA);
    writeJsonString(out, cursor.text, cursor.from, cursor.to);
    out.byte(COLON);
    if (!writeCompact(cursor, out, depth + 1)) whole = false;
  }
  out.byte(CLOSE_BRACE);
  return whole;
}
