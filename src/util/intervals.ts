/** Lengths of intervals that overlap. */

/** Longer runs are left to the browser's sort, whose start costs more than sorting a few by hand. */
const FEW = 24;
const NONE = -1;

/** Sum over groups of the length that the intervals of each cover together; those of a group come together. */
export class UnionSum {
  #sum = 0;
  #group = NONE;
  #count = 0;
  #from = new Float64Array(4);
  #to = new Float64Array(4);

  /** [from, to), which does not end before it starts. `group`: not negative. */
  add(group: number, from: number, to: number): void {
    if (group !== this.#group) {
      this.#close();
      this.#group = group;
    }
    if (from === to) return;
    if (this.#count === this.#from.length) this.#grow();
    this.#from[this.#count] = from;
    this.#to[this.#count++] = to;
  }

  /** Of all groups, the last one with it. */
  total(): number {
    this.#close();
    return this.#sum;
  }

  #close(): void {
    this.#sum += unionLength(this.#from, this.#to, this.#count);
    this.#count = 0;
  }

  #grow(): void {
    const [from, to] = [this.#from, this.#to];
    this.#from = new Float64Array(from.length * 2);
    this.#from.set(from);
    this.#to = new Float64Array(to.length * 2);
    this.#to.set(to);
  }
}

/**
 * Length of what the first `count` intervals, none of which ends before it starts, cover together. Once starts and
 * ends are sorted, each by itself, all that began has ended wherever an end comes before the next start: these are
 * the gaps. Changes the order of its arguments.
 */
export function unionLength(starts: Float64Array, ends: Float64Array, count = starts.length): number {
  if (count === 0) return 0;
  sort(starts, count);
  sort(ends, count);
  let length = ends[count - 1] - starts[0];
  for (let i = 1; i < count; i++) length -= Math.max(0, starts[i] - ends[i - 1]);
  return length;
}

function sort(values: Float64Array, count: number): void {
  if (count > FEW) {
    values.subarray(0, count).sort();
    return;
  }
  for (let i = 1; i < count; i++) {
    const value = values[i];
    let at = i;
    for (; at > 0 && values[at - 1] > value; at--) values[at] = values[at - 1];
    values[at] = value;
  }
}
