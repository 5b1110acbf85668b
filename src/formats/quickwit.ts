/**
 * Quickwit's otel-traces indexes (v0_7, v0_9): search hits, lines of documents (FORMATS.md §3.25; quickwit docs,
 * otlp/traces.rs). Not supported: its Jaeger and Elasticsearch APIs' own answers, which are other formats.
 */
import * as z from 'zod';
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import type { Span } from '../model/span.ts';
import { durationBetween, parseDuration } from './durations.ts';
import { parentIdField, spanIdField, traceIdField } from './foreign-ids.ts';
import { parseInstant } from './instants.ts';
import { type Json, listOf, ownValue } from './json-value.ts';
import { hasKeys, recordFormat, SEARCH_LISTS, SEARCH_PLACES, unwrapHit } from './record-format.ts';
import { plainText, setAll, SpanDraft, textIn } from './span-draft.ts';
import { parseKind, parseStatus } from './span-words.ts';

const schema = z.object({
  trace_id: traceIdField,
  span_id: spanIdField,
  parent_span_id: parentIdField,
});
const OWN = new Set(
  (
    'trace_id span_id parent_span_id trace_state service_name resource_attributes scope_name scope_version ' +
    'scope_attributes span_kind span_name span_fingerprint span_start_timestamp_nanos ' +
    'span_end_timestamp_nanos span_duration_millis span_attributes span_status events event_names links is_root ' +
    'resource_dropped_attributes_count scope_dropped_attributes_count span_dropped_attributes_count ' +
    'span_dropped_events_count span_dropped_links_count span_start_timestamp_secs'
  ).split(' '),
);

export const quickwit = recordFormat({
  id: 'quickwit',
  label: 'Quickwit spans',
  lists: ['hits', ...SEARCH_LISTS],
  matches: (head) =>
    hasKeys(head, ['trace_id', 'span_id', 'span_start_timestamp_nanos'], ['hits[].', ...SEARCH_PLACES]),
  unwrap: unwrapHit,
  schema,
  open:
    () =>
    (ids, { raw }) => [spanOf(ids, raw)],
});

function spanOf(ids: z.infer<typeof schema>, row: Json): Span {
  const span = new SpanDraft({
    traceId: ids.trace_id,
    spanId: ids.span_id,
    parentSpanId: ids.parent_span_id,
  });
  span.name = textIn(row, 'span_name');
  span.kind = parseKind(textIn(row, 'span_kind')) ?? 0;
  span.startUnixNano = parseInstant(ownValue(row, 'span_start_timestamp_nanos'));
  const end = parseInstant(ownValue(row, 'span_end_timestamp_nanos'));
  span.durationNs =
    durationBetween(span.startUnixNano, end) ?? parseDuration(ownValue(row, 'span_duration_millis'), 'ms');
  const status = ownValue(row, 'span_status');
  span.status = parseStatus(textIn(status, 'code')) ?? 0;
  span.statusMessage = textIn(status, 'message');
  span.scope = { name: textIn(row, 'scope_name'), version: textIn(row, 'scope_version') };
  span.setResource('service.name', ownValue(row, 'service_name'));
  setAll(span.resource, ownValue(row, 'resource_attributes'));
  setAll(span.attributes, ownValue(row, 'span_attributes'));
  span.set(TRACE_STATE_KEY, ownValue(row, 'trace_state'));
  for (const event of listOf(ownValue(row, 'events'))) {
    const attributes: Parameters<typeof setAll>[0] = new Map();
    setAll(attributes, ownValue(event, 'event_attributes'));
    const time = parseInstant(ownValue(event, 'event_timestamp_nanos'));
    span.event(plainText(ownValue(event, 'event_name')), time, attributes);
  }
  for (const link of listOf(ownValue(row, 'links'))) {
    span.link(ownValue(link, 'link_trace_id'), ownValue(link, 'link_span_id'));
  }
  setAll(span.attributes, row, { without: OWN });
  return span.finish();
}
