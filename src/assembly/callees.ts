import { NO_CALLER } from './request-table.ts';
import type { RequestTable } from './request-table.ts';

/** The column `caller` inverted, in compressed-row form. */
export interface Callees {
  /** By row: where its callees begin; one more at the end. */
  readonly first: Uint32Array;
  /** Rows, those of one caller in the order of the table. */
  readonly rows: Uint32Array;
}

const known = new WeakMap<Int32Array, Callees>();

/** Computed once for each dataset: tables as other rules see it share their callers. */
export function calleesOf({ caller }: RequestTable): Callees {
  const callees = known.get(caller) ?? invert(caller);
  known.set(caller, callees);
  return callees;
}

function invert(caller: Int32Array): Callees {
  const first = new Uint32Array(caller.length + 1);
  let called = 0;
  for (let row = 0; row < caller.length; row++) {
    if (caller[row] === NO_CALLER) continue;
    first[caller[row] + 1]++;
    called++;
  }
  for (let row = 1; row < first.length; row++) first[row] += first[row - 1];
  const next = first.slice();
  const rows = new Uint32Array(called);
  for (let row = 0; row < caller.length; row++) {
    if (caller[row] !== NO_CALLER) rows[next[caller[row]]++] = row;
  }
  return { first, rows };
}
