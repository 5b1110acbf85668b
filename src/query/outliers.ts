import { REQUEST_FACTS } from '../model/answers-outliers.ts';
import type {
  HiddenValues,
  OutlierBar,
  OutlierField,
  OutliersAnswer,
  OutlierSet,
  RequestFact,
} from '../model/answers-outliers.ts';
import { ATTRIBUTE_KEYS } from '../model/attribute-keys.ts';
import type { NodeParams } from '../model/answers-spans.ts';
import { tallyAttributes } from './attribute-tallies.ts';
import type { KeyTally } from './attribute-tallies.ts';
import { compareText } from '../util/compare-text.ts';
import { nearestRank, valuesAtRanks } from '../util/ranks.ts';
import { logBars } from './distribution.ts';
import { nodeRows } from './node-rows.ts';
import { compared, compareShares } from './overrepresented.ts';
import type { Candidate } from './overrepresented.ts';
import { factCandidates } from './request-facts.ts';
import { durationsOf } from './response-time.ts';
import type { SpanData } from './span-forest.ts';
import { countedRequests, remaining, Tallies } from './tallies.ts';
import type { Tally } from './tallies.ts';

const MOST_ROWS = 300;
/** Keys that are named as not compared. */
const MOST_NAMED = 200;

/** Percent of the requests that are no outliers. */
const OTHERS: Readonly<Record<Exclude<OutlierSet, 'failed'>, number>> = { slow10: 90, slow5: 95, slow1: 99 };

/** What sets the slowest or the failed requests at a node apart (docs/figures.md, Outliers). */
export async function describeOutliers(
  data: SpanData,
  { set, ...params }: NodeParams & { readonly set: OutlierSet },
): Promise<OutliersAnswer> {
  const { table } = data;
  const { found, rows } = nodeRows(table, params);
  const durations = durationsOf(table.durations, rows);
  const { isInside, cutNs } =
    set === 'failed'
      ? { isInside: Uint8Array.from(rows, (row) => table.failed[row]), cutNs: null }
      : markSlow(durations, set);
  const outliers = isInside.reduce((sum, inside) => sum + inside, 0);
  const others = rows.length - outliers;
  const comparable = outliers > 0 && others > 0;
  const keys = comparable ? await keyCandidates(data, rows, isInside, set) : [];
  const chosen = keys.map(({ field, candidates }) => ({ field, ...compared(candidates, rows.length) }));
  const comparison = compareShares(
    chosen.flatMap((one) => one.chosen),
    outliers,
    others,
    MOST_ROWS,
  );
  const ids = keys.filter(({ isId }) => isId).map(({ field }) => field);
  const hidden = chosen.flatMap(({ field, hidden: values }): HiddenValues[] =>
    values === 0 ? [] : [{ field, values }],
  );
  return {
    found,
    set,
    outliers,
    others,
    cutNs,
    bars: barsOf(durations, isInside),
    ...comparison,
    keys: keys.length,
    ids: ids.slice(0, MOST_NAMED),
    hidden: hidden.slice(0, MOST_NAMED),
    unnamed: Math.max(0, ids.length - MOST_NAMED) + Math.max(0, hidden.length - MOST_NAMED),
  };
}

interface Marked {
  /** By place: 1, an outlier. */
  readonly isInside: Uint8Array;
  readonly cutNs: number | null;
}

/** Slow are those above the percentile: never more than the set's name says, and none where all are equal. */
function markSlow(durations: Float64Array, set: Exclude<OutlierSet, 'failed'>): Marked {
  const rank = nearestRank(OTHERS[set], durations.length);
  const [limit] = rank < 0 ? [Infinity] : valuesAtRanks(durations, [rank]);
  let cutNs = Infinity;
  const isInside = new Uint8Array(durations.length);
  for (let place = 0; place < durations.length; place++) {
    if (durations[place] <= limit) continue;
    isInside[place] = 1;
    if (durations[place] < cutNs) cutNs = durations[place];
  }
  return { isInside, cutNs: cutNs === Infinity ? null : cutNs };
}

/** What says of a request that it failed: what the failed have in common by definition is no finding. */
const FAILURE_FACTS: readonly RequestFact[] = ['outcome', 'reason', 'httpStatus', 'grpcStatus'];
const FAILURE_KEYS: readonly string[] = [
  ...ATTRIBUTE_KEYS.httpStatus,
  ...ATTRIBUTE_KEYS.rpcStatus,
  ...ATTRIBUTE_KEYS.grpcStatus,
  ...ATTRIBUTE_KEYS.exceptionType,
  ...ATTRIBUTE_KEYS.exceptionMessage,
  'error',
  'error.type',
  'error.message',
];

interface KeyCandidates {
  readonly field: OutlierField;
  readonly candidates: readonly Candidate[];
  /** Its values tell requests apart, so that only whether there is one is compared. */
  readonly isId: boolean;
}

/** Facts first, then keys by name: of values that the same requests bear the first one speaks for all. */
async function keyCandidates(
  data: SpanData,
  rows: Uint32Array,
  isInside: Uint8Array,
  set: OutlierSet,
): Promise<readonly KeyCandidates[]> {
  const names = REQUEST_FACTS.filter((name) => set !== 'failed' || !FAILURE_FACTS.includes(name));
  const facts = factCandidates(data.table, rows, isInside);
  const all = tallyOfAll(isInside);
  const { span, resource } = await tallyAttributes(data, rows, isInside);
  return [
    ...names.map((name) => ({
      field: { kind: 'request' as const, name },
      candidates: facts.get(name) ?? [],
      isId: false,
    })),
    ...attributeCandidates(
      'span',
      span.filter(({ key }) => set !== 'failed' || !FAILURE_KEYS.includes(key)),
      all,
    ),
    ...attributeCandidates('resource', resource, all),
  ];
}

function attributeCandidates(
  kind: 'span' | 'resource',
  keys: readonly KeyTally[],
  all: Tally,
): KeyCandidates[] {
  const sorted = keys.toSorted((a, b) => compareText(a.key, b.key));
  return sorted.map(({ key, bearers, values }) => {
    const field = { kind, key };
    const absent = { field, value: null, path: null, tally: remaining(all, bearers) };
    const told = Array.from(values ?? [], ([value, tally]) => ({ field, value, path: null, tally }));
    return { field, candidates: [...told, absent], isId: values === null };
  });
}

function tallyOfAll(isInside: Uint8Array): Tally {
  const tallies = new Tallies(countedRequests(isInside));
  const all = tallies.open();
  for (let place = 0; place < isInside.length; place++) tallies.add(all, place);
  return tallies.at(all);
}

function barsOf(durations: Float64Array, isInside: Uint8Array): OutlierBar[] {
  const bars = logBars(durations, (place) => isInside[place]);
  return bars.map(({ fromNs, toNs, all, marked }) => ({
    fromNs,
    toNs,
    outliers: marked,
    others: all - marked,
  }));
}
