import type { OpenedRequests } from './open-requests.ts';
import type { SpanTable } from './span-table.ts';

/**
 * Numbers the distinct users (or sessions) of the requests that end chains, from 1; 0: none known.
 * The id is looked for on the opening span, then on the request's other spans, then on its resource.
 */
export function countIds(
  field: 'userId' | 'sessionId',
  table: SpanTable,
  opened: OpenedRequests,
  ends: Uint8Array,
): Uint32Array<ArrayBuffer> {
  const ids = new Uint32Array(ends.length);
  const numbers = new Map<number, number>();
  const take = (request: number, value: number): void => {
    if (value === 0 || ids[request] !== 0) return;
    if (!numbers.has(value)) numbers.set(value, numbers.size + 1);
    ids[request] = numbers.get(value) ?? 0;
  };
  opened.openings.forEach((span, request) => {
    if (ends[request]) take(request, table.value(span, field));
  });
  for (let row = 0; row < table.count; row++) {
    const request = opened.requestOf[row];
    if (table.primary[row] && ends[request] && ids[request] === 0) take(request, table.value(row, field));
  }
  opened.openings.forEach((span, request) => {
    if (ends[request]) take(request, table.resourceValue(span, field));
  });
  return ids;
}
