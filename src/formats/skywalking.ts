/**
 * Apache SkyWalking: the query protocol's traces (UI, `swctl trace`), the agents' segments as JSON (Kafka) and in
 * protobuf, as `data_binary` of Elasticsearch's documents (`sw_segment-*`).
 * https://github.com/apache/skywalking-data-collect-protocol (Tracing.proto), skywalking-query-protocol (trace.graphqls).
 * Not supported: segments in Elasticsearch before version 8, lists of traces without spans.
 */
import * as z from 'zod/mini';
import type { JsonOutline } from './json-outline.ts';
import { isObject, isOptionalText, type Json, listOf, ownValue, textOf } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { firstOf } from './otlp-like-record.ts';
import { recordFormat, SEARCH_LISTS, SEARCH_PLACES, unwrapHit } from './record-format.ts';
import { readSegment } from './skywalking-segment.ts';
import { segmentOf, skywalkingSpan } from './skywalking-span.ts';

const schema = z.object({
  spanId: z.optional(z.union([z.number(), z.string()])),
  segmentId: z.optional(z.string()),
  traceSegmentId: z.optional(z.string()),
  spans: z.optional(z.array(z.unknown())),
});
const TRACE = '^(\\[\\]\\.?)?(data\\.)?(\\w+\\.)?(traces\\[\\]\\.)?spans\\[\\]\\.';

/** At this place, or in a list at the top. */
function isSegmentDocument(outline: JsonOutline, place: string): boolean {
  return [place, `[].${place}`].some(
    (start) => outline.has(`${start}data_binary`) && outline.has(`${start}segment_id`),
  );
}

export const skywalking = recordFormat<z.infer<typeof schema>>({
  id: 'skywalking',
  label: 'Apache SkyWalking',
  matches: ({ outline }) =>
    outline !== null &&
    (SEARCH_PLACES.some((place) => isSegmentDocument(outline, place)) ||
      (outline.matches(new RegExp(`${TRACE}segmentId$`)) &&
        outline.matches(new RegExp(`${TRACE}serviceCode$`))) ||
      (outline.matches(/(^|\.|\])traceSegmentId$/) &&
        outline.matches(/(^|[.\]])spans\[\]\.(startTime|operationName)$/))),
  lists: [
    ...SEARCH_LISTS,
    'spans',
    'trace.spans',
    'data.spans',
    'data.trace.spans',
    'data.result.spans',
    'data.queryTrace.spans',
    'traces[].spans',
    'data.queryTraces.traces[].spans',
    'data.result.traces[].spans',
  ],
  recordKeys: ['traceSegmentId', 'segmentId', 'serviceInstance'],
  unwrap: (record) => {
    const inner = unwrapHit(record);
    const binary = ownValue(inner, 'data_binary');
    if (binary !== undefined) return readSegment(textOf(binary) ?? '') ?? inner;
    const isSpan =
      ownValue(inner, 'segmentId') !== undefined || ownValue(inner, 'traceSegmentId') !== undefined;
    return isSpan || !isObject(inner) ? inner : undefined;
  },
  schema,
  quick: (record) => {
    if (!isObject(record)) return undefined;
    const { spanId, segmentId, traceSegmentId, spans } = record;
    const isNamed = isOptionalText(segmentId) && isOptionalText(traceSegmentId);
    if (!isNamed || !(typeof spanId === 'number' || isOptionalText(spanId))) return undefined;
    if (spans !== undefined && !Array.isArray(spans)) return undefined;
    return { spanId, segmentId, traceSegmentId, spans };
  },
  open: () => (record, context) => {
    if (ownValue(context.raw, 'data_binary') !== undefined) {
      const message = 'Its data_binary is no segment as SkyWalking writes it since version 8.';
      context.note('skywalking-segment', 'rejected', message);
      return [];
    }
    const segment = segmentOf(context.raw);
    const records: readonly Json[] =
      record.traceSegmentId === undefined ? [context.raw] : listOf(ownValue(context.raw, 'spans'));
    return records.flatMap((span) => {
      const read = skywalkingSpan(span, segment);
      if (!read) {
        const { traceId } = segment;
        const spanId = traceId === null ? (ownValue(span, 'spanId') ?? null) : null;
        noteMissingIds(context.note, {
          traceId,
          spanId,
          name: firstOf(span, 'endpointName', 'operationName'),
        });
      }
      return read ? [read] : [];
    });
  },
});
