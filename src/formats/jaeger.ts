/**
 * Jaeger's query and UI JSON: https://github.com/jaegertracing/jaeger/blob/main/internal/uimodel/model.go,
 * as downloaded from its UI, Kiali or Grafana, or one trace a line.
 * Not supported here: Jaeger's spans in Elasticsearch, its protobuf as JSON, and its API v3 (which is OTLP).
 */
import { JsonCursor } from '../util/json-cursor.ts';
import { JaegerDocumentReader } from './jaeger-document.ts';
import { JsonDocuments } from './json-documents.ts';
import { RecordNotes } from './record-notes.ts';
import type { TraceFormat } from './trace-format.ts';

/** A trace: a list of spans beside processes, or spans that look like Jaeger's. */
const SIGNS = [
  /^(\[\]\.?)?(data(\[\])?\.)?processes$/,
  /^(\[\]\.?)?(data(\[\])?\.)?spans\[\]\.(spanID|processID)$/,
];
/** What Datadog's agent sends and what Tempo's search finds has such ids, too. */
const FOREIGN = /(^|\.)spans\[\]\.(parentID|resource|startTimeUnixNano)$/;
const SPAN_LIST = /^(\[\]\.?)?(data(\[\])?\.)?spans\[\]$/;

export const jaeger: TraceFormat = {
  id: 'jaeger-json',
  label: 'Jaeger JSON',
  matches: ({ outline }) =>
    outline !== null &&
    outline.matches(SPAN_LIST) &&
    SIGNS.some((sign) => outline.matches(sign)) &&
    !outline.matches(FOREIGN),
  async read(source, sink, notes) {
    const cursor = new JsonCursor();
    const recordNotes = new RecordNotes(cursor, notes);
    const reader = new JaegerDocumentReader(cursor, sink, recordNotes);
    await new JsonDocuments({ cursor, reader, notes: recordNotes }).read(source);
  },
};
