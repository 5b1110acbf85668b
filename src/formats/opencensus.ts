/**
 * OpenCensus: what its agent and service got and kept as JSON, a node beside its spans, or spans alone.
 * https://github.com/census-instrumentation/opencensus-proto, agent/trace/v1/trace_service.proto, trace/v1/trace.proto
 */
import * as z from 'zod/mini';
import type { Span, SpanKind } from '../model/span.ts';
import { KIND_CLIENT, KIND_SERVER, STATUS_ERROR, STATUS_UNSET } from '../model/span.ts';
import { attributesIn, eventsIn, type IdEncoding, linksIn, stackText, truncatable } from './census-fields.ts';
import { durationBetween } from './durations.ts';
import { parseInstant } from './instants.ts';
import { type Json, listOf, numberOf, ownValue, textOf, valueAt } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { AttributeBag, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { hasKeys, recordFormat, type RecordContext } from './record-format.ts';

const schema = z.record(z.string(), z.unknown());
/** Of base64: 16 bytes, with or without what fills them up. */
const BASE64_CHARS: readonly number[] = [22, 24];

export const opencensus = recordFormat<Record<string, unknown>>({
  id: 'opencensus',
  label: 'OpenCensus spans',
  matches: (head) => hasKeys(head, ['traceId', 'spanId', 'name.value', 'startTime'], ['', 'spans[].']),
  lists: [],
  schema,
  open: () => (_record, context) => {
    const spans = ownValue(context.raw, 'spans');
    return (Array.isArray(spans) ? listOf(spans) : [context.raw]).flatMap((span) => readSpan(span, context));
  },
});

/** `raw` is what the span stands in, or itself. */
function readSpan(span: Json, { raw, note }: RecordContext): Span[] {
  const id = textOf(ownValue(span, 'traceId')) ?? '';
  const encoding: IdEncoding = BASE64_CHARS.includes(id.length) ? 'base64' : 'hex';
  const traceId = traceIdOf(id, encoding);
  const spanId = spanIdOf(ownValue(span, 'spanId'), encoding);
  const name = truncatable(ownValue(span, 'name')) ?? '';
  if (traceId === null || spanId === null) {
    noteMissingIds(note, { traceId, spanId, name });
    return [];
  }
  const start = parseInstant(ownValue(span, 'startTime'));
  const attributes = attributesIn(ownValue(span, 'attributes')).put(
    'code.stacktrace',
    stackText(ownValue(span, 'stackTrace')),
  );
  return [
    plainSpan({
      traceId,
      spanId,
      parentSpanId: spanIdOf(ownValue(span, 'parentSpanId'), encoding),
      name,
      kind: kindOf(ownValue(span, 'kind')),
      startUnixNano: start,
      durationNs: durationBetween(start, parseInstant(ownValue(span, 'endTime'))),
      status: (numberOf(valueAt(span, 'status', 'code')) ?? 0) === 0 ? STATUS_UNSET : STATUS_ERROR,
      statusMessage: textOf(valueAt(span, 'status', 'message')) ?? '',
      resource: resourceOf(span, raw).toResource(),
      attributes: attributes.map,
      events: eventsIn(ownValue(span, 'timeEvents')),
      links: linksIn(ownValue(span, 'links'), encoding),
    }),
  ];
}

/** Its numbers are not OTLP's. */
function kindOf(kind: Json | undefined): SpanKind {
  const word = textOf(kind) ?? '';
  if (/^(SERVER|1)$/.test(word)) return KIND_SERVER;
  return /^(CLIENT|2)$/.test(word) ? KIND_CLIENT : 0;
}

function resourceOf(span: Json, batch: Json): AttributeBag {
  const node = ownValue(batch, 'node');
  return new AttributeBag()
    .put('service.name', valueAt(node, 'serviceInfo', 'name'))
    .putAll(valueAt(span, 'resource', 'labels'))
    .putAll(valueAt(batch, 'resource', 'labels'))
    .putAll(ownValue(node, 'attributes'))
    .put('host.name', valueAt(node, 'identifier', 'hostName'))
    .put('process.pid', valueAt(node, 'identifier', 'pid'))
    .put(
      'telemetry.sdk.language',
      (textOf(valueAt(node, 'libraryInfo', 'language')) ?? '').replace('_', '').toLowerCase(),
    );
}
