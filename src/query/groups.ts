import type { RequestTable } from '../assembly/request-table.ts';
import type { EndpointRow, ReasonRow } from '../model/answers.ts';
import { compareText } from '../util/compare-text.ts';
import { countOf, failedOf, timesOf } from './extrapolation.ts';

/** Positions in `rows` by the number that `column` gives their row. */
export function positionsBy(rows: Uint32Array, column: Uint32Array): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  rows.forEach((row, position) => {
    const group = groups.get(column[row]);
    if (group) group.push(position);
    else groups.set(column[row], [position]);
  });
  return groups;
}

/** Requests by endpoint, most first, then by name. */
export function endpointsOf(table: RequestTable, rows: Uint32Array): EndpointRow[] {
  const groups = positionsBy(rows, table.endpoint);
  const endpoints = [...groups].map(([endpoint, positions]): EndpointRow => {
    const members = Uint32Array.from(positions, (position) => rows[position]);
    return {
      name: table.texts[endpoint],
      requests: countOf(table, members),
      failedRequests: failedOf(table, members),
      responseTime: timesOf(table, members),
    };
  });
  return endpoints.sort((a, b) => b.requests - a.requests || compareText(a.name, b.name));
}

/** Failed requests by reason, most first, then by text (SEMANTICS §7). */
export function reasonsOf(table: RequestTable, rows: Uint32Array): ReasonRow[] {
  const counts = new Map<number, number>();
  for (const row of rows) {
    if (!table.failed[row]) continue;
    const weight = table.weights?.[row] ?? 1;
    counts.set(table.reason[row], (counts.get(table.reason[row]) ?? 0) + weight);
  }
  const reasons = [...counts].map(([reason, failedRequests]) => ({
    reason: table.texts[reason],
    failedRequests,
  }));
  return reasons.sort((a, b) => b.failedRequests - a.failedRequests || compareText(a.reason, b.reason));
}
