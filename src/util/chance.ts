/** Tests against chance, two-sided. Each gives a p-value, 0..1. */
import { logChoose } from './choose.ts';

/** Terms below this part of the greatest one add nothing to a sum of doubles. */
const NEGLIGIBLE = 1e-18;
/** Tables that are as likely as the observed one, but for rounding (as in R's fisher.test). */
const TOLERANCE = 1 + 1e-7;

/**
 * Fisher's exact test of whether two shares differ: the chance of a table at most as likely as this one,
 * with the same sums. Walks from the likeliest table outwards, so the cost is about √n.
 */
export function fisherTwoSided(a: number, aMarked: number, b: number, bMarked: number): number {
  const marked = aMarked + bMarked;
  const least = Math.max(0, marked - b);
  const most = Math.min(a, marked);
  if (least === most) return 1;
  const mode = Math.min(most, Math.max(least, Math.floor(((a + 1) * (marked + 1)) / (a + b + 2))));
  const log = (x: number): number => logChoose(a, x) + logChoose(b, marked - x);
  const observed = Math.exp(log(aMarked) - log(mode)) * TOLERANCE;
  let all = 0;
  let asUnlikely = 0;
  const add = (weight: number): void => {
    all += weight;
    if (weight <= observed) asUnlikely += weight;
  };
  let weight = 1;
  for (let x = mode; x <= most && weight > NEGLIGIBLE; x++) {
    add(weight);
    weight *= ((a - x) * (marked - x)) / ((x + 1) * (b - marked + x + 1));
  }
  weight = 1;
  for (let x = mode; x > least && weight > NEGLIGIBLE; x--) {
    weight *= (x * (b - marked + x)) / ((a - x + 1) * (marked - x + 1));
    add(weight);
  }
  return Math.min(1, asUnlikely / all);
}

/**
 * Fisher's exact test, one-sided: the chance of `aMarked` or more of the marked among a, were they spread over
 * a and b by chance (the tail of the hypergeometric distribution).
 */
export function fisherGreater(a: number, aMarked: number, b: number, bMarked: number): number {
  const marked = aMarked + bMarked;
  const least = Math.max(0, marked - b);
  if (aMarked <= least) return 1;
  const up = (x: number): number => ((a - x) * (marked - x)) / ((x + 1) * (b - marked + x + 1));
  const log = (x: number): number => logChoose(a, x) + logChoose(b, marked - x) - logChoose(a + b, marked);
  // Summed away from the likeliest table, so that terms only fall.
  const above = aMarked * (a + b) > marked * a;
  let x = above ? aMarked : aMarked - 1;
  let weight = Math.exp(log(x));
  const smallest = weight * NEGLIGIBLE;
  let sum = 0;
  while (weight > smallest) {
    sum += weight;
    weight *= above ? up(x) : x > least ? 1 / up(x - 1) : 0;
    x += above ? 1 : -1;
  }
  return Math.min(1, Math.max(0, above ? sum : 1 - sum));
}

/**
 * Mann–Whitney test of whether values of one list tend to be greater than those of another: normal
 * approximation with corrections for ties and continuity (Mann & Whitney 1947; Lehmann, Nonparametrics, 1975).
 * Both lists ascending. 1 where one is empty or all values are equal.
 */
export function mannWhitney(a: Float64Array, b: Float64Array): number {
  const total = a.length + b.length;
  if (a.length === 0 || b.length === 0) return 1;
  let rankSum = 0;
  let ties = 0;
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const value = j >= b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
    const before = i + j;
    const fromA = i;
    while (i < a.length && a[i] === value) i++;
    while (j < b.length && b[j] === value) j++;
    const alike = i + j - before;
    rankSum += (i - fromA) * (before + (alike + 1) / 2);
    ties += alike * (alike - 1) * (alike + 1);
  }
  const u = rankSum - (a.length * (a.length + 1)) / 2;
  const variance = ((a.length * b.length) / 12) * (total + 1 - ties / (total * (total - 1)));
  if (!(variance > 0)) return 1;
  const distance = Math.max(0, Math.abs(u - (a.length * b.length) / 2) - 0.5);
  return Math.min(1, 2 * normalAbove(distance / Math.sqrt(variance)));
}

/** Chance of a standard normal value above z ≥ 0: Chebyshev fit of erfc (Numerical Recipes, erfcc), relative error below 1.2e-7. */
function normalAbove(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + x / 2);
  const series = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
    -0.82215223, 0.17087277,
  ];
  const sum = series.reduceRight((rest, factor) => factor + t * rest, 0);
  return (t * Math.exp(-x * x + sum)) / 2;
}

/**
 * Benjamini–Hochberg: p-values made comparable with a false discovery rate (JRSS B 57, 1995), in the given
 * order. null: not tested, stays null.
 */
export function adjustForMany(chances: readonly (number | null)[]): (number | null)[] {
  const tested = chances.flatMap((p, at) => (p === null ? [] : [{ p, at }])).sort((a, b) => b.p - a.p);
  const adjusted: (number | null)[] = chances.map(() => null);
  let least = 1;
  tested.forEach(({ p, at }, i) => {
    least = Math.min(least, (p * tested.length) / (tested.length - i));
    adjusted[at] = least;
  });
  return adjusted;
}
