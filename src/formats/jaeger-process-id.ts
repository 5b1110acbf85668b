/** The names of Jaeger's processes, by which its spans say what they belong to. */
import { latin1, ZERO } from '../util/bytes.ts';
import type { TextCursor } from './text-cache.ts';

/** Of most writers p1, p2, …: those are known by their number, others by their text. */
export type ProcessId = number | string;

const LONGEST_ID = 200;
const LETTER_P = 0x70;
const MOST_DIGITS = 6;

/** The text that the cursor read last. */
export function processIdOf({ text, from, to }: TextCursor): ProcessId {
  let number = 0;
  if (text[from] === LETTER_P && text[from + 1] !== ZERO && to - from <= 1 + MOST_DIGITS) {
    for (let i = from + 1; i < to && number >= 0; i++) {
      const digit = text[i] - ZERO;
      number = digit >= 0 && digit <= 9 ? number * 10 + digit : -1;
    }
  }
  return number > 0 ? number : latin1(text, from, Math.min(to, from + LONGEST_ID));
}
