import type { RequestTable } from '../assembly/request-table.ts';
import { startRange } from '../assembly/starts.ts';
import type { DataRange, Timeframe } from '../model/answers.ts';

/** The timeframe with its open sides closed by the starts of all requests; null: nothing to draw. */
export function closedTimeframe(table: RequestTable, { from, to }: Timeframe): DataRange | null {
  const range = from === null || to === null ? startRange(table.starts, table.service.keys()) : null;
  const closed = { from: from ?? range?.from ?? 0n, to: to ?? range?.to ?? 0n };
  return closed.to > closed.from ? closed : null;
}
