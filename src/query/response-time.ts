import type { ResponseTime } from '../model/answers.ts';
import { scratch } from '../util/scratch.ts';

const NS_PER_MS = 1e6;

/**
 * Exact figures over durations in ns (nearest rank, SEMANTICS §8), in ms; 0 where empty. Changes the order of
 * its argument: finding six ranks is several times faster than sorting.
 */
export function responseTimeOf(durations: Float64Array): ResponseTime {
  const count = durations.length;
  let sum = 0;
  for (let i = 0; i < count; i++) sum += durations[i];
  let ranked = 0;
  const at = (percent: number): number => {
    if (count === 0) return 0;
    const rank = Math.ceil((percent * count) / 100) - 1;
    moveRankInPlace(durations, rank, ranked);
    ranked = rank;
    return durations[rank] / NS_PER_MS;
  };
  // From the lowest up: each rank is looked for only among what is not below the one before.
  return {
    count,
    average: count === 0 ? 0 : sum / count / NS_PER_MS,
    median: at(50),
    p75: at(75),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    max: at(100),
  };
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

/** Quickselect from `first` on: nothing before `rank` is then greater than the value there, nothing after smaller. */
export function moveRankInPlace(values: Float64Array, rank: number, first: number): void {
  let low = first;
  let high = values.length - 1;
  while (low < high) {
    const pivot = middleOf(values[low], values[(low + high) >> 1], values[high]);
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const moved = values[i];
      values[i++] = values[j];
      values[j--] = moved;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else return;
  }
}

function middleOf(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
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
