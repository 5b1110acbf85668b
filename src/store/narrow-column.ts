/** Columns of numbers are stored in as few bytes as the largest needs (util/narrow-numbers.ts). */
import { bytesNeeded } from '../util/narrow-numbers.ts';
import type { TypedArray } from './pieces.ts';

/** The same numbers in the narrowest column that holds them: the array itself, or another. */
export function narrowColumn(array: TypedArray): TypedArray {
  const bytes = narrowBytes(array);
  if (bytes === array.BYTES_PER_ELEMENT) return array;
  if (array instanceof Uint32Array) return bytes === 1 ? new Uint8Array(array) : new Uint16Array(array);
  if (array instanceof Int32Array) return bytes === 1 ? new Int8Array(array) : new Int16Array(array);
  return array;
}

/** Bytes of an element in the narrowest column that holds them all. */
export function narrowBytes(array: TypedArray): number {
  if (array instanceof Uint32Array) return bytesNeeded(array);
  if (array instanceof Int32Array) {
    const bits = signedBitsOf(array);
    return bits <= 0x7f ? 1 : bits <= 0x7fff ? 2 : 4;
  }
  return array.BYTES_PER_ELEMENT;
}

/** All bits that any of the numbers sets, but for the sign: −1 sets none, −128 as many as 127. */
function signedBitsOf(array: Int32Array): number {
  let bits = 0;
  for (let i = 0; i < array.length && bits <= 0x7fff; i++) bits |= array[i] ^ (array[i] >> 31);
  return bits;
}
