import type { RequestTable } from '../assembly/request-table.ts';
import type { Filter } from '../model/answers.ts';
import type {
  Measure,
  RequestKind,
  Split,
  SplitValue,
  TopAnswer,
  TopChoice,
  TopFigures,
  TopParams,
  TopRow,
} from '../model/answers-top.ts';
import { compareText } from '../util/compare-text.ts';
import { scratch } from '../util/scratch.ts';
import { inDataOf, timesOf } from './extrapolation.ts';
import { kindTest } from './request-kinds.ts';
import { PairNumbers } from '../columns/pair-numbers.ts';
import { splitReader } from './request-splits.ts';
import type { SplitReader } from './request-splits.ts';
import type { SpanData } from './span-forest.ts';
import { compileFilter, rowsInHand } from './targets.ts';
import { closedTimeframe } from './timeframe.ts';
import { barFinder, NO_BAR, rowsInBars, timeBars } from './time-series.ts';
import type { TimeBars } from './time-series.ts';

const NS_PER_MS = 1e6;
const NS_PER_MINUTE = 60e9;
const NO_BARS: TimeBars = { widthNs: 1n, starts: [] };

/** Requests of all services by what they bear, those with most of the measure one by one (docs/figures.md, Top requests). */
export async function listTopRequests(data: SpanData, { filter, choice }: TopParams): Promise<TopAnswer> {
  const { table } = data;
  const readers = await splitReaders(data, choice.splits);
  const grouped = groupRows(requestsOfKind(table, filter, choice.kind), readers);
  const { rows, groups } = grouped;
  const { told, partOf } = toldGroups(table, grouped, choice);
  const parts = rowsOfParts(grouped, partOf, told.length + 1);
  const bars = barsOf(table, filter);
  const sums = sumsOfParts(table, grouped, partOf, { parts: told.length + 1, bars });
  const all = addedUp(sums);
  const scale = { measure: choice.measure, all, bars, minutes: minutesOf(table, filter) };
  const figures = (members: Uint32Array, sums: BarSums): TopFigures => figuresOf(table, members, sums, scale);
  const [rest] = parts.slice(told.length);
  return {
    choice,
    rows: told.map((group, i): TopRow => ({ values: groups[group].values, ...figures(parts[i], sums[i]) })),
    rest:
      groups.length <= told.length
        ? null
        : { groups: groups.length - told.length, ...figures(rest, sums[told.length]) },
    all: figures(rows, all),
    bars: bars.starts,
    widthNs: bars.widthNs,
  };
}

/** The requests of the groups that are not told one by one, ascending. */
export async function topRest(data: SpanData, filter: Filter, choice: TopChoice): Promise<Uint32Array> {
  const { table } = data;
  const readers = await splitReaders(data, choice.splits);
  const grouped = groupRows(requestsOfKind(table, filter, choice.kind), readers);
  const { told, partOf } = toldGroups(table, grouped, choice);
  return rowsOfParts(grouped, partOf, told.length + 1)[told.length].slice();
}

/** The requests of one group, ascending. */
export async function topGroup(
  data: SpanData,
  filter: Filter,
  group: {
    readonly of: RequestKind;
    readonly splits: readonly Split[];
    readonly values: readonly SplitValue[];
  },
): Promise<Uint32Array> {
  const readers = await splitReaders(data, group.splits);
  const { rows, groups, groupOf } = groupRows(requestsOfKind(data.table, filter, group.of), readers);
  const wanted = groups.findIndex(({ values }) => compareValues(values, group.values) === 0);
  return rows.filter((_, place) => groupOf[place] === wanted);
}

function splitReaders(data: SpanData, splits: readonly Split[]): Promise<readonly SplitReader[]> {
  return Promise.all(splits.map((split) => splitReader(data, split)));
}

/** In hand: valid until the next rows are gathered. */
function requestsOfKind(table: RequestTable, filter: Filter, kind: RequestKind): Uint32Array {
  const passes = compileFilter(table, { ...filter, chains: [] });
  const isOfKind = kindTest(table, kind);
  const rows = rowsInHand(table.count);
  let count = 0;
  for (let row = 0; row < table.count; row++) if (isOfKind(row) && passes(row)) rows[count++] = row;
  return rows.subarray(0, count);
}

interface Group {
  readonly values: readonly SplitValue[];
  /** How many there are. */
  requests: number;
}

/** In hand: until the next ones are grouped. */
interface GroupedRows {
  readonly rows: Uint32Array;
  /** By place in `rows`: the number of the group. */
  readonly groupOf: Uint32Array;
  readonly groups: readonly Group[];
}

const groupsInHand = scratch((length) => new Uint32Array(length));

/** Without a reader all are one group; without a request there is none. */
function groupRows(rows: Uint32Array, readers: readonly SplitReader[]): GroupedRows {
  const groupOf = groupsInHand(rows.length).fill(0);
  let groups: Group[] = rows.length === 0 ? [] : [{ values: [], requests: rows.length }];
  for (const reader of readers) groups = splitGroups({ rows, groupOf, groups }, reader);
  return { rows, groupOf, groups };
}

/** Writes the number of each request's new group over that of its old one. */
function splitGroups(
  { rows, groupOf, groups }: GroupedRows,
  { first, second, valueOf }: SplitReader,
): Group[] {
  const values = new PairNumbers();
  // Of an old group and a value.
  const pairs = new PairNumbers();
  const made: Group[] = [];
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place];
    const old = groupOf[place];
    const value = values.numberOf(first(row), second(row));
    const group = groups.length === 1 ? value : pairs.numberOf(old, value);
    if (group === made.length) {
      const shown = valueOf(values.first(value), values.second(value));
      made.push({ values: [...groups[old].values, shown], requests: 0 });
    }
    made[group].requests++;
    groupOf[place] = group;
  }
  return made;
}

interface ToldGroups {
  /** Numbers of the groups that are told one by one, most of the measure first. */
  readonly told: readonly number[];
  /** By group: its place in `told`, or behind all of these. */
  readonly partOf: Uint32Array;
}

function toldGroups(table: RequestTable, grouped: GroupedRows, { measure, top }: TopChoice): ToldGroups {
  const { groups } = grouped;
  const ranks = ranksOf(table, grouped, measure);
  const order = groups.map((_, group) => group);
  order.sort((a, b) => ranks[b] - ranks[a] || compareValues(groups[a].values, groups[b].values));
  const told = order.slice(0, top);
  const partOf = new Uint32Array(groups.length).fill(told.length);
  told.forEach((group, part) => (partOf[group] = part));
  return { told, partOf };
}

const partsInHand = scratch((length) => new Uint32Array(length));

/** The requests of each part, in their order; in hand, as these. `partOf`: by group. */
function rowsOfParts(
  { rows, groupOf, groups }: GroupedRows,
  partOf: Uint32Array,
  parts: number,
): Uint32Array[] {
  const ends = new Uint32Array(parts);
  groups.forEach(({ requests }, group) => (ends[partOf[group]] += requests));
  for (let part = 1; part < parts; part++) ends[part] += ends[part - 1];
  const next = ends.map((_, part) => (part === 0 ? 0 : ends[part - 1]));
  const starts = next.slice();
  const sorted = partsInHand(rows.length);
  for (let place = 0; place < rows.length; place++) sorted[next[partOf[groupOf[place]]]++] = rows[place];
  return Array.from(ends, (end, part) => sorted.subarray(starts[part], end));
}

function barsOf(table: RequestTable, { timeframe }: Filter): TimeBars {
  const range = closedTimeframe(table, timeframe);
  return range ? timeBars(range.from, range.to) : NO_BARS;
}

/** Of the timeframe; null: none. */
function minutesOf(table: RequestTable, { timeframe }: Filter): number | null {
  const range = closedTimeframe(table, timeframe);
  return range && Number(range.to - range.from) / NS_PER_MINUTE;
}

/** What shares and rates are measured against. */
interface Scale {
  readonly measure: Measure;
  /** Of all requests. */
  readonly all: BarSums;
  readonly bars: TimeBars;
  /** Of the timeframe; null: none. */
  readonly minutes: number | null;
}

function figuresOf(table: RequestTable, rows: Uint32Array, sums: BarSums, scale: Scale): TopFigures {
  const { requests, failed, time } = sums.inAll;
  const allTime = scale.all.inAll.time;
  const inData = inDataOf(table, rows);
  return {
    requests,
    failedRequests: failed,
    responseTime: timesOf(table, rows),
    sum: time / NS_PER_MS,
    share: allTime === 0 ? 0 : time / allTime,
    perMinute: scale.minutes === null ? null : requests / scale.minutes,
    ...(inData && { inData }),
    overTime: overTime(table, rows, sums, scale),
  };
}

/** By bar; null: there is no request to measure. */
function overTime(
  table: RequestTable,
  rows: Uint32Array,
  sums: BarSums,
  { measure, all, bars }: Scale,
): (number | null)[] {
  if (bars.starts.length === 0) return [];
  if (isOfTimes(measure)) {
    return rowsInBars(table, rows, bars).map((members) => measureOfTimes(table, members, measure));
  }
  const minutes = Number(bars.widthNs) / NS_PER_MINUTE;
  return sums.inBars.map((ofBar, bar) =>
    measureOfSums(ofBar, measure, { time: all.inBars[bar].time, minutes }),
  );
}

/** By group, of all of its requests; shares and rates are in the order of what they are made of. */
function ranksOf(table: RequestTable, grouped: GroupedRows, measure: Measure): readonly number[] {
  const { groups } = grouped;
  const ranked = measure === 'share' ? 'sum' : measure === 'perMinute' ? 'requests' : measure;
  if (ranked === 'requests' && table.weights === null) return groups.map(({ requests }) => requests);
  const alone = Uint32Array.from(groups.keys());
  if (isOfTimes(ranked)) {
    return rowsOfParts(grouped, alone, groups.length).map((rows) => measureOfTimes(table, rows, ranked) ?? 0);
  }
  return sumsOfParts(table, grouped, alone, { parts: groups.length, bars: NO_BARS }).map(
    ({ inAll }) => measureOfSums(inAll, ranked, NOTHING) ?? 0,
  );
}

const NOTHING = { time: 0, minutes: null };

type MeasureOfTimes = Extract<Measure, 'average' | 'median' | 'p95'>;

function isOfTimes(measure: Measure): measure is MeasureOfTimes {
  return measure === 'average' || measure === 'median' || measure === 'p95';
}

function measureOfTimes(table: RequestTable, rows: Uint32Array, measure: MeasureOfTimes): number | null {
  return rows.length === 0 ? null : timesOf(table, rows)[measure];
}

function measureOfSums(
  { requests, failed, time }: Sums,
  measure: Exclude<Measure, MeasureOfTimes>,
  of: { readonly time: number; readonly minutes: number | null },
): number | null {
  switch (measure) {
    case 'requests':
      return requests;
    case 'failedRequests':
      return failed;
    case 'perMinute':
      return of.minutes === null ? null : requests / of.minutes;
    case 'sum':
      return time / NS_PER_MS;
    case 'share':
      return of.time === 0 ? null : time / of.time;
    case 'failureRate':
      return requests === 0 ? null : failed / requests;
  }
}

/** What adds up over requests. */
interface Sums {
  readonly requests: number;
  readonly failed: number;
  /** ns */
  readonly time: number;
}

interface BarSums {
  /** Those outside of all bars too. */
  readonly inAll: Sums;
  readonly inBars: readonly Sums[];
}

/** Words of a sum: requests, failed, time. */
const SUM_WORDS = 3;

/** Of each part; in the order of the rows, so that nothing is waited for. `partOf`: by group. */
function sumsOfParts(
  table: RequestTable,
  { rows, groupOf }: GroupedRows,
  partOf: Uint32Array,
  { parts, bars }: { readonly parts: number; readonly bars: TimeBars },
): readonly BarSums[] {
  const { durations, failed, weights } = table;
  const barOf = bars.starts.length === 0 ? () => NO_BAR : barFinder(table, bars);
  // In front of the bars: what is in none.
  const perPart = bars.starts.length + 1;
  const sums = new Float64Array(parts * perPart * SUM_WORDS);
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place];
    const at = (partOf[groupOf[place]] * perPart + barOf(row) - NO_BAR) * SUM_WORDS;
    const weight = weights === null ? 1 : weights[row];
    sums[at] += weight;
    sums[at + 1] += failed[row] * weight;
    sums[at + 2] += durations[row] * weight;
  }
  return Array.from({ length: parts }, (_, part): BarSums => {
    const inEach = Array.from({ length: perPart }, (_, bar): Sums => {
      const at = (part * perPart + bar) * SUM_WORDS;
      return { requests: sums[at], failed: sums[at + 1], time: sums[at + 2] };
    });
    return { inAll: inEach.reduce(sumOf), inBars: inEach.slice(1) };
  });
}

/** Of the same bars. */
function addedUp(parts: readonly BarSums[]): BarSums {
  return parts.reduce((all, part) => ({
    inAll: sumOf(all.inAll, part.inAll),
    inBars: all.inBars.map((sums, bar) => sumOf(sums, part.inBars[bar])),
  }));
}

function sumOf(a: Sums, b: Sums): Sums {
  return { requests: a.requests + b.requests, failed: a.failed + b.failed, time: a.time + b.time };
}

/** By text, what is missing first; 0: the same. */
function compareValues(a: readonly SplitValue[], b: readonly SplitValue[]): number {
  const text = (value: SplitValue): string =>
    [value.value === null ? '0' : `1${value.value}`, value.service?.name, value.service?.type].join('\0');
  return compareText(a.map(text).join('\0'), b.map(text).join('\0'));
}
