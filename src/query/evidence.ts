import { NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import { HEADWATER_RULES } from '../failure/rulesets.ts';
import type { Ruleset } from '../model/ruleset.ts';
import type { Filter, Target } from '../model/answers.ts';
import { isOfAllServices } from '../model/answers-evidence.ts';
import type {
  EvidenceAnswer,
  EvidencePage,
  EvidencePlace,
  EvidenceRow,
  EvidenceSelection,
  RulesPlace,
  TopPlace,
} from '../model/answers-evidence.ts';
import type { ServiceRef } from '../model/service.ts';
import { hexOfWords } from '../util/hex.ts';
import { sharedValues } from '../util/sorted.ts';
import { serviceNumber } from './chain-filter.ts';
import type { RowTest } from './conditions.ts';
import { knownList, rememberList } from './evidence-lists.ts';
import type { EvidenceList } from './evidence-lists.ts';
import { CALLEE_FAILED, HIT, requestTest, targetTests, waitsTest } from './evidence-tests.ts';
import { flowPlace } from './flow-evidence.ts';
import { hopCallees, hopKey } from './hops.ts';
import { requestsOfFinding } from './hotspots.ts';
import { distinctRows, NOT_THERE, rowsAtEnds, rowsAtNode } from './places.ts';
import { selectTargets } from './targets.ts';

const MOST_ROWS = 1000;
const NS_PER_MS = 1e6;

type FlowPlace = Extract<EvidencePlace, { kind: 'flow' }>;

/** The requests behind a number, a page of them, and exactly as many in all (docs/figures.md, Evidence). */
export function listEvidence(
  table: RequestTable,
  target: Target,
  filter: Filter,
  selection: EvidenceSelection,
  page: EvidencePage,
  beside: Pick<EvidenceParams, 'rules' | 'other'> = {},
): EvidenceAnswer {
  const params = { target, filter, selection, ...beside };
  const known = knownList(table, params);
  if (known) return evidencePage(table, known, page);
  const listed = rememberList(table, params, pickEvidence(table, params));
  return evidencePage(table, listed, page);
}

export interface EvidenceParams {
  readonly target: Target;
  readonly filter: Filter;
  readonly selection: EvidenceSelection;
  readonly rules?: Ruleset | undefined;
  /** Side b of a comparison within the data, where the number is of the requests on both sides. */
  readonly other?: OtherRequests | undefined;
}

export interface OtherRequests {
  readonly target: Target;
  readonly filter: Filter;
}

/** The requests themselves. `seen`: those in whose spans `selection.seen` was seen. */
export function pickEvidence(
  table: RequestTable,
  { target, filter, selection, rules = HEADWATER_RULES, other }: EvidenceParams,
  seen?: RowTest,
): { found: boolean; rows: Uint32Array } {
  const { found, rows: own } = selectTargets(table, target, filter);
  const rows = other ? sharedValues(own, selectTargets(table, other.target, other.filter).rows) : own;
  const tests = targetTests(table, rows, selection, rules);
  const targets = rows.filter((row) => tests.every((test) => test(row)));
  const more = seen ? [seen] : [];
  return { found, rows: pick(table, targets, selection, more) };
}

/** A page of these requests. */
export function evidencePage(
  table: RequestTable,
  { found, list, sampled }: EvidenceList,
  page: EvidencePage,
): EvidenceAnswer {
  const shown = list.page({ ...page, limit: Math.min(MOST_ROWS, page.limit) });
  return {
    found,
    total: list.rows.length,
    sampled,
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

function pick(
  table: RequestTable,
  targets: Uint32Array,
  selection: EvidenceSelection,
  more: readonly RowTest[],
): Uint32Array {
  const { place } = selection;
  // Of no target: top-evidence.ts, rules-evidence.ts.
  if (isOfAllServices(place)) return new Uint32Array();
  if (place.kind === 'flow') return pickOfFlow(table, targets, { ...selection, place }, more);
  const passages = passagesThrough(table, targets, place);
  const { at } = passages;
  const marks = markRequests(table, passages);
  const fits = requestTest(table, selection, marks, more);
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
  selection: EvidenceSelection & { readonly place: FlowPlace },
  more: readonly RowTest[],
): Uint32Array {
  const { path, down } = selection.place;
  const rootRows = distinctRows(table, rowsAtNode(table, targets, path));
  const { rows, roots } = flowPlace(table, rootRows, down);
  const marks = new Uint8Array(table.count);
  rows.forEach((row, i) => {
    if (table.failed[roots[i]]) marks[row] |= HIT;
    if (table.failed[row]) marks[roots[i]] |= CALLEE_FAILED;
  });
  const { callee, count, ...ofPlace } = selection;
  const ofRoots = count === 'calls' || count === 'failedCalls';
  const waits = selection.waits ? [waitsTest(table, rootRows, selection.place, selection.waits)] : [];
  const fits = requestTest(table, { ...ofPlace, count: ofRoots ? 'requests' : count }, marks, [
    ...more,
    ...waits,
  ]);
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
  place: Exclude<EvidencePlace, TopPlace | RulesPlace | FlowPlace>,
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
