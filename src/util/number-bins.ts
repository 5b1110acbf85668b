/**
 * Bins of numbers that are not negative: the exponent and the first five bits of the mantissa. Each is at most a 32nd
 * of its values wide, and they are in the order of their values.
 */
export const BINS = 2 ** 16;
const SHIFT = 15;
/** All but the sign, which zero may have, and what is no number. */
const UNSIGNED = 0x7fff_ffff;

/** By place, after each other: two words, of which the second tells the bin. The low one comes first wherever browsers run. */
export function wordsOf(values: Float64Array): Uint32Array {
  return new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
}

/** Of the number at a place, given by its words. */
export function binAt(words: Uint32Array, place: number): number {
  return (words[place * 2 + 1] & UNSIGNED) >>> SHIFT;
}

/** The least number of a bin. */
export function leastOf(bin: number): number {
  return new Float64Array(Uint32Array.of(0, bin << SHIFT).buffer)[0];
}
