/** What follows from the attributes of a span is worked out once for all spans that say the same (FactSets). */
import type { SpanTable } from './span-table.ts';

const NOT_YET = -1;
/** Sets and texts of a dataset stay below 2^24 and 2^26, kinds below 2^3. */
const KINDS = 8;
const NAMES = 2 ** 26;

/** Remembers a number (0 and up) that follows from the attributes alone. By row. */
export function numberPerSet(table: SpanTable, compute: (row: number) => number): (row: number) => number {
  const { factSets } = table;
  const numbers = new Int32Array(table.sets.count).fill(NOT_YET);
  return (row) => {
    const set = factSets[row];
    if (numbers[set] === NOT_YET) numbers[set] = compute(row);
    return numbers[set];
  };
}

/** Remembers what follows from the attributes, the kind and the name. By row. */
export function perSignature<T extends object | null>(
  table: SpanTable,
  compute: (row: number) => T,
): (row: number) => T {
  const { factSets, kinds, names, sets } = table;
  // Spans that say the same mostly have the same name: the last one of each set is at hand.
  const lastSaid = new Float64Array(sets.count).fill(NOT_YET);
  const lastAnswers = new Array<T>(sets.count);
  const answers = new Map<number, T>();
  return (row) => {
    const set = factSets[row];
    const said = kinds[row] * NAMES + names[row];
    if (lastSaid[set] === said) return lastAnswers[set];
    const key = set * KINDS * NAMES + said;
    let answer = answers.get(key);
    if (answer === undefined) answers.set(key, (answer = compute(row)));
    lastSaid[set] = said;
    lastAnswers[set] = answer;
    return answer;
  };
}
