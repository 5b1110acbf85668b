/**
 * What New Relic's Trace API is sent: lists of spans, each with what they have in common, format `newrelic`, version 1.
 * https://docs.newrelic.com/docs/distributed-tracing/trace-api/report-new-relic-format-traces-trace-api
 * Its other format is Zipkin's; what NRQL answers is a table of spans.
 */
import * as z from 'zod/mini';
import type { Span } from '../model/span.ts';
import { STATUS_ERROR } from '../model/span.ts';
import { parseDuration } from './durations.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, ownValue } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { textAt } from './plain-attributes.ts';
import { AttributeBag, exceptionEvent, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { hasKeys, recordFormat, type RecordContext } from './record-format.ts';
import { takeResource } from './resource-in-attributes.ts';
import { parseKind, parseStatus } from './span-words.ts';

const schema = z.object({ spans: z.array(z.unknown()), common: z.optional(z.unknown()) });

export const newRelic = recordFormat<z.infer<typeof schema>>({
  id: 'new-relic',
  label: 'New Relic Trace API',
  // The trace may be the same for all.
  matches: (head) => hasKeys(head, ['spans[].id', 'spans[].trace.id|common.trace.id', 'spans[].attributes']),
  lists: [],
  schema,
  open: () => (record, context) => {
    const common = ownValue(context.raw, 'common');
    return record.spans.flatMap((span) => spanOf(isObject(span) ? span : {}, common, context));
  },
});

/** They became fields of the span. */
const OWN = ['name', 'parent.id', 'duration.ms', 'span.kind', 'otel.status_code', 'otel.status_description'];

function spanOf(span: Json, common: Json | undefined, { note }: RecordContext): Span[] {
  const attributes = new AttributeBag()
    .putAll(ownValue(span, 'attributes'))
    .putAll(ownValue(common, 'attributes'));
  const at = (key: string): string => String(attributes.map.get(key)?.value ?? '');
  const traceId = traceIdOf(ownValue(span, 'trace.id') ?? ownValue(common, 'trace.id'));
  const spanId = spanIdOf(ownValue(span, 'id'));
  if (traceId === null || spanId === null) {
    noteMissingIds(note, { traceId, spanId, name: at('name') });
    return [];
  }
  const thrown = { type: at('error.class'), message: at('error.message') };
  const isFailed = thrown.type !== '' || thrown.message !== '' || /^true$/i.test(at('error'));
  const exception = thrown.type === '' ? null : exceptionEvent(thrown, null);
  const fields = {
    name: at('name'),
    parentSpanId: spanIdOf(at('parent.id')),
    kind: parseKind(at('span.kind')) ?? 0,
    startUnixNano: parseInstant(ownValue(span, 'timestamp') ?? ownValue(common, 'timestamp'), 'ms'),
    durationNs: parseDuration(at('duration.ms'), 'ms'),
    status: isFailed ? STATUS_ERROR : (parseStatus(at('otel.status_code')) ?? 0),
    statusMessage: thrown.message || at('otel.status_description'),
  };
  for (const key of OWN) attributes.map.delete(key);
  const resource = takeResource(attributes);
  resource.put('host.name', textAt(resource.map, 'host'));
  return [
    plainSpan({
      traceId,
      spanId,
      ...fields,
      resource: resource.toResource(),
      attributes: attributes.map,
      events: exception ? [exception] : [],
    }),
  ];
}
