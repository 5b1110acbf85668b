import { logChoose } from './choose.ts';

/** The chance of `successes` or more in `trials` tries that succeed with probability `rate` each. 0..1. */
export function binomialTail(trials: number, successes: number, rate: number): number {
  if (successes <= 0) return 1;
  if (rate <= 0) return 0;
  if (rate >= 1) return 1;
  const failures = trials - successes;
  let term = Math.exp(
    logChoose(trials, successes) + successes * Math.log(rate) + failures * Math.log1p(-rate),
  );
  let tail = 0;
  for (let x = successes; x <= trials && term > 0; x++) {
    tail += term;
    term *= ((trials - x) / (x + 1)) * (rate / (1 - rate));
  }
  return Math.min(1, tail);
}
