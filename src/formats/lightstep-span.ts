/** A span of Lightstep's, of its API or of a report → a plain span. */
import type { Resource, Span, SpanEvent, SpanLink } from '../model/span.ts';
import { STATUS_ERROR, STATUS_UNSET } from '../model/span.ts';
import { durationBetween, parseDuration } from './durations.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, listOf, ownValue, textOf } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { openTracingEvent } from './open-tracing-event.ts';
import { AttributeBag, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import type { RecordContext } from './record-format.ts';
import { parseKind } from './span-words.ts';

export interface LightstepSpan {
  readonly traceId: unknown;
  readonly spanId: unknown;
  readonly name: unknown;
  /** µs since 1970. */
  readonly startUs: unknown;
  readonly endUs?: unknown;
  /** Where there is no end. */
  readonly durationUs?: unknown;
  readonly isError?: unknown;
  readonly tags: AttributeBag;
  readonly resource: Resource | undefined;
  readonly logs: unknown;
  readonly links?: readonly SpanLink[];
}

/** The parent and the kind are tags. Without its ids it is rejected. */
export function lightstepSpan(span: LightstepSpan, { note }: RecordContext): Span[] {
  const { tags, name } = span;
  const traceId = traceIdOf(span.traceId);
  const spanId = spanIdOf(span.spanId);
  if (traceId === null || spanId === null) {
    noteMissingIds(note, { traceId, spanId, name });
    return [];
  }
  const take = (key: string): string => {
    const value = tags.map.get(key)?.value;
    tags.map.delete(key);
    return String(value ?? '');
  };
  const error = take('error');
  const startUnixNano = parseInstant(span.startUs, 'us');
  return [
    plainSpan({
      traceId,
      spanId,
      parentSpanId: spanIdOf(take('parent_span_guid')),
      name: textOf(name) ?? '',
      kind: parseKind(take('span.kind')) ?? 0,
      startUnixNano,
      durationNs:
        parseDuration(span.durationUs, 'us') ??
        durationBetween(startUnixNano, parseInstant(span.endUs, 'us')),
      status: span.isError === true || (error !== '' && error !== 'false') ? STATUS_ERROR : STATUS_UNSET,
      statusMessage: /^(true|false)?$/.test(error) ? '' : error,
      resource: span.resource,
      attributes: tags.map,
      events: listOf(span.logs).filter(isObject).map(eventOf),
      links: span.links,
    }),
  ];
}

/** `[{"Key":"a","Value":"b"}]` */
export function pairsOf(list: unknown): AttributeBag {
  const bag = new AttributeBag();
  for (const pair of listOf(list)) bag.put(textOf(ownValue(pair, 'Key')) ?? '', ownValue(pair, 'Value'));
  return bag;
}

/** What a process says of itself, with OpenTelemetry's names for its service and its machine. */
export function reporterResource(about: AttributeBag): Resource {
  const text = (key: string): unknown => about.map.get(key)?.value;
  return about
    .put('service.name', text('lightstep.component_name'))
    .put('host.name', text('lightstep.hostname'))
    .toResource();
}

function eventOf(log: Json): SpanEvent {
  const fields = pairsOf(ownValue(log, 'fields')).put('message', ownValue(log, 'message'));
  fields.put('event', ownValue(log, 'stable_name'));
  const time = ownValue(log, 'timestamp_micros') ?? ownValue(log, 'timestamp-micros');
  return openTracingEvent(fields.map, parseInstant(time, 'us'));
}
