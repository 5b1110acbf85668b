import { NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { ChainPath, Target } from '../model/answers.ts';
import type { NamedServices } from '../model/service.ts';
import { chainsCalledThrough } from './chain-filter.ts';

/** A chain does not come through the place. */
export const NOT_THERE = -1;

/** Whose requests are at a node; the target's own first in `path`. */
export function servicesAt({ service, others = [] }: Target, path: ChainPath = []): NamedServices {
  if (path.length > 1) return { service: path[path.length - 1] };
  return { service, ...(others.length > 0 && { others }) };
}

/** Row of the request at a node for each target row, by way of the chain; NOT_THERE. */
export function rowsAtNode(table: RequestTable, targets: Uint32Array, path: ChainPath): Int32Array {
  const { caller, chain } = table;
  const passing = chainsCalledThrough(table, path.slice(1));
  return Int32Array.from(targets, (row) => {
    if (!passing[chain[row]]) return NOT_THERE;
    let at = row;
    for (let step = 1; step < path.length; step++) at = caller[at];
    return at;
  });
}

/** Row of the request at the end of the chain of each target row. */
export function rowsAtEnds(table: RequestTable, targets: Uint32Array): Int32Array {
  return Int32Array.from(targets, endFinder(table));
}

/** End of a request's chain; remembers it for all requests on the way. */
export function endFinder({ caller, count }: RequestTable): (row: number) => number {
  const known = new Int32Array(count).fill(NO_CALLER);
  return (row) => {
    let end = row;
    while (known[end] === NO_CALLER && caller[end] !== NO_CALLER) end = caller[end];
    if (known[end] !== NO_CALLER) end = known[end];
    for (let at = row; at !== end && known[at] === NO_CALLER; at = caller[at]) known[at] = end;
    return end;
  };
}

/** Each row once, in the order in which they are first met; NOT_THERE left out. */
export function distinctRows({ count }: RequestTable, rows: Int32Array): Uint32Array {
  const seen = new Uint8Array(count);
  const distinct = new Uint32Array(rows.length);
  let size = 0;
  for (const row of rows) {
    if (row === NOT_THERE || seen[row]) continue;
    seen[row] = 1;
    distinct[size++] = row;
  }
  return distinct.slice(0, size);
}
