/** Runs plain spans through the real columns and the real assembler. */
import { DatasetAssembler } from '../../src/assembly/dataset-assembler.ts';
import type { AssembledDataset, SegmentPlace } from '../../src/assembly/dataset-assembler.ts';
import { SegmentBuilder } from '../../src/columns/segment-builder.ts';
import type { Segment } from '../../src/columns/segment.ts';
import {
  VALUE_BOOL,
  VALUE_BYTES,
  VALUE_DOUBLE,
  VALUE_INT,
  VALUE_JSON,
  VALUE_STRING,
} from '../../src/model/sink.ts';
import type { SpanSink, ValueType } from '../../src/model/sink.ts';
import type { Attributes, AttributeValue, Span } from '../../src/model/span.ts';

const VALUE_TYPES: Readonly<Record<AttributeValue['type'], ValueType>> = {
  string: VALUE_STRING,
  int: VALUE_INT,
  double: VALUE_DOUBLE,
  bool: VALUE_BOOL,
  json: VALUE_JSON,
  bytes: VALUE_BYTES,
};

/** Columns of the spans, a segment for every `spansPerSegment`. */
export function segmentsOf(spans: readonly Span[], spansPerSegment: number): Segment[] {
  const segments: Segment[] = [];
  const builder = new SegmentBuilder((segment) => segments.push(segment), {
    spans: spansPerSegment,
    textBytes: Infinity,
  });
  for (const span of spans) push(span, builder);
  builder.finish();
  return segments;
}

/** Assembles the spans; `arrival` says in which order the segments come in (a sort key by segment). */
export function assembleSpans(
  spans: readonly Span[],
  spansPerSegment = 7,
  arrival: (place: SegmentPlace) => number = ({ seq }) => seq,
): AssembledDataset {
  const assembler = new DatasetAssembler();
  const placed = segmentsOf(spans, spansPerSegment).map((segment, seq) => ({
    segment,
    place: { file: 0, part: 0, seq },
  }));
  placed.sort((a, b) => arrival(a.place) - arrival(b.place));
  for (const { segment, place } of placed) assembler.add(segment, place);
  return assembler.finish();
}

function push(span: Span, sink: SpanSink): void {
  const slot = sink.openResource();
  each(span.resource.attributes, (key, value) =>
    sink.resourceAttribute(slot, sink.textOf(key), VALUE_TYPES[value.type], sink.textOf(String(value.value))),
  );
  sink.closeResource(slot);
  sink.openSpan(slot, sink.scope(sink.textOf(span.scope.name), sink.textOf(span.scope.version)));
  const [a, b, c, d] = words(span.traceId);
  sink.traceId(a, b, c, d);
  const [hi, lo] = words(span.spanId);
  sink.spanId(hi, lo);
  if (span.parentSpanId !== null) {
    const [parentHi, parentLo] = words(span.parentSpanId);
    sink.parentSpanId(parentHi, parentLo);
  }
  sink.name(sink.textOf(span.name));
  sink.kind(span.kind);
  if (span.startUnixNano !== null) {
    sink.startUnixNano(Number(span.startUnixNano >> 32n), Number(span.startUnixNano & 0xffff_ffffn));
  }
  if (span.durationNs !== null) sink.durationNs(span.durationNs);
  sink.status(span.status);
  sink.statusMessage(sink.textOf(span.statusMessage));
  if (span.shared) sink.shared();
  if (span.partial) sink.partial();
  each(span.attributes, (key, value) =>
    sink.attribute(sink.textOf(key), VALUE_TYPES[value.type], sink.textOf(String(value.value))),
  );
  for (const event of span.events) {
    const at = event.timeUnixNano ?? 0n;
    sink.event(sink.textOf(event.name), Number(at >> 32n), Number(at & 0xffff_ffffn));
    each(event.attributes, (key, value) =>
      sink.eventAttribute(sink.textOf(key), VALUE_TYPES[value.type], sink.textOf(String(value.value))),
    );
  }
  for (const link of span.links) {
    const [t0, t1, t2, t3] = words(link.traceId);
    const [linkHi, linkLo] = words(link.spanId);
    sink.link(t0, t1, t2, t3, linkHi, linkLo);
  }
  sink.closeSpan();
}

function each(attributes: Attributes, visit: (key: string, value: AttributeValue) => void): void {
  for (const [key, value] of attributes) visit(key, value);
}

function words(hex: string): number[] {
  return Array.from({ length: hex.length / 8 }, (_, i) => parseInt(hex.slice(i * 8, i * 8 + 8), 16));
}
