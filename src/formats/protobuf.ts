/**
 * A cursor over protobuf bytes in a window that is refilled (https://protobuf.dev/programming-guides/encoding/).
 * Whoever reads sets `checkpoint` to the start of a field and asks with `take` for all of it: what follows
 * then reads within the window. What does not fit its message ends in MALFORMED.
 */
import { ByteBuffer, SLACK_BYTES, viewOf } from '../util/bytes.ts';
import { NEED_MORE } from '../util/json-cursor.ts';
import { characterLength, REPLACEMENT, writeCodePoint } from '../util/json-text.ts';

/** Thrown ready-made, so that no stack is captured each time. */
export const MALFORMED = new Error('not protobuf');

export const VARINT = 0;
export const FIXED64 = 1;
export const LENGTH_DELIMITED = 2;
const GROUP_START = 3;
const GROUP_END = 4;
const FIXED32 = 5;

const TWO_32 = 4_294_967_296;
const LARGEST_INTEGER = 0x7fff_ffff;
/** A tag and the length after it, each a varint of ten bytes at most. */
export const LONGEST_HEADER = 20;
/** A message that must be read at once and is longer than this is not worth the memory. */
const LONGEST_MESSAGE = 256 * 1024 * 1024;
const DEEPEST_GROUP = 60;

export class ProtobufCursor {
  bytes: Uint8Array = new Uint8Array(SLACK_BYTES);
  view: DataView = viewOf(this.bytes);
  pos = 0;
  /** Bytes in the window; SLACK_BYTES zeros follow. */
  end = 0;
  /** Position of bytes[0] in the stream. */
  base = 0;
  /** The stream ends with this window. */
  final = false;
  /** Everything before may be forgotten. */
  checkpoint = 0;
  /** So many bytes from the checkpoint on are needed. */
  wanted = 1;

  /** The text read last: text[from, to), valid UTF-8 after `repair`. */
  text: Uint8Array = this.bytes;
  from = 0;
  to = 0;

  /** The integer read last, in two words. */
  hi = 0;
  lo = 0;

  readonly #scratch = new ByteBuffer();

  /** Forgets what is before the checkpoint and adds a chunk. */
  append(chunk: Uint8Array): void {
    const kept = this.end - this.checkpoint;
    const length = kept + chunk.length;
    if (length + SLACK_BYTES > this.bytes.length) {
      const grown = new Uint8Array(length + SLACK_BYTES + (kept > 0 ? length >> 1 : 0));
      grown.set(this.bytes.subarray(this.checkpoint, this.end));
      this.bytes = grown;
      this.view = viewOf(grown);
    } else this.bytes.copyWithin(0, this.checkpoint, this.end);
    this.bytes.set(chunk, kept);
    this.bytes.fill(0, length, length + SLACK_BYTES);
    this.base += this.checkpoint;
    this.pos -= this.checkpoint;
    this.checkpoint = 0;
    this.end = length;
  }

  /** Position in the stream of the next byte. */
  get position(): number {
    return this.base + this.pos;
  }

  /** Makes sure that a tag and a length can be read here without meeting the window's end. */
  expectHeader(): void {
    this.checkpoint = this.pos;
    if (this.pos + LONGEST_HEADER <= this.end || this.final) return;
    this.wanted = LONGEST_HEADER;
    throw NEED_MORE;
  }

  /** True: the next `length` bytes are in the window. False: the stream ends before. */
  take(length: number): boolean {
    if (this.pos + length <= this.end) return true;
    if (length > LONGEST_MESSAGE) throw MALFORMED;
    if (this.final) return false;
    this.wanted = this.pos - this.checkpoint + length;
    this.pos = this.checkpoint;
    throw NEED_MORE;
  }

  /**
   * A tag or length: field << 3 | wire type. Small ones are put together as integers: from one double on, engines
   * would take every position for a double.
   */
  varint(): number {
    const { bytes, pos } = this;
    const first = bytes[pos];
    if (first < 0x80) {
      this.pos = pos + 1;
      return first;
    }
    const second = bytes[pos + 1];
    if (second < 0x80) {
      this.pos = pos + 2;
      return (first & 0x7f) | (second << 7);
    }
    this.varint64();
    const { hi, lo } = this;
    if (hi === 0 && lo <= LARGEST_INTEGER) return lo | 0;
    if (hi > 0x1f_ffff) throw MALFORMED;
    return hi * TWO_32 + lo;
  }

  /** An enum's value; what is not a small number: 2^32 − 1. */
  enum(): number {
    const first = this.bytes[this.pos];
    if (first < 0x80) {
      this.pos++;
      return first;
    }
    this.varint64();
    return this.hi === 0 ? this.lo : 0xffff_ffff;
  }

  /** → hi, lo. */
  varint64(): void {
    const { bytes } = this;
    let lo = 0;
    let hi = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = bytes[this.pos++];
      const bits = byte & 0x7f;
      if (shift < 28) lo |= bits << shift;
      else if (shift === 28) {
        lo |= bits << 28;
        hi = bits >> 4;
      } else if (shift < 63) hi |= bits << (shift - 32);
      else hi |= (bits & 1) << 31;
      if (byte < 0x80) {
        this.lo = lo >>> 0;
        this.hi = hi >>> 0;
        return;
      }
    }
    throw MALFORMED;
  }

  /** A message was read up to here; it must end here. */
  expectAt(limit: number): void {
    if (this.pos !== limit) throw MALFORMED;
  }

  /** → hi, lo. */
  fixed64(): void {
    this.lo = this.view.getUint32(this.pos, true);
    this.hi = this.view.getUint32(this.pos + 4, true);
    this.pos += 8;
  }

  /** The end of the length-delimited field whose tag has been read; it lies within `limit`. */
  fieldEnd(limit: number): number {
    const { bytes } = this;
    const first = bytes[this.pos];
    const length = first < 0x80 ? first : this.varint();
    if (first < 0x80) this.pos++;
    const to = this.pos + length;
    if (to > limit) throw MALFORMED;
    return to;
  }

  /** The bytes field whose tag has been read → text. */
  readText(limit: number): void {
    const to = this.fieldEnd(limit);
    this.text = this.bytes;
    this.from = this.pos;
    this.to = to;
    this.pos = to;
  }

  /** Steps over the value of a field whose tag has been read. */
  skip(tag: number, limit: number, depth = 0): void {
    if (tag < 8) throw MALFORMED;
    switch (tag & 7) {
      case VARINT:
        this.varint64();
        break;
      case FIXED64:
        this.pos += 8;
        break;
      case LENGTH_DELIMITED:
        this.pos = this.fieldEnd(limit);
        break;
      case FIXED32:
        this.pos += 4;
        break;
      case GROUP_START:
        this.#skipGroup(tag - GROUP_START + GROUP_END, limit, depth + 1);
        break;
      default:
        throw MALFORMED;
    }
    if (this.pos > limit) throw MALFORMED;
  }

  #skipGroup(endTag: number, limit: number, depth: number): void {
    if (depth > DEEPEST_GROUP) throw MALFORMED;
    for (;;) {
      if (this.pos >= limit) throw MALFORMED;
      const tag = this.varint();
      if (tag === endTag) return;
      this.skip(tag, limit, depth);
    }
  }

  /** Replaces what is not UTF-8 in the text read last. True: something was. */
  repair(): boolean {
    const { text, to } = this;
    let p = this.from;
    while (p < to) {
      if (text[p] < 0x80) p++;
      else {
        const length = characterLength(text, p, to);
        if (length <= 0) return this.#copyRepaired(p);
        p += length;
      }
    }
    return false;
  }

  /** p: the first byte that is not right. */
  #copyRepaired(p: number): boolean {
    const { text, from, to } = this;
    const out = this.#scratch;
    out.length = 0;
    out.copy(text, from, p);
    while (p < to) {
      const length = characterLength(text, p, to);
      if (length <= 0) {
        writeCodePoint(out, REPLACEMENT);
        p++;
      } else {
        out.copy(text, p, p + length);
        p += length;
      }
    }
    this.text = out.bytes;
    this.from = 0;
    this.to = out.length;
    return true;
  }
}
