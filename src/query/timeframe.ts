import type { RequestTable } from '../assembly/request-table.ts';
import { startRange } from '../assembly/starts.ts';
import type { DataRange, Timeframe } from '../model/answers.ts';
import { perDataset } from './per-dataset.ts';

/** Of the starts of all requests. */
export const wholeRange = perDataset(({ starts, service }) => startRange(starts, service.keys()));

/** The timeframe with its open sides closed by the starts of all requests; null: nothing to draw. */
export function closedTimeframe(table: RequestTable, { from, to }: Timeframe): DataRange | null {
  const range = from === null || to === null ? wholeRange(table) : null;
  const closed = { from: from ?? range?.from ?? 0n, to: to ?? range?.to ?? 0n };
  return closed.to > closed.from ? closed : null;
}
