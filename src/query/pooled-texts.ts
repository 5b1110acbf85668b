import type { SealedTexts, TextPool } from '../columns/text-pool.ts';
import { scratch } from '../util/scratch.ts';

const NOT_YET = -1;

const numbersInPool = scratch((length) => new Int32Array(length));

/**
 * Turns text numbers of a segment into those of a pool; each text is looked up once, when it is first met. Until it is
 * called for the next segment or pool.
 */
export function pooledTexts(pool: TextPool, { bytes, ends }: SealedTexts): (text: number) => number {
  const known = numbersInPool(ends.length).fill(NOT_YET);
  known[0] = 0;
  return (text) => {
    if (known[text] === NOT_YET) known[text] = pool.intern(bytes, ends[text - 1], ends[text]);
    return known[text];
  };
}
