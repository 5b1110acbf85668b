/**
 * SigNoz's raw export of the traces explorer, CSV or lines of JSON, and rows of its tables old and new
 * (FORMATS.md §3.26; SigNoz rawexportdata, impltracedetail). The query chose the columns: any may be missing.
 */
import * as z from 'zod';
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import type { Span } from '../model/span.ts';
import { STATUS_ERROR } from '../model/span.ts';
import { listIn, mapIn, partOf } from './column-values.ts';
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
import { parseTextExactly } from './parse-text.ts';
import { hasKeys } from './record-format.ts';
import { plainText, setAll, SpanDraft, textIn } from './span-draft.ts';
import { parseKind, parseStatus } from './span-words.ts';
import { tableFormat } from './table-format.ts';

const schema = z.object({ trace_id: traceIdField, span_id: spanIdField, parent_span_id: parentIdField });
/** Of rows that have `duration_nano` as well: Google's Observability Analytics. */
const FOREIGN = 'start_time';
/** Rows of the explorer's API are wrapped: {"timestamp":…,"data":{…}}. */
const PLACES = ['', 'data.', 'data[].', 'result[].data.', 'rows[].data.'];
/** Of the answer for the waterfall of its version 2. */
const OF_WATERFALL = ['traceId', 'spanId', 'durationNano', 'hasError', 'tagMap'];

export const signoz = tableFormat({
  id: 'signoz',
  label: 'SigNoz spans',
  lists: ['data', 'result', 'rows'],
  matchesJson: (head) =>
    PLACES.some(
      (place) =>
        hasKeys(head, ['trace_id|traceID', 'span_id|spanID', 'duration_nano|durationNano'], [place]) &&
        !hasKeys(head, ['@timestamp', 'durationInNanos'], [place]) &&
        !hasKeys(head, [FOREIGN], [place]),
    ) || hasKeys(head, OF_WATERFALL),
  matchesColumns: (columns) =>
    (columns.has('trace_id') &&
      columns.has('span_id') &&
      columns.has('duration_nano') &&
      !columns.has(FOREIGN)) ||
    (columns.has('traceID') && columns.has('spanID') && columns.has('durationNano')),
  unwrap: renamed,
  quick: (record) => {
    const trace_id = soundTraceId(ownValue(record, 'trace_id'));
    const span_id = soundSpanId(ownValue(record, 'span_id'));
    const parent_span_id = soundParentId(ownValue(record, 'parent_span_id'));
    if (trace_id === undefined || span_id === undefined || parent_span_id === undefined) return undefined;
    return { trace_id, span_id, parent_span_id };
  },
  schema,
  open:
    () =>
    (ids, { raw }) => [spanOf(ids, renamed(raw))],
});

/** Names of the old tables → those of the new ones; wrappers taken off. */
function renamed(record: Json): Json {
  const row =
    isObject(record) && isObject(record.data) ? { timestamp: record.timestamp, ...record.data } : record;
  if (!isObject(row) || (row.traceID === undefined && row.traceId === undefined)) return row;
  const { traceID, spanID, parentSpanID, traceId, spanId, parentSpanId, durationNano, ...rest } = row;
  return {
    trace_id: traceID ?? traceId,
    span_id: spanID ?? spanId,
    parent_span_id: parentSpanID ?? parentSpanId,
    duration_nano: durationNano,
    ...rest,
  };
}

const OWN = new Set(
  (
    'trace_id span_id parent_span_id timestamp duration_nano name kind kind_string spanKind status_code statusCode ' +
    'status_code_string statusCodeString status_message statusMessage has_error hasError serviceName service.name ' +
    'resource_string_service$$name resources_string resource attributes_string attributes_number ' +
    'attributes_bool tagMap stringTagMap numberTagMap boolTagMap resourceTagsMap events links references ' +
    'response_status_code responseStatusCode http_method httpMethod http_url httpUrl http_host httpHost ' +
    'http_route httpRoute db_name dbName db_operation dbOperation db_system dbSystem ' +
    'external_http_url externalHttpUrl trace_state flags attributes event children rootSpanId ' +
    'sub_tree_node_count subTreeNodeCount has_children hasChildren hasSiblings level'
  ).split(' '),
);

function spanOf(ids: z.infer<typeof schema>, row: Json): Span {
  const links = linksOf(row);
  const childOf = links.find((link) => plainText(partOf(link, 'refType')) === 'CHILD_OF');
  const above = spanIdText(plainText(partOf(childOf, 'spanId')));
  const span = new SpanDraft({
    traceId: ids.trace_id,
    spanId: ids.span_id,
    parentSpanId: ids.parent_span_id ?? above,
  });
  span.name = textIn(row, 'name');
  span.kind = parseKind(textIn(row, 'kind_string', 'spanKind', 'kind')) ?? 0;
  span.startUnixNano = parseInstant(ownValue(row, 'timestamp'));
  span.durationNs = parseDuration(ownValue(row, 'duration_nano'), 'ns');
  span.status =
    parseStatus(textIn(row, 'status_code_string', 'statusCodeString', 'status_code', 'statusCode')) ?? 0;
  if (/^(true|1)$/i.test(textIn(row, 'has_error', 'hasError'))) span.status = STATUS_ERROR;
  span.statusMessage = textIn(row, 'status_message', 'statusMessage');
  readResource(span, row);
  readAttributes(span, row);
  span.set(TRACE_STATE_KEY, textIn(row, 'trace_state'));
  for (const link of links) {
    if (link !== childOf) span.link(partOf(link, 'traceId'), partOf(link, 'spanId'));
  }
  for (const event of listIn(ownValue(row, 'events') ?? ownValue(row, 'event'))) readEvent(span, event);
  return span.finish();
}

function readResource(span: SpanDraft, row: Json): void {
  span.setResource(
    'service.name',
    textIn(row, 'service.name', 'resource_string_service$$name', 'serviceName'),
  );
  for (const column of ['resources_string', 'resource', 'resourceTagsMap']) {
    setAll(span.resource, mapIn(ownValue(row, column)));
  }
}

const NAMED: readonly (readonly [string, readonly string[]])[] = [
  ['http.response.status_code', ['response_status_code', 'responseStatusCode']],
  ['http.request.method', ['http_method', 'httpMethod']],
  ['url.full', ['http_url', 'httpUrl', 'external_http_url', 'externalHttpUrl']],
  ['http.host', ['http_host', 'httpHost']],
  ['http.route', ['http_route', 'httpRoute']],
  ['db.system.name', ['db_system', 'dbSystem']],
  ['db.namespace', ['db_name', 'dbName']],
  ['db.operation.name', ['db_operation', 'dbOperation']],
];
const MAPS = [
  'attributes',
  'attributes_string',
  'attributes_number',
  'attributes_bool',
  'tagMap',
  'stringTagMap',
  'numberTagMap',
  'boolTagMap',
];

function readAttributes(span: SpanDraft, row: Json): void {
  for (const column of MAPS) setAll(span.attributes, mapIn(ownValue(row, column)));
  for (const [key, columns] of NAMED) span.set(key, textIn(row, ...columns));
  setAll(span.attributes, row, { without: OWN });
}

/** `{"name":…,"timeUnixNano":…,"attributeMap":{…}}`, as JSON within a text or not. */
function readEvent(span: SpanDraft, value: unknown): void {
  let event = value;
  try {
    if (typeof value === 'string') event = parseTextExactly(value);
  } catch {
    return;
  }
  const attributes: Parameters<typeof setAll>[0] = new Map();
  setAll(attributes, mapIn(partOf(event, 'attributeMap') ?? partOf(event, 'attributes')));
  const time = parseInstant(partOf(event, 'timeUnixNano') ?? partOf(event, 'timestamp'));
  span.event(plainText(partOf(event, 'name')), time, attributes);
}

function linksOf(row: Json): readonly unknown[] {
  const value = ownValue(row, 'links') ?? ownValue(row, 'references');
  return listIn(value);
}
