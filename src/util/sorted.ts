/** Place of the first that is not below the value, among the first `count` of an ascending list; `count`: none. */
export function firstNotBelow(list: Uint32Array, value: number, count = list.length): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
