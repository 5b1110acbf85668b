import type { RequestTable } from '../assembly/request-table.ts';
import { isInferred } from '../model/service.ts';
import type { SpanForest } from './span-forest.ts';

/** Gives the rows of the spans that are part of a request, of these requests; an inferred one has the span that stands for it. */
export function spansByRequest(
  table: RequestTable,
  forest: SpanForest,
  requests: Uint32Array,
): (request: number) => readonly number[] {
  const spansOf = new Map<number, number[]>();
  for (const request of requests) {
    const isTraced = !isInferred(table.services[table.service[request]].type);
    spansOf.set(request, isTraced ? [] : [forest.rowOf(table.span[request])]);
  }
  // No span is part of an inferred request.
  for (const row of forest.tree.order) spansOf.get(forest.requestOf[row])?.push(row);
  return (request) => spansOf.get(request) ?? [];
}
