/** One Datadog span → a plain span (FORMATS.md §3.12). Spans of a chunk share what only one of them says. */
import type { Span, SpanEvent, SpanKind, SpanLink } from '../model/span.ts';
import { KIND_CLIENT, KIND_CONSUMER, KIND_SERVER, STATUS_ERROR, STATUS_UNSET } from '../model/span.ts';
import { durationBetween, parseDuration } from './durations.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, listOf, numberOf, ownValue, textOf } from './json-value.ts';
import { eventsOf, firstOf } from './otlp-like-record.ts';
import { parseTextExactly } from './parse-text.ts';
import {
  AttributeBag,
  decimalSpanId,
  exceptionEvent,
  plainSpan,
  routeIn,
  spanIdOf,
  traceIdOf,
} from './plain-span.ts';
import { parseKind } from './span-words.ts';

const KIND_OF_TYPE: ReadonlyMap<string, SpanKind> = new Map<string, SpanKind>([
  ['web', KIND_SERVER],
  ['serverless', KIND_SERVER],
  ['queue', KIND_CONSUMER],
  ['worker', KIND_CONSUMER],
  ['http', KIND_CLIENT],
]);
const DATABASE_TYPES = new Set(
  'sql db cassandra redis memcached mongodb elasticsearch opensearch valkey dynamodb aerospike'.split(' '),
);
/** Values that the first span of a service in a chunk has for all of them. */
const SHARED_KEYS = ['runtime-id', '_dd.hostname', 'env', 'version', 'language'];

export interface DatadogChunk {
  readonly spans: readonly Json[];
  /** Ids are hex texts (agentless intake). */
  readonly hexIds: boolean;
  /** What the chunk's envelope says of all its spans. */
  readonly envelope: Json;
  /** By service. */
  readonly shared: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Of the record that the spans were found in. */
export function chunkOf(record: Json, spans: readonly Json[]): DatadogChunk {
  const shared = new Map<string, Map<string, string>>();
  for (const span of spans) {
    const service = serviceOf(span, metaOf(span));
    const values = shared.get(service) ?? new Map<string, string>();
    shared.set(service, values);
    for (const key of SHARED_KEYS) {
      const value = textOf(ownValue(metaOf(span), key));
      if (value !== undefined && !values.has(key)) values.set(key, value);
    }
  }
  const hexIds = isObject(record) && Array.isArray(ownValue(record, 'spans')) && areHex(spans);
  return { spans, hexIds, envelope: record, shared };
}

/** Of the agentless intake, 16 digits each; the agent's own payload has decimal ones. */
function areHex(spans: readonly Json[]): boolean {
  const ids = spans.flatMap((span) =>
    [
      firstOf(span, 'trace_id', 'traceID'),
      firstOf(span, 'span_id', 'spanID'),
      firstOf(span, 'parent_id', 'parentID'),
    ].flatMap((id) => textOf(id) ?? []),
  );
  return ids.every((id) => /^(0|[0-9a-f]{16,32})$/i.test(id)) && ids.some((id) => /^0.|[a-f]/i.test(id));
}

/** null: it lacks its ids. */
export function datadogSpan(
  record: Json,
  chunk: DatadogChunk,
  upperHalves: Map<string, string>,
): Span | null {
  const span = ownValue(record, 'attributes') === undefined ? record : { ...fieldsOf(record) };
  const meta = metaOf(span);
  const traceId = datadogTraceId(span, { meta, hexIds: chunk.hexIds, upperHalves });
  const spanId = idOf(firstOf(span, 'span_id', 'spanID'), chunk.hexIds);
  if (traceId === null || spanId === null) return null;
  const startValue = firstOf(span, 'start', 'startTime', 'start_timestamp');
  const start = parseInstant(startValue);
  const inSeconds = (numberOf(startValue) ?? Infinity) < 1e11;
  const type = textOf(ownValue(span, 'type')) ?? '';
  const resource = textOf(firstOf(span, 'resource', 'resource_name'));
  const operation = textOf(firstOf(span, 'name', 'operation_name'));
  const failed = (numberOf(ownValue(span, 'error')) ?? 0) > 0 || ownValue(span, 'status') === 'error';
  const isDatabase = DATABASE_TYPES.has(type);
  const attributes = new AttributeBag().putAll(meta).putAll(ownValue(span, 'metrics'));
  attributes
    .put('operation.name', operation)
    .put('span.type', type)
    .put('service', ownValue(span, 'service'));
  attributes.put('http.route', routeIn(resource));
  if (isDatabase) {
    attributes
      .put('db.query.text', /sql|db/.test(type) ? resource : undefined)
      .put('headwater.database', true);
  }
  const error = (key: string): Json | undefined => firstOf(meta, `error.${key}`);
  const message = error('message') ?? error('msg');
  const exception = failed
    ? exceptionEvent({ type: error('type'), message, stacktrace: error('stack') }, start)
    : null;
  return plainSpan({
    traceId,
    spanId,
    parentSpanId: idOf(firstOf(span, 'parent_id', 'parentID'), chunk.hexIds),
    name: resource ?? operation ?? '',
    kind: kindOf(meta, type, isDatabase),
    startUnixNano: start,
    durationNs:
      parseDuration(ownValue(span, 'duration'), inSeconds ? 's' : 'ns') ??
      durationBetween(start, parseInstant(firstOf(span, 'endTime', 'end_timestamp'))),
    status: failed ? STATUS_ERROR : STATUS_UNSET,
    statusMessage: textOf(message) ?? '',
    resource: resourceOf(span, meta, chunk).toResource(),
    attributes: attributes.map,
    events: [...(exception ? [exception] : []), ...spanEvents(span, meta)],
    links: spanLinks(span, meta),
  });
}

/** What only a span that failed has. */
const ERROR_FIELDS = ['error.type', 'error.message', 'error.stack'];

/** A search result has its fields in `attributes`, and further attributes in there. */
function fieldsOf(record: Json): Record<string, Json | undefined> {
  const fields = ownValue(record, 'attributes');
  const meta = new AttributeBag()
    .putNested(ownValue(fields, 'attributes'))
    .putNested(ownValue(fields, 'custom'))
    .put('env', ownValue(fields, 'env'))
    .put('_dd.hostname', ownValue(fields, 'host'));
  const plain = Object.fromEntries([...meta.map].map(([key, { value }]) => [key, value]));
  const failed = ownValue(plain, 'status') === 'error' || firstOf(plain, ...ERROR_FIELDS) !== undefined;
  return { error: failed ? 1 : 0, ...(isObject(fields) ? fields : {}), meta: plain };
}

function metaOf(span: Json): Json | undefined {
  return ownValue(span, 'meta');
}

/** `service` may be an integration's pseudo service for the callee; then the true one is in the meta data. */
function serviceOf(span: Json, meta: Json | undefined): string {
  return textOf(firstOf(meta, '_dd.base_service')) ?? textOf(ownValue(span, 'service')) ?? '';
}

function kindOf(meta: Json | undefined, type: string, isDatabase: boolean): SpanKind {
  const declared = parseKind(textOf(firstOf(meta, 'span.kind')) ?? '') ?? 0;
  return declared || (KIND_OF_TYPE.get(type) ?? (isDatabase ? KIND_CLIENT : 0));
}

/** Texts of digits are decimal, but for the agentless intake. */
function idOf(value: Json | undefined, hexIds: boolean): string | null {
  return hexIds ? spanIdOf(value) : decimalSpanId(value);
}

function datadogTraceId(
  span: Json,
  tools: { meta: Json | undefined; hexIds: boolean; upperHalves: Map<string, string> },
): string | null {
  const given = textOf(firstOf(span, 'traceIDFull', 'trace_id', 'traceID'));
  if (given === undefined) return null;
  if (/^[0-9a-f]{32}$/i.test(given)) return traceIdOf(given);
  const lower = idOf(given, tools.hexIds) ?? '';
  const own = textOf(firstOf(tools.meta, '_dd.p.tid'))?.toLowerCase();
  const isUpper = own !== undefined && /^[0-9a-f]{16}$/.test(own);
  if (isUpper) tools.upperHalves.set(lower, own);
  const upper = isUpper ? own : tools.upperHalves.get(lower);
  // Snapshots of test agents count their traces from 0.
  if (lower === '') return upper === undefined ? traceIdOf('datadog trace 0') : upper.padEnd(32, '0');
  return (upper ?? '').padStart(16, '0') + lower;
}

function resourceOf(span: Json, meta: Json | undefined, chunk: DatadogChunk): AttributeBag {
  const service = serviceOf(span, meta);
  const shared = chunk.shared.get(service);
  const value = (key: string): Json | undefined => firstOf(meta, key) ?? shared?.get(key);
  const bag = new AttributeBag().put('service.name', service);
  bag.put('service.instance.id', value('runtime-id')).put('host.name', value('_dd.hostname'));
  bag.put('host.name', firstOf(span, 'hostname', 'host') ?? firstOf(chunk.envelope, 'hostname'));
  bag.put('deployment.environment.name', value('env') ?? firstOf(chunk.envelope, 'env'));
  bag.put('service.version', value('version'));
  return bag.put('telemetry.sdk.language', value('language') ?? firstOf(chunk.envelope, 'languageName'));
}

/** A list, or JSON as text in the meta data. */
function listIn(value: Json | undefined): readonly Json[] {
  if (typeof value !== 'string') return listOf(value);
  try {
    return listOf(parseTextExactly(value));
  } catch {
    return [];
  }
}

function spanEvents(span: Json, meta: Json | undefined): SpanEvent[] {
  const typed = listOf(ownValue(span, 'span_events')).map((event) => {
    const attributes = new AttributeBag();
    const given = ownValue(event, 'attributes');
    for (const [key, value] of Object.entries(isObject(given) ? given : {})) {
      const inner = isObject(value)
        ? Object.entries(value).find(([name]) => name.endsWith('_value'))
        : undefined;
      attributes.put(key, inner ? inner[1] : value);
    }
    return {
      name: textOf(ownValue(event, 'name')) ?? '',
      timeUnixNano: parseInstant(ownValue(event, 'time_unix_nano')),
      attributes: attributes.map,
    };
  });
  return [...typed, ...eventsOf(listIn(ownValue(meta, 'events')))];
}

function spanLinks(span: Json, meta: Json | undefined): SpanLink[] {
  const links = [...listOf(ownValue(span, 'span_links')), ...listIn(ownValue(meta, '_dd.span_links'))];
  return links.flatMap((link) => {
    const given = textOf(ownValue(link, 'trace_id')) ?? '';
    const isDecimal = /^\d{1,20}$/.test(given);
    const upper = decimalSpanId(ownValue(link, 'trace_id_high')) ?? '';
    const traceId = isDecimal ? upper.padStart(16, '0') + (decimalSpanId(given) ?? '') : traceIdOf(given);
    const spanId = isDecimal ? decimalSpanId(ownValue(link, 'span_id')) : spanIdOf(ownValue(link, 'span_id'));
    return traceId === null || traceId.length !== 32 || spanId === null ? [] : [{ traceId, spanId }];
  });
}
