/**
 * Google Cloud Trace API v2: bodies of batchWrite, spans in log sinks.
 * https://github.com/googleapis/googleapis/blob/master/google/devtools/cloudtrace/v2/trace.proto
 * Not supported: stack traces that other spans hold (stackTraceHashId alone).
 */
import * as z from 'zod/mini';
import type { AttributeValue, Scope, Span } from '../model/span.ts';
import { STATUS_ERROR, STATUS_UNSET } from '../model/span.ts';
import { attributesIn, eventsIn, linksIn, stackText, truncatable } from './census-fields.ts';
import { durationBetween } from './durations.ts';
import { googleAttributes, googleService } from './google-labels.ts';
import { parseInstant } from './instants.ts';
import { isObject, isOptionalText, type Json, numberOf, ownValue, textOf, valueAt } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { AttributeBag, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { hasKeys, recordFormat } from './record-format.ts';
import { parseKind } from './span-words.ts';

const SPAN_NAME = /traces\/([^/]+)\/spans\/([^/]*)/;

const schema = z.object({
  name: z.string().check(z.regex(SPAN_NAME, 'projects/…/traces/…/spans/… expected')),
  spanId: z.optional(z.string()),
  parentSpanId: z.optional(z.nullable(z.string())),
  displayName: z.optional(z.unknown()),
  startTime: z.optional(z.unknown()),
  endTime: z.optional(z.unknown()),
});
type GoogleSpan = z.infer<typeof schema>;

export const googleTraceV2 = recordFormat<GoogleSpan>({
  id: 'google-trace-v2',
  label: 'Google Cloud Trace v2',
  matches: (head) =>
    hasKeys(
      head,
      ['name', 'displayName.value', 'startTime'],
      ['', 'spans[].', 'batchWriteSpansRequest[].spans[].'],
    ),
  lists: ['spans', 'batchWriteSpansRequest[].spans'],
  schema,
  quick: (record) => {
    if (!isObject(record)) return undefined;
    const { name, spanId, parentSpanId, displayName, startTime, endTime } = record;
    if (typeof name !== 'string' || !SPAN_NAME.test(name) || !isOptionalText(spanId)) return undefined;
    if (parentSpanId !== null && !isOptionalText(parentSpanId)) return undefined;
    return { name, spanId, parentSpanId, displayName, startTime, endTime };
  },
  open: () => (record, context) => {
    const [, trace, span] = SPAN_NAME.exec(record.name) ?? [];
    const traceId = traceIdOf(trace);
    const spanId = spanIdOf(record.spanId ?? span);
    if (traceId !== null && spanId !== null) return [spanOf(record, { traceId, spanId, raw: context.raw })];
    noteMissingIds(context.note, { traceId, spanId, name: valueAt(record, 'displayName', 'value') });
    return [];
  },
});

function spanOf(record: GoogleSpan, known: { traceId: string; spanId: string; raw: Json }): Span {
  const { traceId, spanId, raw } = known;
  const start = parseInstant(record.startTime);
  const end = parseInstant(record.endTime);
  const labels = attributesIn(ownValue(raw, 'attributes')).put(
    'code.stacktrace',
    stackText(ownValue(raw, 'stackTrace')),
  );
  const { attributes, resource } = googleAttributes(labels.map);
  const kind = parseKind(textOf(ownValue(raw, 'spanKind')) ?? '') ?? 0;
  const code = numberOf(valueAt(raw, 'status', 'code')) ?? 0;
  return plainSpan({
    traceId,
    spanId,
    parentSpanId: spanIdOf(record.parentSpanId),
    name: truncatable(record.displayName) ?? '',
    kind,
    startUnixNano: start,
    durationNs: durationBetween(start, end),
    status: code === 0 ? STATUS_UNSET : STATUS_ERROR,
    statusMessage: textOf(valueAt(raw, 'status', 'message')) ?? '',
    resource: new AttributeBag()
      .put('service.name', googleService(labels.map, kind === 2))
      .putValues(resource)
      .toResource(),
    scope: scopeFrom(attributes),
    attributes,
    events: eventsIn(ownValue(raw, 'timeEvents')),
    links: linksIn(ownValue(raw, 'links')),
  });
}

/** Takes it out of the attributes, where the exporters put it. */
function scopeFrom(attributes: Map<string, AttributeValue>): Scope {
  const scope = {
    name: textOf(attributes.get('otel.scope.name')?.value) ?? '',
    version: textOf(attributes.get('otel.scope.version')?.value) ?? '',
  };
  for (const key of attributes.keys()) if (key.startsWith('otel.scope.')) attributes.delete(key);
  return scope;
}
