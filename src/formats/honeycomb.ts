/**
 * Honeycomb: query results and event dumps, JSON or CSV (FORMATS.md §3.27; honeycombio/husky's OTLP mapping).
 * Span events and links are rows of their own: they become records of the span that they belong to.
 */
import * as z from 'zod';
import type { Span } from '../model/span.ts';
import { STATUS_ERROR } from '../model/span.ts';
import { memo } from '../util/memo.ts';
import { parseDuration } from './durations.ts';
import {
  parentIdField,
  soundParentId,
  soundSpanId,
  soundTraceId,
  spanIdField,
  spanIdText,
  traceIdField,
} from './foreign-ids.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, ownValue } from './json-value.ts';
import { hasKeys } from './record-format.ts';
import { setAll, SpanDraft, textIn } from './span-draft.ts';
import { parseKind, parseStatus } from './span-words.ts';
import { tableFormat } from './table-format.ts';

const SIGNS = ['trace.trace_id', 'trace.span_id|trace.parent_id', 'duration_ms|meta.signal_type|name'];
const PLACES = ['', 'data.', 'data[].', 'results[].', 'rows[].'];

const schema = z.object({
  'trace.trace_id': traceIdField,
  'trace.span_id': z.union([z.string(), z.number(), z.null()]).optional(),
  'trace.parent_id': parentIdField,
});

export const honeycomb = tableFormat({
  id: 'honeycomb',
  label: 'Honeycomb events',
  lists: ['data', 'results', 'rows'],
  matchesJson: (head) => hasKeys(head, SIGNS, PLACES),
  matchesColumns: (columns) => columns.has('trace.trace_id') && columns.has('trace.span_id'),
  unwrap: eventOf,
  quick: (record) => {
    const traceId = soundTraceId(ownValue(record, 'trace.trace_id'));
    const spanId = soundSpanId(ownValue(record, 'trace.span_id'));
    const parentId = soundParentId(ownValue(record, 'trace.parent_id'));
    if (traceId === undefined || spanId === undefined || parentId === undefined) return undefined;
    return { 'trace.trace_id': traceId, 'trace.span_id': spanId, 'trace.parent_id': parentId };
  },
  schema,
  open:
    () =>
    (ids, { raw, note }) => {
      const row = eventOf(raw);
      const annotation = textIn(row, 'meta.annotation_type');
      const owner = annotation === '' ? null : ids['trace.parent_id'];
      if (owner !== null) return [annotationOf(row, annotation, { traceId: ids['trace.trace_id'], owner })];
      const given = ids['trace.span_id'];
      const spanId = soundSpanId(given) ?? spanIdField.safeParse(given).data;
      if (spanId === undefined) {
        note('record-invalid', 'rejected', 'A record is not as expected: trace.span_id: no span id.');
        return [];
      }
      return [spanOf(row, ids['trace.trace_id'], spanId)];
    },
});

/** Event dumps wrap the fields: {"time":…,"samplerate":…,"data":{…}}. */
function eventOf(record: Json): Json {
  if (!isObject(record) || !isObject(record.data)) return record;
  const { data, time, samplerate } = record;
  return { time, SampleRate: samplerate, ...data };
}

const OWN = new Set([
  'trace.trace_id',
  'trace.span_id',
  'trace.parent_id',
  'name',
  'Timestamp',
  'timestamp',
  'time',
  'duration_ms',
  'service.name',
  'service_name',
  'span.kind',
  'meta.span_type',
  'status_code',
  'status_message',
  'error',
  'library.name',
  'library.version',
  'meta.annotation_type',
  'meta.signal_type',
]);
const OF_RESOURCE = /^(service|k8s|host|container|deployment|telemetry|cloud|process|os|browser)\./;
const isOfResource = memo((key) => OF_RESOURCE.test(key));

function describe(span: SpanDraft, row: Json): void {
  span.setResource('service.name', textIn(row, 'service.name', 'service_name'));
  if (!isObject(row)) return;
  for (const key of Object.keys(row)) if (isOfResource(key)) span.setResource(key, row[key]);
}

function timeOf(row: Json): bigint | null {
  return parseInstant(ownValue(row, 'Timestamp') ?? ownValue(row, 'timestamp') ?? ownValue(row, 'time'));
}

function spanOf(row: Json, traceId: string, spanId: string): Span {
  const span = new SpanDraft({ traceId, spanId, parentSpanId: spanIdText(textIn(row, 'trace.parent_id')) });
  describe(span, row);
  span.name = textIn(row, 'name');
  span.kind = parseKind(textIn(row, 'span.kind', 'meta.span_type')) ?? 0;
  span.startUnixNano = timeOf(row);
  span.durationNs = parseDuration(ownValue(row, 'duration_ms'), 'ms');
  readStatus(span, row);
  span.scope = { name: textIn(row, 'library.name'), version: textIn(row, 'library.version') };
  span.setRest(row, OWN);
  return span.finish();
}

/** `status_code` is OTLP's, unless it is an HTTP status of an older instrumentation. */
function readStatus(span: SpanDraft, row: Json): void {
  const code = textIn(row, 'status_code');
  if (/^[1-5]\d\d$/.test(code)) span.set('http.response.status_code', Number(code));
  else span.status = parseStatus(code) ?? 0;
  const error = textIn(row, 'error');
  if (error !== '' && !/^(false|0)$/i.test(error)) span.status = STATUS_ERROR;
  span.statusMessage = textIn(row, 'status_message') || (/^(true|1|false|0)$/i.test(error) ? '' : error);
}

/** A row that is an event or a link of a span. */
function annotationOf(row: Json, type: string, of: { traceId: string; owner: string }): Span {
  const span = new SpanDraft({ traceId: of.traceId, spanId: of.owner, parentSpanId: null });
  describe(span, row);
  if (type === 'link') {
    span.link(ownValue(row, 'trace.link.trace_id'), ownValue(row, 'trace.link.span_id'));
    return { ...span.finish(), partial: true };
  }
  const attributes: Parameters<typeof setAll>[0] = new Map();
  setAll(attributes, row, { without: new Set([...OWN, ...span.resource.keys()]) });
  span.event(textIn(row, 'name'), timeOf(row), attributes);
  return { ...span.finish(), partial: true };
}
