/** Numbers the shapes of attribute lists: their keys and types, of which rows mostly repeat a few. */
import { growableU32, growableU8 } from './growable.ts';

const EMPTY_SLOT = -1;

export interface SealedShapes {
  /** Entries of shape s: [shapeStarts[s], shapeStarts[s + 1]). */
  readonly shapeStarts: Uint32Array<ArrayBuffer>;
  /** Text numbers; a key may be there twice, then the first counts. */
  readonly keys: Uint32Array<ArrayBuffer>;
  /** model/sink.ts VALUE_…. */
  readonly types: Uint8Array<ArrayBuffer>;
}

export class AttributeShapes {
  readonly #starts = growableU32();
  readonly #keys = growableU32();
  readonly #types = growableU8();
  readonly #hashes = growableU32();
  /** Open addressing: shapes by hash. Its length is a power of two, at most half full. */
  #slots = new Int32Array(256).fill(EMPTY_SLOT);
  /** Of the open shape, whose entries stand after the last start. */
  #hash = 0;

  constructor() {
    this.#starts.push(0);
  }

  /** Describes one more entry of the open shape. */
  add(key: number, type: number): void {
    this.#keys.push(key);
    this.#types.push(type);
    this.#hash = Math.imul(this.#hash ^ (key * 8 + type), 0x9e3779b1) ^ (this.#hash >>> 15);
  }

  /** The number of the shape described; the next one is open. */
  close(): number {
    const hash = (this.#hash ^ (this.#hash >>> 16)) >>> 0;
    const slot = this.#slotOf(hash);
    const known = this.#slots[slot];
    if (known !== EMPTY_SLOT) {
      this.reset();
      return known;
    }
    this.#hash = 0;
    const shape = this.#hashes.length;
    this.#hashes.push(hash);
    this.#starts.push(this.#keys.length);
    this.#slots[slot] = shape;
    if (this.#hashes.length * 2 > this.#slots.length) this.#rehash();
    return shape;
  }

  /** Forgets what was described of the open shape. */
  reset(): void {
    this.#hash = 0;
    this.#keys.length = this.#types.length = this.#starts.values[this.#hashes.length];
  }

  clear(): void {
    this.#hashes.length = 0;
    this.#starts.length = 1;
    this.#slots.fill(EMPTY_SLOT);
    this.reset();
  }

  seal(): SealedShapes {
    return { shapeStarts: this.#starts.seal(), keys: this.#keys.seal(), types: this.#types.seal() };
  }

  /** Where the open shape is, or the free slot where it belongs. */
  #slotOf(hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let shape = this.#slots[slot]; shape !== EMPTY_SLOT; shape = this.#slots[slot]) {
      if (this.#hashes.values[shape] === hash && this.#isOpenShape(shape)) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #isOpenShape(shape: number): boolean {
    const starts = this.#starts.values;
    const keys = this.#keys.values;
    const types = this.#types.values;
    const open = starts[this.#hashes.length];
    const length = this.#keys.length - open;
    const from = starts[shape];
    if (starts[shape + 1] - from !== length) return false;
    for (let i = 0; i < length; i++) {
      if (keys[from + i] !== keys[open + i] || types[from + i] !== types[open + i]) return false;
    }
    return true;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(EMPTY_SLOT);
    const mask = slots.length - 1;
    for (let shape = 0; shape < this.#hashes.length; shape++) {
      let slot = this.#hashes.values[shape] & mask;
      while (slots[slot] !== EMPTY_SLOT) slot = (slot + 1) & mask;
      slots[slot] = shape;
    }
    this.#slots = slots;
  }
}
