import type { WholeNumbers } from './narrow-numbers.ts';

/** The values of both lists, which ascend. */
export function sharedValues(a: Uint32Array, b: Uint32Array): Uint32Array {
  const shared = new Uint32Array(Math.min(a.length, b.length));
  let count = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) shared[count++] = a[i];
    const difference = a[i] - b[j];
    if (difference <= 0) i++;
    if (difference >= 0) j++;
  }
  return shared.subarray(0, count);
}

/** Place of the first that is not below the value, among the first `count` of an ascending list; `count`: none. */
export function firstNotBelow(list: Uint32Array | WholeNumbers, value: number, count = list.length): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
