import type { RequestTable } from '../assembly/request-table.ts';
import { decideCalls } from '../failure/decide-each.ts';
import { HEADWATER_RULES } from '../failure/rulesets.ts';
import type { Ruleset } from '../model/ruleset.ts';
import type { Filter, Target } from '../model/answers.ts';
import type { AgreementFigures, AgreementRow, DisagreementAnswer } from '../model/answers-calls.ts';
import { compareText } from '../util/compare-text.ts';
import { selectTargets } from './targets.ts';

const MOST_STATUSES = 50;

type Tally = { -readonly [key in keyof AgreementFigures]: number };
export type Agreement = Exclude<keyof AgreementFigures, 'callerOnlyBy4xx'>;

/** Where caller and service see the same request differently (docs/figures.md, Disagreement). */
export function describeDisagreement(
  table: RequestTable,
  target: Target,
  filter: Filter,
  rules: Ruleset = HEADWATER_RULES,
): DisagreementAnswer {
  const { found, rows } = selectTargets(table, target, filter);
  const agreementOf = agreementFinder(table, rules);
  const all = emptyTally();
  let withoutView = 0;
  const byCaller = new Map<number, { caller: number; endpoint: number; tally: Tally }>();
  const statuses = new Map<string, { row: number; agreement: Agreement; requests: number }>();
  for (const row of rows) {
    const agreement = agreementOf(row);
    if (agreement === null) {
      withoutView++;
      continue;
    }
    const caller = table.service[table.caller[row]];
    const endpoint = table.endpoint[row];
    const key = caller * table.texts.length + endpoint;
    const known = byCaller.get(key) ?? { caller, endpoint, tally: emptyTally() };
    byCaller.set(key, known);
    for (const tally of [all, known.tally]) add(tally, agreement, isShared4xx(table, row));
    if (agreement === 'bothFine' || agreement === 'bothFailed') continue;
    const pair = `${agreement} ${table.callHttpStatus[row]} ${table.httpStatus[row]}`;
    const alike = statuses.get(pair) ?? { row, agreement, requests: 0 };
    statuses.set(pair, alike);
    alike.requests++;
  }
  return {
    target,
    found,
    ...all,
    withoutView,
    rows: [...byCaller.values()]
      .map(({ caller, endpoint, tally }): AgreementRow => ({
        caller: table.services[caller],
        endpoint: table.texts[endpoint],
        ...tally,
      }))
      .filter((row) => disagreements(row) > 0)
      .sort(compareRows),
    statuses: [...statuses.values()]
      .sort((a, b) => b.requests - a.requests)
      .slice(0, MOST_STATUSES)
      .map(({ row, agreement, requests }) => ({
        failed: agreement === 'callerOnly' ? 'caller' : 'service',
        callerStatus: table.callHttpStatus[row] || null,
        serviceStatus: table.httpStatus[row] || null,
        requests,
      })),
  };
}

/** How both sides see a request; null: the caller's view is not in the data. */
export function agreementFinder(table: RequestTable, rules: Ruleset): (row: number) => Agreement | null {
  const views = decideCalls(table, rules);
  return (row) => {
    if (views[row] === 0) return null;
    const callerFailed = views[row] === 2;
    if (table.failed[row]) return callerFailed ? 'bothFailed' : 'serviceOnly';
    return callerFailed ? 'callerOnly' : 'bothFine';
  };
}

/** Both sides bear the same HTTP status 400–499. */
export function isShared4xx({ httpStatus, callHttpStatus }: RequestTable, row: number): boolean {
  return httpStatus[row] >= 400 && httpStatus[row] <= 499 && httpStatus[row] === callHttpStatus[row];
}

function emptyTally(): Tally {
  return { bothFine: 0, bothFailed: 0, callerOnly: 0, serviceOnly: 0, callerOnlyBy4xx: 0 };
}

function add(tally: Tally, agreement: Agreement, shared4xx: boolean): void {
  tally[agreement]++;
  if (agreement === 'callerOnly' && shared4xx) tally.callerOnlyBy4xx++;
}

function disagreements({ callerOnly, serviceOnly }: AgreementFigures): number {
  return callerOnly + serviceOnly;
}

function compareRows(a: AgreementRow, b: AgreementRow): number {
  return (
    disagreements(b) - disagreements(a) ||
    compareText(a.caller.name, b.caller.name) ||
    compareText(a.caller.type, b.caller.type) ||
    compareText(a.endpoint, b.endpoint)
  );
}
