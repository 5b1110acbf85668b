import { END_CODES, NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import { HEADWATER_RULES } from '../failure/rulesets.ts';
import type { Ruleset } from '../failure/rulesets.ts';
import type { Filter, Target } from '../model/answers.ts';
import { isTopPlace } from '../model/answers-evidence.ts';
import type {
  EvidenceAnswer,
  EvidencePage,
  EvidencePlace,
  EvidenceRow,
  EvidenceSelection,
  TopPlace,
} from '../model/answers-evidence.ts';
import type { ServiceRef } from '../model/service.ts';
import { hexOfWords } from '../util/hex.ts';
import { serviceNumber, wholeChains } from './chain-filter.ts';
import { compileCondition } from './conditions.ts';
import { agreementFinder } from './disagreement.ts';
import { knownList, rememberList } from './evidence-lists.ts';
import type { EvidenceList } from './evidence-lists.ts';
import { fateFinder } from './fates.ts';
import { flowPlace } from './flow-evidence.ts';
import { hopCallees, hopKey } from './hops.ts';
import { requestsOfFinding } from './hotspots.ts';
import { distinctRows, NOT_THERE, rowsAtEnds, rowsAtNode } from './places.ts';
import { preparedField } from './prepare-filters.ts';
import { operationsOf } from './retries.ts';
import type { RowTest } from './conditions.ts';
import { selectTargets, withinTimeframe } from './targets.ts';

const MOST_ROWS = 1000;
const NS_PER_MS = 1e6;

const HIT = 1;
const CALLEE_FAILED = 2;

/** The requests behind a number, a page of them, and exactly as many in all (docs/figures.md, Evidence). */
export function listEvidence(
  table: RequestTable,
  target: Target,
  filter: Filter,
  selection: EvidenceSelection,
  page: EvidencePage,
  rules: Ruleset = HEADWATER_RULES,
): EvidenceAnswer {
  const params = { target, filter, selection, rules };
  const known = knownList(table, params);
  if (known) return evidencePage(table, known, page);
  const { found, rows } = selectTargets(table, target, filter);
  const tests = targetTests(table, rows, selection, rules);
  const targets = rows.filter((row) => tests.every((test) => test(row)));
  const listed = rememberList(table, params, { found, rows: pick(table, targets, selection) });
  return evidencePage(table, listed, page);
}

/** A page of these requests. */
export function evidencePage(
  table: RequestTable,
  { found, list }: EvidenceList,
  page: EvidencePage,
): EvidenceAnswer {
  const shown = list.page({ ...page, limit: Math.min(MOST_ROWS, page.limit) });
  return {
    found,
    total: list.rows.length,
    offset: page.offset,
    rows: Array.from(shown, (row) => evidenceRow(table, row)),
  };
}

/** What is at the place for each target or callee: the request there, and the one below it. */
interface Passages {
  readonly at: Int32Array;
  /** The request that made the chain come through here; null: not asked. */
  readonly below: Int32Array | null;
  /** Target rows; null: the passages are not those of targets. */
  readonly targets: Uint32Array | null;
}

function pick(table: RequestTable, targets: Uint32Array, selection: EvidenceSelection): Uint32Array {
  const { place } = selection;
  // Of no target: top-evidence.ts.
  if (isTopPlace(place)) return new Uint32Array();
  if (place.kind === 'flow') return pickOfFlow(table, targets, selection, place);
  const passages = passagesThrough(table, targets, place);
  const { at } = passages;
  const marks = markRequests(table, passages);
  const fits = requestTest(table, selection, marks);
  const { count } = selection;
  if (count === 'calls' || count === 'failedCalls') {
    if (!passages.targets) return new Uint32Array();
    const all = count === 'calls';
    return passages.targets.filter(
      (row, i) => at[i] !== NOT_THERE && fits(at[i]) && (all || table.failed[row] === 1),
    );
  }
  return distinctRows(table, at).filter(fits);
}

function pickOfFlow(
  table: RequestTable,
  targets: Uint32Array,
  selection: EvidenceSelection,
  { path, down }: Extract<EvidencePlace, { kind: 'flow' }>,
): Uint32Array {
  const rootRows = distinctRows(table, rowsAtNode(table, targets, path));
  const { rows, roots } = flowPlace(table, rootRows, down);
  const marks = new Uint8Array(table.count);
  rows.forEach((row, i) => {
    if (table.failed[roots[i]]) marks[row] |= HIT;
    if (table.failed[row]) marks[roots[i]] |= CALLEE_FAILED;
  });
  const { callee, count, ...ofPlace } = selection;
  const ofRoots = count === 'calls' || count === 'failedCalls';
  const fits = requestTest(table, { ...ofPlace, count: ofRoots ? 'requests' : count }, marks);
  const rootFits: RowTest = (root) =>
    callee === undefined || ((marks[root] & CALLEE_FAILED) !== 0) === (callee === 'failed');
  const kept = Int32Array.from(rows, (row, i) =>
    fits(row) && rootFits(roots[i]) ? (ofRoots ? roots[i] : row) : NOT_THERE,
  );
  const listed = distinctRows(table, kept);
  return count === 'failedCalls' ? listed.filter((root) => table.failed[root] === 1) : listed;
}

function passagesThrough(
  table: RequestTable,
  targets: Uint32Array,
  place: Exclude<EvidencePlace, TopPlace | { kind: 'flow' }>,
): Passages {
  if (place.kind === 'ends') return { at: rowsAtEnds(table, targets), below: null, targets };
  if (place.kind === 'node') {
    const at = rowsAtNode(table, targets, place.path);
    const below = place.path.length > 1 ? rowsAtNode(table, targets, place.path.slice(0, -1)) : null;
    return { at, below, targets };
  }
  if (place.kind === 'finding') {
    const rows = distinctRows(table, rowsAtNode(table, targets, place.path));
    const at = Int32Array.from(requestsOfFinding(table, rows, place.finding));
    return { at, below: null, targets: null };
  }
  const key = hopKey(table, serviceNumber(table, place.caller), serviceNumber(table, place.callee));
  const callees = Int32Array.from(hopCallees(table, targets).get(key) ?? new Uint32Array());
  return { at: callees.map((row) => table.caller[row]), below: callees, targets: null };
}

/** Bits HIT and CALLEE_FAILED of the requests at the place. */
function markRequests(table: RequestTable, { at, below, targets }: Passages): Uint8Array {
  const { failed } = table;
  const marks = new Uint8Array(table.count);
  for (let i = 0; i < at.length; i++) {
    if (at[i] === NOT_THERE) continue;
    if (targets && failed[targets[i]]) marks[at[i]] |= HIT;
    if (below && failed[below[i]]) marks[at[i]] |= CALLEE_FAILED;
  }
  return marks;
}

/** The conditions on a request at the place. */
function requestTest(table: RequestTable, selection: EvidenceSelection, marks: Uint8Array): RowTest {
  const tests = [...countTests(table, selection, marks), ...conditionTests(table, selection)];
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
  const { end, endpoint, instance, reason, httpStatus, durationNs, start, calledBy, chain, here } = selection;
  const tests: RowTest[] = [];
  const wantText = (column: Uint32Array, text: string | undefined): void => {
    if (text === undefined) return;
    const number = table.texts.indexOf(text);
    tests.push((row) => column[row] === number);
  };
  if (end) tests.push((row) => table.ends[row] === 1 + END_CODES.indexOf(end));
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
  if (calledBy) {
    const service = serviceNumber(table, calledBy);
    tests.push((row) => table.caller[row] !== NO_CALLER && table.service[table.caller[row]] === service);
  }
  if (chain) {
    const isWhole = wholeChains(table, chain);
    tests.push((row) => isWhole[table.chain[row]] === 1);
  }
  if (here) tests.push(compileCondition(table, here, (field) => preparedField(table, field)));
  return tests;
}

/** The conditions on target requests. */
function targetTests(
  table: RequestTable,
  rows: Uint32Array,
  { fate, operation, agreement }: EvidenceSelection,
  rules: Ruleset,
): RowTest[] {
  const tests: RowTest[] = [];
  if (fate) tests.push(fateTest(table, fate));
  if (operation) tests.push(operationTest(table, rows, operation));
  if (agreement) {
    const agreementOf = agreementFinder(table, rules);
    tests.push((row) => agreementOf(row) === agreement);
  }
  return tests;
}

function operationTest(
  table: RequestTable,
  rows: Uint32Array,
  wanted: NonNullable<EvidenceSelection['operation']>,
): RowTest {
  const lasts = new Set<number>();
  for (const { attempts, last } of operationsOf(table, rows)) {
    const outcome = table.failed[last] ? (attempts > 1 ? 'exhausted' : 'notRetried') : 'recovered';
    if (outcome === wanted && (attempts > 1 || wanted === 'notRetried')) lasts.add(last);
  }
  return (row) => lasts.has(row);
}

function fateTest(table: RequestTable, wanted: NonNullable<EvidenceSelection['fate']>): RowTest {
  const fateOf = fateFinder(table);
  const service = wanted.service && serviceNumber(table, wanted.service);
  return (row) => {
    if (!table.failed[row]) return false;
    const at = fateOf(row);
    return (
      at.fate === wanted.fate &&
      (service === undefined || table.service[at.row] === service) &&
      (wanted.endpoint === undefined || table.texts[table.endpoint[at.row]] === wanted.endpoint)
    );
  };
}

function evidenceRow(table: RequestTable, row: number): EvidenceRow {
  const hi = table.starts[row * 2];
  const lo = table.starts[row * 2 + 1];
  const span = table.span[row];
  return {
    traceId: hexOfWords(table.traceIds, table.recordTrace[span] * 4, 4),
    spanId: hexOfWords(table.spanIds, row * 2, 2),
    span,
    start: hi === 0 && lo === 0 ? null : (BigInt(hi) << 32n) | BigInt(lo),
    durationMs: table.durations[row] / NS_PER_MS,
    service: table.services[table.service[row]],
    endpoint: table.texts[table.endpoint[row]],
    instance: table.texts[table.instance[row]],
    failed: table.failed[row] === 1,
    reason: table.texts[table.reason[row]],
    httpStatus: table.httpStatus[row] || null,
    chain: chainOf(table, row),
  };
}

function chainOf({ caller, service, services }: RequestTable, row: number): ServiceRef[] {
  const backwards: ServiceRef[] = [];
  for (let at = row; at !== NO_CALLER; at = caller[at]) backwards.push(services[service[at]]);
  return backwards.reverse();
}
