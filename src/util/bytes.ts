/** Byte strings: runs to compare against, text buffers that grow, and the ASCII codes that JSON is made of. */

export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const RECORD_SEPARATOR = 0x1e;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const ZERO = 0x30;
export const NINE = 0x39;
export const COLON = 0x3a;
export const OPEN_BRACKET = 0x5b;
export const BACKSLASH = 0x5c;
export const CLOSE_BRACKET = 0x5d;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** Zero bytes that every window has after its end: loops stop there, and words may be read across it. */
export const SLACK_BYTES = 16;

/** Bytes that are zero in both 0 and −0. */
const ZEROS_OF_A_DOUBLE = 7;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const exactDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

export function encodeText(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text);
}

/** Writes the text from `at` on; how many bytes it took: three a UTF-16 unit at most. */
export function encodeInto(text: string, into: Uint8Array, at = 0): number {
  return encoder.encodeInto(text, at === 0 ? into : into.subarray(at)).written;
}

/** Invalid UTF-8 becomes U+FFFD. */
export function decodeBytes(bytes: Uint8Array, from = 0, to = bytes.length): string {
  return decoder.decode(bytes.subarray(from, to));
}

/** As decodeBytes, of a piece of a text: a byte order mark at its start is part of it. */
export function decodePiece(bytes: Uint8Array, from = 0, to = bytes.length): string {
  return exactDecoder.decode(bytes.subarray(from, to));
}

/** One character per byte: a key for maps, whatever the bytes mean. */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  let at = from;
  // Eight at a time: an id takes two or four steps.
  for (const last = to - 7; at < last; at += 8) {
    text += String.fromCharCode(
      bytes[at],
      bytes[at + 1],
      bytes[at + 2],
      bytes[at + 3],
      bytes[at + 4],
      bytes[at + 5],
      bytes[at + 6],
      bytes[at + 7],
    );
  }
  for (; at < to; at++) text += String.fromCharCode(bytes[at]);
  return text;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Eight bytes at a time as doubles: the fastest way. One of the two must be comparable, as all text is. */
export function sameBytes(
  one: DataView,
  oneFrom: number,
  other: DataView,
  otherFrom: number,
  length: number,
): boolean {
  const last = length - 8;
  if (last < 0) return sameFew(one, oneFrom, other, otherFrom, length);
  for (let i = 0; i < last; i += 8) {
    if (one.getFloat64(oneFrom + i, true) !== other.getFloat64(otherFrom + i, true)) return false;
  }
  return one.getFloat64(oneFrom + last, true) === other.getFloat64(otherFrom + last, true);
}

/** Fewer than eight. */
function sameFew(
  one: DataView,
  oneFrom: number,
  other: DataView,
  otherFrom: number,
  length: number,
): boolean {
  const last = length - 4;
  if (last >= 0) {
    return (
      one.getInt32(oneFrom) === other.getInt32(otherFrom) &&
      one.getInt32(oneFrom + last) === other.getInt32(otherFrom + last)
    );
  }
  for (let i = 0; i < length; i++) {
    if (one.getUint8(oneFrom + i) !== other.getUint8(otherFrom + i)) return false;
  }
  return true;
}

/** The bytes at this place are those of the word. */
export function standsAt(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let i = 0; i < word.length; i++) if (bytes[at + i] !== word[i]) return false;
  return true;
}

/** No eight of the bytes could be a double that equals another one, which are 0 and −0 alone. */
export function isComparable(bytes: Uint8Array, from: number, to: number): boolean {
  let zeros = 0;
  for (let i = from; i < to; i++) {
    zeros = bytes[i] === 0 ? zeros + 1 : 0;
    if (zeros === ZEROS_OF_A_DOUBLE) return false;
  }
  return true;
}

/** 32 bits. Four bytes a round: a byte at a time costs as much as parsing. The finish spreads the high bits down. */
export function hashBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = (to - from) ^ 0x9e3779b9;
  let i = from;
  for (const whole = to - 3; i < whole; i += 4) {
    const word = bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    hash = Math.imul(hash ^ word, 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  for (; i < to; i++) hash = Math.imul(hash ^ bytes[i], 0xc2b2ae35);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0x27d4eb2f);
  return hash ^ (hash >>> 16);
}

/** Bytes that are expected to come again; compared eight at a time. */
export class ByteRun {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly length: number;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = viewOf(bytes);
    this.length = bytes.length;
  }
}

/** Bytes written one after another. */
export class ByteBuffer {
  bytes = new Uint8Array(256);
  length = 0;

  reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.length + more, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }

  byte(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = value;
  }

  /** Copies source[from, to). */
  copy(source: Uint8Array, from: number, to: number): void {
    this.reserve(to - from);
    if (to - from > 64) {
      this.bytes.set(source.subarray(from, to), this.length);
      this.length += to - from;
    } else {
      for (let i = from; i < to; i++) this.bytes[this.length++] = source[i];
    }
  }

  equals(other: ByteBuffer): boolean {
    if (this.length !== other.length) return false;
    for (let i = 0; i < this.length; i++) if (this.bytes[i] !== other.bytes[i]) return false;
    return true;
  }

  /** Takes over what the other one holds. */
  become(other: ByteBuffer): void {
    this.length = 0;
    this.copy(other.bytes, 0, other.length);
  }

  text(text: string): void {
    // A UTF-16 unit takes three bytes at most.
    this.reserve(text.length * 3);
    this.length += encodeInto(text, this.bytes, this.length);
  }

  /** ASCII only. */
  ascii(text: string): void {
    for (let i = 0; i < text.length; i++) this.byte(text.charCodeAt(i));
  }
}

/** One after another, in a new array. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.length;
  }
  return joined;
}
