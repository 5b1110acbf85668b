/** Assembled spans with their segments at hand, for questions that read spans. */
import { DatasetAssembler } from '../../src/assembly/dataset-assembler.ts';
import { SpanSource } from '../../src/columns/span-source.ts';
import type { Span } from '../../src/model/span.ts';
import type { SpanData } from '../../src/query/span-forest.ts';
import { segmentsOf } from './assemble-spans.ts';

export function spanData(spans: readonly Span[], spansPerSegment = 7): SpanData {
  const assembler = new DatasetAssembler();
  const segments = segmentsOf(spans, spansPerSegment);
  segments.forEach((segment, seq) => assembler.add(segment, { file: 0, part: 0, seq }));
  const table = assembler.finish().requests;
  return { table, spans: new SpanSource(table.segments, ({ seq }) => Promise.resolve(segments[seq])) };
}
