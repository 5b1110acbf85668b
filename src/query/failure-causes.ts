import { NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { CauseRow, CausesAnswer, NodeParams } from '../model/answers-spans.ts';
import { KIND_CONSUMER } from '../model/span.ts';
import { compareText } from '../util/compare-text.ts';
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
  const { caller, failed, kind, count } = table;
  const depths = requestDepths(table);
  const causes = new Uint32Array(count);
  for (let row = 0; row < count; row++) causes[row] = row;
  for (const row of failedDeepestFirst(failed, depths)) {
    const above = caller[row];
    // Whoever sent a message never hears of its consumer's failure.
    if (above === NO_CALLER || !failed[above] || kind[row] === KIND_CONSUMER) continue;
    if (causes[above] === above || isBetter(table.starts, depths, causes[row], causes[above]))
      causes[above] = causes[row];
  }
  return causes;
}

/** So each request is settled before its caller is. Counted into place: a sort of all would take too long. */
function failedDeepestFirst(failed: Uint8Array, depths: Uint32Array): Uint32Array {
  let deepest = 0;
  for (let row = 0; row < failed.length; row++)
    if (failed[row] && depths[row] > deepest) deepest = depths[row];
  /** By how far above the deepest: first where the rows of that depth begin, then where the next one goes. */
  const next = new Uint32Array(deepest + 2);
  for (let row = 0; row < failed.length; row++) if (failed[row]) next[deepest - depths[row] + 1]++;
  for (let level = 1; level < next.length; level++) next[level] += next[level - 1];
  const rows = new Uint32Array(next[next.length - 1]);
  for (let row = 0; row < failed.length; row++) if (failed[row]) rows[next[deepest - depths[row]]++] = row;
  return rows;
}

function isBetter(starts: Uint32Array, depths: Uint32Array, a: number, b: number): boolean {
  return (depths[b] - depths[a] || compareStart(starts, a, b) || a - b) < 0;
}

/** A request without a time is the last one. */
function compareStart(starts: Uint32Array, a: number, b: number): number {
  const none = (row: number): number => (starts[row * 2] === 0 && starts[row * 2 + 1] === 0 ? 1 : 0);
  return none(a) - none(b) || starts[a * 2] - starts[b * 2] || starts[a * 2 + 1] - starts[b * 2 + 1];
}

/** By row: the steps of its chain. Callers' chains are interned before those of the called. */
function requestDepths({ chainCaller, chain }: RequestTable): Uint32Array {
  const steps = new Uint32Array(chainCaller.length);
  for (let at = 0; at < steps.length; at++)
    steps[at] = chainCaller[at] === NO_CALLER ? 1 : steps[chainCaller[at]] + 1;
  const depths = new Uint32Array(chain.length);
  for (let row = 0; row < depths.length; row++) depths[row] = steps[chain[row]];
  return depths;
}
