/** 97.5 % quantile of the normal distribution: two-sided 95 %. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval for marked ÷ all, 95 %, 0..1; all > 0.
 * E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).
 */
export function wilsonInterval(marked: number, all: number): { low: number; high: number } {
  const share = marked / all;
  const centre = share + (Z * Z) / (2 * all);
  const half = Z * Math.sqrt((share * (1 - share)) / all + (Z * Z) / (4 * all * all));
  const scale = 1 + (Z * Z) / all;
  return {
    low: marked === 0 ? 0 : Math.max(0, (centre - half) / scale),
    high: marked === all ? 1 : Math.min(1, (centre + half) / scale),
  };
}

/**
 * Interval for the difference a − b of two independent shares, 95 %, −1..1: the hybrid score interval,
 * method 10 of R. G. Newcombe, Interval estimation for the difference between independent proportions,
 * Statistics in Medicine 17 (1998) 873–890.
 */
export function differenceInterval(
  a: { marked: number; all: number },
  b: { marked: number; all: number },
): { low: number; high: number } {
  const shareA = a.marked / a.all;
  const shareB = b.marked / b.all;
  const rangeA = wilsonInterval(a.marked, a.all);
  const rangeB = wilsonInterval(b.marked, b.all);
  const difference = shareA - shareB;
  return {
    low: difference - Math.hypot(shareA - rangeA.low, rangeB.high - shareB),
    high: difference + Math.hypot(rangeA.high - shareA, shareB - rangeB.low),
  };
}
