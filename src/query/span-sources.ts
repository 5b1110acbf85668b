import type { RequestTable } from '../assembly/request-table.ts';
import { SpanSource } from '../columns/span-source.ts';
import type { SegmentLoader } from '../columns/span-source.ts';

const sources = new WeakMap<Uint32Array, SpanSource>();

/** One for each dataset, so that the segments it holds serve the next question too. */
export function spanSource({ segments }: RequestTable, load: SegmentLoader): SpanSource {
  const source = sources.get(segments) ?? new SpanSource(segments, load);
  source.load = load;
  sources.set(segments, source);
  return source;
}
