/**
 * Most columns of numbers hold small ones: they are stored in as few bytes as the largest needs. A byte that is not
 * copied to the browser, written and read again saves far more than it costs to look.
 */
import type { TypedArray } from './pieces.ts';

/** The same numbers in the narrowest column that holds them: the array itself, or another. */
export function narrowColumn(array: TypedArray): TypedArray {
  if (array instanceof Uint32Array) {
    const bits = bitsOf(array);
    if (bits <= 0xff) return new Uint8Array(array);
    return bits <= 0xffff ? new Uint16Array(array) : array;
  }
  if (array instanceof Int32Array) {
    const bits = signedBitsOf(array);
    if (bits <= 0x7f) return new Int8Array(array);
    return bits <= 0x7fff ? new Int16Array(array) : array;
  }
  return array;
}

/** All bits that any of the numbers sets; once one needs more than 16, no more are looked at. */
function bitsOf(array: Uint32Array): number {
  let bits = 0;
  for (let i = 0; i < array.length && bits <= 0xffff; i++) bits = (bits | array[i]) >>> 0;
  return bits;
}

/** As bitsOf, but for the sign: −1 sets none, −128 as many as 127. */
function signedBitsOf(array: Int32Array): number {
  let bits = 0;
  for (let i = 0; i < array.length && bits <= 0x7fff; i++) bits |= array[i] ^ (array[i] >> 31);
  return bits;
}
