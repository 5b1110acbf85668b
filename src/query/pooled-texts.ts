import type { SealedTexts, TextPool } from '../columns/text-pool.ts';

const NOT_YET = -1;

/** Turns text numbers of a segment into those of a pool; each text is looked up once, when it is first met. */
export function pooledTexts(pool: TextPool, { bytes, ends }: SealedTexts): (text: number) => number {
  const known = new Int32Array(ends.length).fill(NOT_YET);
  known[0] = 0;
  return (text) => {
    if (known[text] === NOT_YET) known[text] = pool.intern(bytes, ends[text - 1], ends[text]);
    return known[text];
  };
}
