import { logChoose } from './choose.ts';

/**
 * One-sided Fisher exact test on the table (marked, marked failed; others, others failed): the chance
 * of `markedFailed` or more failures among the marked ones if failures fell at random. 0..1.
 */
export function fisherAbove(
  marked: number,
  markedFailed: number,
  others: number,
  othersFailed: number,
): number {
  const all = marked + others;
  const failed = markedFailed + othersFailed;
  const logAll = logChoose(all, marked);
  let chance = 0;
  for (let x = Math.max(markedFailed, marked - (all - failed)); x <= Math.min(marked, failed); x++) {
    chance += Math.exp(logChoose(failed, x) + logChoose(all - failed, marked - x) - logAll);
  }
  return Math.min(1, chance);
}
