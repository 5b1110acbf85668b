/**
 * Zipkin's spans in protobuf: zipkin-api, zipkin.proto (ListOfSpans), as reporters post them to /api/v2/spans or
 * to Kafka: one list, lists one after another, or each after its length (4 bytes, big-endian, or a varint).
 * Not supported: Thrift. Each span is read as what it would be in Zipkin's JSON (zipkin.ts).
 */
import { zipkin } from './zipkin.ts';
import type { TraceFormat } from './trace-format.ts';
import { findZipkinLists, ZipkinListSource } from './zipkin-list.ts';

export const zipkinProtobuf: TraceFormat = {
  id: 'zipkin-protobuf',
  label: 'Zipkin protobuf',
  isBinary: true,
  matches: ({ bytes }) => findZipkinLists(bytes) !== null,
  async read(source, sink, notes) {
    const lists = new ZipkinListSource(source, notes);
    await zipkin.read(lists, sink, {
      note: (code, effect, message, { bytePosition, line }, count) =>
        notes.note(
          code,
          effect,
          message,
          { bytePosition: bytePosition === null ? null : lists.placeOf(bytePosition), line },
          count,
        ),
    });
  },
};
