/** ln(n!) by Stirling's series; exact sums for small n. Error below 1e-10 from n = 16 on. */
function logFactorial(n: number): number {
  if (n < 16) {
    let product = 1;
    for (let i = 2; i <= n; i++) product *= i;
    return Math.log(product);
  }
  const inverse = 1 / n;
  const series = inverse * (1 / 12 - inverse * inverse * (1 / 360 - (inverse * inverse) / 1260));
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + series;
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/**
 * One-sided Fisher exact test on the table (marked, marked failed; others, others failed): the chance
 * of `markedFailed` or more failures among the marked ones if failures fell at random. 0..1.
 */
export function fisherAbove(marked: number, markedFailed: number, others: number, othersFailed: number): number {
  const all = marked + others;
  const failed = markedFailed + othersFailed;
  const logAll = logChoose(all, marked);
  let chance = 0;
  for (let x = Math.max(markedFailed, marked - (all - failed)); x <= Math.min(marked, failed); x++) {
    chance += Math.exp(logChoose(failed, x) + logChoose(all - failed, marked - x) - logAll);
  }
  return Math.min(1, chance);
}
