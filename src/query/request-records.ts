import { NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import { perDataset } from './per-dataset.ts';

/**
 * What going up the chains reads of each request, side by side in 16 bytes. The requests of a node lie far apart:
 * most of the time would go by waiting for the memory, once for each column. Whether it failed is not among it: that
 * depends on the rules, and its column is small enough to be at hand.
 */
export interface RequestRecords {
  /** 4 words a row: the caller's row or NO_CALLER; marks (endOf, callerServiceOf); the duration. */
  readonly words: Int32Array;
  /** The same memory as numbers: ns at 2 × row + 1. */
  readonly durations: Float64Array;
}

/** Words a row. */
export const RECORD_WORDS = 4;

const END_MASK = 3;
const SERVICE_SHIFT = 2;

/** 0 has a caller; else 1 + index in END_CODES. */
export function endOf(marks: number): number {
  return marks & END_MASK;
}

/** Number of the service that the caller is of; 0 where there is none. */
export function callerServiceOf(marks: number): number {
  return marks >>> SERVICE_SHIFT;
}

/** Made when first asked for: 10 ms for a million spans. */
export const recordsOf = perDataset(makeRecords);

function makeRecords({ count, caller, service, ends, durations: ns }: RequestTable): RequestRecords {
  const durations = new Float64Array(count * 2);
  const words = new Int32Array(durations.buffer);
  for (let row = 0; row < count; row++) {
    const above = caller[row];
    const callerService = above === NO_CALLER ? 0 : service[above];
    words[row * RECORD_WORDS] = above;
    words[row * RECORD_WORDS + 1] = (callerService << SERVICE_SHIFT) | ends[row];
    durations[row * 2 + 1] = ns[row];
  }
  return { words, durations };
}
