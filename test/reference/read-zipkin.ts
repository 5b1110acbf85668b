/** Zipkin's v2 JSON → records, naively (FORMATS.md §3.7). For cross-checks of the fast reader. */
import type { Attributes, AttributeValue, Resource, Span, SpanEvent } from '../../src/model/span.ts';
import { asInteger, asList, asObject, asText, splitDocuments, type JsonObject } from './json-documents.ts';
import { readId, readKind, readStatus, type ReadResult } from './read-otlp.ts';

export function readZipkin(text: string): ReadResult {
  const spans = splitDocuments(text).documents.flatMap(spansOf).map(readSpan);
  return {
    spans: spans.filter((span) => span !== null),
    rejected: spans.filter((span) => span === null).length,
  };
}

function spansOf(document: unknown): JsonObject[] {
  return Array.isArray(document) ? document.flatMap(spansOf) : [asObject(document)];
}

function readSpan(span: JsonObject): Span | null {
  const traceId = readId(span.traceId, 32, false);
  const spanId = readId(span.id, 16, false);
  if (traceId === null || spanId === null) return null;
  const tags = Object.entries(asObject(span.tags)).map(
    ([key, value]) => [key, textValue(asText(value))] as const,
  );
  const remote = asObject(span.remoteEndpoint);
  const attributes: Attributes = new Map([
    ...tags,
    ...named('zipkin.remote_endpoint.service_name', asText(remote.serviceName)),
    ...named('zipkin.remote_endpoint.address', addressOf(remote)),
  ]);
  const error = attributes.get('error');
  const isError = error !== undefined && error.value !== 'false';
  const start = asInteger(span.timestamp);
  const duration = asInteger(span.duration);
  return {
    traceId,
    spanId,
    parentSpanId: readId(span.parentId, 16, false),
    name: asText(span.name),
    kind: readKind(span.kind),
    startUnixNano: start === null || start === 0n ? null : start * 1000n,
    durationNs: duration === null ? null : Number(duration) * 1000,
    status: isError ? 2 : readStatus(asText(attributes.get('otel.status_code')?.value)),
    statusMessage: isError && error.value !== 'true' ? String(error.value) : '',
    shared: span.shared === true,
    resource: readLocal(asObject(span.localEndpoint)),
    scope: { name: '', version: '' },
    attributes,
    events: asList(span.annotations).map((annotation) => readAnnotation(asObject(annotation))),
    links: [],
  };
}

function readLocal(endpoint: JsonObject): Resource {
  const service = named('service.name', asText(endpoint.serviceName));
  return { attributes: new Map([...service, ...named('zipkin.local_endpoint', addressOf(endpoint))]) };
}

function readAnnotation({ timestamp, value }: JsonObject): SpanEvent {
  const micros = asInteger(timestamp);
  return {
    name: asText(value),
    timeUnixNano: micros === null ? null : micros * 1000n,
    attributes: new Map(),
  };
}

/** `ip:port`; the ip alone where no port is given. */
function addressOf(endpoint: JsonObject): string {
  const ip = asText(endpoint.ipv4) || asText(endpoint.ipv6);
  const port = asText(endpoint.port);
  return ip !== '' && port !== '' && port !== '0' ? `${ip}:${port}` : ip;
}

function named(key: string, value: string): [string, AttributeValue][] {
  return value === '' ? [] : [[key, textValue(value)]];
}

function textValue(value: string): AttributeValue {
  return { type: 'string', value };
}
