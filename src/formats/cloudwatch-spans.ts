/**
 * CloudWatch Transaction Search, log group `aws/spans`: JSON documents with OpenTelemetry's names, one a line, or
 * in the messages of log events (filter-log-events, get-log-events, get-query-results).
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Transaction-Search.html
 * Not supported: CSV from Logs Insights.
 */
import * as z from 'zod/mini';
import { decodeBytes } from '../util/bytes.ts';
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import { parseDuration, durationBetween } from './durations.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, listOf, ownValue, textOf, valueAt } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { attributesOf, eventsOf, linksOf } from './otlp-like-record.ts';
import { parseTextExactly } from './parse-text.ts';
import { plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { hasKeys, recordFormat } from './record-format.ts';
import { parseKind, parseStatus } from './span-words.ts';

const instant = z.optional(z.union([z.number(), z.string()]));
const schema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.optional(z.nullable(z.string())),
  name: z.optional(z.string()),
  kind: z.optional(z.union([z.string(), z.number()])),
  startTimeUnixNano: instant,
  endTimeUnixNano: instant,
  durationNano: instant,
  status: z.optional(z.unknown()),
  resource: z.optional(z.unknown()),
  scope: z.optional(z.unknown()),
  attributes: z.optional(z.unknown()),
  events: z.optional(z.unknown()),
  links: z.optional(z.unknown()),
});
type CloudwatchSpan = z.infer<typeof schema>;
/** As text in a message; the same names are in OTLP, which a Collector prints into its own log group. */
const SPAN_IN_MESSAGE = /\\"startTimeUnixNano\\"/;
const OTLP_IN_MESSAGE = /\\"(resourceSpans|scopeSpans)\\"/;

export const cloudwatchSpans = recordFormat<CloudwatchSpan>({
  id: 'cloudwatch-spans',
  label: 'CloudWatch aws/spans',
  matches: (head) =>
    hasKeys(head, ['traceId', 'spanId', 'startTimeUnixNano', 'durationNano|resource.attributes']) ||
    ((hasKeys(head, ['events[].message', 'events[].timestamp']) ||
      hasKeys(head, ['results[][].field', 'results[][].value'])) &&
      isOfSpans(decodeBytes(head.bytes))),
  lists: ['events', 'results'],
  recordKeys: ['traceId', 'spanId', 'resource', 'scope'],
  innerListIsRecord: true,
  unwrap: unwrapMessage,
  schema,
  open: () => (record, context) => {
    const traceId = traceIdOf(record.traceId);
    const spanId = spanIdOf(record.spanId);
    if (traceId === null || spanId === null) {
      noteMissingIds(context.note, { traceId, spanId, name: record.name });
      return [];
    }
    const start = parseInstant(record.startTimeUnixNano, 'ns');
    const end = parseInstant(record.endTimeUnixNano, 'ns');
    const attributes = attributesOf(record.attributes);
    const resource = attributesOf(ownValue(record.resource, 'attributes'));
    const localService = attributes.map.get('aws.local.service');
    if (localService) resource.putValues(new Map([['service.name', localService]]));
    attributes.put(TRACE_STATE_KEY, ownValue(context.raw, 'traceState'));
    attributes.put('aws.xray.segment', valueAt(context.raw, '_aws', 'xray', 'name'));
    return [
      plainSpan({
        traceId,
        spanId,
        parentSpanId: spanIdOf(record.parentSpanId),
        name: record.name ?? '',
        kind: parseKind(textOf(record.kind) ?? '') ?? 0,
        startUnixNano: start,
        durationNs: durationBetween(start, end) ?? parseDuration(record.durationNano, 'ns'),
        status: parseStatus(textOf(ownValue(record.status, 'code')) ?? '') ?? 0,
        statusMessage: textOf(ownValue(record.status, 'message')) ?? '',
        resource: resource.toResource(),
        scope: {
          name: textOf(ownValue(record.scope, 'name')) ?? '',
          version: textOf(ownValue(record.scope, 'version')) ?? '',
        },
        attributes: attributes.map,
        events: eventsOf(record.events),
        links: linksOf(record.links),
      }),
    ];
  },
});

function isOfSpans(messages: string): boolean {
  return SPAN_IN_MESSAGE.test(messages) && !OTLP_IN_MESSAGE.test(messages);
}

/** A log event, or a row of a query's result: the span is in its message, as text. */
function unwrapMessage(record: Json): Json | undefined {
  const row = listOf(record);
  const message =
    row.length > 0
      ? ownValue(
          row.find((field) => ownValue(field, 'field') === '@message'),
          'value',
        )
      : (ownValue(record, 'message') ?? ownValue(record, '@message'));
  if (isObject(message)) return message;
  if (typeof message !== 'string') return isObject(record) ? record : undefined;
  return parseTextExactly(message.slice(Math.max(0, message.indexOf('{'))));
}
