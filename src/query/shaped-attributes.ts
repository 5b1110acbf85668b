/** Attributes of rows by their shape: the list of their keys, of which rows mostly repeat a few. */
import type { AttributeColumns } from '../columns/segment.ts';

const EMPTY_SLOT = -1;

/** The value that row r has under keys[k], k of its shape, is values[starts[r] + offsets[k]]. Of equal keys the first counts. */
export interface ShapedAttributes {
  /** By row: its shape, and where its values begin. */
  readonly shapes: Uint32Array;
  readonly starts: Uint32Array;
  /** Text numbers. */
  readonly values: Uint32Array;
  /** Keys of shape s: [keyStarts[s], keyStarts[s + 1]). */
  readonly keyStarts: Uint32Array;
  /** Text numbers, each once in a shape. */
  readonly keys: Uint32Array;
  readonly offsets: Uint32Array;
}

export function forEachAttribute(
  { shapes, starts, values, keyStarts, keys, offsets }: ShapedAttributes,
  row: number,
  use: (key: number, value: number) => void,
): void {
  const shape = shapes[row];
  for (let i = keyStarts[shape]; i < keyStarts[shape + 1]; i++)
    use(keys[i], values[starts[row] + offsets[i]]);
}

export function shapeAttributes({ starts, keys, values }: AttributeColumns): ShapedAttributes {
  const shapes = new Uint32Array(starts.length - 1);
  /** By shape: the first row that has it. */
  const examples: number[] = [];
  /** Open addressing: shape numbers by hash. Its length is a power of two, at most half full. */
  let slots = new Int32Array(256).fill(EMPTY_SLOT);
  const slotOf = (row: number): number => {
    const mask = slots.length - 1;
    let slot = hashOf(keys, starts[row], starts[row + 1]) & mask;
    while (slots[slot] !== EMPTY_SLOT && !hasSameKeys(keys, starts, examples[slots[slot]], row)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  };
  for (let row = 0; row < shapes.length; row++) {
    const slot = slotOf(row);
    if (slots[slot] !== EMPTY_SLOT) {
      shapes[row] = slots[slot];
      continue;
    }
    shapes[row] = slots[slot] = examples.push(row) - 1;
    if (examples.length * 2 < slots.length) continue;
    slots = new Int32Array(slots.length * 2).fill(EMPTY_SLOT);
    examples.forEach((example, shape) => (slots[slotOf(example)] = shape));
  }
  return { shapes, starts, values, ...keysOf(keys, starts, examples) };
}

function hashOf(keys: Uint32Array, from: number, to: number): number {
  let hash = to - from;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ keys[i], 0x9e3779b1) ^ (hash >>> 15);
  return hash ^ (hash >>> 16);
}

function hasSameKeys(keys: Uint32Array, starts: Uint32Array, a: number, b: number): boolean {
  const length = starts[a + 1] - starts[a];
  if (starts[b + 1] - starts[b] !== length) return false;
  for (let i = 0; i < length; i++) if (keys[starts[a] + i] !== keys[starts[b] + i]) return false;
  return true;
}

function keysOf(
  keys: Uint32Array,
  starts: Uint32Array,
  examples: readonly number[],
): Pick<ShapedAttributes, 'keyStarts' | 'keys' | 'offsets'> {
  const keyStarts = [0];
  const distinct: number[] = [];
  const offsets: number[] = [];
  /** By key: the shape that it was met in last. */
  const metIn = new Map<number, number>();
  examples.forEach((row, shape) => {
    for (let i = starts[row]; i < starts[row + 1]; i++) {
      if (metIn.get(keys[i]) === shape) continue;
      metIn.set(keys[i], shape);
      distinct.push(keys[i]);
      offsets.push(i - starts[row]);
    }
    keyStarts.push(distinct.length);
  });
  return {
    keyStarts: Uint32Array.from(keyStarts),
    keys: Uint32Array.from(distinct),
    offsets: Uint32Array.from(offsets),
  };
}
