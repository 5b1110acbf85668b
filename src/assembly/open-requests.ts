import { KIND_CLIENT, KIND_CONSUMER, KIND_PRODUCER, KIND_SERVER } from '../model/span.ts';
import { NONE } from './span-table.ts';
import type { SpanTable } from './span-table.ts';
import type { SpanTree } from './span-tree.ts';

/** Which spans open requests, and of which request every span is part (SEMANTICS §3). */
export interface OpenedRequests {
  /** Opening span of each request, in canonical order. */
  readonly openings: Uint32Array;
  /** Request of each primary row. */
  readonly requestOf: Int32Array;
  /**
   * The span above each opening span that called it: its parent, else its link; NONE where the
   * chain ends. An application has no caller, whatever parent its spans name (§5).
   */
  readonly callerSpan: Int32Array;
}

/** `isApplication` by service number. */
export function openRequests(
  table: SpanTable,
  tree: SpanTree,
  isApplication: (service: number) => boolean,
): OpenedRequests {
  const requestOf = new Int32Array(table.count).fill(NONE);
  const openings = new Uint32Array(tree.order.length);
  let count = 0;
  for (let row = 0; row < table.count; row++) {
    if (table.primary[row] && opens(table, row, tree.parent[row])) {
      requestOf[row] = count;
      openings[count++] = row;
    }
  }
  for (const row of tree.order) {
    if (requestOf[row] === NONE) requestOf[row] = requestOf[tree.parent[row]];
  }
  const callerSpan = new Int32Array(count);
  for (let request = 0; request < count; request++) {
    const row = openings[request];
    const above = tree.parent[row] === NONE ? (tree.linked.get(row) ?? NONE) : tree.parent[row];
    callerSpan[request] = isApplication(table.service(row)) ? NONE : above;
  }
  return { openings: openings.slice(0, count), requestOf, callerSpan };
}

function opens(table: SpanTable, row: number, parent: number): boolean {
  if (parent === NONE || table.service(parent) !== table.service(row)) return true;
  const kind = table.kinds[row];
  if (kind !== KIND_SERVER && kind !== KIND_CONSUMER) return false;
  return table.kinds[parent] === KIND_CLIENT || table.kinds[parent] === KIND_PRODUCER;
}
