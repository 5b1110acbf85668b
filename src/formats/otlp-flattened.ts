/**
 * Flattened OTLP: one span a line, OTLP's fields in snake_case at the top, attributes as maps
 * (Lightstep's otel-arrow data sets, home-made dumps). There may be no resource; underscores in the names
 * of well-known attributes become dots again.
 */
import * as z from 'zod/mini';
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import { durationBetween } from './durations.ts';
import { parseInstant } from './instants.ts';
import { ownValue, textOf, valueAt } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { attributesOf, eventsOf, linksOf } from './otlp-like-record.ts';
import { plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { hasKeys, recordFormat } from './record-format.ts';
import { parseKind, parseStatus } from './span-words.ts';
import { withDots } from './underscored-keys.ts';

const instant = z.optional(z.nullable(z.union([z.number(), z.string()])));
const schema = z.object({
  trace_id: z.string(),
  span_id: z.string(),
  parent_span_id: z.optional(z.nullable(z.string())),
  name: z.optional(z.nullable(z.string())),
  kind: z.optional(z.nullable(z.union([z.string(), z.number()]))),
  start_time_unix_nano: instant,
  end_time_unix_nano: instant,
  status: z.optional(z.unknown()),
  attributes: z.optional(z.unknown()),
  events: z.optional(z.unknown()),
  links: z.optional(z.unknown()),
});
type FlatSpan = z.infer<typeof schema>;

export const otlpFlattened = recordFormat<FlatSpan>({
  id: 'otlp-flattened',
  label: 'Flattened OTLP',
  matches: (head) => hasKeys(head, ['trace_id', 'span_id', 'start_time_unix_nano', 'end_time_unix_nano']),
  lists: [],
  schema,
  open: () => (record, context) => {
    const traceId = traceIdOf(record.trace_id);
    const spanId = spanIdOf(record.span_id);
    if (traceId === null || spanId === null) {
      noteMissingIds(context.note, { traceId, spanId, name: record.name });
      return [];
    }
    const start = parseInstant(record.start_time_unix_nano);
    const attributes = withDots(attributesOf(record.attributes).map);
    const { raw } = context;
    const resource = withDots(
      attributesOf(valueAt(raw, 'resource', 'attributes') ?? ownValue(raw, 'resource')).map,
    );
    resource.put('service.name', ownValue(raw, 'service_name') ?? ownValue(raw, 'service.name'));
    for (const key of ['service.name', 'service.namespace', 'service.instance.id']) {
      const value = attributes.map.get(key);
      if (value) resource.putValue(key, value);
    }
    return [
      plainSpan({
        traceId,
        spanId,
        parentSpanId: spanIdOf(record.parent_span_id),
        name: record.name ?? '',
        kind: parseKind(textOf(record.kind) ?? '') ?? 0,
        startUnixNano: start,
        durationNs: durationBetween(start, parseInstant(record.end_time_unix_nano)),
        status: parseStatus(textOf(ownValue(record.status, 'code')) ?? '') ?? 0,
        statusMessage: textOf(ownValue(record.status, 'message')) ?? '',
        resource: resource.toResource(),
        attributes: attributes.put(TRACE_STATE_KEY, ownValue(raw, 'trace_state')).map,
        events: eventsOf(record.events),
        links: linksOf(record.links),
      }),
    ];
  },
});
