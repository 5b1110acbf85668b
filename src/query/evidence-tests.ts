/** The conditions of a selection, each as a test on a row (docs/figures.md, Evidence). */
import { calleesOf } from '../assembly/callees.ts';
import { END_CODES, NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { Ruleset } from '../model/ruleset.ts';
import type { EvidencePlace, EvidenceSelection } from '../model/answers-evidence.ts';
import type { ChainEnd, ServiceRef } from '../model/service.ts';
import { serviceNumber, wholeChains } from './chain-filter.ts';
import { compileCondition } from './conditions.ts';
import type { RowTest } from './conditions.ts';
import { agreementFinder, isShared4xx } from './disagreement.ts';
import { failureCauses } from './failure-causes.ts';
import { fateFinder } from './fates.ts';
import { walkFlow } from './flow-walk.ts';
import { preparedField } from './prepare-filters.ts';
import { isCountedAs, operationsOf } from './retries.ts';
import { withinTimeframe } from './targets.ts';
import { followPaths } from './waited-time.ts';
import type { Stop } from './waited-time.ts';

/** Of a walk down: it left the path of the place. */
const OFF_PATH = -1;

/** What a request at the place is marked with: a failed target came by; one of its calls failed. */
export const HIT = 1;
export const CALLEE_FAILED = 2;

/** The conditions on a request at the place. */
export function requestTest(
  table: RequestTable,
  selection: EvidenceSelection,
  marks: Uint8Array,
  more: readonly RowTest[],
): RowTest {
  const tests = [...countTests(table, selection, marks), ...conditionTests(table, selection), ...more];
  if (selection.callee) {
    const wanted = selection.callee === 'failed' ? CALLEE_FAILED : 0;
    tests.push((row) => (marks[row] & CALLEE_FAILED) === wanted);
  }
  return (row) => tests.every((test) => test(row));
}

function countTests(table: RequestTable, { count }: EvidenceSelection, marks: Uint8Array): RowTest[] {
  const isFailed: RowTest = (row) => table.failed[row] === 1;
  const isHit: RowTest = (row) => (marks[row] & HIT) !== 0;
  const isNotHit: RowTest = (row) => (marks[row] & HIT) === 0;
  switch (count) {
    case 'calls':
    case 'failedCalls':
    case 'requests':
      return [];
    case 'failedRequests':
      return [isFailed];
    case 'hit':
      return [isHit];
    case 'hitFailed':
      return [isHit, isFailed];
    case 'notHit':
      return [isNotHit];
    case 'notHitFailed':
      return [isNotHit, isFailed];
  }
}

/** Those on the requests at the place. */
export function conditionTests(table: RequestTable, selection: EvidenceSelection): RowTest[] {
  const { end, endpoint, instance, reason, httpStatus, durationNs, start } = selection;
  const { service, calling, calledBy, chain, cause, here } = selection;
  const tests: RowTest[] = [];
  const wantText = (column: Uint32Array, text: string | undefined): void => {
    if (text === undefined) return;
    const number = table.texts.indexOf(text);
    tests.push((row) => column[row] === number);
  };
  if (end) {
    const counts = (known: ChainEnd): boolean =>
      end === 'any' ||
      known === end ||
      (known === 'callerMissing' ? selection.orMissing === true : end === 'known');
    const isWanted = Uint8Array.of(0, ...END_CODES.map((known) => (counts(known) ? 1 : 0)));
    tests.push((row) => isWanted[table.ends[row]] === 1);
  }
  wantText(table.endpoint, endpoint);
  wantText(table.instance, instance);
  // The empty reason is that of all requests that did not fail.
  wantText(table.reason, reason);
  if (httpStatus !== undefined) tests.push((row) => table.httpStatus[row] === httpStatus);
  if (durationNs) {
    const { from, to } = durationNs;
    tests.push((row) => table.durations[row] >= from && (to === null || table.durations[row] < to));
  }
  if (start) tests.push(withinTimeframe(table, start));
  if (service) {
    const number = serviceNumber(table, service);
    tests.push((row) => table.service[row] === number);
  }
  if (calling) tests.push(callingTest(table, calling));
  if (calledBy) {
    const number = serviceNumber(table, calledBy);
    tests.push((row) => table.caller[row] !== NO_CALLER && table.service[table.caller[row]] === number);
  }
  if (chain) {
    const isWhole = wholeChains(table, chain);
    tests.push((row) => isWhole[table.chain[row]] === 1);
  }
  if (cause) tests.push(causeTest(table, cause));
  if (here) tests.push(compileCondition(table, here, (field) => preparedField(table, field)));
  return tests;
}

function callingTest(table: RequestTable, service: ServiceRef): RowTest {
  const { first, rows } = calleesOf(table);
  const number = serviceNumber(table, service);
  return (row) => {
    for (let at = first[row]; at < first[row + 1]; at++) if (table.service[rows[at]] === number) return true;
    return false;
  };
}

function causeTest(
  table: RequestTable,
  { own, service, reason }: NonNullable<EvidenceSelection['cause']>,
): RowTest {
  const causeOf = failureCauses(table);
  const number = service && serviceNumber(table, service);
  const text = reason === undefined ? undefined : table.texts.indexOf(reason);
  return (row) => {
    const cause = causeOf[row];
    return (
      table.failed[row] === 1 &&
      (cause === row) === own &&
      (number === undefined || table.service[cause] === number) &&
      (text === undefined || table.reason[cause] === text)
    );
  };
}

/** On the requests below those that a flow begins with. */
export function waitsTest(
  table: RequestTable,
  rootRows: Uint32Array,
  { down }: Extract<EvidencePlace, { kind: 'flow' }>,
  waits: NonNullable<EvidenceSelection['waits']>,
): RowTest {
  const isSo = new Uint8Array(table.count);
  const steps = down.map((service) => serviceNumber(table, service));
  // A request may be met in other places too, below another root.
  const below = (place: number, row: number): number =>
    place !== OFF_PATH && table.service[row] === steps[place + 1] ? place + 1 : OFF_PATH;
  const mark = (place: number, row: number): void => {
    if (place === steps.length - 1) isSo[row] = 1;
  };
  if (waits === 'waitedFor') {
    const visit = ({ row, place, timeNs }: Stop): void => {
      if (timeNs > 0) mark(place, row);
    };
    followPaths({ table, placeOf: below, visit }, rootRows);
  } else {
    walkFlow(table, { below }, rootRows, ({ row, place, isAsynchronous }) => {
      if (isAsynchronous) mark(place, row);
    });
  }
  return (row) => isSo[row] === 1;
}

/** The conditions on target requests. */
export function targetTests(
  table: RequestTable,
  rows: Uint32Array,
  { fate, orMissing, operation, agreement }: EvidenceSelection,
  rules: Ruleset,
): RowTest[] {
  const tests: RowTest[] = [];
  if (fate) tests.push(fateTest(table, fate, orMissing === true));
  if (operation) tests.push(operationTest(table, rows, operation));
  if (agreement) tests.push(agreementTest(table, rules, agreement));
  return tests;
}

function agreementTest(
  table: RequestTable,
  rules: Ruleset,
  wanted: NonNullable<EvidenceSelection['agreement']>,
): RowTest {
  const agreementOf = agreementFinder(table, rules);
  return (row) => {
    const agreement = agreementOf(row);
    switch (wanted) {
      case 'withoutView':
        return agreement === null;
      case 'agreed':
        return agreement === 'bothFine' || agreement === 'bothFailed';
      case 'callerOnlyBy4xx':
        return agreement === 'callerOnly' && isShared4xx(table, row);
      default:
        return agreement === wanted;
    }
  };
}

function operationTest(
  table: RequestTable,
  rows: Uint32Array,
  wanted: NonNullable<EvidenceSelection['operation']>,
): RowTest {
  if (wanted === 'withoutCaller') return (row) => table.caller[row] === NO_CALLER;
  const lasts = new Set<number>();
  for (const operation of operationsOf(table, rows)) {
    if (isCountedAs(table, operation, wanted)) lasts.add(operation.last);
  }
  return (row) => lasts.has(row);
}

function fateTest(
  table: RequestTable,
  wanted: NonNullable<EvidenceSelection['fate']>,
  orMissing: boolean,
): RowTest {
  const fateOf = fateFinder(table);
  const service = wanted.service && serviceNumber(table, wanted.service);
  return (row) => {
    if (!table.failed[row]) return false;
    const at = fateOf(row);
    if (orMissing && at.fate === 'unknown') return true;
    return (
      at.fate === wanted.fate &&
      (service === undefined || table.service[at.row] === service) &&
      (wanted.endpoint === undefined || table.texts[table.endpoint[at.row]] === wanted.endpoint)
    );
  };
}
