/**
 * Numbers the shapes of attribute lists: their keys and types, of which rows mostly repeat a few. They are kept as a
 * tree: a shape is the way to a node, and where it goes on is mostly where it went on the last time.
 */
import { growableU32 } from './growable.ts';
import { PairNumbers } from './pair-numbers.ts';

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
  /** Of a node and its next entry, key × TYPES + type: the node that this leads to is the number of the pair + 1. */
  readonly #children = new PairNumbers();
  /** By node: entries up to it; the child that was gone to last, or ROOT; the number of its shape. */
  readonly #lengths = growableU32();
  readonly #lastChildren = growableU32();
  readonly #shapes = growableU32();
  /** By shape: its node. */
  readonly #nodes = growableU32();
  #node = ROOT;

  constructor() {
    this.#addNode(0);
  }

  /** Describes one more entry of the open shape. */
  add(key: number, type: number): void {
    const entry = key * TYPES + type;
    const last = this.#lastChildren.values[this.#node];
    if (last !== ROOT && this.#children.second(last - 1) === entry) this.#node = last;
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
    this.#children.clear();
    for (const column of [this.#lengths, this.#lastChildren, this.#shapes, this.#nodes]) column.length = 0;
    this.#addNode(0);
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
      for (let node = end; node !== ROOT; node = this.#children.first(node - 1)) {
        const entry = this.#children.second(node - 1);
        keys[--at] = Math.floor(entry / TYPES);
        types[at] = entry % TYPES;
      }
    });
    return { shapeStarts, keys, types };
  }

  /** From the node to its child with this entry, which may be new. */
  #goTo(entry: number): void {
    const parent = this.#node;
    this.#node = this.#children.numberOf(parent, entry) + 1;
    if (this.#node === this.#lengths.length) this.#addNode(this.#lengths.values[parent] + 1);
    this.#lastChildren.values[parent] = this.#node;
  }

  #addNode(length: number): void {
    this.#lengths.push(length);
    this.#lastChildren.push(ROOT);
    this.#shapes.push(NO_SHAPE);
  }
}
