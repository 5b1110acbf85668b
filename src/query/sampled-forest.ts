/** Spans of some requests of many: as many as can be read in a moment, spread evenly (docs/figures.md, Samples). */
import type { RequestTable } from '../assembly/request-table.ts';
import { loadForest } from './span-forest.ts';
import type { SpanData, SpanForest } from './span-forest.ts';
import { recordsByTrace, recordsOfTraces } from './trace-records.ts';

/** Records that are read for one answer. */
const MOST_RECORDS = 10_000;
/** Segments out of which the requests are taken. */
const MOST_SEGMENTS = 8;
/** Steps by this share of a list come to all parts of it evenly. */
const GOLDEN = 0.618_033_988_749_895;

export interface SampledForest {
  readonly forest: SpanForest;
  /** Of each list of rows those whose traces were read, ascending. */
  readonly samples: readonly Uint32Array[];
}

/** Each list gets an equal part of the records; what one does not need the others get. */
export async function sampleForest(data: SpanData, lists: readonly Uint32Array[]): Promise<SampledForest> {
  const { table } = data;
  const sizes = traceSizes(table);
  const read = new Uint8Array(sizes.length);
  const takers = lists.map((rows) => new Taker(table, withinSegments(data, rows), sizes.length));
  let left = MOST_RECORDS;
  for (let open = takers; open.length > 0; open = open.filter(({ isDone }) => !isDone)) {
    const next = open.reduce((least, taker) => (taker.spent < least.spent ? taker : least));
    const others = Math.min(...open.filter((taker) => taker !== next).map(({ spent }) => spent));
    do left -= next.take(sizes, read, left);
    while (!next.isDone && next.spent <= others);
  }
  const samples = takers.map(({ taken }) => Uint32Array.from(taken).sort());
  return { forest: await loadForest(data, recordsOfTraces(table, read), 'when asked for'), samples };
}

/** Goes once through a list, in an order of which every beginning is spread evenly, and takes the rows whose traces are read. */
class Taker {
  readonly taken: number[] = [];
  isDone = false;
  /** Records that were read for this list. */
  spent = 0;
  readonly #table: RequestTable;
  readonly #rows: Uint32Array;
  readonly #step: number;
  /** Place of the next row, and how many have been looked at. */
  #at = 0;
  #looked = 0;
  /** 1: a trace of which this list takes all rows. */
  readonly #own: Uint8Array;

  constructor(table: RequestTable, rows: Uint32Array, traces: number) {
    this.#table = table;
    this.#rows = rows;
    this.#step = coprimeStep(rows.length);
    this.#own = new Uint8Array(traces);
  }

  /**
   * Looks at the next row; gives the records that are read for it. A trace that another list has had read costs
   * nothing, but is taken only where there is room for it: else those of the other list would stand out here.
   */
  take(sizes: Uint32Array, read: Uint8Array, left: number): number {
    this.isDone = this.#looked === this.#rows.length;
    if (this.isDone) return 0;
    const row = this.#rows[this.#at];
    this.#looked++;
    this.#at += this.#step;
    if (this.#at >= this.#rows.length) this.#at -= this.#rows.length;
    const trace = this.#table.recordTrace[this.#table.span[row]];
    if (!this.#own[trace] && sizes[trace] > left) return 0;
    this.#own[trace] = 1;
    this.taken.push(row);
    if (read[trace]) return 0;
    read[trace] = 1;
    this.spent += sizes[trace];
    return sizes[trace];
  }
}

function traceSizes(table: RequestTable): Uint32Array {
  const { first } = recordsByTrace(table);
  return first.subarray(1).map((end, trace) => end - first[trace]);
}

/** Rows whose spans lie in one of at most eight segments, which are spread evenly over those of all rows. */
function withinSegments({ table, spans }: SpanData, rows: Uint32Array): Uint32Array {
  const segmentOf = (row: number): number => spans.segmentOf(table.span[row]);
  const met = new Uint8Array(table.segments.length);
  for (const row of rows) met[segmentOf(row)] = 1;
  const used = Array.from(met.keys()).filter((segment) => met[segment] === 1);
  if (used.length <= MOST_SEGMENTS) return rows;
  const step = used.length / MOST_SEGMENTS;
  const isChosen = new Uint8Array(table.segments.length);
  for (let i = 0; i < MOST_SEGMENTS; i++) isChosen[used[Math.floor((i + 0.5) * step)]] = 1;
  return rows.filter((row) => isChosen[segmentOf(row)] === 1);
}

/** Steps of this length come to every place once. */
function coprimeStep(length: number): number {
  let step = Math.max(1, Math.round(length * GOLDEN));
  while (divisor(step, length) > 1) step++;
  return step;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
