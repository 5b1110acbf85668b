/**
 * Google Cloud Trace API v2: bodies of batchWrite, spans in log sinks.
 * https://github.com/googleapis/googleapis/blob/master/google/devtools/cloudtrace/v2/trace.proto
 * Not supported: stack traces that other spans hold (stackTraceHashId alone).
 */
import * as z from 'zod/mini';
import type { AttributeValue, Span, SpanEvent, SpanLink } from '../model/span.ts';
import { STATUS_ERROR, STATUS_UNSET } from '../model/span.ts';
import { durationBetween } from './durations.ts';
import { googleAttributes, googleService } from './google-labels.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, listOf, numberOf, ownValue, textOf, valueAt } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { AttributeBag, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { hasKeys, recordFormat } from './record-format.ts';
import { parseKind } from './span-words.ts';

const schema = z.object({
  name: z.string().check(z.regex(/traces\/[^/]+\/spans\//, 'projects/…/traces/…/spans/… expected')),
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
  open: () => (record, context) => {
    const [, trace, span] = /traces\/([^/]+)\/spans\/([^/]+)/.exec(record.name) ?? [];
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
    scope: {
      name: textOf(attributes.get('otel.scope.name')?.value) ?? '',
      version: textOf(attributes.get('otel.scope.version')?.value) ?? '',
    },
    attributes: new Map([...attributes].filter(([key]) => !key.startsWith('otel.scope.'))),
    events: eventsIn(ownValue(raw, 'timeEvents')),
    links: linksIn(ownValue(raw, 'links')),
  });
}

/** `{"value":"…","truncatedByteCount":0}` */
function truncatable(value: unknown): string | undefined {
  return textOf(ownValue(value, 'value')) ?? textOf(value);
}

function attributesIn(attributes: Json | undefined): AttributeBag {
  const bag = new AttributeBag();
  const map = ownValue(attributes, 'attributeMap');
  for (const [key, value] of Object.entries(isObject(map) ? map : {})) {
    const text = truncatable(ownValue(value, 'stringValue'));
    const int = textOf(ownValue(value, 'intValue'));
    const typed: AttributeValue | null = int === undefined ? null : { type: 'int', value: int };
    if (typed) bag.putValues(new Map([[key, typed]]));
    else bag.put(key, text ?? ownValue(value, 'boolValue') ?? ownValue(value, 'doubleValue'));
  }
  return bag;
}

function eventsIn(events: Json | undefined): SpanEvent[] {
  return listOf(ownValue(events, 'timeEvent')).map((event) => {
    const annotation = ownValue(event, 'annotation');
    const message = ownValue(event, 'messageEvent');
    const attributes = annotation
      ? attributesIn(ownValue(annotation, 'attributes')).map
      : new AttributeBag().putAll(message).map;
    return {
      name: truncatable(ownValue(annotation, 'description')) ?? textOf(ownValue(message, 'type')) ?? '',
      timeUnixNano: parseInstant(ownValue(event, 'time')),
      attributes,
    };
  });
}

function linksIn(links: Json | undefined): SpanLink[] {
  return listOf(ownValue(links, 'link')).flatMap((link) => {
    const traceId = traceIdOf(ownValue(link, 'traceId'));
    const spanId = spanIdOf(ownValue(link, 'spanId'));
    return traceId === null || spanId === null ? [] : [{ traceId, spanId }];
  });
}

function stackText(stackTrace: Json | undefined): string {
  return listOf(valueAt(stackTrace, 'stackFrames', 'frame'))
    .map((frame) => {
      const name = truncatable(ownValue(frame, 'functionName')) ?? '';
      const line = textOf(ownValue(frame, 'lineNumber')) ?? '';
      return `${name} (${truncatable(ownValue(frame, 'fileName')) ?? ''}:${line})`;
    })
    .join('\n');
}
