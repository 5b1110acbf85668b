import { decodePiece, encodeInto, encodeText, hashBytes } from '../util/bytes.ts';

const EMPTY_SLOT = -1;

/**
 * Dictionary of UTF-8 byte strings: equal bytes get equal numbers, and nothing becomes a JavaScript
 * string until somebody looks at it. Number 0 is the empty text.
 */
export class TextPool {
  #bytes: Uint8Array<ArrayBuffer>;
  /** End of text i in #bytes; it starts where i − 1 ends. */
  #ends: Uint32Array<ArrayBuffer>;
  #hashes: Int32Array;
  /** Open addressing: text numbers by hash. Its length is a power of two, at most half full. */
  #slots: Int32Array;
  #count = 1;
  #used = 0;
  #scratch = new Uint8Array(1024);

  constructor(expectedTexts = 1024, expectedBytes = 32 * 1024) {
    let slots = 16;
    while (slots < expectedTexts * 2) slots *= 2;
    this.#bytes = new Uint8Array(expectedBytes);
    this.#ends = new Uint32Array(expectedTexts);
    this.#hashes = new Int32Array(expectedTexts);
    this.#slots = new Int32Array(slots).fill(EMPTY_SLOT);
  }

  /** Texts held, the empty one included. */
  get count(): number {
    return this.#count;
  }

  /** Bytes of all texts. */
  get byteLength(): number {
    return this.#used;
  }

  /** The number of bytes [from, to), which are copied when they are new. */
  intern(bytes: Uint8Array, from: number, to: number): number {
    if (from === to) return 0;
    const hash = hashBytes(bytes, from, to);
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let id = this.#slots[slot]; id !== EMPTY_SLOT; id = this.#slots[slot]) {
      if (this.#hashes[id] === hash && this.#equals(id, bytes, from, to)) return id;
      slot = (slot + 1) & mask;
    }
    return this.#add(bytes, from, to, hash, slot);
  }

  /** The number of a JavaScript string. Lone surrogates become U+FFFD. */
  internString(text: string): number {
    if (this.#scratch.length < text.length * 3) this.#scratch = new Uint8Array(text.length * 3);
    return this.intern(this.#scratch, 0, encodeInto(text, this.#scratch));
  }

  /** The texts as two buffers of exact size: bytes, and the end of each text. */
  seal(): SealedTexts {
    return { bytes: this.#bytes.slice(0, this.#used), ends: this.#ends.slice(0, this.#count) };
  }

  /** Views of the texts held now; valid until the next intern. */
  peek(): SealedTexts {
    return { bytes: this.#bytes, ends: this.#ends.subarray(0, this.#count) };
  }

  /** Forgets all texts and keeps the room. */
  clear(): void {
    this.#slots.fill(EMPTY_SLOT);
    this.#count = 1;
    this.#used = 0;
  }

  #equals(id: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.#ends[id - 1];
    const length = to - from;
    if (this.#ends[id] - start !== length) return false;
    const own = this.#bytes;
    for (let i = 0; i < length; i++) if (own[start + i] !== bytes[from + i]) return false;
    return true;
  }

  #add(bytes: Uint8Array, from: number, to: number, hash: number, slot: number): number {
    const id = this.#count++;
    if (id >= this.#ends.length) this.#growTexts();
    const end = this.#used + (to - from);
    if (end > this.#bytes.length) this.#growBytes(end);
    if (to - from < 64) for (let i = from, at = this.#used; i < to; i++, at++) this.#bytes[at] = bytes[i];
    else this.#bytes.set(bytes.subarray(from, to), this.#used);
    this.#used = end;
    this.#ends[id] = end;
    this.#hashes[id] = hash;
    this.#slots[slot] = id;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return id;
  }

  #growTexts(): void {
    const ends = new Uint32Array(this.#ends.length * 2);
    ends.set(this.#ends);
    this.#ends = ends;
    const hashes = new Int32Array(ends.length);
    hashes.set(this.#hashes);
    this.#hashes = hashes;
  }

  #growBytes(needed: number): void {
    const grown = new Uint8Array(Math.max(needed, Math.ceil(this.#bytes.length * 1.6)));
    grown.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = grown;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(EMPTY_SLOT);
    const mask = slots.length - 1;
    for (let id = 1; id < this.#count; id++) {
      let slot = this.#hashes[id] & mask;
      while (slots[slot] !== EMPTY_SLOT) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    this.#slots = slots;
  }
}

export interface SealedTexts {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** End of text i in bytes; text 0 is empty. */
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** Text `id` as a string; invalid UTF-8 becomes U+FFFD. */
export function decodeText(texts: SealedTexts, id: number): string {
  return id === 0 ? '' : decodePiece(texts.bytes, texts.ends[id - 1], texts.ends[id]);
}

/** No such text. */
export const NO_TEXT = -1;

/** Number of a text, or NO_TEXT. */
export function findText({ bytes, ends }: SealedTexts, text: string): number {
  if (text === '') return 0;
  const wanted = encodeText(text);
  for (let id = 1; id < ends.length; id++) {
    const start = ends[id - 1];
    if (ends[id] - start !== wanted.length) continue;
    let same = 0;
    while (same < wanted.length && bytes[start + same] === wanted[same]) same++;
    if (same === wanted.length) return id;
  }
  return NO_TEXT;
}
