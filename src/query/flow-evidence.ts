import type { RequestTable } from '../assembly/request-table.ts';
import type { ChainPath } from '../model/answers.ts';
import { serviceNumber } from './chain-filter.ts';
import { callsOf, rootCalls, splitByService } from './flow-levels.ts';
import type { FlowCalls } from './flow-levels.ts';

/** What is at a node of the flow, and which of the root requests led to it. */
export interface FlowPlace {
  readonly rows: Uint32Array;
  /** For each of them its root request. */
  readonly roots: Uint32Array;
}

/** Follows a path of services down from root requests; empty where none of them called that way. */
export function flowPlace(table: RequestTable, rootRows: Uint32Array, down: ChainPath): FlowPlace {
  let node: FlowCalls | undefined = rootCalls(table, serviceNumber(table, down[0]), rootRows);
  for (const step of down.slice(1)) {
    const service = serviceNumber(table, step);
    node =
      node && splitByService(table, callsOf(table, node, rootRows)).find((one) => one.service === service);
  }
  if (!node) return { rows: new Uint32Array(), roots: new Uint32Array() };
  return { rows: node.rows, roots: node.roots.map((root) => rootRows[root]) };
}
