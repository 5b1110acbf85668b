import { NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';

/** The requests that each request made. */
export interface Callees {
  /** By row: where its callees begin in `rows`; they end where the next one's begin. */
  readonly starts: Uint32Array;
  /** Each row's callees ascend. */
  readonly rows: Uint32Array;
}

const known = new WeakMap<Int32Array, Callees>();

/** Counted once for a dataset: other rules share the column of callers. */
export function calleesOf({ caller }: RequestTable): Callees {
  const callees = known.get(caller) ?? countCallees(caller);
  known.set(caller, callees);
  return callees;
}

function countCallees(caller: Int32Array): Callees {
  const count = caller.length;
  // Counted one place ahead, so that filling moves each start to where it belongs.
  const starts = new Uint32Array(count + 2);
  for (let row = 0; row < count; row++) if (caller[row] !== NO_CALLER) starts[caller[row] + 2]++;
  for (let row = 2; row < starts.length; row++) starts[row] += starts[row - 1];
  const rows = new Uint32Array(starts[count + 1]);
  for (let row = 0; row < count; row++) if (caller[row] !== NO_CALLER) rows[starts[caller[row] + 1]++] = row;
  return { starts, rows };
}
