/** What assembly reads of attributes, worked out once per shape (columns/segment.ts) instead of once per row. */
import type { SealedShapes } from '../columns/attribute-shapes.ts';
import { decodeText, type SealedTexts } from '../columns/text-pool.ts';
import { codeOfKey, marksOfKey, NO_CODE } from './key-codes.ts';

export interface ShapeFacts {
  /** Entries of shape s that the analysis reads: [entryStarts[s], entryStarts[s + 1]). */
  readonly entryStarts: Uint32Array;
  /** By entry: which of the row's values it is, and the code of its key (key-codes.ts). */
  readonly offsets: Uint32Array;
  readonly codes: Uint8Array;
  /** By shape: bits of PREFIX_MARKS. */
  readonly marks: Uint8Array;
}

export function shapeFacts({ shapeStarts, keys }: SealedShapes, texts: SealedTexts): ShapeFacts {
  const meaningOf = keyMeanings(texts);
  const entryStarts = new Uint32Array(shapeStarts.length);
  const marks = new Uint8Array(shapeStarts.length - 1);
  const offsets: number[] = [];
  const codes: number[] = [];
  for (let shape = 0; shape < marks.length; shape++) {
    for (let entry = shapeStarts[shape]; entry < shapeStarts[shape + 1]; entry++) {
      const meaning = meaningOf(keys[entry]);
      marks[shape] |= meaning.marks;
      if (meaning.code === NO_CODE) continue;
      offsets.push(entry - shapeStarts[shape]);
      codes.push(meaning.code);
    }
    entryStarts[shape + 1] = codes.length;
  }
  return { entryStarts, offsets: Uint32Array.from(offsets), codes: Uint8Array.from(codes), marks };
}

/** No such key in the shape. */
export const NO_OFFSET = -1;

/** By shape: which of a row's values is the first under this key (a text number; NO_TEXT: under none). */
export function offsetsOf(key: number, { shapeStarts, keys }: SealedShapes): Int32Array {
  return Int32Array.from({ length: shapeStarts.length - 1 }, (_, shape) =>
    keys.subarray(shapeStarts[shape], shapeStarts[shape + 1]).indexOf(key),
  );
}

function keyMeanings(texts: SealedTexts): (key: number) => { code: number; marks: number } {
  const known = new Map<number, { code: number; marks: number }>();
  return (key) => {
    let meaning = known.get(key);
    if (!meaning) {
      const text = decodeText(texts, key);
      known.set(key, (meaning = { code: codeOfKey(text), marks: marksOfKey(text) }));
    }
    return meaning;
  };
}
