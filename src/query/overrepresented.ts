/** Which values of many are over-represented among some requests, beyond chance (docs/figures.md, Outliers). */
import type { OutlierRow, OutlierValue } from '../model/answers-outliers.ts';
import { adjustForMany, fisherGreater } from '../util/chance.ts';
import { differenceInterval } from '../util/proportion.ts';
import { compareText } from '../util/compare-text.ts';
import type { Tally } from './tallies.ts';

/** Adjusted chance below which a value is flagged. */
const SIGNIFICANT = 0.05;
/** Values of one key that are compared: its most frequent ones. */
const MOST_COMPARED = 1000;
/** A value of one request says nothing. */
const LEAST_BEARERS = 2;

export interface Candidate extends OutlierValue {
  readonly tally: Tally;
}

export interface Comparison {
  readonly comparisons: number;
  readonly beyondChance: number;
  readonly overRepresented: number;
  /** Of those over-represented, beyond chance first, then by difference. */
  readonly rows: readonly OutlierRow[];
}

/** The candidates of one key that are compared, most frequent first, and how many are not. */
export function compared(
  candidates: readonly Candidate[],
  requests: number,
): { readonly chosen: readonly Candidate[]; readonly hidden: number } {
  const able = candidates.filter(({ tally }) => {
    const bearers = tally.inside + tally.outside;
    return bearers >= LEAST_BEARERS && bearers < requests;
  });
  able.sort(
    (a, b) =>
      b.tally.inside + b.tally.outside - a.tally.inside - a.tally.outside ||
      compareText(a.value ?? '', b.value ?? ''),
  );
  return { chosen: able.slice(0, MOST_COMPARED), hidden: Math.max(0, able.length - MOST_COMPARED) };
}

/** Of candidates that the same requests bear the first stands for all: it is one comparison. Tells so many rows. */
export function compareShares(
  candidates: readonly Candidate[],
  inside: number,
  outside: number,
  most: number,
): Comparison {
  const groups = [...groupAlike(candidates).values()];
  const chances = adjustForMany(
    groups.map(([{ tally }]) => fisherGreater(inside, tally.inside, outside, tally.outside)),
  );
  const over = groups
    .map((alike, group) => {
      const [{ tally }] = alike;
      const difference = tally.inside / inside - tally.outside / outside;
      return { alike, difference, chance: chances[group] ?? 1 };
    })
    .filter(({ difference }) => difference > 0);
  const isSignificant = ({ chance }: { chance: number }): boolean => chance < SIGNIFICANT;
  over.sort((a, b) => Number(isSignificant(b)) - Number(isSignificant(a)) || b.difference - a.difference);
  return {
    comparisons: groups.length,
    beyondChance: over.filter(isSignificant).length,
    overRepresented: over.length,
    rows: over
      .slice(0, most)
      .map(({ alike: [{ tally, ...first }, ...alike], difference, chance }): OutlierRow => ({
        ...first,
        inside: tally.inside,
        outside: tally.outside,
        difference,
        interval: differenceInterval(
          { marked: tally.inside, all: inside },
          { marked: tally.outside, all: outside },
        ),
        chance,
        alike: alike.map(({ field, value, path }) => ({ field, value, path })),
      })),
  };
}

function groupAlike(candidates: readonly Candidate[]): Map<string, Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    const { inside, outside, printA, printB } = candidate.tally;
    const key = `${inside}/${outside}/${printA}/${printB}`;
    const group = groups.get(key);
    if (group) group.push(candidate);
    else groups.set(key, [candidate]);
  }
  return groups;
}
