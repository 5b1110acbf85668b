/**
 * Columns of whole numbers: most hold small ones, and a byte that is not used for the first time, moved and written
 * saves far more than it costs to look.
 */

/** Below 2^32, in as few bytes as the largest needs, or in more. */
export type WholeNumbers = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

/** Numbers that are looked at before it is asked whether any needs four bytes. */
const LOOKED_AT = 4096;

/** Bytes of an element in the narrowest column that holds them all. */
export function bytesNeeded(numbers: Uint32Array): 1 | 2 | 4 {
  let bits = 0;
  for (let from = 0; from < numbers.length && bits >>> 16 === 0; from += LOOKED_AT) {
    const to = Math.min(numbers.length, from + LOOKED_AT);
    for (let i = from; i < to; i++) bits |= numbers[i];
  }
  if (bits >>> 16 !== 0) return 4;
  return bits <= 0xff ? 1 : 2;
}

/** The same numbers in the narrowest column that holds them, in an array of their own. */
export function narrowed(numbers: Uint32Array<ArrayBuffer>): WholeNumbers {
  const bytes = bytesNeeded(numbers);
  if (bytes === 4) return numbers.slice();
  return bytes === 1 ? new Uint8Array(numbers) : new Uint16Array(numbers);
}

/** As `map` of a wide column: that of a narrow one would cut what it gives. */
export function mapNumbers(
  numbers: WholeNumbers,
  give: (value: number, i: number) => number,
): Uint32Array<ArrayBuffer> {
  const given = new Uint32Array(numbers.length);
  for (let i = 0; i < given.length; i++) given[i] = give(numbers[i], i);
  return given;
}
