import type { DataRange } from '../model/answers.ts';

/** Starts are two words a row (request-table.ts). From the first start to one ns after the last; null: no times. */
export function startRange(starts: Uint32Array, rows: Iterable<number>): DataRange | null {
  let first = -1;
  let last = -1;
  for (const row of rows) {
    if (starts[row * 2] === 0 && starts[row * 2 + 1] === 0) continue;
    if (first < 0 || compareStarts(starts, row, first) < 0) first = row;
    if (last < 0 || compareStarts(starts, row, last) > 0) last = row;
  }
  return first < 0 ? null : { from: startOf(starts, first), to: startOf(starts, last) + 1n };
}

function compareStarts(starts: Uint32Array, a: number, b: number): number {
  return starts[a * 2] - starts[b * 2] || starts[a * 2 + 1] - starts[b * 2 + 1];
}

function startOf(starts: Uint32Array, row: number): bigint {
  return (BigInt(starts[row * 2]) << 32n) | BigInt(starts[row * 2 + 1]);
}
