/** Attributes as scans read them: by shape (columns/segment.ts), of equal keys only the first. */
import type { AttributeColumns } from '../columns/segment.ts';
import type { WholeNumbers } from '../util/narrow-numbers.ts';

/** The value that row r has under keys[k], k of its shape, is values[starts[r] + offsets[k]]. */
export interface ShapedAttributes {
  /** By row: its shape, and where its values begin. */
  readonly shapes: WholeNumbers;
  readonly starts: WholeNumbers;
  /** Text numbers. */
  readonly values: WholeNumbers;
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

export function shapeAttributes({
  shapes,
  starts,
  values,
  shapeStarts,
  keys,
}: AttributeColumns): ShapedAttributes {
  const keyStarts = [0];
  const distinct: number[] = [];
  const offsets: number[] = [];
  /** By key: the shape that it was met in last. */
  const metIn = new Map<number, number>();
  for (let shape = 0; shape + 1 < shapeStarts.length; shape++) {
    for (let entry = shapeStarts[shape]; entry < shapeStarts[shape + 1]; entry++) {
      if (metIn.get(keys[entry]) === shape) continue;
      metIn.set(keys[entry], shape);
      distinct.push(keys[entry]);
      offsets.push(entry - shapeStarts[shape]);
    }
    keyStarts.push(distinct.length);
  }
  return {
    shapes,
    starts,
    values,
    keyStarts: Uint32Array.from(keyStarts),
    keys: Uint32Array.from(distinct),
    offsets: Uint32Array.from(offsets),
  };
}
