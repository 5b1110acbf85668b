/** Decimal text → unsigned 64-bit integers, exactly: instants in ns do not fit a double. */
import { MINUS, NINE, ZERO } from './bytes.ts';

const TWO_16 = 65_536;
const TWO_32 = 4_294_967_296;
const TEN_5 = 100_000;
const TEN_9 = 1_000_000_000;
const PLUS = 0x2b;
const DOT = 0x2e;
const UPPER_E = 0x45;
/** More digits than any number that fits: what follows only matters for the power of ten. */
const DIGITS_KEPT = 40;
const MICROS_DIGITS = 16;
/** Of 10^9 ns. */
const MICROS_OF_TEN_9 = 1_000_000;

/** The number read last: `negative`, and its absolute value in two 32-bit words. */
export class Decimal {
  hi = 0;
  lo = 0;
  negative = false;

  readonly #digits = new Uint8Array(DIGITS_KEPT);

  /**
   * Reads bytes [from, to), a JSON number or a string of digits, times 10^shift, cut to an integer.
   * False: not a number, or its absolute value needs more than 64 bits.
   */
  read(bytes: Uint8Array, from: number, to: number, shift = 0): boolean {
    if (to - from === 19 && shift === 0 && this.readDigits(bytes, from, 19)) return true;
    if (shift === 3 && this.readMicros(bytes, from) === to) return true;
    this.negative = bytes[from] === MINUS;
    const start = this.negative || bytes[from] === PLUS ? from + 1 : from;
    return start < to && this.#readScientific(bytes, start, to, shift);
  }

  /** Fast path: `count` (10 to 19) digits and nothing else. */
  readDigits(bytes: Uint8Array, from: number, count: number): boolean {
    // At most nine digits at a time stay small integers; ten would make every step one of doubles.
    const low = from + count - 9;
    const middle = Math.max(from, low - 5);
    const first = smallNumber(bytes, from, middle);
    const second = smallNumber(bytes, middle, low);
    const third = smallNumber(bytes, low, low + 9);
    if ((first | second | third) < 0) return false;
    this.negative = false;
    this.#combine(first * TEN_5 + second, third);
    return true;
  }

  /** Fast path: the digits that begin at `from`, times 1000; where they end. 0: none, or too many. */
  readMicros(bytes: Uint8Array, from: number): number {
    let at = from;
    let first = 0;
    // At most nine digits at a time stay small integers.
    for (const end = from + 9; at < end && isDigit(bytes[at]); at++) first = first * 10 + (bytes[at] - ZERO);
    let second = 0;
    let scale = 1;
    for (const end = from + MICROS_DIGITS; at < end && isDigit(bytes[at]); at++) {
      second = second * 10 + (bytes[at] - ZERO);
      scale *= 10;
    }
    const micros = first * scale + second;
    if (at === from || isDigit(bytes[at]) || micros > Number.MAX_SAFE_INTEGER) return 0;
    const high = Math.floor(micros / MICROS_OF_TEN_9);
    this.negative = false;
    this.#combine(high, (micros - high * MICROS_OF_TEN_9) * 1000);
    return at;
  }

  /** The value as a double, sign included. */
  toNumber(): number {
    const size = this.hi * TWO_32 + this.lo;
    return this.negative ? -size : size;
  }

  /** high × 10^9 + low; high below 2^37. What is left over is subtracted: the remainder of doubles is slow. */
  #combine(high: number, low: number): void {
    const highUpper = Math.floor(high / TWO_16);
    const upper = highUpper * TEN_9;
    const lower = (high - highUpper * TWO_16) * TEN_9 + low;
    const upperUpper = Math.floor(upper / TWO_16);
    const rest = (upper - upperUpper * TWO_16) * TWO_16 + lower;
    this.lo = rest >>> 0;
    this.hi = upperUpper + Math.floor(rest / TWO_32);
  }

  #readScientific(bytes: Uint8Array, from: number, to: number, shift: number): boolean {
    let count = 0;
    let power = shift;
    let dotSeen = false;
    let digitSeen = false;
    let i = from;
    for (; i < to; i++) {
      const c = bytes[i];
      if (isDigit(c)) {
        digitSeen = true;
        if (count < DIGITS_KEPT && (count > 0 || c !== ZERO)) this.#digits[count++] = c - ZERO;
        else if (count > 0) power++;
        if (dotSeen) power--;
      } else if (c === DOT && !dotSeen) dotSeen = true;
      else break;
    }
    if (!digitSeen) return false;
    if (i < to) {
      const exponent = readExponent(bytes, i, to);
      if (Number.isNaN(exponent)) return false;
      power += exponent;
    }
    return this.#scale(count, power);
  }

  /** The first `count` digits × 10^power. */
  #scale(count: number, power: number): boolean {
    const length = count === 0 ? 0 : Math.max(0, count + power);
    if (length > 20) return false;
    let high = 0;
    let low = 0;
    for (let i = 0; i < length; i++) {
      const digit = i < count ? this.#digits[i] : 0;
      if (i < length - 9) high = high * 10 + digit;
      else low = low * 10 + digit;
    }
    // 18446744073709551615 is the largest.
    if (high > 18_446_744_073 || (high === 18_446_744_073 && low > 709_551_615)) return false;
    this.#combine(high, low);
    return true;
  }
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}

/** At most nine digits; −1: one of the bytes is none. */
function smallNumber(bytes: Uint8Array, from: number, to: number): number {
  let number = 0;
  for (let i = from; i < to; i++) {
    const digit = bytes[i] - ZERO;
    if (digit >>> 0 > 9) return -1;
    number = (Math.imul(number, 10) + digit) | 0;
  }
  return number;
}

function readExponent(bytes: Uint8Array, at: number, to: number): number {
  if ((bytes[at] & 0xdf) !== UPPER_E) return NaN;
  let i = at + 1;
  const negative = bytes[i] === MINUS;
  if (negative || bytes[i] === PLUS) i++;
  if (i >= to || to - i > 4) return NaN;
  let exponent = 0;
  for (; i < to; i++) {
    if (!isDigit(bytes[i])) return NaN;
    exponent = exponent * 10 + bytes[i] - ZERO;
  }
  return negative ? -exponent : exponent;
}
