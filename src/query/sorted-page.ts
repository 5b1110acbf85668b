import type { RequestTable } from '../assembly/request-table.ts';
import type { EvidencePage, EvidenceSort } from '../model/answers-evidence.ts';

type Compare = (a: number, b: number) => number;

/** The rows of one page of a sorted list, without sorting the whole of it. Equals stay in row order. */
export function sortedPage(table: RequestTable, rows: Uint32Array, page: EvidencePage): Uint32Array {
  const by = comparison(table, page.sort);
  const compare: Compare = page.descending ? (a, b) => by(b, a) || a - b : (a, b) => by(a, b) || a - b;
  const from = Math.max(0, page.offset);
  const to = Math.min(rows.length, from + page.limit);
  if (from >= to) return new Uint32Array();
  const order = rows.slice();
  partition(order, from, 0, order.length - 1, compare);
  if (to < order.length) partition(order, to, from, order.length - 1, compare);
  return order.slice(from, to).sort(compare);
}

function comparison({ starts, durations, failed }: RequestTable, sort: EvidenceSort): Compare {
  const byStart: Compare = (a, b) => starts[a * 2] - starts[b * 2] || starts[a * 2 + 1] - starts[b * 2 + 1];
  switch (sort) {
    case 'start':
      return byStart;
    case 'duration':
      return (a, b) => durations[a] - durations[b];
    case 'failed':
      return (a, b) => failed[a] - failed[b] || byStart(a, b);
  }
}

/** Quickselect (Hoare 1961): afterwards no row before `at` is greater, and none after it smaller, than the one at it. */
function partition(order: Uint32Array, at: number, first: number, last: number, compare: Compare): void {
  let low = first;
  let high = last;
  while (low < high) {
    const pivot = medianOf(order[low], order[(low + high) >> 1], order[high], compare);
    let i = low;
    let j = high;
    while (i <= j) {
      while (compare(order[i], pivot) < 0) i++;
      while (compare(order[j], pivot) > 0) j--;
      if (i > j) break;
      const moved = order[i];
      order[i++] = order[j];
      order[j--] = moved;
    }
    if (at <= j) high = j;
    else if (at >= i) low = i;
    else return;
  }
}

function medianOf(a: number, b: number, c: number, compare: Compare): number {
  if (compare(a, b) > 0) return medianOf(b, a, c, compare);
  if (compare(b, c) <= 0) return b;
  return compare(a, c) > 0 ? a : c;
}
