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
import { countOf, inDataOf, timesOf } from './extrapolation.ts';
import { kindTest } from './request-kinds.ts';
import { PairNumbers } from './pair-numbers.ts';
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
export async function listTopRequests(data: SpanData, params: TopParams): Promise<TopAnswer> {
  const { table } = data;
  const { filter, choice } = params;
  const { top } = choice;
  const { rows, groups } = await rankGroups(data, params);
  const bars = barsOf(table, filter);
  const told = groups.slice(0, top);
  const others = joined(groups.slice(top).map((group) => group.rows));
  const sums = sumsOfParts(
    table,
    rows,
    told.map((group) => group.rows),
    bars,
  );
  const all = addedUp(sums);
  const scale = { measure: choice.measure, all, bars, minutes: minutesOf(table, filter) };
  const figures = (members: Uint32Array, sums: BarSums): TopFigures => figuresOf(table, members, sums, scale);
  return {
    choice,
    rows: told.map((group, i): TopRow => ({ values: group.values, ...figures(group.rows, sums[i]) })),
    rest:
      groups.length <= top ? null : { groups: groups.length - top, ...figures(others, sums[told.length]) },
    all: figures(rows, all),
    bars: bars.starts,
    widthNs: bars.widthNs,
  };
}

interface Ranked {
  /** Of all groups. */
  readonly rows: Uint32Array;
  /** Most of the measure first. */
  readonly groups: readonly Group[];
}

async function rankGroups(data: SpanData, { filter, choice }: TopParams): Promise<Ranked> {
  const { table } = data;
  const { kind, splits, measure } = choice;
  const rows = requestsOfKind(table, filter, kind);
  const readers = await Promise.all(splits.map((split) => splitReader(data, split)));
  const groups = groupRows(rows, readers);
  const ranks = ranksOf(table, rows, groups, measure);
  const ranked = groups.map((group, i) => ({ ...group, rank: ranks[i] }));
  ranked.sort((a, b) => b.rank - a.rank || compareValues(a.values, b.values));
  return { rows, groups: ranked };
}

/** The requests of the groups that are not told one by one, ascending. */
export async function topRest(data: SpanData, filter: Filter, choice: TopChoice): Promise<Uint32Array> {
  const { groups } = await rankGroups(data, { filter, choice });
  return joined(groups.slice(choice.top).map((group) => group.rows)).sort();
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
  const rows = requestsOfKind(data.table, filter, group.of);
  const readers = await Promise.all(group.splits.map((split) => splitReader(data, split)));
  const found = groupRows(rows, readers).find(({ values }) => compareValues(values, group.values) === 0);
  return found?.rows ?? new Uint32Array();
}

function requestsOfKind(table: RequestTable, filter: Filter, kind: RequestKind): Uint32Array {
  const passes = compileFilter(table, { ...filter, chains: [] });
  const isOfKind = kindTest(table, kind);
  const rows = rowsInHand(table.count);
  let count = 0;
  for (let row = 0; row < table.count; row++) if (isOfKind(row) && passes(row)) rows[count++] = row;
  return rows.slice(0, count);
}

interface Group {
  readonly values: readonly SplitValue[];
  readonly rows: Uint32Array;
}

/** Without a reader all are one group. */
function groupRows(rows: Uint32Array, readers: readonly SplitReader[]): Group[] {
  const groups = readers.reduce(
    (before: readonly Group[], reader) => before.flatMap((group) => splitGroup(group, reader)),
    [{ values: [], rows }],
  );
  return groups.filter((group) => group.rows.length > 0);
}

const WORD = 2 ** 32;

const groupPlaces = scratch((length) => new Uint32Array(length));

function splitGroup({ values, rows }: Group, { numberOf, valueOf }: SplitReader): Group[] {
  // Of the two words of a number.
  const places = new PairNumbers();
  const numbers: number[] = [];
  const sizes: number[] = [];
  const placeOf = groupPlaces(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const number = numberOf(rows[at]);
    const place = places.numberOf(Math.floor(number / WORD) >>> 0, number >>> 0);
    if (place === sizes.length) {
      numbers.push(number);
      sizes.push(0);
    }
    sizes[place]++;
    placeOf[at] = place;
  }
  const members = sizes.map((size) => new Uint32Array(size));
  const filled = new Uint32Array(sizes.length);
  for (let at = 0; at < rows.length; at++) {
    const place = placeOf[at];
    members[place][filled[place]++] = rows[at];
  }
  return numbers.map((number, place) => ({
    values: [...values, valueOf(number)],
    rows: members[place],
  }));
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
function ranksOf(
  table: RequestTable,
  rows: Uint32Array,
  groups: readonly Group[],
  measure: Measure,
): readonly number[] {
  const parts = groups.map((group) => group.rows);
  if (measure === 'requests' || measure === 'perMinute') return parts.map((part) => countOf(table, part));
  if (isOfTimes(measure)) return parts.map((part) => measureOfTimes(table, part, measure) ?? 0);
  const ranked = measure === 'share' ? 'sum' : measure;
  return sumsOfParts(table, rows, parts, NO_BARS).map(
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

const partsOfRows = scratch((length) => new Uint32Array(length));

/** Of each part of the rows, and behind them of the others. In the order of the rows, so that nothing is waited for. */
function sumsOfParts(
  table: RequestTable,
  rows: Uint32Array,
  parts: readonly Uint32Array[],
  bars: TimeBars,
): readonly BarSums[] {
  const { durations, failed, weights } = table;
  const partOf = partsOfRows(table.count).fill(parts.length);
  parts.forEach((members, part) => {
    for (let i = 0; i < members.length; i++) partOf[members[i]] = part;
  });
  const barOf = bars.starts.length === 0 ? () => NO_BAR : barFinder(table, bars);
  // In front of the bars: what is in none.
  const perPart = bars.starts.length + 1;
  const sums = new Float64Array((parts.length + 1) * perPart * SUM_WORDS);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const at = (partOf[row] * perPart + barOf(row) - NO_BAR) * SUM_WORDS;
    const weight = weights === null ? 1 : weights[row];
    sums[at] += weight;
    sums[at + 1] += failed[row] * weight;
    sums[at + 2] += durations[row] * weight;
  }
  return Array.from({ length: parts.length + 1 }, (_, part): BarSums => {
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

function joined(lists: readonly Uint32Array[]): Uint32Array {
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  return all;
}

/** By text, what is missing first; 0: the same. */
function compareValues(a: readonly SplitValue[], b: readonly SplitValue[]): number {
  const text = (value: SplitValue): string =>
    [value.value === null ? '0' : `1${value.value}`, value.service?.name, value.service?.type].join('\0');
  return compareText(a.map(text).join('\0'), b.map(text).join('\0'));
}
