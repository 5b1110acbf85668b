import type { SpanData, SpanForest } from './span-forest.ts';
import { loadForest } from './span-forest.ts';
import { recordsOfTraces } from './trace-records.ts';

/** Records of one trace that are read at most. */
const MOST_RECORDS = 20_000;

export interface TraceForest {
  readonly forest: SpanForest;
  /** Records of the trace that were not read. */
  readonly leftOut: number;
}

/** By the column of segments, of which each dataset has its own: the trace that was looked at last. */
const lastTraces = new WeakMap<Uint32Array, { trace: number; loading: Promise<TraceForest> }>();

/** The spans of one trace, by its number. Going from span to span of a trace reads it once. */
export function traceForest(data: SpanData, trace: number): Promise<TraceForest> {
  const last = lastTraces.get(data.table.segments);
  if (last?.trace === trace) return last.loading;
  const loading = readTrace(data, trace);
  lastTraces.set(data.table.segments, { trace, loading });
  loading.catch(() => lastTraces.delete(data.table.segments));
  return loading;
}

async function readTrace(data: SpanData, trace: number): Promise<TraceForest> {
  const marked = new Uint8Array(data.table.traceIds.length / 4);
  marked[trace] = 1;
  const all = recordsOfTraces(data.table, marked);
  const forest = await loadForest(data, all.slice(0, MOST_RECORDS));
  return { forest, leftOut: Math.max(0, all.length - MOST_RECORDS) };
}
