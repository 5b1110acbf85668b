/**
 * Documents of the collector's elasticsearchexporter: `mapping.mode: otel` (spans, and span events as log documents
 * of their own; also as the CSV of Kibana's Discover), and `raw`/`none` (`TraceId`, `Attributes.…`).
 * https://github.com/open-telemetry/opentelemetry-collector-contrib/tree/main/exporter/elasticsearchexporter
 * Not supported: `mapping.mode: ecs` is read as Elastic APM's documents.
 */
import * as z from 'zod/mini';
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import type { Span } from '../model/span.ts';
import { discoverRow, fieldsBelow } from './discover-row.ts';
import { parseDuration } from './durations.ts';
import { parseInstant } from './instants.ts';
import { type Json, ownValue, textOf, valueAt } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { attributesOf, firstOf, linksOf } from './otlp-like-record.ts';
import { AttributeBag, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { hasKeys, type RecordContext, SEARCH_LISTS, SEARCH_PLACES, unwrapHit } from './record-format.ts';
import { parseKind, parseStatus } from './span-words.ts';
import { tableFormat } from './table-format.ts';

const id = z.optional(z.nullable(z.string()));
const schema = z.object({
  '@timestamp': z.optional(z.union([z.string(), z.number()])),
  trace_id: id,
  TraceId: id,
  span_id: id,
  SpanId: id,
});
type ElasticOtelDocument = z.infer<typeof schema>;

export const elasticOtel = tableFormat<ElasticOtelDocument>({
  id: 'elastic-otel',
  label: 'Elasticsearch (OpenTelemetry documents)',
  matchesJson: (head) =>
    hasKeys(
      head,
      ['@timestamp', 'trace_id', 'span_id', 'resource|resource.attributes|data_stream'],
      SEARCH_PLACES,
    ) ||
    hasKeys(head, ['@timestamp', 'TraceId', 'SpanId', 'EndTimestamp|TraceStatus|Duration'], SEARCH_PLACES),
  matchesColumns: (columns) =>
    ['@timestamp', 'trace_id', 'span_id', 'duration'].every((column) => columns.has(column)),
  lists: SEARCH_LISTS,
  unwrap: unwrapHit,
  unwrapRow: documentOfRow,
  schema,
  open: () => (record, context) => {
    const traceId = traceIdOf(record.trace_id ?? record.TraceId);
    const spanId = spanIdOf(record.span_id ?? record.SpanId);
    if (traceId === null || spanId === null) {
      // Log records without a span share the index of the span events.
      if (firstOf(context.raw, 'event_name', 'body', 'severity_text') !== undefined) return [];
      noteMissingIds(context.note, { traceId, spanId, name: firstOf(context.raw, 'name', 'Name') });
      return [];
    }
    const ids = { traceId, spanId, time: parseInstant(record['@timestamp']) };
    return record.trace_id ? otelDocument(ids, context) : rawDocument(ids, context);
  },
});

function documentOfRow(row: Json): Json {
  const fields = discoverRow(row);
  return {
    ...fields,
    attributes: fieldsBelow(fields, 'attributes.'),
    resource: { attributes: fieldsBelow(fields, 'resource.attributes.') },
    scope: fieldsBelow(fields, 'scope.'),
    status: fieldsBelow(fields, 'status.'),
  };
}

interface Known {
  readonly traceId: string;
  readonly spanId: string;
  readonly time: bigint | null;
}

function otelDocument({ traceId, spanId, time }: Known, { raw }: RecordContext): Span[] {
  const scope = ownValue(raw, 'scope');
  const resource = attributesOf(valueAt(raw, 'resource', 'attributes')).toResource();
  const attributes = attributesOf(ownValue(raw, 'attributes')).map;
  const eventName = textOf(firstOf(raw, 'event_name'));
  if (eventName !== undefined) {
    const events = [{ name: eventName, timeUnixNano: time, attributes }];
    return [plainSpan({ traceId, spanId, resource, events, partial: true })];
  }
  if (firstOf(raw, 'duration', 'kind', 'name') === undefined) return [];
  return [
    plainSpan({
      traceId,
      spanId,
      parentSpanId: spanIdOf(ownValue(raw, 'parent_span_id')),
      name: textOf(ownValue(raw, 'name')) ?? '',
      kind: parseKind(textOf(ownValue(raw, 'kind')) ?? '') ?? 0,
      startUnixNano: time,
      durationNs: parseDuration(ownValue(raw, 'duration'), 'ns'),
      status: parseStatus(textOf(valueAt(raw, 'status', 'code')) ?? '') ?? 0,
      statusMessage: textOf(valueAt(raw, 'status', 'message')) ?? '',
      resource,
      scope: {
        name: textOf(ownValue(scope, 'name')) ?? '',
        version: textOf(ownValue(scope, 'version')) ?? '',
      },
      attributes: new AttributeBag().putValues(attributes).put(TRACE_STATE_KEY, ownValue(raw, 'trace_state'))
        .map,
      links: linksOf(ownValue(raw, 'links')),
    }),
  ];
}

function rawDocument({ traceId, spanId, time }: Known, { raw }: RecordContext): Span[] {
  const name = textOf(ownValue(raw, 'Name'));
  if (name === undefined) return [];
  return [
    plainSpan({
      traceId,
      spanId,
      parentSpanId: spanIdOf(ownValue(raw, 'ParentSpanId')),
      name,
      kind: parseKind(textOf(ownValue(raw, 'Kind')) ?? '') ?? 0,
      startUnixNano: time,
      durationNs: parseDuration(ownValue(raw, 'Duration'), 'us'),
      status: parseStatus(textOf(ownValue(raw, 'TraceStatus')) ?? '') ?? 0,
      statusMessage: textOf(ownValue(raw, 'TraceStatusDescription')) ?? '',
      resource: below(raw, 'Resource').toResource(),
      scope: {
        name: textOf(below(raw, 'Scope').map.get('name')?.value) ?? '',
        version: textOf(below(raw, 'Scope').map.get('version')?.value) ?? '',
      },
      attributes: below(raw, 'Attributes').put(TRACE_STATE_KEY, ownValue(raw, 'TraceState')).map,
    }),
  ];
}

/** `Attributes.a.b` as keys of their own, or nested. */
function below(raw: unknown, name: string): AttributeBag {
  const bag = new AttributeBag();
  const prefix = `${name}.`;
  for (const [key, value] of new AttributeBag().putNested(raw).map) {
    if (key.startsWith(prefix)) bag.putValues(new Map([[key.slice(prefix.length), value]]));
  }
  return bag;
}
