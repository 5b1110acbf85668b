import type { DataRange } from '../model/answers.ts';

/** High word of 1971-01-01: what starts before it and has a time at all is near the Unix epoch. */
const END_OF_1970 = Math.floor((365 * 86_400e9) / 2 ** 32);

/**
 * Starts are two words a row (request-table.ts). From the first start to one ns after the last; null: no times.
 * Starts near 1970 tell no date (a clock that was not set, a unit that was misread): they count only where there
 * are no others, so that a few of them do not stretch the range over decades.
 */
export function startRange(starts: Uint32Array, rows: Iterable<number>): DataRange | null {
  let first = -1;
  let last = -1;
  let firstLate = -1;
  for (const row of rows) {
    if (starts[row * 2] === 0 && starts[row * 2 + 1] === 0) continue;
    if (first < 0 || compareStarts(starts, row, first) < 0) first = row;
    if (last < 0 || compareStarts(starts, row, last) > 0) last = row;
    if (isNearEpoch(starts, row)) continue;
    if (firstLate < 0 || compareStarts(starts, row, firstLate) < 0) firstLate = row;
  }
  if (first < 0) return null;
  return { from: startOf(starts, firstLate < 0 ? first : firstLate), to: startOf(starts, last) + 1n };
}

/** Starts before 1971, and has a start. */
export function isNearEpoch(starts: Uint32Array, row: number): boolean {
  return starts[row * 2] < END_OF_1970 && (starts[row * 2] !== 0 || starts[row * 2 + 1] !== 0);
}

function compareStarts(starts: Uint32Array, a: number, b: number): number {
  return starts[a * 2] - starts[b * 2] || starts[a * 2 + 1] - starts[b * 2 + 1];
}

export function startOf(starts: Uint32Array, row: number): bigint {
  return (BigInt(starts[row * 2]) << 32n) | BigInt(starts[row * 2 + 1]);
}
