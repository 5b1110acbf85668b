import { scratch } from './scratch.ts';

/** A digit is of so many: as many as leave the counts of a pass in the nearest cache. */
const DIGITS = 2048;
/** Fewer are left to the engine's sort: a pass costs as much for a few as for some hundred. */
const FEW = 1000;

const spareNumbers = scratch((length) => new Float64Array(length));
const digitsOf = scratch((length) => new Uint16Array(length));
const places = new Uint32Array(DIGITS + 1);

/**
 * Sorts numbers that are not negative ascending, in place. Many whole numbers are sorted from the least significant
 * digit on (Knuth, The Art of Computer Programming 3, 5.2.5), three times faster than by the engine's comparisons.
 */
export function sortNonNegative(values: Float64Array): Float64Array {
  if (values.length < FEW) return values.sort();
  const most = greatestOfWhole(values);
  if (most === null) return values.sort();
  let from: Float64Array = values;
  let to: Float64Array = spareNumbers(values.length);
  const digits = digitsOf(values.length);
  for (let unit = 1; unit <= most; unit *= DIGITS) {
    readDigits(from, unit, digits);
    // Numbers of microseconds, in nanoseconds, have their last digits in common.
    if (places[digits[0] + 1] === digits.length) continue;
    for (let digit = 1; digit < places.length; digit++) places[digit] += places[digit - 1];
    for (let i = 0; i < digits.length; i++) to[places[digits[i]]++] = from[i];
    [from, to] = [to, from];
  }
  if (from !== values) values.set(from);
  return values;
}

/** null: not all are whole numbers of which each is exact. */
function greatestOfWhole(values: Float64Array): number | null {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    if (values[i] !== Math.floor(values[i])) return null;
    if (values[i] > most) most = values[i];
  }
  return most > Number.MAX_SAFE_INTEGER ? null : most;
}

/** The digit of that unit of each, and how many there are of each digit, one place further. */
function readDigits(values: Float64Array, unit: number, digits: Uint16Array): void {
  places.fill(0);
  const perUnit = 1 / unit;
  for (let i = 0; i < digits.length; i++) {
    const digit = (values[i] * perUnit) & (DIGITS - 1);
    digits[i] = digit;
    places[digit + 1]++;
  }
}
