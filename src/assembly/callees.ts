import { invertColumn } from '../util/inverted-column.ts';
import type { InvertedColumn } from '../util/inverted-column.ts';
import type { RequestTable } from './request-table.ts';

const known = new WeakMap<Int32Array, InvertedColumn>();

/**
 * The column `caller` inverted: by row its callees, in the order of the table. Computed once for each dataset: tables as
 * other rules see it share their callers.
 */
export function calleesOf({ caller }: RequestTable): InvertedColumn {
  const callees = known.get(caller) ?? invertColumn(caller, caller.length);
  known.set(caller, callees);
  return callees;
}
