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
  const { choice } = params;
  const { measure, top } = choice;
  const { rows, scale, groups: ranked } = await rankGroups(data, params);
  const figures = (members: Uint32Array) => figuresOf(table, members, measure, scale);
  const rest = ranked.slice(top);
  return {
    choice,
    rows: ranked.slice(0, top).map((group): TopRow => ({ values: group.values, ...figures(group.rows) })),
    rest:
      rest.length === 0 ? null : { groups: rest.length, ...figures(joined(rest.map((group) => group.rows))) },
    all: figures(rows),
    bars: scale.bars.starts,
    widthNs: scale.bars.widthNs,
  };
}

interface Ranked {
  /** Of all groups. */
  readonly rows: Uint32Array;
  readonly scale: Scale;
  /** Most of the measure first. */
  readonly groups: readonly Group[];
}

async function rankGroups(data: SpanData, { filter, choice }: TopParams): Promise<Ranked> {
  const { table } = data;
  const { kind, splits, measure } = choice;
  const rows = requestsOfKind(table, filter, kind);
  const readers = await Promise.all(splits.map((split) => splitReader(data, split)));
  const scale = scaleOf(table, filter, rows, measure);
  const ranked = groupRows(rows, readers).map((group) => ({
    ...group,
    rank: rankOf(table, group.rows, measure, scale),
  }));
  ranked.sort((a, b) => b.rank - a.rank || compareValues(a.values, b.values));
  return { rows, scale, groups: ranked };
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

const groupPlaces = scratch((length) => new Uint32Array(length));

function splitGroup({ values, rows }: Group, { numberOf, valueOf }: SplitReader): Group[] {
  const places = new Map<number, number>();
  const sizes: number[] = [];
  const placeOf = groupPlaces(rows.length);
  for (let at = 0; at < rows.length; at++) {
    const number = numberOf(rows[at]);
    let place = places.get(number);
    if (place === undefined) {
      places.set(number, (place = sizes.length));
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
  return Array.from(places, ([number, place]) => ({
    values: [...values, valueOf(number)],
    rows: members[place],
  }));
}

/** What shares and rates are measured against. */
interface Scale {
  /** Sum of the response times of all requests, ns. */
  readonly time: number;
  /** The same by bar; of shares only. */
  readonly times: readonly number[];
  readonly bars: TimeBars;
  /** Of the timeframe; null: none. */
  readonly minutes: number | null;
}

function scaleOf(table: RequestTable, { timeframe }: Filter, rows: Uint32Array, measure: Measure): Scale {
  const range = closedTimeframe(table, timeframe);
  const bars = range ? timeBars(range.from, range.to) : NO_BARS;
  return {
    time: sumsOf(table, rows).time,
    times: measure === 'share' ? sumsInBars(table, rows, bars).map(({ time }) => time) : [],
    bars,
    minutes: range && Number(range.to - range.from) / NS_PER_MINUTE,
  };
}

function figuresOf(table: RequestTable, rows: Uint32Array, measure: Measure, scale: Scale): TopFigures {
  const { requests, failed, time } = sumsOf(table, rows);
  const inData = inDataOf(table, rows);
  return {
    requests,
    failedRequests: failed,
    responseTime: timesOf(table, rows),
    sum: time / NS_PER_MS,
    share: scale.time === 0 ? 0 : time / scale.time,
    perMinute: scale.minutes === null ? null : requests / scale.minutes,
    ...(inData && { inData }),
    overTime: overTime(table, rows, measure, scale),
  };
}

/** By bar; null: there is no request to measure. */
function overTime(
  table: RequestTable,
  rows: Uint32Array,
  measure: Measure,
  { bars, times }: Scale,
): (number | null)[] {
  if (bars.starts.length === 0) return [];
  if (isOfTimes(measure)) {
    return rowsInBars(table, rows, bars).map((members) => measureOfTimes(table, members, measure));
  }
  const minutes = Number(bars.widthNs) / NS_PER_MINUTE;
  return sumsInBars(table, rows, bars).map((sums, bar) =>
    measureOfSums(sums, measure, { time: times[bar], minutes }),
  );
}

/** Of all requests of a group. */
function rankOf(table: RequestTable, rows: Uint32Array, measure: Measure, scale: Scale): number {
  if (measure === 'requests') return countOf(table, rows);
  const rank = isOfTimes(measure)
    ? measureOfTimes(table, rows, measure)
    : measureOfSums(sumsOf(table, rows), measure, scale);
  return rank ?? 0;
}

type MeasureOfTimes = Extract<Measure, 'average' | 'median' | 'p95'>;

function isOfTimes(measure: Measure): measure is MeasureOfTimes {
  return measure === 'average' || measure === 'median' || measure === 'p95';
}

function measureOfTimes(table: RequestTable, rows: Uint32Array, measure: MeasureOfTimes): number | null {
  return rows.length === 0 ? null : timesOf(table, rows)[measure];
}

/** What adds up over requests. */
interface Sums {
  requests: number;
  failed: number;
  /** ns */
  time: number;
}

function measureOfSums(
  { requests, failed, time }: Sums,
  measure: Exclude<Measure, MeasureOfTimes>,
  scale: Pick<Scale, 'time' | 'minutes'>,
): number | null {
  switch (measure) {
    case 'requests':
      return requests;
    case 'failedRequests':
      return failed;
    case 'perMinute':
      return scale.minutes === null ? null : requests / scale.minutes;
    case 'sum':
      return time / NS_PER_MS;
    case 'share':
      return scale.time === 0 ? null : time / scale.time;
    case 'failureRate':
      return requests === 0 ? null : failed / requests;
  }
}

/** In one go: each column would be waited for once more. */
function sumsOf({ durations, failed, weights }: RequestTable, rows: Uint32Array): Sums {
  const sums: Sums = { requests: 0, failed: 0, time: 0 };
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const weight = weights === null ? 1 : weights[row];
    sums.requests += weight;
    sums.failed += failed[row] * weight;
    sums.time += durations[row] * weight;
  }
  return sums;
}

function sumsInBars(table: RequestTable, rows: Uint32Array, bars: TimeBars): readonly Sums[] {
  if (bars.starts.length === 0) return [];
  const { durations, failed, weights } = table;
  const barOf = barFinder(table, bars);
  const sums = bars.starts.map((): Sums => ({ requests: 0, failed: 0, time: 0 }));
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const bar = barOf(row);
    if (bar === NO_BAR) continue;
    const weight = weights === null ? 1 : weights[row];
    sums[bar].requests += weight;
    sums[bar].failed += failed[row] * weight;
    sums[bar].time += durations[row] * weight;
  }
  return sums;
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
