/** Transactions, spans and errors of Sentry → spans (FORMATS.md §3.20; getsentry/develop event payloads). */
import type { Span, SpanKind } from '../model/span.ts';
import {
  KIND_CLIENT,
  KIND_CONSUMER,
  KIND_INTERNAL,
  KIND_PRODUCER,
  KIND_SERVER,
  STATUS_ERROR,
  STATUS_UNSET,
} from '../model/span.ts';
import { durationBetween } from './durations.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, listOf, ownValue, valueAt } from './json-value.ts';
import { plainText, setAll, SpanDraft, type SpanIds, textIn } from './span-draft.ts';

const SERVER_OPS =
  /^(http\.server|rpc\.server|grpc\.server|websocket\.server|function|graphql\.server|asgi\.server|task$)/;
const CONSUMER_OPS = /^(queue\.process|queue\.task|queue\.receive)/;
const PRODUCER_OPS = /^(queue\.publish|queue\.submit|queue\.create)/;
const CLIENT_OPS = /^(http\.client|rpc\.client|grpc\.client|db(\.|$)|cache\.|graphql\.client|http$)/;
export const USER_ACTION_OPS = /^(pageload|navigation|ui\.action|ui\.interaction|ui\.load)/;
/** The others are gRPC's names of what went wrong; `unknown` alone says nothing. */
const NOT_FAILED = /^(|ok|unset|cancelled|unknown)$/;

export function kindOfOp(op: string): SpanKind {
  if (SERVER_OPS.test(op)) return KIND_SERVER;
  if (CONSUMER_OPS.test(op)) return KIND_CONSUMER;
  if (PRODUCER_OPS.test(op)) return KIND_PRODUCER;
  return CLIENT_OPS.test(op) ? KIND_CLIENT : KIND_INTERNAL;
}

/** Values that OpenTelemetry has another name for. */
const RENAMED: readonly (readonly [from: string, to: string])[] = [
  ['http.method', 'http.request.method'],
  ['method', 'http.request.method'],
  ['http.status_code', 'http.response.status_code'],
  ['status_code', 'http.response.status_code'],
  ['url', 'url.full'],
  ['http.url', 'url.full'],
];

/** Names, kind and status that follow from op, data and status of a span. */
export function describeOp(
  span: SpanDraft,
  { op, status, data }: { op: string; status: string; data: unknown },
): void {
  span.kind = kindOfOp(op);
  for (const [from, to] of RENAMED) span.set(to, ownValue(data, from));
  setAll(span.attributes, data);
  span.set('sentry.op', op);
  if (/^db(\.|$)/.test(op)) describeDatabase(span, op);
  if (/^http(\.client)?$/.test(op)) describeHttpCall(span);
  span.status = statusOf(span, status);
  if (span.status === STATUS_ERROR && status !== 'error') span.statusMessage = status;
}

function describeDatabase(span: SpanDraft, op: string): void {
  const named = /^db\.(redis|sql|mongodb|query)/.exec(op)?.[1];
  if (span.text('db.system') === '' && named === 'redis') span.set('db.system.name', named);
  if (span.text('db.system') === '' && span.text('db.system.name') === '')
    span.set('headwater.database', true);
  span.set('db.query.text', span.name);
}

/** "GET https://host/path" */
function describeHttpCall(span: SpanDraft): void {
  const [, method, url] = /^([A-Z]{3,7}) (\S+)/.exec(span.name) ?? [];
  span.set('http.request.method', method);
  if (/^https?:/.test(url ?? '')) span.set('url.full', url);
}

/** A server's status is derived from its HTTP status, of which our own rules know more. */
function statusOf(span: SpanDraft, status: string): typeof STATUS_ERROR | typeof STATUS_UNSET {
  if (NOT_FAILED.test(status)) return STATUS_UNSET;
  const knowsHttp = span.text('http.response.status_code') !== '';
  return span.kind === KIND_SERVER && knowsHttp ? STATUS_UNSET : STATUS_ERROR;
}

/** `[[key, value]]`, `[{key, value}]` or an object. */
export function pairsOf(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return new Map(
    value.map((pair) =>
      Array.isArray(pair) ? [plainText(pair[0]), pair[1]] : [textIn(pair, 'key'), ownValue(pair, 'value')],
    ),
  );
}

/** A span within a transaction. `resource`: that of the transaction. */
export function childSpan(record: Json, ids: SpanIds, resource: SpanDraft['resource']): Span {
  const span = new SpanDraft(ids);
  for (const [key, value] of resource) span.resource.set(key, value);
  span.name = textIn(record, 'description', 'name', 'op');
  readTimes(span, record);
  const data = ownValue(record, 'data') ?? plainAttributes(ownValue(record, 'attributes'));
  const op = textIn(record, 'op') || plainText(valueAt(record, 'attributes', 'sentry.op', 'value'));
  describeOp(span, { op, status: textIn(record, 'status'), data });
  setAll(span.attributes, pairsOf(ownValue(record, 'tags')));
  span.set('sentry.origin', ownValue(record, 'origin'));
  for (const link of listOf(ownValue(record, 'links'))) {
    span.link(ownValue(link, 'trace_id'), ownValue(link, 'span_id'));
  }
  return span.finish();
}

/** `{"sentry.op":{"type":"string","value":"http.server"}}` of the newer span items. */
function plainAttributes(attributes: unknown): unknown {
  if (!isObject(attributes)) return attributes;
  return new Map(
    Object.entries(attributes).map(([key, value]) => [
      key,
      isObject(value) && 'value' in value ? value.value : value,
    ]),
  );
}

export function readTimes(span: SpanDraft, record: Json): void {
  span.startUnixNano = parseInstant(
    ownValue(record, 'start_timestamp') ?? ownValue(record, 'startTimestamp') ?? ownValue(record, 'start'),
  );
  const end =
    ownValue(record, 'timestamp') ?? ownValue(record, 'end_timestamp') ?? ownValue(record, 'endTimestamp');
  span.durationNs = durationBetween(span.startUnixNano, parseInstant(end));
}

/** The outermost exception of an error event, its causes below it as other tools print them: frames newest first. */
export function addException(span: SpanDraft, values: readonly Json[], time: bigint | null): void {
  const [outermost, ...causes] = values.toReversed();
  const stacktrace = [
    framesText(outermost),
    ...causes.map((cause) => `Caused by: ${typeOf(cause)}: ${textIn(cause, 'value')}\n${framesText(cause)}`),
  ];
  span.exception(
    {
      type: typeOf(outermost),
      message: textIn(outermost, 'value'),
      stacktrace: stacktrace.join('\n').trim(),
    },
    time,
    new Map([['sentry.mechanism.handled', valueAt(outermost, 'mechanism', 'handled')]]),
  );
}

function typeOf(exception: Json): string {
  return [textIn(exception, 'module'), textIn(exception, 'type')].filter((part) => part !== '').join('.');
}

function framesText(exception: Json): string {
  return listOf(valueAt(exception, 'stacktrace', 'frames'))
    .toReversed()
    .map(frameText)
    .join('\n');
}

function frameText(frame: Json): string {
  const place = [textIn(frame, 'filename', 'abs_path'), textIn(frame, 'lineno')].filter(
    (part) => part !== '',
  );
  const name = [textIn(frame, 'module'), textIn(frame, 'function')].filter((part) => part !== '').join('.');
  return `    at ${name === '' ? '?' : name} (${place.join(':')})`;
}
