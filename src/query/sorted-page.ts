import type { RequestTable } from '../assembly/request-table.ts';
import type { EvidencePage, EvidenceSort } from '../model/answers-evidence.ts';
import { compareText } from '../util/compare-text.ts';

type Compare = (a: number, b: number) => number;

/**
 * A list that is looked at page by page. The first page of an order is found without sorting the whole of it;
 * whoever asks for a second one will ask for more, so then all of it is sorted.
 */
export class SortedList {
  readonly rows: Uint32Array;
  readonly #table: RequestTable;
  #order = '';
  #sorted: Uint32Array | null = null;

  constructor(table: RequestTable, rows: Uint32Array) {
    this.#table = table;
    this.rows = rows;
  }

  /** Equals stay in row order. */
  page(page: EvidencePage): Uint32Array {
    const by = comparison(this.#table, page.sort);
    const compare: Compare = page.descending ? (a, b) => by(b, a) || a - b : (a, b) => by(a, b) || a - b;
    const from = Math.max(0, page.offset);
    const to = Math.min(this.rows.length, from + page.limit);
    if (from >= to) return new Uint32Array();
    const order = `${page.sort} ${page.descending}`;
    if (order === this.#order) {
      this.#sorted ??= this.rows.slice().sort(compare);
      return this.#sorted.slice(from, to);
    }
    this.#order = order;
    this.#sorted = null;
    const rows = this.rows.slice();
    partition(rows, from, 0, rows.length - 1, compare);
    if (to < rows.length) partition(rows, to, from, rows.length - 1, compare);
    return rows.slice(from, to).sort(compare);
  }
}

function comparison(table: RequestTable, sort: EvidenceSort): Compare {
  const { starts, durations, failed, httpStatus } = table;
  const byStart: Compare = (a, b) => starts[a * 2] - starts[b * 2] || starts[a * 2 + 1] - starts[b * 2 + 1];
  const byNumber = (column: ArrayLike<number>): Compare => {
    return (a, b) => column[a] - column[b] || byStart(a, b);
  };
  const byText = (column: Uint32Array, ranks: Uint32Array): Compare => {
    return (a, b) => ranks[column[a]] - ranks[column[b]] || byStart(a, b);
  };
  switch (sort) {
    case 'start':
      return byStart;
    case 'duration':
      return (a, b) => durations[a] - durations[b];
    case 'failed':
      return byNumber(failed);
    case 'status':
      return byNumber(httpStatus);
    case 'service':
      return byText(
        table.service,
        ranksOf(table.services, ({ name }) => name),
      );
    case 'endpoint':
      return byText(
        table.endpoint,
        ranksOf(table.texts, (text) => text),
      );
    case 'instance':
      return byText(
        table.instance,
        ranksOf(table.texts, (text) => text),
      );
  }
}

const ranks = new WeakMap<readonly unknown[], Uint32Array>();

/** By place in the list: how many different texts come before its own. */
function ranksOf<T>(list: readonly T[], textOf: (one: T) => string): Uint32Array {
  const known = ranks.get(list);
  if (known) return known;
  const ranked = new Uint32Array(list.length);
  const order = ranked.map((_, place) => place);
  order.sort((a, b) => compareText(textOf(list[a]), textOf(list[b])));
  for (let i = 1; i < order.length; i++) {
    const isSame = textOf(list[order[i]]) === textOf(list[order[i - 1]]);
    ranked[order[i]] = ranked[order[i - 1]] + (isSame ? 0 : 1);
  }
  ranks.set(list, ranked);
  return ranked;
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
