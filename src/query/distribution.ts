import type { RequestTable } from '../assembly/request-table.ts';
import type { ChainPath, Filter, Target } from '../model/answers.ts';
import type {
  DistributionAnswer,
  HistogramBar,
  HistogramScale,
  InstancesAnswer,
  InstanceTable,
  ThroughputAnswer,
} from '../model/answers-distribution.ts';
import type { ServiceRef } from '../model/service.ts';
import { compareText } from '../util/compare-text.ts';
import { binAt, BINS, leastOf, wordsOf } from '../util/number-bins.ts';
import { positionsBy } from './groups.ts';
import { distinctRows, NOT_THERE, rowsAtNode } from './places.ts';
import { durationsInHand, durationsOf, responseTimeOf } from './response-time.ts';
import { EMPTY_SERIES } from './service.ts';
import { selectTargets } from './targets.ts';
import { closedTimeframe } from './timeframe.ts';
import { timeSeriesOf } from './time-series.ts';

const NS_PER_MS = 1e6;
const NS_PER_MINUTE = 60e9;

/** About this many bars up to the 99th percentile of a linear scale. */
const LINEAR_BARS = 40;
/** Ten steps a decade that people can read: Renard's R10 series (ISO 3), times ten. */
const LOG_STEPS = [10, 12.5, 16, 20, 25, 31.5, 40, 50, 63, 80];

/** Histogram of response times at a node of the backtrace. */
export function describeDistribution(
  table: RequestTable,
  target: Target,
  filter: Filter,
  path: ChainPath,
  scale: HistogramScale,
): DistributionAnswer {
  const rows = distinctRows(table, rowsAtNode(table, selectTargets(table, target, filter).rows, path));
  const durations = durationsOf(table.durations, rows);
  const responseTime = responseTimeOf(durations);
  const edges =
    rows.length === 0 ? [] : edgesFor(scale, responseTime.p99 * NS_PER_MS, responseTime.max * NS_PER_MS);
  return {
    path,
    found: rows.length > 0,
    scale,
    bars: barsOf(edges, durations, (place) => table.failed[rows[place]]).map(
      ({ fromNs, toNs, all, marked }): HistogramBar => ({
        fromNs,
        toNs,
        requests: all,
        failedRequests: marked,
      }),
    ),
    responseTime,
  };
}

/** Lower edges of the bars in ns, ascending, from 0. */
function edgesFor(scale: HistogramScale, p99: number, max: number): number[] {
  if (scale === 'log') return logEdges(max);
  const width = readableWidth(p99 / LINEAR_BARS);
  const bars = Math.floor(p99 / width) + 1;
  const edges = Array.from({ length: bars }, (_, i) => i * width);
  return max >= bars * width ? [...edges, bars * width] : edges;
}

/** 1, 2 or 5 times a power of ten, in whole ns. */
function readableWidth(least: number): number {
  let power = 1;
  while (power * 5 < least) power *= 10;
  return [1, 2, 5].map((step) => step * power).find((width) => width >= least) ?? power * 10;
}

function logEdges(max: number): number[] {
  const edges = [0];
  for (let power = 1; ; power *= 10) {
    for (const step of LOG_STEPS) {
      if (step * power > max) return edges;
      edges.push(step * power);
    }
  }
}

interface Bar {
  readonly fromNs: number;
  readonly toNs: number | null;
  readonly all: number;
  readonly marked: number;
}

/** Bars of a logarithmic scale; `mark` gives 1 or 0 by place. */
export function logBars(durations: Float64Array, mark: (place: number) => number): Bar[] {
  if (durations.length === 0) return [];
  const max = durations.reduce((most, duration) => Math.max(most, duration));
  return barsOf(logEdges(max), durations, mark);
}

const NOT_YET = -1;

/** Begins with the first bar that holds something. */
function barsOf(edges: readonly number[], durations: Float64Array, mark: (place: number) => number): Bar[] {
  const all = new Uint32Array(edges.length);
  const marked = new Uint32Array(edges.length);
  const words = wordsOf(durations);
  const barOfBin = new Int16Array(BINS).fill(NOT_YET);
  for (let place = 0; place < durations.length; place++) {
    const bin = binAt(words, place);
    if (barOfBin[bin] === NOT_YET) barOfBin[bin] = lastAtMost(edges, leastOf(bin));
    let bar = barOfBin[bin];
    while (edges[bar + 1] <= durations[place]) bar++;
    all[bar]++;
    marked[bar] += mark(place);
  }
  const bars = edges.map((fromNs, i): Bar => ({
    fromNs,
    toNs: edges[i + 1] ?? null,
    all: all[i],
    marked: marked[i],
  }));
  return bars.slice(
    Math.max(
      0,
      all.findIndex((count) => count > 0),
    ),
  );
}

/** Position of the last edge that is not above the value. */
function lastAtMost(edges: readonly number[], value: number): number {
  let low = 0;
  let high = edges.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (edges[middle] <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Every instance of the service at a node, and of the target service as called through it. */
export function describeInstances(
  table: RequestTable,
  target: Target,
  filter: Filter,
  path: ChainPath,
): InstancesAnswer {
  const { rows } = selectTargets(table, target, filter);
  const at = rowsAtNode(table, rows, path);
  const through = rows.filter((_, i) => at[i] !== NOT_THERE);
  const ofTarget = instanceTable(table, target.service, through);
  const isTarget = path.length <= 1;
  return {
    path,
    found: through.length > 0,
    // One object: what is the same is then carried to the page once.
    node: isTarget ? ofTarget : instanceTable(table, path[path.length - 1], distinctRows(table, at)),
    target: ofTarget,
  };
}

function instanceTable(table: RequestTable, service: ServiceRef, rows: Uint32Array): InstanceTable {
  const groups = positionsBy(rows, table.instance);
  const instances = [...groups].map(([instance, positions]) => {
    const members = Uint32Array.from(positions, (position) => rows[position]);
    return {
      name: table.texts[instance],
      requests: members.length,
      failedRequests: failedAmong(table, members),
      responseTime: responseTimeOf(durationsInHand(table.durations, members)),
      share: members.length / rows.length,
      timesFair: (members.length / rows.length) * groups.size,
    };
  });
  return {
    service,
    instances: instances.sort((a, b) => b.requests - a.requests || compareText(a.name, b.name)),
  };
}

function failedAmong({ failed }: RequestTable, rows: Uint32Array): number {
  return rows.reduce((sum, row) => sum + failed[row], 0);
}

/** Requests of the target per minute of the timeframe. */
export function describeThroughput(table: RequestTable, target: Target, filter: Filter): ThroughputAnswer {
  const { found, rows } = selectTargets(table, target, filter);
  const failedRequests = failedAmong(table, rows);
  const timeframe = closedTimeframe(table, filter.timeframe);
  if (!timeframe) {
    const none = { perMinute: null, failedPerMinute: null, busiest: null, series: EMPTY_SERIES };
    return { found, requests: rows.length, failedRequests, ...none };
  }
  const minutes = Number(timeframe.to - timeframe.from) / NS_PER_MINUTE;
  const series = timeSeriesOf(table, rows, timeframe.from, timeframe.to);
  const fullest = series.buckets.reduce((best, bucket) => (bucket.requests > best.requests ? bucket : best));
  return {
    found,
    requests: rows.length,
    failedRequests,
    perMinute: rows.length / minutes,
    failedPerMinute: failedRequests / minutes,
    busiest: {
      from: fullest.from,
      perMinute: fullest.requests / (Number(series.widthNs) / NS_PER_MINUTE),
    },
    series,
  };
}
