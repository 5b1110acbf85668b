import { END_CODES } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { Filter, Target } from '../model/answers.ts';
import type { Bounds, BrokenEnd, CompletenessAnswer } from '../model/answers-impact.ts';
import type { ChainEnd } from '../model/service.ts';
import { compareText } from '../util/compare-text.ts';
import { fateFinder } from './fates.ts';
import { endFinder } from './places.ts';
import { selectTargets } from './targets.ts';

/** How much of the target's backtrace hangs on callers that are missing (docs/figures.md, Completeness). */
export function describeCompleteness(
  table: RequestTable,
  target: Target,
  filter: Filter,
): CompletenessAnswer {
  const { found, rows } = selectTargets(table, target, filter);
  const ends = new ChainEnds(table, rows);
  const missing = ends.rows.filter((row) => ends.kind(row) === 'callerMissing');
  const sum = (of: Uint32Array, over: readonly number[]): number =>
    over.reduce((total, row) => total + of[row], 0);
  return {
    target,
    found,
    calls: rows.length,
    failedCalls: sum(ends.failedCalls, ends.rows),
    callsMissing: sum(ends.calls, missing),
    failedCallsMissing: sum(ends.failedCalls, missing),
    ends: {
      userAction: ends.ofKind('userAction').length,
      entryPoint: ends.ofKind('entryPoint').length,
      callerMissing: missing.length,
    },
    broken: brokenEnds(table, ends, missing),
    ...impactBounds(table, ends),
    failuresAtUsers: failuresAtUsers(table, rows),
  };
}

/** The distinct requests at the ends of the chains of some targets, with the calls that they led to. */
class ChainEnds {
  readonly rows: number[] = [];
  readonly calls: Uint32Array;
  readonly failedCalls: Uint32Array;
  readonly #table: RequestTable;

  constructor(table: RequestTable, targets: Uint32Array) {
    this.#table = table;
    this.calls = new Uint32Array(table.count);
    this.failedCalls = new Uint32Array(table.count);
    const endOf = endFinder(table);
    for (const row of targets) {
      const end = endOf(row);
      if (this.calls[end]++ === 0) this.rows.push(end);
      this.failedCalls[end] += table.failed[row];
    }
  }

  kind(row: number): ChainEnd {
    return END_CODES[this.#table.ends[row] - 1];
  }

  ofKind(kind: ChainEnd): number[] {
    return this.rows.filter((row) => this.kind(row) === kind);
  }
}

function brokenEnds(table: RequestTable, ends: ChainEnds, missing: readonly number[]): BrokenEnd[] {
  const byService = new Map<number, BrokenEnd>();
  for (const row of missing) {
    const number = table.service[row];
    const known = byService.get(number);
    byService.set(number, {
      service: table.services[number],
      requests: (known?.requests ?? 0) + 1,
      calls: (known?.calls ?? 0) + ends.calls[row],
      failedCalls: (known?.failedCalls ?? 0) + ends.failedCalls[row],
    });
  }
  return [...byService.values()].sort(
    (a, b) =>
      b.calls - a.calls ||
      compareText(a.service.name, b.service.name) ||
      compareText(a.service.type, b.service.type),
  );
}

type ImpactBounds = Pick<
  CompletenessAnswer,
  | 'userActionsHit'
  | 'userActionsHitFailed'
  | 'usersHit'
  | 'usersHitFailed'
  | 'sessionsHit'
  | 'sessionsHitFailed'
>;

/** A missing caller may belong to a user action that is counted already, or to one of its own. */
function impactBounds(table: RequestTable, ends: ChainEnds): ImpactBounds {
  const hit = ends.rows.filter((row) => ends.failedCalls[row] > 0);
  const hitFailed = hit.filter((row) => table.failed[row]);
  const actions = (over: readonly number[]): Bounds => {
    const low = over.filter((row) => ends.kind(row) === 'userAction').length;
    return { low, high: low + over.filter((row) => ends.kind(row) === 'callerMissing').length };
  };
  const bearsId = (ids: Uint32Array): boolean =>
    ends.rows.some((row) => ids[row] !== 0 && ends.kind(row) !== 'callerMissing');
  const people = (ids: Uint32Array, over: readonly number[]): Bounds | null =>
    bearsId(ids) ? distinctBounds(ids, ends, over) : null;
  return {
    userActionsHit: actions(hit),
    userActionsHitFailed: actions(hitFailed),
    usersHit: people(table.user, hit),
    usersHitFailed: people(table.user, hitFailed),
    sessionsHit: people(table.session, hit),
    sessionsHitFailed: people(table.session, hitFailed),
  };
}

/** At least the ids seen at known ends; at most also those at missing ones, and one for each end without an id. */
function distinctBounds(ids: Uint32Array, ends: ChainEnds, over: readonly number[]): Bounds {
  const known = new Set<number>();
  const all = new Set<number>();
  let nameless = 0;
  for (const row of over) {
    if (ids[row] === 0) nameless++;
    else {
      all.add(ids[row]);
      if (ends.kind(row) !== 'callerMissing') known.add(ids[row]);
    }
  }
  return { low: known.size, high: all.size + nameless };
}

function failuresAtUsers(table: RequestTable, rows: Uint32Array): Bounds {
  const fateOf = fateFinder(table);
  let low = 0;
  let unknown = 0;
  for (const row of rows) {
    if (!table.failed[row]) continue;
    const { fate } = fateOf(row);
    if (fate === 'userAction') low++;
    if (fate === 'unknown') unknown++;
  }
  return { low, high: low + unknown };
}
