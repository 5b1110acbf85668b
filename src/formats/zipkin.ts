/**
 * Zipkin's v2 JSON: https://github.com/openzipkin/zipkin-api/blob/master/zipkin2-api.yaml, as its UI and API give it,
 * in lists, lists of lists or lines, and from Elasticsearch.
 * Not here: v1 (zipkin-v1.ts), protobuf (zipkin-protobuf.ts). Not supported: Thrift.
 */
import { JsonCursor } from '../util/json-cursor.ts';
import { isJsConsole } from './js-console.ts';
import { JsonDocuments } from './json-documents.ts';
import type { JsonOutline } from './json-outline.ts';
import { SEARCH_PLACES } from './record-format.ts';
import { RecordNotes } from './record-notes.ts';
import type { TraceFormat } from './trace-format.ts';
import { ZipkinDocumentReader } from './zipkin-document.ts';

const LISTS = [
  '',
  'data[].',
  'data[][].',
  'result[].',
  'result[][].',
  'spans[].',
  'traces[].',
  'traces[][].',
];
/** Paths before the keys of a span. */
const PLACES = [...new Set([...LISTS, ...SEARCH_PLACES])].flatMap((place) => [
  place,
  `[].${place}`,
  `[][].${place}`,
]);

/** Fields that Zipkin's spans never have: those of New Relic, Uptrace, Langfuse and tables. */
const FOREIGN = ['trace.id', 'spanId', 'startTime', 'time'];

/** Those where objects have both ids as Zipkin names them. */
export function zipkinPlaces(outline: JsonOutline): string[] {
  return PLACES.filter(
    (place) =>
      outline.has(`${place}traceId`) &&
      outline.has(`${place}id`) &&
      !FOREIGN.some((key) => outline.has(`${place}${key}`)),
  );
}

/** Version 1 has endpoints in its annotations. */
export function isZipkinV1(outline: JsonOutline, place: string): boolean {
  const signs = [`${place}binaryAnnotations`, `${place}annotations[].endpoint`];
  return signs.some((sign) => outline.has(sign)) && !outline.has(`${place}localEndpoint`);
}

const SIGNS = ['localEndpoint', 'remoteEndpoint', 'kind', 'timestamp', 'tags', 'annotations[]'];

export const zipkin: TraceFormat = {
  id: 'zipkin',
  label: 'Zipkin JSON',
  matches: ({ outline }) =>
    outline !== null &&
    zipkinPlaces(outline).some(
      (place) =>
        SIGNS.some((sign) => outline.has(`${place}${sign}`)) &&
        !isZipkinV1(outline, place) &&
        !isJsConsole(outline, place),
    ),
  async read(source, sink, notes) {
    const cursor = new JsonCursor();
    const recordNotes = new RecordNotes(cursor, notes);
    const reader = new ZipkinDocumentReader(cursor, sink, recordNotes);
    await new JsonDocuments({ cursor, reader, notes: recordNotes }).read(source);
  },
};
