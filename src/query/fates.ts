import { END_CODES, NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { Filter, Target } from '../model/answers.ts';
import { FATES } from '../model/answers-impact.ts';
import type { Fate, FatePlace, FatesAnswer } from '../model/answers-impact.ts';
import { KIND_CONSUMER } from '../model/span.ts';
import { compareText } from '../util/compare-text.ts';
import { fateSentence } from './fate-sentence.ts';
import { selectTargets } from './targets.ts';

const USER_ACTION = 1 + END_CODES.indexOf('userAction');
const ENTRY_POINT = 1 + END_CODES.indexOf('entryPoint');

/** A fate and the request that it happened at. */
export interface FateAt {
  readonly fate: Fate;
  readonly row: number;
}

/** What became of each failed request of the target: exactly one fate each (docs/figures.md, Fate). */
export function describeFates(table: RequestTable, target: Target, filter: Filter): FatesAnswer {
  const { found, rows } = selectTargets(table, target, filter);
  const fateOf = fateFinder(table);
  const places = new Map<string, FatePlace>();
  const counts: Record<Fate, number> = {
    userAction: 0,
    entryPoint: 0,
    absorbed: 0,
    unknown: 0,
    nobodyWaited: 0,
  };
  for (const [at, failures] of countByFate(table, rows, fateOf)) {
    counts[at.fate] += failures;
    const { service, endpoint } = placeOf(table, at);
    const key = JSON.stringify([at.fate, service.name, service.type, endpoint]);
    const known = places.get(key)?.failures ?? 0;
    places.set(key, { fate: at.fate, service, endpoint, failures: known + failures });
  }
  const sorted = [...places.values()].sort(comparePlaces);
  const failures = FATES.reduce((sum, fate) => sum + counts[fate], 0);
  return {
    target,
    found,
    failures,
    counts,
    places: sorted,
    sentence: fateSentence(failures, counts, sorted),
  };
}

/** Failures by fate and request: many failures end at one request. */
function countByFate(
  { failed }: RequestTable,
  rows: Uint32Array,
  fateOf: (row: number) => FateAt,
): Map<FateAt, number> {
  const counts = new Map<FateAt, number>();
  for (const row of rows) {
    if (!failed[row]) continue;
    const at = fateOf(row);
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  return counts;
}

/**
 * Fate of a failed request. What is above a request does not hang on what is below it, so each request is
 * looked at once: all failures that come through it share its answer.
 */
export function fateFinder(table: RequestTable): (row: number) => FateAt {
  const known = new Map<number, FateAt>();
  return (row) => {
    const passed: number[] = [];
    let at = row;
    let found = known.get(at) ?? fateHere(table, at);
    while (!found) {
      passed.push(at);
      at = table.caller[at];
      found = known.get(at) ?? fateHere(table, at);
    }
    known.set(at, found);
    for (const below of passed) known.set(below, found);
    return found;
  };
}

/** The fate of a failure that has come to this failed request; undefined: it goes on to its caller, which failed too. */
function fateHere(table: RequestTable, row: number): FateAt | undefined {
  const { caller, ends, failed, kind, service, services } = table;
  if (ends[row] === USER_ACTION) return { fate: 'userAction', row };
  const above = caller[row];
  const isAsync = kind[row] === KIND_CONSUMER || (above !== NO_CALLER && isQueue(services[service[above]]));
  if (isAsync) return { fate: 'nobodyWaited', row };
  if (ends[row] === ENTRY_POINT) return { fate: 'entryPoint', row };
  if (above === NO_CALLER) return { fate: 'unknown', row };
  return failed[above] ? undefined : { fate: 'absorbed', row: above };
}

function isQueue({ type }: { type: string }): boolean {
  return type === 'queue';
}

function placeOf(table: RequestTable, { fate, row }: FateAt): Pick<FatePlace, 'service' | 'endpoint'> {
  const service = table.services[table.service[row]];
  const isEnd = fate === 'userAction' || fate === 'entryPoint';
  return { service, endpoint: isEnd ? table.texts[table.endpoint[row]] : '' };
}

function comparePlaces(a: FatePlace, b: FatePlace): number {
  return (
    FATES.indexOf(a.fate) - FATES.indexOf(b.fate) ||
    b.failures - a.failures ||
    compareText(a.service.name, b.service.name) ||
    compareText(a.service.type, b.service.type) ||
    compareText(a.endpoint, b.endpoint)
  );
}
