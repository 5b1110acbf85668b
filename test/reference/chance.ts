/** Two-sided tests, by enumeration. */

/** Fisher: the sum over all tables with these margins that are at most as likely. Exact integers. */
export function fisherTwoSided(a: number, aMarked: number, b: number, bMarked: number): number {
  const marked = aMarked + bMarked;
  const ways = (x: number): bigint => choose(a, x) * choose(b, marked - x);
  const observed = ways(aMarked);
  let unlikely = 0n;
  let all = 0n;
  for (let x = 0; x <= marked; x++) {
    all += ways(x);
    if (ways(x) <= observed) unlikely += ways(x);
  }
  return Number((unlikely * 10n ** 18n) / all) / 1e18;
}

function choose(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  let product = 1n;
  for (let i = 1; i <= k; i++) product = (product * BigInt(n - k + i)) / BigInt(i);
  return product;
}

/** Mann–Whitney by comparing every pair; normal approximation with ties and continuity. */
export function mannWhitney(a: readonly number[], b: readonly number[]): number {
  if (a.length === 0 || b.length === 0) return 1;
  const all = [...a, ...b];
  const wins = a.flatMap((x) => b.map((y) => (x > y ? 1 : x === y ? 0.5 : 0)));
  const u = wins.reduce<number>((sum, win) => sum + win, 0);
  const groups = [...new Set(all)].map((value) => all.filter((other) => other === value).length);
  const ties = groups.reduce((sum, size) => sum + size ** 3 - size, 0);
  const n = all.length;
  const variance = ((a.length * b.length) / 12) * (n + 1 - ties / (n * (n - 1)));
  if (variance <= 0) return 1;
  const distance = Math.max(0, Math.abs(u - (a.length * b.length) / 2) - 0.5);
  return Math.min(1, 2 * normalAbove(distance / Math.sqrt(variance)));
}

/** By Simpson's rule from z to 12, where nothing is left. */
function normalAbove(z: number): number {
  const end = Math.max(12, z + 1);
  const steps = 4000;
  const width = (end - z) / steps;
  const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(z) + density(end);
  for (let i = 1; i < steps; i++) sum += density(z + i * width) * (i % 2 === 1 ? 4 : 2);
  return (sum * width) / 3;
}

/** Benjamini–Hochberg as defined: the least, over all p at least as great, of p × tests ÷ rank. */
export function adjustForMany(chances: readonly (number | null)[]): (number | null)[] {
  const tested = chances.filter((p) => p !== null);
  const rankOf = (p: number): number => tested.filter((other) => other <= p).length;
  return chances.map((p) => {
    if (p === null) return null;
    const above = tested.filter((other) => other >= p);
    return Math.min(1, ...above.map((other) => (other * tested.length) / rankOf(other)));
  });
}

/** Fisher, one-sided: the sum over all tables with these margins and as many or more of the marked among a. */
export function fisherGreater(a: number, aMarked: number, b: number, bMarked: number): number {
  const marked = aMarked + bMarked;
  let more = 0n;
  for (let x = aMarked; x <= marked; x++) more += choose(a, x) * choose(b, marked - x);
  return Number((more * 10n ** 18n) / choose(a + b, marked)) / 1e18;
}
