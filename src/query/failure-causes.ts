import { NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { CauseRow, CausesAnswer, NodeParams } from '../model/answers-spans.ts';
import { KIND_CONSUMER } from '../model/span.ts';
import { compareText } from './backtrace.ts';
import { nodeRows } from './node-rows.ts';
import { requestIds } from './trace-records.ts';

/** For each failed request at a node the request in which the cause lies (docs/figures.md, Causes). */
export function describeCauses(table: RequestTable, params: NodeParams): CausesAnswer {
  const { found, rows } = nodeRows(table, params);
  const failed = rows.filter((row) => table.failed[row] === 1);
  const causeOf = failureCauses(table);
  const causes = new Map<string, CauseRow & { failedRequests: number }>();
  for (const row of failed) {
    const cause = causeOf[row];
    const own = cause === row;
    const key = `${table.service[cause]} ${table.reason[cause]} ${own}`;
    const known = causes.get(key);
    if (known) known.failedRequests++;
    else {
      causes.set(key, {
        service: table.services[table.service[cause]],
        reason: table.texts[table.reason[cause]],
        own,
        failedRequests: 1,
        ...requestIds(table, cause),
      });
    }
  }
  const sorted = [...causes.values()].sort(
    (a, b) =>
      b.failedRequests - a.failedRequests ||
      compareText(a.service.name, b.service.name) ||
      compareText(a.service.type, b.service.type) ||
      compareText(a.reason, b.reason) ||
      Number(b.own) - Number(a.own),
  );
  return { found, failedRequests: failed.length, causes: sorted };
}

/**
 * By row of a failed request: the deepest failed request that its failed calls lead down to over failed
 * requests; of equally deep ones the one that started first, then the first in the table. Itself if none
 * of its calls failed. Others have themselves too.
 */
export function failureCauses(table: RequestTable): Uint32Array {
  const { caller, failed, chain, kind, count } = table;
  const depths = chainDepths(table);
  const rows = Uint32Array.from({ length: count }, (_, row) => row).filter((row) => failed[row] === 1);
  // Deepest first: each request is settled before its caller is.
  rows.sort((a, b) => depths[chain[b]] - depths[chain[a]] || a - b);
  const causes = Uint32Array.from({ length: count }, (_, row) => row);
  for (const row of rows) {
    const above = caller[row];
    // Whoever sent a message never hears of its consumer's failure.
    if (above === NO_CALLER || !failed[above] || kind[row] === KIND_CONSUMER) continue;
    if (causes[above] === above || isBetter(table, depths, causes[row], causes[above]))
      causes[above] = causes[row];
  }
  return causes;
}

function isBetter(table: RequestTable, depths: Uint32Array, a: number, b: number): boolean {
  const { chain, starts } = table;
  const order = depths[chain[b]] - depths[chain[a]] || compareStart(starts, a, b) || a - b;
  return order < 0;
}

/** A request without a time is the last one. */
function compareStart(starts: Uint32Array, a: number, b: number): number {
  const none = (row: number): number => (starts[row * 2] === 0 && starts[row * 2 + 1] === 0 ? 1 : 0);
  return none(a) - none(b) || starts[a * 2] - starts[b * 2] || starts[a * 2 + 1] - starts[b * 2 + 1];
}

/** By chain number: its steps. Callers' chains are interned before those of the called. */
function chainDepths({ chainCaller }: RequestTable): Uint32Array {
  const depths = new Uint32Array(chainCaller.length);
  chainCaller.forEach((caller, chain) => (depths[chain] = caller === NO_CALLER ? 1 : depths[caller] + 1));
  return depths;
}
