/** 32-bit words as hex digits and back. */

/** `count` big-endian words from `at` on, 8 lower-case digits each. */
export function hexOfWords(words: Uint32Array, at: number, count: number): string {
  let hex = '';
  for (let i = at; i < at + count; i++) hex += words[i].toString(16).padStart(8, '0');
  return hex;
}

/** Words of a hex text of 8 digits a word. */
export function wordsOfHex(hex: string): Uint32Array {
  return Uint32Array.from({ length: hex.length / 8 }, (_, i) =>
    Number.parseInt(hex.slice(i * 8, i * 8 + 8), 16),
  );
}
