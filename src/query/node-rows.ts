import type { RequestTable } from '../assembly/request-table.ts';
import type { NodeParams } from '../model/answers-spans.ts';
import { distinctRows, rowsAtNode } from './places.ts';
import { selectTargets } from './targets.ts';

/** Distinct requests at a node of the backtrace, in the order of the targets that they led to. */
export function nodeRows(
  table: RequestTable,
  { target, filter, path }: NodeParams,
): { found: boolean; rows: Uint32Array } {
  const { found, rows } = selectTargets(table, target, filter);
  // The targets themselves.
  if (path.length <= 1) return { found, rows };
  return { found, rows: distinctRows(table, rowsAtNode(table, rows, path)) };
}
