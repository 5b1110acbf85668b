import { STATUS_UNSET } from '../model/span.ts';
import { NONE } from './span-table.ts';
import type { SpanTable } from './span-table.ts';
import { mix } from './trace-index.ts';

/**
 * Finds the spans that bear an id. In Zipkin a client and a server span share one.
 *
 * An open-addressing table in which each trace has a stretch of slots of its own: the spans of a trace come at
 * about the same time, so the slots asked for next are mostly those asked for last.
 */
export class SpanIndex {
  readonly #table: SpanTable;
  readonly #slots: Int32Array;
  /** First slot of each trace, by its number; the last one ends all. */
  readonly #stretches: Uint32Array;
  /** Rows of one id; null: no id is borne by several spans, as in nearly all data. */
  #twins: Twins | null = null;

  constructor(table: SpanTable) {
    this.#table = table;
    this.#stretches = stretchesOf(table);
    this.#slots = new Int32Array(this.#stretches[table.traceIndex.count]).fill(NONE);
  }

  /** Some id is borne by several spans. */
  get hasTwins(): boolean {
    return this.#twins !== null;
  }

  /** The first primary row with this id, or NONE. */
  first(trace: number, hi: number, lo: number): number {
    return this.#slots[this.#slotOf(trace, hi, lo)];
  }

  /** The next primary row with the same id, or NONE. */
  next(row: number): number {
    return this.#twins === null ? NONE : this.#twins.next[row] - 1;
  }

  /**
   * Of the primary rows with this id those of the service, if any (NONE: of no service in particular); of these
   * the server-like one, else the first.
   */
  best(trace: number, hi: number, lo: number, service: number): number {
    if (!this.hasTwins) return this.first(trace, hi, lo);
    let best = NONE;
    let bestRank = -1;
    for (let row = this.first(trace, hi, lo); row !== NONE; row = this.next(row)) {
      const rank = (this.#table.service(row) === service ? 2 : 0) + (this.#table.isClientLike(row) ? 0 : 1);
      if (rank > bestRank) {
        best = row;
        bestRank = rank;
      }
    }
    return best;
  }

  /** Adds a primary row behind those with the same id. */
  add(row: number): void {
    const { trace, spanIds } = this.#table;
    const slot = this.#slotOf(trace[row], spanIds[row * 2], spanIds[row * 2 + 1]);
    const head = this.#slots[slot];
    if (head === NONE) this.#slots[slot] = row;
    else {
      const { next, last } = (this.#twins ??= newTwins(this.#table.count));
      next[last[head] === 0 ? head : last[head] - 1] = row + 1;
      last[head] = row + 1;
    }
  }

  /** Where the id is, or the free slot where it belongs. */
  #slotOf(trace: number, hi: number, lo: number): number {
    const { spanIds } = this.#table;
    const slots = this.#slots;
    const first = this.#stretches[trace];
    const end = this.#stretches[trace + 1];
    let slot = first + ((mix(hi, lo) >>> 0) % (end - first));
    for (let row = slots[slot]; row !== NONE; row = slots[slot]) {
      if (spanIds[row * 2 + 1] === lo && spanIds[row * 2] === hi) break;
      slot = slot + 1 === end ? first : slot + 1;
    }
    return slot;
  }
}

/** By row, 1 + row; 0: none. */
interface Twins {
  /** Next primary row with the same trace and span id, in canonical order. */
  readonly next: Int32Array;
  /** Of the first row with an id: the last one. */
  readonly last: Int32Array;
}

function newTwins(count: number): Twins {
  return { next: new Int32Array(count), last: new Int32Array(count) };
}

const SLOTS_PER_SPAN = 2;

/** Each has a slot to spare: a search ends there. */
function stretchesOf({ trace, traceIndex }: SpanTable): Uint32Array {
  const stretches = new Uint32Array(traceIndex.count + 1).fill(1, 1);
  for (let row = 0; row < trace.length; row++) stretches[trace[row] + 1] += SLOTS_PER_SPAN;
  for (let number = 0; number < traceIndex.count; number++) stretches[number + 1] += stretches[number];
  return stretches;
}

/**
 * Joins the records of one span (SEMANTICS §1): identity is (trace, span id, service, side), and a
 * record without a kind joins any of the same trace, span id and service. Later records complete
 * the first. Partial records come last, wherever they are; one without its span (an orphan) is no span.
 * Gives the index of the spans and the number of duplicates.
 */
export function joinDuplicates(table: SpanTable): {
  index: SpanIndex;
  duplicates: number;
  orphans: readonly number[];
} {
  const index = new SpanIndex(table);
  /** Last record of each span that has several. */
  const lastRecord = new Map<number, number>();
  let duplicates = 0;
  const join = (row: number, primary: number): void => {
    duplicates++;
    table.primary[row] = 0;
    table.nextRecord[lastRecord.get(primary) ?? primary] = row;
    lastRecord.set(primary, row);
    complete(table, primary, row);
  };
  for (let row = 0; row < table.count; row++) {
    if (table.partial[row]) continue;
    const primary = sameSpan(table, index, row);
    if (primary === NONE) index.add(row);
    else join(row, primary);
  }
  const { trace, spanIds } = table;
  const orphans: number[] = [];
  for (let row = table.partial.indexOf(1); row >= 0; row = table.partial.indexOf(1, row + 1)) {
    const owner = index.best(trace[row], spanIds[row * 2], spanIds[row * 2 + 1], NONE);
    if (owner === NONE) {
      table.primary[row] = 0;
      orphans.push(row);
    } else {
      table.resources[row] = table.resources[owner];
      join(row, owner);
    }
  }
  table.joinFacts();
  return { index, duplicates, orphans };
}

/**
 * The span that the record is of: without a kind the first of its id and service (so that a file
 * dropped twice joins as it did the first time), else one of its side, else one still without a kind.
 */
function sameSpan(table: SpanTable, index: SpanIndex, row: number): number {
  const { trace, spanIds } = table;
  let kindless = NONE;
  let candidate = index.first(trace[row], spanIds[row * 2], spanIds[row * 2 + 1]);
  for (; candidate !== NONE; candidate = index.next(candidate)) {
    if (table.service(candidate) !== table.service(row)) continue;
    if (table.hasNoKind(row)) return candidate;
    if (table.hasNoKind(candidate)) {
      if (kindless === NONE) kindless = candidate;
    } else if (table.isClientLike(candidate) === table.isClientLike(row)) return candidate;
  }
  return kindless;
}

/** What the span lacks is taken from the later record; attributes are joined at the end. */
function complete(table: SpanTable, row: number, later: number): void {
  const { kinds, statuses, statusMessages, names, durations, shared } = table;
  if (table.hasNoKind(row)) kinds[row] = kinds[later];
  completeWords(table.starts, row, later);
  completeWords(table.parentIds, row, later);
  if (Number.isNaN(durations[row])) {
    durations[row] = durations[later];
    table.reversed[row] = table.reversed[later];
  }
  if (statuses[row] === STATUS_UNSET) statuses[row] = statuses[later];
  if (statusMessages[row] === 0) statusMessages[row] = statusMessages[later];
  if (names[row] === 0) names[row] = names[later];
  shared[row] |= shared[later];
}

function completeWords(words: Uint32Array, row: number, later: number): void {
  if (words[row * 2] !== 0 || words[row * 2 + 1] !== 0) return;
  words[row * 2] = words[later * 2];
  words[row * 2 + 1] = words[later * 2 + 1];
}
