import { NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';

/**
 * What going up the chains reads of each request, side by side in 16 bytes. The requests of a node lie far apart:
 * most of the time would go by waiting for the memory, once for each column.
 */
export interface RequestRecords {
  /** 4 words a row: the caller's row or NO_CALLER; marks (isFailed, endOf, callerServiceOf); the duration. */
  readonly words: Int32Array;
  /** The same memory as numbers: ns at 2 × row + 1. */
  readonly durations: Float64Array;
}

/** Words a row. */
export const RECORD_WORDS = 4;

const END_SHIFT = 1;
const SERVICE_SHIFT = 3;

/** 1: failed. */
export function isFailed(marks: number): number {
  return marks & 1;
}

/** 0 has a caller; else 1 + index in END_CODES. */
export function endOf(marks: number): number {
  return (marks >> END_SHIFT) & 3;
}

/** Number of the service that the caller is of; 0 where there is none. */
export function callerServiceOf(marks: number): number {
  return marks >>> SERVICE_SHIFT;
}

/** By the column in which tables of one dataset differ when others rules decide. */
const known = new WeakMap<Uint8Array, RequestRecords>();

/** Made when first asked for: 10 ms for a million spans. */
export function recordsOf(table: RequestTable): RequestRecords {
  let records = known.get(table.failed);
  if (!records) known.set(table.failed, (records = makeRecords(table)));
  return records;
}

function makeRecords({ count, caller, service, failed, ends, durations: ns }: RequestTable): RequestRecords {
  const durations = new Float64Array(count * 2);
  const words = new Int32Array(durations.buffer);
  for (let row = 0; row < count; row++) {
    const above = caller[row];
    const callerService = above === NO_CALLER ? 0 : service[above];
    words[row * RECORD_WORDS] = above;
    words[row * RECORD_WORDS + 1] = (callerService << SERVICE_SHIFT) | (ends[row] << END_SHIFT) | failed[row];
    durations[row * 2 + 1] = ns[row];
  }
  return { words, durations };
}
