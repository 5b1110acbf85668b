/** Values at ranks of a list that is not sorted, several times faster than sorting it. */
import { binAt, BINS, wordsOf } from './number-bins.ts';
import { scratch } from './scratch.ts';

/** The nearest rank (from 0) of a percentile among so many values; −1 where there is none. */
export function nearestRank(percent: number, count: number): number {
  return Math.ceil((percent * count) / 100) - 1;
}

/** Fewer are ordered without bins: a look through these costs as much as that. */
const FEW = 400;

/** All zero between two calls. */
const counts = new Uint32Array(BINS);
const inHand = scratch((length) => new Float64Array(length));

/**
 * The values at `ranks` (ascending, from 0) of numbers that are not negative, were they sorted. Of many only those in
 * the bins of the ranks are ordered.
 */
export function valuesAtRanks(values: Float64Array, ranks: readonly number[]): number[] {
  if (values.length < FEW) {
    const copy = inHand(values.length);
    copy.set(values);
    return selectInPlace(copy, ranks);
  }
  const { lowest, highest } = countBins(values);
  const isWanted = new Uint8Array(highest - lowest + 1);
  /** By rank: values below it in bins without a rank. */
  const leftOut: number[] = [];
  let left = 0;
  let below = 0;
  for (let bin = lowest; bin <= highest; bin++) {
    const count = counts[bin];
    counts[bin] = 0;
    below += count;
    while (leftOut.length < ranks.length && ranks[leftOut.length] < below) {
      leftOut.push(left);
      isWanted[bin - lowest] = 1;
    }
    if (isWanted[bin - lowest] === 0) left += count;
  }
  return selectInPlace(
    inBins(values, lowest, isWanted),
    leftOut.map((before, i) => ranks[i] - before),
  );
}

function countBins(values: Float64Array): { lowest: number; highest: number } {
  const words = wordsOf(values);
  let lowest = BINS;
  let highest = 0;
  for (let i = 0; i < values.length; i++) {
    const bin = binAt(words, i);
    counts[bin]++;
    if (bin < lowest) lowest = bin;
    if (bin > highest) highest = bin;
  }
  return { lowest, highest };
}

/** Valid until the next call. */
function inBins(values: Float64Array, lowest: number, isWanted: Uint8Array): Float64Array {
  const words = wordsOf(values);
  const found = inHand(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    if (isWanted[binAt(words, i) - lowest] === 1) found[count++] = values[i];
  }
  return found.subarray(0, count);
}

/** Each rank is looked for only among what is not below the one before. */
function selectInPlace(values: Float64Array, ranks: readonly number[]): number[] {
  let ranked = 0;
  return ranks.map((rank) => {
    moveRankInPlace(values, rank, ranked);
    ranked = rank;
    return values[rank];
  });
}

/** Quickselect from `first` on: nothing before `rank` is then greater than the value there, nothing after smaller. */
function moveRankInPlace(values: Float64Array, rank: number, first: number): void {
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
