/** Lengths of intervals that overlap. */

/** Longer runs are left to the browser's sort, whose start costs more than sorting a few by hand. */
const FEW = 24;

/**
 * Length of what the intervals [from, to) in [first, end) of two columns cover together; none ends before it
 * starts. Once starts and ends are sorted, each by itself, all that began has ended wherever an end comes
 * before the next start: these are the gaps.
 */
export function unionLength(from: Float64Array, to: Float64Array, first: number, end: number): number {
  if (end <= first) return 0;
  const starts = sorted(from, first, end);
  const ends = sorted(to, first, end);
  let length = ends[ends.length - 1] - starts[0];
  for (let i = 1; i < starts.length; i++) length -= Math.max(0, starts[i] - ends[i - 1]);
  return length;
}

/** A view of the column where it is in order already. */
function sorted(values: Float64Array, first: number, end: number): Float64Array {
  const run = values.subarray(first, end);
  for (let i = 1; i < run.length; i++) {
    if (run[i] < run[i - 1]) return run.length > FEW ? run.slice().sort() : sortedFew(run.slice());
  }
  return run;
}

function sortedFew(values: Float64Array): Float64Array {
  for (let i = 1; i < values.length; i++) {
    const value = values[i];
    let at = i;
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
  return values;
}
