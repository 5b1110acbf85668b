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

/** The lists are sampled in turn, so that each gets its part. */
export async function sampleForest(data: SpanData, lists: readonly Uint32Array[]): Promise<SampledForest> {
  const { table } = data;
  const sizes = traceSizes(table);
  const marked = new Uint8Array(sizes.length);
  const samples = lists.map((rows) => {
    const orders = spread(withinSegments(data, rows));
    return takeFrom(table, orders, marked, sizes, MOST_RECORDS / lists.length);
  });
  return { forest: await loadForest(data, recordsOfTraces(table, marked), 'when asked for'), samples };
}

function takeFrom(
  { recordTrace, span }: RequestTable,
  rows: Iterable<number>,
  marked: Uint8Array,
  sizes: Uint32Array,
  budget: number,
): Uint32Array {
  const taken: number[] = [];
  let left = budget;
  for (const row of rows) {
    const trace = recordTrace[span[row]];
    if (!marked[trace]) {
      if (sizes[trace] > left) continue;
      left -= sizes[trace];
      marked[trace] = 1;
    }
    taken.push(row);
  }
  return Uint32Array.from(taken).sort();
}

function traceSizes(table: RequestTable): Uint32Array {
  const { first } = recordsByTrace(table);
  return first.subarray(1).map((end, trace) => end - first[trace]);
}

/** Rows whose spans lie in one of at most eight segments, which are spread evenly over those of all rows. */
function withinSegments({ table, spans }: SpanData, rows: Uint32Array): Uint32Array {
  const met = new Set<number>();
  for (const row of rows) met.add(spans.segmentOf(table.span[row]));
  const used = [...met].sort((a, b) => a - b);
  if (used.length <= MOST_SEGMENTS) return rows;
  const step = used.length / MOST_SEGMENTS;
  const chosen = new Set(Array.from({ length: MOST_SEGMENTS }, (_, i) => used[Math.floor((i + 0.5) * step)]));
  return rows.filter((row) => chosen.has(spans.segmentOf(table.span[row])));
}

/** All rows once, in an order of which every beginning is spread evenly over the list. */
function* spread(rows: Uint32Array): Generator<number> {
  const step = coprimeStep(rows.length);
  for (let i = 0, at = 0; i < rows.length; i++, at = (at + step) % rows.length) yield rows[at];
}

function coprimeStep(length: number): number {
  let step = Math.max(1, Math.round(length * GOLDEN));
  while (divisor(step, length) > 1) step++;
  return step;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
