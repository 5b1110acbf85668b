/** Jaeger UI JSON → records, naively (FORMATS.md §3.3). For cross-checks of the fast reader. */
import type {
  Attributes,
  AttributeValue,
  Resource,
  Span,
  SpanEvent,
  SpanLink,
} from '../../src/model/span.ts';
import { asInteger, asList, asObject, asText, splitDocuments, type JsonObject } from './json-documents.ts';
import { readId, readKind, readStatus, type ReadResult } from './read-otlp.ts';

interface Reference {
  readonly type: string;
  readonly traceId: string;
  readonly spanId: string;
}

export function readJaeger(text: string): ReadResult {
  const spans = splitDocuments(text).documents.flatMap(tracesOf).flatMap(readTrace);
  return {
    spans: spans.filter((span) => span !== null),
    rejected: spans.filter((span) => span === null).length,
  };
}

function tracesOf(document: unknown): JsonObject[] {
  if (Array.isArray(document)) return document.flatMap(tracesOf);
  const object = asObject(document);
  if (object.data !== undefined) return tracesOf(object.data);
  return Array.isArray(object.spans) ? [object] : [];
}

function readTrace(trace: JsonObject): (Span | null)[] {
  const processes = new Map(Object.entries(asObject(trace.processes)));
  const resources = new Map([...processes].map(([id, process]) => [id, readProcess(process)]));
  return asList(trace.spans).map((item) => {
    const span = asObject(item);
    const resource = span.process ? readProcess(span.process) : resources.get(asText(span.processID));
    return readSpan(span, trace, resource ?? { attributes: new Map() });
  });
}

function readProcess(value: unknown): Resource {
  const process = asObject(value);
  const attributes = new Map(readTags(process.tags));
  const serviceName = asText(process.serviceName);
  if (serviceName !== '' && !attributes.has('service.name')) {
    attributes.set('service.name', { type: 'string', value: serviceName });
  }
  return { attributes };
}

function readSpan(span: JsonObject, trace: JsonObject, resource: Resource): Span | null {
  const traceId = readId(span.traceID ?? trace.traceID, 32, false);
  const spanId = readId(span.spanID, 16, false);
  if (traceId === null || spanId === null) return null;
  const references = asList(span.references).flatMap((item) => readReference(asObject(item), traceId));
  const parent = parentReference(references, traceId, span);
  const attributes = readTags(span.tags);
  const text = (key: string): string => String(attributes.get(key)?.value ?? '');
  const duration = asInteger(span.duration);
  return {
    traceId,
    spanId,
    parentSpanId: parent?.spanId ?? null,
    name: asText(span.operationName),
    kind: readKind(text('span.kind')),
    startUnixNano: (asInteger(span.startTime) ?? 0n) * 1000n || null,
    durationNs: duration === null ? null : Number(duration) * 1000,
    status: isMarkedAsError(attributes) ? 2 : readStatus(text('otel.status_code')),
    statusMessage: text('otel.status_description'),
    shared: false,
    resource,
    scope: {
      name: text('otel.scope.name') || text('otel.library.name'),
      version: text('otel.scope.version') || text('otel.library.version'),
    },
    attributes,
    events: asList(span.logs).map((log) => readLog(asObject(log))),
    links: references.filter((reference) => reference !== parent).map(linkOf),
  };
}

/** SEMANTICS.md §7: `error` tag present and not "false". */
function isMarkedAsError(attributes: Attributes): boolean {
  const tag = attributes.get('error');
  return tag !== undefined && String(tag.value) !== 'false';
}

function linkOf({ traceId, spanId }: Reference): SpanLink {
  return { traceId, spanId };
}

function readReference(reference: JsonObject, ownTraceId: string): Reference[] {
  const traceId = reference.traceID === undefined ? ownTraceId : readId(reference.traceID, 32, false);
  const spanId = readId(reference.spanID, 16, false);
  if (traceId === null || spanId === null) return [];
  return [{ type: asText(reference.refType) || 'CHILD_OF', traceId, spanId }];
}

/** The first CHILD_OF within the trace, else the deprecated field, else the first FOLLOWS_FROM within the trace. */
function parentReference(
  references: readonly Reference[],
  traceId: string,
  span: JsonObject,
): Reference | null {
  const within = references.filter((reference) => reference.traceId === traceId);
  const childOf = within.find((reference) => reference.type === 'CHILD_OF');
  if (childOf) return childOf;
  const spanId = readId(span.parentSpanID, 16, false);
  if (spanId !== null)
    return within.find((r) => r.spanId === spanId) ?? { type: 'CHILD_OF', traceId, spanId };
  return within.find((reference) => reference.type === 'FOLLOWS_FROM') ?? null;
}

function readLog(log: JsonObject): SpanEvent {
  const fields = new Map(readTags(log.fields));
  const nameKey = fields.has('event') ? 'event' : 'message';
  const name = String(fields.get(nameKey)?.value ?? '');
  if (nameKey === 'event') fields.delete('event');
  const micros = asInteger(log.timestamp);
  return { name, timeUnixNano: micros === null ? null : micros * 1000n, attributes: fields };
}

/** The first of a key counts. */
function readTags(list: unknown): Attributes {
  const attributes = new Map<string, AttributeValue>();
  for (const item of asList(list)) {
    const { key, type, value } = asObject(item);
    if (typeof key !== 'string' || attributes.has(key) || value === null || value === undefined) continue;
    attributes.set(key, readTag(asText(type), value));
  }
  return attributes;
}

function readTag(type: string, value: unknown): AttributeValue {
  if (type === 'bool' || typeof value === 'boolean') return { type: 'bool', value: String(value) === 'true' };
  if (typeof value === 'object') return { type: 'json', value: JSON.stringify(value) };
  if (type === 'int64') return { type: 'int', value: asText(value) };
  if (type === 'float64') return { type: 'double', value: asText(value) };
  if (type === 'binary') return { type: 'bytes', value: asText(value) };
  if (type === '' && typeof value === 'number') {
    return { type: Number.isInteger(value) ? 'int' : 'double', value: String(value) };
  }
  return { type: 'string', value: asText(value) };
}
