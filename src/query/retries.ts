import { NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { Filter, Target } from '../model/answers.ts';
import type { AttemptFigures, AttemptRow, RetriesAnswer } from '../model/answers-calls.ts';
import { compareText } from '../util/compare-text.ts';
import { selectTargets } from './targets.ts';

/** Attempts of one caller request at the same work, one after the other. */
export interface Operation {
  readonly attempts: number;
  /** Row of the last attempt. */
  readonly last: number;
}

type Tally = { -readonly [key in keyof AttemptFigures]: number };

/** How often work was tried, and whether trying again helped (docs/figures.md, Retries). */
export function describeRetries(table: RequestTable, target: Target, filter: Filter): RetriesAnswer {
  const { found, rows } = selectTargets(table, target, filter);
  const all = emptyTally();
  const byAttempts = new Map<number, Tally>();
  const byCaller = new Map<number, { caller: number; endpoint: number; tally: Tally }>();
  for (const operation of operationsOf(table, rows)) {
    const { attempts, last } = operation;
    const caller = table.service[table.caller[last]];
    const endpoint = table.endpoint[last];
    const key = caller * table.texts.length + endpoint;
    const row = byCaller.get(key) ?? { caller, endpoint, tally: emptyTally() };
    byCaller.set(key, row);
    const alike = byAttempts.get(attempts) ?? emptyTally();
    byAttempts.set(attempts, alike);
    for (const tally of [all, alike, row.tally]) count(table, tally, operation);
  }
  return {
    target,
    found,
    ...all,
    withoutCaller: rows.length - all.attempts,
    byAttempts: [...byAttempts]
      .map(([attempts, { operations, recovered, exhausted }]) => ({
        attempts,
        operations,
        recovered,
        exhausted,
      }))
      .sort((a, b) => a.attempts - b.attempts),
    rows: [...byCaller.values()]
      .map(({ caller, endpoint, tally }): AttemptRow => ({
        caller: table.services[caller],
        endpoint: table.texts[endpoint],
        ...tally,
      }))
      .sort(compareRows),
  };
}

function emptyTally(): Tally {
  return {
    operations: 0,
    attempts: 0,
    retried: 0,
    recovered: 0,
    exhausted: 0,
    notRetried: 0,
    mostAttempts: 0,
  };
}

function count(table: RequestTable, tally: Tally, operation: Operation): void {
  tally.attempts += operation.attempts;
  tally.mostAttempts = Math.max(tally.mostAttempts, operation.attempts);
  for (const figure of FIGURES) if (isCountedAs(table, operation, figure)) tally[figure]++;
}

const FIGURES = ['operations', 'retried', 'recovered', 'exhausted', 'notRetried'] as const;

/** In this number of the answer? */
export function isCountedAs(
  { failed }: RequestTable,
  { attempts, last }: Operation,
  figure: (typeof FIGURES)[number],
): boolean {
  switch (figure) {
    case 'operations':
      return true;
    case 'retried':
      return attempts > 1;
    case 'recovered':
      return attempts > 1 && !failed[last];
    case 'exhausted':
      return attempts > 1 && failed[last] === 1;
    case 'notRetried':
      return attempts === 1 && failed[last] === 1;
  }
}

function compareRows(a: AttemptRow, b: AttemptRow): number {
  return (
    b.retried - a.retried ||
    b.operations - a.operations ||
    compareText(a.caller.name, b.caller.name) ||
    compareText(a.caller.type, b.caller.type) ||
    compareText(a.endpoint, b.endpoint)
  );
}

/** The operations that requests of one service are attempts of; those without a caller are left out. */
export function operationsOf(table: RequestTable, rows: Uint32Array): Operation[] {
  const operations: Operation[] = [];
  for (const siblings of siblingsOf(table, rows)) {
    let attempts = 0;
    siblings.forEach((row, i) => {
      attempts++;
      const next = siblings.at(i + 1);
      if (next !== undefined && isRetry(table, row, next)) return;
      operations.push({ attempts, last: row });
      attempts = 0;
    });
  }
  return operations;
}

/** Requests with one caller, by endpoint and start. */
function* siblingsOf(table: RequestTable, rows: Uint32Array): Generator<readonly number[]> {
  const { caller, endpoint, starts } = table;
  const NONE = -1;
  const head = new Int32Array(table.count).fill(NONE);
  const next = new Int32Array(rows.length).fill(NONE);
  for (let i = rows.length - 1; i >= 0; i--) {
    const of = caller[rows[i]];
    if (of === NO_CALLER) continue;
    next[i] = head[of];
    head[of] = i;
  }
  const compare = (a: number, b: number): number =>
    endpoint[a] - endpoint[b] ||
    starts[a * 2] - starts[b * 2] ||
    starts[a * 2 + 1] - starts[b * 2 + 1] ||
    a - b;
  for (let i = 0; i < rows.length; i++) {
    const of = caller[rows[i]];
    if (of === NO_CALLER || head[of] !== i) continue;
    const siblings: number[] = [];
    for (let at = i; at !== NONE; at = next[at]) siblings.push(rows[at]);
    yield siblings.length > 1 ? siblings.sort(compare) : siblings;
  }
}

/** The same work once more: after a failure, and not before it had ended. */
function isRetry({ endpoint, failed, starts, durations }: RequestTable, row: number, next: number): boolean {
  if (endpoint[row] !== endpoint[next] || !failed[row]) return false;
  const hi = starts[row * 2];
  const lo = starts[row * 2 + 1];
  // Those without a time sort as the first: if this one has a time, so has the next.
  if (hi === 0 && lo === 0) return false;
  const gap = (starts[next * 2] - hi) * 4_294_967_296 + (starts[next * 2 + 1] - lo);
  return gap >= durations[row];
}
