/** One X-Ray segment with its subsegments → spans (FORMATS.md §3.10). */
import type { Resource, Span, SpanEvent, SpanLink } from '../model/span.ts';
import { KIND_CLIENT, KIND_INTERNAL, KIND_SERVER, STATUS_ERROR, STATUS_UNSET } from '../model/span.ts';
import { durationBetween } from './durations.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, listOf, ownValue, textOf, valueAt } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { AttributeBag, exceptionEvent, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import type { RecordContext } from './record-format.ts';
import { xrayCallAttributes } from './xray-call.ts';

const REMEMBERED = 20_000;
const DEEPEST = 200;
/** Fields of a segment that became fields of a span, or attributes under other names. */
const OWN_FIELDS = new Set([
  'id',
  'trace_id',
  'parent_id',
  'name',
  'start_time',
  'end_time',
  'subsegments',
  'cause',
  'http',
  'sql',
  'links',
  'service',
  'user',
  'precursor_ids',
]);

/** Which segment a subsegment that was sent by itself belongs to: it does not say its service. */
export class XraySegmentBook {
  readonly #resources = new Map<string, Resource>();

  remember(id: string, resource: Resource): void {
    if (this.#resources.size >= REMEMBERED) this.#resources.clear();
    this.#resources.set(id, resource);
  }

  of(id: string | null): Resource | undefined {
    return id === null ? undefined : this.#resources.get(id);
  }
}

interface Place {
  readonly traceId: string;
  readonly parentSpanId: string | null;
  readonly resource: Resource;
  readonly isSubsegment: boolean;
}

export function xraySpans({ raw, note }: RecordContext, book: XraySegmentBook): Span[] {
  const traceId = xrayTraceId(ownValue(raw, 'trace_id'));
  const spanId = spanIdOf(ownValue(raw, 'id'));
  if (traceId === null || spanId === null) {
    noteMissingIds(note, { traceId, spanId, name: ownValue(raw, 'name') });
    return [];
  }
  if (ownValue(raw, 'inferred') === true) {
    const message = 'Segments that X-Ray inferred from a call repeat that call, which is read.';
    note('inferred-segment', 'skipped', message);
    return [];
  }
  const parentSpanId = spanIdOf(ownValue(raw, 'parent_id'));
  const isSubsegment = ownValue(raw, 'type') === 'subsegment' || ownValue(raw, 'namespace') !== undefined;
  const resource = isSubsegment
    ? (book.of(parentSpanId) ?? new AttributeBag().toResource())
    : resourceOf(raw);
  const spans: Span[] = [];
  collect(raw, { traceId, parentSpanId, resource, isSubsegment }, spans);
  for (const { spanId } of spans) book.remember(spanId, resource);
  return spans;
}

/** `1-5f29ab21-d4ebf299219a65bd5c31d6da` */
function xrayTraceId(value: unknown): string | null {
  return traceIdOf(textOf(value)?.replace(/^1-(?=[0-9a-f]{8}-)/i, ''));
}

function collect(segment: unknown, place: Place, spans: Span[], depth = 0): void {
  const spanId = spanIdOf(ownValue(segment, 'id'));
  if (spanId !== null) spans.push(spanOf(segment, spanId, place));
  if (depth > DEEPEST) return;
  for (const inner of listOf(ownValue(segment, 'subsegments'))) {
    const parentSpanId = spanId ?? place.parentSpanId;
    if (isObject(inner)) collect(inner, { ...place, parentSpanId, isSubsegment: true }, spans, depth + 1);
  }
}

function spanOf(
  segment: unknown,
  spanId: string,
  { traceId, parentSpanId, resource, isSubsegment }: Place,
): Span {
  const start = parseInstant(ownValue(segment, 'start_time'), 's');
  const end = parseInstant(ownValue(segment, 'end_time'), 's');
  const calls = isSubsegment && ownValue(segment, 'namespace') !== undefined;
  const flags = ['fault', 'error', ...(isSubsegment ? ['throttle'] : [])];
  const events = exceptionsOf(segment, end);
  return plainSpan({
    traceId,
    spanId,
    parentSpanId,
    name: textOf(ownValue(segment, 'name')) ?? '',
    kind: calls ? KIND_CLIENT : isSubsegment ? KIND_INTERNAL : KIND_SERVER,
    startUnixNano: start,
    durationNs: durationBetween(start, end),
    status: flags.some((flag) => ownValue(segment, flag) === true) ? STATUS_ERROR : STATUS_UNSET,
    statusMessage: textOf(events[0]?.attributes.get('exception.message')?.value) ?? '',
    resource,
    attributes: attributesOf(segment, calls).map,
    events,
    links: linksOf(segment),
  });
}

function resourceOf(segment: unknown): Resource {
  const aws = ownValue(segment, 'aws');
  const bag = new AttributeBag().put('service.name', ownValue(segment, 'name'));
  bag.put('service.version', valueAt(segment, 'service', 'version'));
  bag.put(
    'service.instance.id',
    valueAt(aws, 'ecs', 'container_id') ??
      valueAt(aws, 'ecs', 'container') ??
      valueAt(aws, 'eks', 'pod') ??
      valueAt(aws, 'ec2', 'instance_id'),
  );
  bag.put('k8s.pod.name', valueAt(aws, 'eks', 'pod')).put('host.id', valueAt(aws, 'ec2', 'instance_id'));
  bag.put('deployment.environment.name', valueAt(aws, 'elastic_beanstalk', 'environment_name'));
  return bag.put('aws.xray.origin', ownValue(segment, 'origin')).toResource();
}

function attributesOf(segment: unknown, calls: boolean): AttributeBag {
  const bag = new AttributeBag();
  const request = valueAt(segment, 'http', 'request');
  const response = valueAt(segment, 'http', 'response');
  bag.put('http.request.method', ownValue(request, 'method')).put('url.full', ownValue(request, 'url'));
  bag.put('http.response.status_code', ownValue(response, 'status'));
  bag.put('user_agent.original', ownValue(request, 'user_agent'));
  bag.put('client.address', ownValue(request, 'client_ip'));
  bag.put('http.response.body.size', ownValue(response, 'content_length'));
  bag.put('user.id', ownValue(segment, 'user'));
  if (calls) xrayCallAttributes(segment, bag);
  bag.putNested(ownValue(segment, 'sql'), 'sql');
  bag.putNested(ownValue(segment, 'annotations'), 'annotations');
  if (isObject(segment)) {
    for (const [key, value] of Object.entries(segment)) {
      if (!OWN_FIELDS.has(key) && key !== 'annotations') bag.putNested(value, key);
    }
  }
  return bag;
}

/** `cause` may also be the id of an exception that a subsegment describes. */
function exceptionsOf(segment: unknown, time: bigint | null): SpanEvent[] {
  return listOf(valueAt(segment, 'cause', 'exceptions')).flatMap((exception) => {
    const stacktrace = listOf(ownValue(exception, 'stack')).map(frameText).join('\n');
    const event = exceptionEvent(
      { type: ownValue(exception, 'type'), message: ownValue(exception, 'message'), stacktrace },
      time,
    );
    return event ? [event] : [];
  });
}

function frameText(frame: Json): string {
  const line = textOf(ownValue(frame, 'line'));
  const path = textOf(ownValue(frame, 'path')) ?? '';
  return `${textOf(ownValue(frame, 'label')) ?? ''} (${path}${line === undefined ? '' : `:${line}`})`;
}

function linksOf(segment: unknown): SpanLink[] {
  return listOf(ownValue(segment, 'links')).flatMap((link) => {
    const traceId = xrayTraceId(ownValue(link, 'trace_id'));
    const spanId = spanIdOf(ownValue(link, 'id'));
    return traceId === null || spanId === null ? [] : [{ traceId, spanId }];
  });
}
