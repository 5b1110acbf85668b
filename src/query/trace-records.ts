import type { RequestTable } from '../assembly/request-table.ts';
import { hexOfWords, wordsOfHex } from '../util/hex.ts';
import { invertColumn } from '../util/inverted-column.ts';
import { perDataset } from './per-dataset.ts';

/** No such trace. */
export const UNKNOWN_TRACE = -1;

/** Number of a trace: by its id of 32 hex digits, or by its lower half, where the data has only that. */
export function traceNumber({ traceIds, recordTrace }: RequestTable, id: string): number {
  if (!/^[0-9a-f]{32}$/.test(id)) return UNKNOWN_TRACE;
  const [a, b, c, d] = wordsOfHex(id);
  for (let number = 0, at = 0; at < traceIds.length; number++, at += 4) {
    if (traceIds[at + 3] !== d || traceIds[at + 2] !== c || traceIds[at + 1] !== b || traceIds[at] !== a)
      continue;
    // A short id that was joined to a full one has no records of its own.
    return recordTrace.includes(number) ? number : UNKNOWN_TRACE;
  }
  return UNKNOWN_TRACE;
}

export function traceIdOf({ traceIds, recordTrace }: RequestTable, record: number): string {
  return hexOfWords(traceIds, recordTrace[record] * 4, 4);
}

/** Ids that a link names the request by: its trace, and the span that stands for it. */
export function requestIds(table: RequestTable, row: number): { traceId: string; spanId: string } {
  return { traceId: traceIdOf(table, table.span[row]), spanId: hexOfWords(table.spanIds, row * 2, 2) };
}

/** The column `recordTrace` inverted: by trace its records. */
export const recordsByTrace = perDataset(({ recordTrace, traceIds }: RequestTable) =>
  invertColumn(recordTrace, traceIds.length / 4),
);

/** Records of the marked traces, ascending. */
export function recordsOfTraces(table: RequestTable, marked: Uint8Array): Uint32Array {
  const { first, rows: records } = recordsByTrace(table);
  let count = 0;
  marked.forEach((mark, trace) => (count += mark && first[trace + 1] - first[trace]));
  const picked = new Uint32Array(count);
  let at = 0;
  marked.forEach((mark, trace) => {
    if (!mark) return;
    picked.set(records.subarray(first[trace], first[trace + 1]), at);
    at += first[trace + 1] - first[trace];
  });
  return picked.sort();
}
