import type { AttributeColumns } from '../columns/segment.ts';
import type { SealedTexts } from '../columns/text-pool.ts';
import type { FactSets } from './fact-sets.ts';
import { shapeFacts } from './shape-facts.ts';

/** Numbers in `sets`, by row. `translate` gives dataset text numbers. */
export function factSetsOf(
  { shapes, starts, values, ...sealed }: AttributeColumns,
  texts: SealedTexts,
  translate: (text: number) => number,
  sets: FactSets,
): Uint32Array<ArrayBuffer> {
  const { entryStarts, offsets, codes, marks } = shapeFacts(sealed, texts);
  const numbers = new Uint32Array(shapes.length);
  for (let row = 0; row < shapes.length; row++) {
    const shape = shapes[row];
    for (let i = entryStarts[shape]; i < entryStarts[shape + 1]; i++) {
      sets.add(codes[i], translate(values[starts[row] + offsets[i]]));
    }
    numbers[row] = sets.close(marks[shape]);
  }
  return numbers;
}
