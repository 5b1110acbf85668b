/** One SkyWalking span, of a query or of an agent's segment → a plain span (FORMATS.md §3.16). */
import type { Resource, Span, SpanEvent, SpanKind, SpanLink } from '../model/span.ts';
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
import { type Json, listOf, numberOf, ownValue, textOf } from './json-value.ts';
import { firstOf } from './otlp-like-record.ts';
import { AttributeBag, exceptionEvent, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';

/** What the spans of a segment share; a query's span says all of it itself. */
export interface SkywalkingSegment {
  readonly traceId: string | null;
  readonly segmentId: string;
  readonly resource: Resource;
  /** JSON of protobuf leaves zeros out: a span without an id has the id 0. */
  readonly leavesZerosOut: boolean;
}

interface Reference {
  readonly traceId: string | null;
  readonly spanId: string | null;
}

const LAYERS = ['Unknown', 'Database', 'RPCFramework', 'Http', 'MQ', 'Cache', 'FAAS'];
const TYPES = ['Entry', 'Exit', 'Local'];
const OWN_LOG_KEYS = new Set(['event', 'error.kind', 'message', 'stack']);

export function segmentOf(record: Json): SkywalkingSegment {
  return {
    traceId: traceIdOf(ownValue(record, 'traceId')),
    segmentId: textOf(firstOf(record, 'traceSegmentId', 'segmentId')) ?? '',
    resource: new AttributeBag()
      .put('service.name', firstOf(record, 'serviceCode', 'service'))
      .put('service.instance.id', firstOf(record, 'serviceInstanceName', 'serviceInstance'))
      .put('headwater.application', isBrowser(record) || undefined)
      .toResource(),
    leavesZerosOut: ownValue(record, 'traceSegmentId') !== undefined,
  };
}

/** `ajax` is a component of SkyWalking's client for browsers alone (component-libraries.yml). */
function isBrowser(record: Json): boolean {
  return [record, ...listOf(ownValue(record, 'spans'))].some(
    (span) =>
      textOf(ownValue(span, 'component')) === 'ajax' || textOf(ownValue(span, 'componentId')) === '10001',
  );
}

/** null: it lacks its ids. */
export function skywalkingSpan(record: Json, segment: SkywalkingSegment): Span | null {
  const zero = segment.leavesZerosOut ? 0 : undefined;
  const number = numberOf(ownValue(record, 'spanId')) ?? zero;
  const { traceId, segmentId, resource } = segment;
  if (traceId === null || number === undefined) return null;
  const spanId = skywalkingId(segmentId, number);
  if (spanId === null) return null;
  const start = parseInstant(ownValue(record, 'startTime'), 'ms');
  const layer = wordOf(firstOf(record, 'layer', 'spanLayer'), LAYERS);
  const type = wordOf(firstOf(record, 'type', 'spanType') ?? zero, TYPES);
  const parent = numberOf(ownValue(record, 'parentSpanId')) ?? zero ?? -1;
  const references = listOf(ownValue(record, 'refs')).map(referenceOf);
  const [caller] = references;
  // A caller in another trace is reached by a link.
  const callsFromHere = parent < 0 && caller && (caller.traceId ?? traceId) === traceId;
  return plainSpan({
    traceId,
    spanId,
    parentSpanId: parent >= 0 ? skywalkingId(segmentId, parent) : callsFromHere ? caller.spanId : null,
    name: textOf(firstOf(record, 'endpointName', 'operationName')) ?? '',
    kind: kindOf(type, layer),
    startUnixNano: start,
    durationNs: durationBetween(start, parseInstant(ownValue(record, 'endTime'), 'ms')),
    status: textOf(ownValue(record, 'isError')) === 'true' ? STATUS_ERROR : STATUS_UNSET,
    resource,
    attributes: attributesOf(record, type, layer).map,
    events: listOf(ownValue(record, 'logs')).map(eventOf),
    links: (callsFromHere ? references.slice(1) : references).flatMap((reference): SpanLink[] =>
      reference.spanId === null ? [] : [{ traceId: reference.traceId ?? traceId, spanId: reference.spanId }],
    ),
  });
}

/** Numbers of spans count within their segment. */
function skywalkingId(segmentId: string, number: number): string | null {
  return segmentId === '' ? null : spanIdOf(`${segmentId}.${number}`);
}

function referenceOf(reference: Json): Reference {
  const segmentId = textOf(firstOf(reference, 'parentSegmentId', 'parentTraceSegmentId')) ?? '';
  const number = numberOf(ownValue(reference, 'parentSpanId')) ?? 0;
  return { traceId: traceIdOf(ownValue(reference, 'traceId')), spanId: skywalkingId(segmentId, number) };
}

/** A name, or its number in the protocol. */
function wordOf(value: unknown, words: readonly string[]): string {
  const text = textOf(value) ?? '';
  return /^\d$/.test(text) ? (words[Number(text)] ?? '') : text;
}

function kindOf(type: string, layer: string): SpanKind {
  if (type === 'Entry') return layer === 'MQ' ? KIND_CONSUMER : KIND_SERVER;
  if (type === 'Exit') return layer === 'MQ' ? KIND_PRODUCER : KIND_CLIENT;
  return type === 'Local' ? KIND_INTERNAL : 0;
}

function attributesOf(record: Json, type: string, layer: string): AttributeBag {
  const bag = new AttributeBag();
  for (const tag of listOf(ownValue(record, 'tags'))) {
    bag.put(textOf(ownValue(tag, 'key')) ?? '', ownValue(tag, 'value'));
  }
  // Many plugins name endpoints so: `POST:/api/cart`, `{POST}/api/cart`.
  const [, method, path] =
    /^\{?([A-Z]{3,7})(?::|\})(\/.*)$/.exec(textOf(firstOf(record, 'endpointName', 'operationName')) ?? '') ??
    [];
  if (layer === 'Http' && !bag.map.has('http.method')) bag.put('http.request.method', method);
  if (layer === 'Http' && type === 'Entry' && !bag.map.has('http.route')) bag.put('url.path', path);
  const peer = textOf(ownValue(record, 'peer'));
  if (type === 'Exit') {
    const [, host, port] = /^(\[[^\]]*\]|[^:,;]+)(?::(\d+))?/.exec(peer ?? '') ?? [];
    bag.put('server.address', host).put('server.port', port);
    if (layer === 'RPCFramework') {
      bag.put('rpc.system', textOf(ownValue(record, 'component'))?.toLowerCase());
      bag.put('rpc.method', firstOf(record, 'endpointName', 'operationName'));
    }
    if (layer === 'Database' || layer === 'Cache') {
      bag.put('db.type', firstOf(record, 'component')).put('headwater.database', true);
      const cache = bag.map.get('cache.cmd');
      if (cache) bag.put('db.operation.name', cache.value);
    }
  }
  bag.put('peer', peer).put('skywalking.layer', layer);
  bag.put('component', ownValue(record, 'component')).put('component.id', ownValue(record, 'componentId'));
  return bag;
}

function eventOf(log: Json): SpanEvent {
  const bag = new AttributeBag();
  for (const item of listOf(ownValue(log, 'data'))) {
    bag.put(textOf(ownValue(item, 'key')) ?? '', ownValue(item, 'value'));
  }
  const timeUnixNano = parseInstant(ownValue(log, 'time'), 'ms');
  const at = (key: string): string | undefined => textOf(bag.map.get(key)?.value);
  const rest = new Map([...bag.map].filter(([key]) => !OWN_LOG_KEYS.has(key)));
  if (at('event') === 'error' || at('error.kind') !== undefined || at('stack') !== undefined) {
    const exception = exceptionEvent(
      { type: at('error.kind'), message: at('message'), stacktrace: at('stack') },
      timeUnixNano,
    );
    if (exception) return { ...exception, attributes: new Map([...exception.attributes, ...rest]) };
  }
  return { name: at('event') ?? at('message') ?? '', timeUnixNano, attributes: bag.map };
}
