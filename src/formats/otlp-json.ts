/**
 * OTLP/JSON: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding (proto 1.9), as documents or
 * JSON Lines; the collector's file exporter, Tempo, Grafana downloads, Jaeger's API v3, the Java logging exporter.
 * Not supported: schema URLs, entity references, trace state, flags (stepped over).
 */
import { JsonCursor } from '../util/json-cursor.ts';
import { JsonDocuments } from './json-documents.ts';
import { OtlpDocumentReader } from './otlp-document.ts';
import { RecordNotes } from './record-notes.ts';
import type { Head, TraceFormat } from './trace-format.ts';

/** The wrappers that the reader looks into: what stands in others is taken out of them before (envelope.ts). */
const WRAPPED = '^(\\[\\]\\.?|(data|result|trace|traces|batches)(\\[\\])*\\.)*';
/** Paths that make a document OTLP, whatever the spans hold. */
const SIGNS = [
  new RegExp(`${WRAPPED}resource_?[sS]pans(\\[\\])?$`),
  /^(\[\]\.)?(scopeSpans|scope_spans|instrumentationLibrarySpans|instrumentation_library_spans)(\[\])?$/,
  new RegExp(
    `${WRAPPED}batches\\[\\]\\.(resource|scopeSpans|scope_spans|instrumentationLibrarySpans|instrumentation_library_spans)$`,
  ),
];
/** A collector's file may hold all signals: when it goes on after the head, spans may come. */
const OTHER_SIGNALS = /^(\[\]\.)?resource_?([lL]ogs|[mM]etrics)$/;

export const otlpJson: TraceFormat = {
  id: 'otlp-json',
  label: 'OTLP/JSON',
  matches: (head: Head) =>
    head.outline !== null &&
    (SIGNS.some((sign) => head.outline?.matches(sign)) ||
      (!head.complete && head.outline.matches(OTHER_SIGNALS))),
  async read(source, sink, notes) {
    const cursor = new JsonCursor();
    const recordNotes = new RecordNotes(cursor, notes);
    const reader = new OtlpDocumentReader(cursor, sink, recordNotes);
    await new JsonDocuments({ cursor, reader, notes: recordNotes }).read(source);
  },
};
