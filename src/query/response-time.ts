import type { ResponseTime } from '../model/answers.ts';
import { nearestRank, valuesAtRanks } from '../util/ranks.ts';
import { scratch } from '../util/scratch.ts';

const NS_PER_MS = 1e6;

const PERCENTS = [50, 75, 90, 95, 99, 100];

/** Exact figures over durations in ns (nearest rank, SEMANTICS §8), in ms; 0 where empty. */
export function responseTimeOf(durations: Float64Array): ResponseTime {
  return describe(durations, percentilesOf(durations, PERCENTS));
}

/** As responseTimeOf, of durations in ascending order. */
export function responseTimeOfSorted(durations: Float64Array): ResponseTime {
  return describe(
    durations,
    PERCENTS.map((percent) => (durations[nearestRank(percent, durations.length)] ?? 0) / NS_PER_MS),
  );
}

/** As responseTimeOf, some percentiles alone, ascending. */
export function percentilesOf(durations: Float64Array, percents: readonly number[]): number[] {
  if (durations.length === 0) return percents.map(() => 0);
  const ranks = percents.map((percent) => nearestRank(percent, durations.length));
  return valuesAtRanks(durations, ranks).map((ns) => ns / NS_PER_MS);
}

function describe(durations: Float64Array, percentiles: readonly number[]): ResponseTime {
  const count = durations.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += durations[i];
  const [median, p75, p90, p95, p99, max] = percentiles;
  return { count, average: count === 0 ? 0 : sum / count / NS_PER_MS, median, p75, p90, p95, p99, max };
}

/** Rounding of sums of weights must not move a rank. */
const SLACK = 1e-9;

/** As responseTimeOf, each duration standing for `weights` of them: nearest rank over the sum of the weights. */
export function weightedResponseTimeOf(durations: Float64Array, weights: Float64Array): ResponseTime {
  const order = Uint32Array.from(durations.keys()).sort((a, b) => durations[a] - durations[b]);
  const upTo = new Float64Array(order.length);
  let total = 0;
  let sum = 0;
  order.forEach((at, rank) => {
    total += weights[at];
    sum += weights[at] * durations[at];
    upTo[rank] = total;
  });
  const at = (percent: number): number => {
    if (order.length === 0) return 0;
    const wanted = (percent / 100 - SLACK) * total;
    return durations[order[upTo.findIndex((weight) => weight >= wanted)]] / NS_PER_MS;
  };
  return {
    count: order.length,
    average: total === 0 ? 0 : sum / total / NS_PER_MS,
    median: at(50),
    p75: at(75),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    max: at(100),
  };
}

/** The durations of some requests, in an array of their own. */
export function durationsOf(durations: Float64Array, rows: Uint32Array): Float64Array {
  return pick(durations, rows, new Float64Array(rows.length));
}

const inHand = scratch((length) => new Float64Array(length));

/** As durationsOf, until it is asked for the next ones. */
export function durationsInHand(durations: Float64Array, rows: Uint32Array): Float64Array {
  return pick(durations, rows, inHand(rows.length));
}

function pick(durations: Float64Array, rows: Uint32Array, into: Float64Array): Float64Array {
  for (let i = 0; i < rows.length; i++) into[i] = durations[rows[i]];
  return into;
}
