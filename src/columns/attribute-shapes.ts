/**
 * Numbers the shapes of attribute lists: their keys and types, of which rows mostly repeat a few. They are kept as a
 * tree: a shape is the way to a node, and where it goes on is mostly where it went on the last time.
 */
import { growableU32 } from './growable.ts';

const EMPTY_SLOT = -1;
/** The empty list. No node's child. */
const ROOT = 0;
/** No row has ended at the node. */
const NO_SHAPE = 0xffff_ffff;
/** Types are below. */
const TYPES = 8;

export interface SealedShapes {
  /** Entries of shape s: [shapeStarts[s], shapeStarts[s + 1]). */
  readonly shapeStarts: Uint32Array<ArrayBuffer>;
  /** Text numbers; a key may be there twice, then the first counts. */
  readonly keys: Uint32Array<ArrayBuffer>;
  /** model/sink.ts VALUE_…. */
  readonly types: Uint8Array<ArrayBuffer>;
}

export class AttributeShapes {
  /** By node: what its last entry is, key × TYPES + type; the node before that entry; entries up to it. */
  readonly #entries = growableU32();
  readonly #parents = growableU32();
  readonly #lengths = growableU32();
  /** By node: the child that was gone to last, or ROOT; the number of its shape. */
  readonly #lastChildren = growableU32();
  readonly #shapes = growableU32();
  /** By shape: its node. */
  readonly #nodes = growableU32();
  /** Open addressing: nodes by parent and entry. Its length is a power of two, at most half full. */
  #slots = new Int32Array(256).fill(EMPTY_SLOT);
  #node = ROOT;

  constructor() {
    this.#addNode(ROOT, 0, 0);
  }

  /** Describes one more entry of the open shape. */
  add(key: number, type: number): void {
    const entry = key * TYPES + type;
    const last = this.#lastChildren.values[this.#node];
    if (last !== ROOT && this.#entries.values[last] === entry) this.#node = last;
    else this.#goTo(entry);
  }

  /** The number of the shape described; the next one is open. */
  close(): number {
    const node = this.#node;
    this.#node = ROOT;
    const known = this.#shapes.values[node];
    if (known !== NO_SHAPE) return known;
    const shape = this.#nodes.length;
    this.#nodes.push(node);
    this.#shapes.values[node] = shape;
    return shape;
  }

  /** Forgets what was described of the open shape. */
  reset(): void {
    this.#node = ROOT;
  }

  clear(): void {
    for (const column of [
      this.#entries,
      this.#parents,
      this.#lengths,
      this.#lastChildren,
      this.#shapes,
      this.#nodes,
    ]) {
      column.length = 0;
    }
    this.#slots.fill(EMPTY_SLOT);
    this.#addNode(ROOT, 0, 0);
    this.reset();
  }

  seal(): SealedShapes {
    const shapes = this.#nodes.view();
    const shapeStarts = new Uint32Array(shapes.length + 1);
    shapes.forEach(
      (node, shape) => (shapeStarts[shape + 1] = shapeStarts[shape] + this.#lengths.values[node]),
    );
    const keys = new Uint32Array(shapeStarts[shapes.length]);
    const types = new Uint8Array(keys.length);
    shapes.forEach((end, shape) => {
      let at = shapeStarts[shape + 1];
      for (let node = end; node !== ROOT; node = this.#parents.values[node]) {
        const entry = this.#entries.values[node];
        keys[--at] = Math.floor(entry / TYPES);
        types[at] = entry % TYPES;
      }
    });
    return { shapeStarts, keys, types };
  }

  /** From the node to its child with this entry, which may be new. */
  #goTo(entry: number): void {
    const parent = this.#node;
    const slot = this.#slotOf(parent, entry);
    if (this.#slots[slot] === EMPTY_SLOT) {
      this.#slots[slot] = this.#addNode(parent, entry, this.#lengths.values[parent] + 1);
      if (this.#entries.length * 2 > this.#slots.length) this.#rehash();
      this.#node = this.#entries.length - 1;
    } else this.#node = this.#slots[slot];
    this.#lastChildren.values[parent] = this.#node;
  }

  #addNode(parent: number, entry: number, length: number): number {
    this.#parents.push(parent);
    this.#entries.push(entry);
    this.#lengths.push(length);
    this.#lastChildren.push(ROOT);
    this.#shapes.push(NO_SHAPE);
    return this.#entries.length - 1;
  }

  /** Where the child is, or the free slot where it belongs. */
  #slotOf(parent: number, entry: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(parent ^ Math.imul(entry, 0x9e3779b1), 0x85ebca6b);
    hash ^= hash >>> 15;
    let slot = hash & mask;
    for (let node = this.#slots[slot]; node !== EMPTY_SLOT; node = this.#slots[slot]) {
      if (this.#entries.values[node] === entry && this.#parents.values[node] === parent) break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(EMPTY_SLOT);
    for (let node = ROOT + 1; node < this.#entries.length; node++) {
      this.#slots[this.#slotOf(this.#parents.values[node], this.#entries.values[node])] = node;
    }
  }
}
