import type { ResponseTime } from '../model/answers.ts';

const NS_PER_MS = 1e6;

/** Exact figures over durations in ns (nearest rank, SEMANTICS §8); sorts its argument. In ms; 0 where empty. */
export function responseTimeOf(durations: Float64Array): ResponseTime {
  const sorted = durations.sort();
  let sum = 0;
  for (let i = 0; i < sorted.length; i++) sum += sorted[i];
  const at = (percent: number): number => percentileOf(sorted, percent);
  return {
    count: sorted.length,
    average: sorted.length === 0 ? 0 : sum / sorted.length / NS_PER_MS,
    median: at(50),
    p75: at(75),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    max: at(100),
  };
}

/** Nearest rank over sorted durations in ns; in ms, 0 where empty. */
export function percentileOf(sorted: Float64Array, percent: number): number {
  if (sorted.length === 0) return 0;
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1] / NS_PER_MS;
}

/** The durations of some requests, in an array of their own. */
export function durationsOf(durations: Float64Array, rows: Uint32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) picked[i] = durations[rows[i]];
  return picked;
}
