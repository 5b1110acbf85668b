/** SEMANTICS.md §8: exact percentiles by nearest rank. In: ns; out: ms. And chance, for the verdict. */
import type { ResponseTime } from '../../src/model/answers.ts';

export function responseTimeOf(durationsNs: readonly number[]): ResponseTime {
  const sorted = durationsNs.toSorted((a, b) => a - b);
  const count = sorted.length;
  const at = (percent: number): number =>
    count === 0 ? 0 : (sorted[Math.ceil((percent * count) / 100) - 1] ?? 0) / 1e6;
  return {
    count,
    average: count === 0 ? 0 : Number(sumNs(sorted)) / count / 1e6,
    median: at(50),
    p75: at(75),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    max: at(100),
  };
}

export function sumNs(durationsNs: readonly number[]): bigint {
  return durationsNs.reduce((sum, ns) => sum + BigInt(Math.round(ns)), 0n);
}

const LOG_FACTORIALS = [0];

/** ln(n!), by adding up. */
function logFactorial(n: number): number {
  for (let i = LOG_FACTORIALS.length; i <= n; i++) {
    LOG_FACTORIALS.push((LOG_FACTORIALS[i - 1] ?? 0) + Math.log(i));
  }
  return LOG_FACTORIALS[n] ?? 0;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** The chance of `successes` or more in `trials` tries of this rate, by adding up. */
export function binomialAbove(trials: number, successes: number, rate: number): number {
  let chance = 0;
  for (let x = successes; x <= trials; x++) {
    if ((rate === 0 && x > 0) || (rate === 1 && x < trials)) continue;
    const ofSuccesses = x === 0 ? 0 : x * Math.log(rate);
    const ofFailures = x === trials ? 0 : (trials - x) * Math.log(1 - rate);
    chance += Math.exp(logChoose(trials, x) + ofSuccesses + ofFailures);
  }
  return chance;
}
