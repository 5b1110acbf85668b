/** OTLP/JSON → records, naively (FORMATS.md §3.1, §3.4, §3.8, §3.9). For cross-checks of the fast reader. */
import { createHash } from 'node:crypto';
import type {
  Attributes,
  AttributeValue,
  Resource,
  Scope,
  Span,
  SpanEvent,
  SpanKind,
  SpanLink,
  StatusCode,
} from '../../src/model/span.ts';
import { asInteger, asList, asObject, asText, splitDocuments, type JsonObject } from './json-documents.ts';

export interface ReadResult {
  /** In the order of the file. A negative durationNs is an end before its start. */
  readonly spans: readonly Span[];
  /** Span records that could not be read. */
  readonly rejected: number;
}

const KIND_NAMES = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'];
const STATUS_NAMES = ['UNSET', 'OK', 'ERROR'];

export function readOtlp(text: string): ReadResult {
  const spans = splitDocuments(text).documents.flatMap(resourceSpansOf).flatMap(readResourceSpans);
  return {
    spans: spans.filter((span) => span !== null),
    rejected: spans.filter((span) => span === null).length,
  };
}

/** The value under the camelCase or snake_case key. */
function get(object: JsonObject, camel: string): unknown {
  return object[camel] ?? object[camel.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
}

function resourceSpansOf(document: unknown): JsonObject[] {
  if (Array.isArray(document)) return document.flatMap(resourceSpansOf);
  const object = asObject(document);
  const list = get(object, 'resourceSpans') ?? object.batches;
  if (list !== undefined) return asList(list).map(asObject);
  const wrapped = object.trace ?? object.result ?? object.traces;
  if (wrapped !== undefined) return resourceSpansOf(wrapped);
  return scopeSpansOf(object).length > 0 ? [object] : [];
}

function scopeSpansOf(resourceSpans: JsonObject): JsonObject[] {
  return ['scopeSpans', 'instrumentationLibrarySpans', 'deprecatedScopeSpans']
    .flatMap((key) => asList(get(resourceSpans, key)))
    .map(asObject);
}

function readResourceSpans(resourceSpans: JsonObject): (Span | null)[] {
  const resource: Resource = { attributes: readAttributes(asObject(resourceSpans.resource).attributes) };
  return scopeSpansOf(resourceSpans).flatMap((scopeSpans) => {
    const from = asObject(scopeSpans.scope ?? get(scopeSpans, 'instrumentationLibrary'));
    const scope: Scope = { name: asText(from.name), version: asText(from.version) };
    return asList(scopeSpans.spans).map((span) => readSpan(asObject(span), resource, scope));
  });
}

function readSpan(span: JsonObject, resource: Resource, scope: Scope): Span | null {
  const ids = readIds(span);
  if (ids === null) return null;
  const isBase64 = isBase64Id(asText(get(span, 'traceId')));
  const start = asInteger(get(span, 'startTimeUnixNano')) || null;
  const end = asInteger(get(span, 'endTimeUnixNano')) || null;
  const status = asObject(span.status);
  return {
    ...ids,
    parentSpanId: readId(get(span, 'parentSpanId'), 16, isBase64),
    name: asText(span.name),
    kind: readKind(span.kind),
    startUnixNano: start,
    durationNs: start === null || end === null ? null : Number(end - start),
    status: readStatus(status.code),
    statusMessage: asText(status.message),
    shared: false,
    resource,
    scope,
    attributes: readAttributes(span.attributes),
    events: asList(span.events).map((event) => readEvent(asObject(event))),
    links: asList(span.links).flatMap((link) => readIds(asObject(link)) ?? []),
  };
}

/** Told by the length of the trace id, for all ids of the record (FORMATS.md §0.2). */
function isBase64Id(traceId: string): boolean {
  return /^[A-Za-z0-9+/_-]{22}(?:==)?$/.test(traceId);
}

function readIds(object: JsonObject): SpanLink | null {
  const written = asText(get(object, 'traceId'));
  const isBase64 = isBase64Id(written);
  const traceId = readId(written, 32, isBase64);
  const spanId = readId(get(object, 'spanId'), 16, isBase64);
  return traceId === null || spanId === null ? null : { traceId, spanId };
}

const NO_ID = /^(?:0*|root|none|nil|null|-1)$/i;

/** Hex, padded on the left; null where it is missing or all zeros. Any other text is an id too: its hash. */
export function readId(value: unknown, digits: number, isBase64: boolean): string | null {
  const text = asText(value).trim();
  const hex = isBase64 && text.length < digits ? Buffer.from(text, 'base64').toString('hex') : text;
  if (NO_ID.test(hex)) return null;
  const id = hex.toLowerCase().padStart(digits, '0');
  if (new RegExp(`^[0-9a-f]{${digits}}$`).test(id)) return id;
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}

export function readKind(value: unknown): SpanKind {
  const word = asText(value)
    .toUpperCase()
    .replace(/^(?:SPAN_KIND_|SPANKIND[._])/, '');
  const kind = /^\d+$/.test(word) ? Number(word) : KIND_NAMES.indexOf(word);
  return kind >= 0 && kind <= 5 ? (kind as SpanKind) : 0;
}

/** More than 2 was an error in OTLP before 0.9. */
export function readStatus(value: unknown): StatusCode {
  const word = asText(value)
    .toUpperCase()
    .replace(/^STATUS_CODE_/, '');
  const code = /^\d+$/.test(word) ? Number(word) : STATUS_NAMES.indexOf(word);
  return code > 2 ? 2 : code < 0 ? 0 : (code as StatusCode);
}

function readEvent(event: JsonObject): SpanEvent {
  return {
    name: asText(event.name),
    timeUnixNano: asInteger(get(event, 'timeUnixNano')) || null,
    attributes: readAttributes(event.attributes),
  };
}

function readAttributes(list: unknown): Attributes {
  const attributes = new Map<string, AttributeValue>();
  for (const item of asList(list)) {
    const { key, value } = asObject(item);
    const read = readValue(asObject(value));
    if (read !== null && typeof key === 'string' && !attributes.has(key)) attributes.set(key, read);
  }
  return attributes;
}

/** Null: an empty value. */
function readValue(value: JsonObject): AttributeValue | null {
  const plain = plainOf(value);
  const [field] = Object.keys(value).filter((key) => value[key] !== null);
  switch (field?.replace(/_v/, 'V')) {
    case 'stringValue':
      return { type: 'string', value: asText(plain) };
    case 'boolValue':
      return { type: 'bool', value: plain === true || plain === 'true' };
    case 'intValue':
      return { type: 'int', value: asText(plain) };
    case 'doubleValue':
      return { type: 'double', value: asText(plain) };
    case 'bytesValue':
      return { type: 'bytes', value: asText(plain) };
    case 'arrayValue':
    case 'kvlistValue':
      return { type: 'json', value: JSON.stringify(plain) };
    default:
      return null;
  }
}

function plainOf(value: JsonObject): unknown {
  const array = get(value, 'arrayValue');
  if (array !== undefined) return asList(asObject(array).values).map((item) => plainOf(asObject(item)));
  const map = get(value, 'kvlistValue');
  if (map !== undefined) {
    const entries = asList(asObject(map).values).map(asObject);
    return Object.fromEntries(entries.map((entry) => [asText(entry.key), plainOf(asObject(entry.value))]));
  }
  return Object.values(value).find((content) => content !== null) ?? null;
}
