/**
 * OTLP in protobuf: opentelemetry-proto 1.9 (TracesData, ExportTraceServiceRequest), as the collector's file
 * exporter frames it (4-byte lengths), delimited by varints, or bare.
 * Not supported: schema URLs, entity references, trace state, flags (stepped over).
 */
import type { NoteSink } from '../model/import-note.ts';
import { OtlpProtobufReader } from './otlp-protobuf-document.ts';
import { recogniseMessages } from './otlp-protobuf-framing.ts';
import type { Head, TraceFormat } from './trace-format.ts';

export const otlpProtobuf: TraceFormat = {
  id: 'otlp-protobuf',
  label: 'OTLP protobuf',
  isBinary: true,
  matches({ bytes, complete }: Head) {
    const found = recogniseMessages(bytes);
    // A collector's file may hold all signals: when it goes on after the head, spans may come.
    return found !== null && (found.signals.has('spans') || (!complete && found.framing !== 'bare'));
  },
  async read(source, sink, notes: NoteSink) {
    await new OtlpProtobufReader(sink, notes).read(source);
  },
};
