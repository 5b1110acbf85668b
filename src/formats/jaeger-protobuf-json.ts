/**
 * Jaeger's api_v2 protobuf as JSON, one span a document or in `spans` (grpcurl, Kafka with `encoding: json`).
 * https://github.com/jaegertracing/jaeger-idl/blob/main/proto/api_v2/model.proto
 * Not supported: a process map beside the spans (`processId`); such spans are of an unknown service.
 */
import * as z from 'zod/mini';
import type { Attributes, AttributeValue } from '../model/span.ts';
import { parseDuration } from './durations.ts';
import { parseInstant } from './instants.ts';
import { jaegerSpan, jaegerTags } from './jaeger-record.ts';
import {
  isObject,
  isOptionalScalar,
  isOptionalText,
  type Json,
  listOf,
  ownValue,
  textOf,
  valueAt,
} from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { spanIdOf, traceIdOf } from './plain-span.ts';
import { hasKeys, recordFormat } from './record-format.ts';

const schema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  operationName: z.optional(z.string()),
  references: z.optional(z.unknown()),
  startTime: z.optional(z.union([z.string(), z.number()])),
  duration: z.optional(z.union([z.string(), z.number()])),
  tags: z.optional(z.unknown()),
  logs: z.optional(z.unknown()),
  process: z.optional(z.unknown()),
});
type JaegerProtobufSpan = z.infer<typeof schema>;

export const jaegerProtobufJson = recordFormat<JaegerProtobufSpan>({
  id: 'jaeger-protobuf-json',
  label: 'Jaeger protobuf-JSON',
  // A service beside the name is another tool's.
  matches: (head) =>
    hasKeys(head, ['traceId', 'spanId', 'operationName', 'startTime'], ['', 'spans[].']) &&
    !hasKeys(head, ['traceId', 'serviceName'], ['', 'spans[].']),
  lists: ['spans', 'data.spans'],
  schema,
  quick: (record) => {
    if (!isObject(record)) return undefined;
    const { traceId, spanId, operationName, startTime, duration } = record;
    if (typeof traceId !== 'string' || typeof spanId !== 'string' || !isOptionalText(operationName)) {
      return undefined;
    }
    if (!isOptionalScalar(startTime) || !isOptionalScalar(duration)) return undefined;
    const { references, tags, logs, process } = record;
    return { traceId, spanId, operationName, references, startTime, duration, tags, logs, process };
  },
  open: () => (record, context) => {
    const traceId = traceIdOf(record.traceId, 'base64');
    const spanId = spanIdOf(record.spanId, 'base64');
    if (traceId === null || spanId === null) {
      noteMissingIds(context.note, { traceId, spanId, name: ownValue(context.raw, 'operationName') });
      return [];
    }
    return [
      jaegerSpan({
        traceId,
        spanId,
        parentSpanId: null,
        name: record.operationName ?? '',
        references: listOf(record.references).map((reference) => ({
          childOf: !/^follows/i.test(textOf(ownValue(reference, 'refType')) ?? ''),
          traceId: traceIdOf(ownValue(reference, 'traceId'), 'base64'),
          spanId: spanIdOf(ownValue(reference, 'spanId'), 'base64'),
        })),
        startUnixNano: parseInstant(record.startTime),
        durationNs: parseDuration(record.duration, 's'),
        tags: tagsOf(record.tags),
        logs: listOf(record.logs).map((log) => ({
          timeUnixNano: parseInstant(ownValue(log, 'timestamp')),
          fields: tagsOf(ownValue(log, 'fields')),
        })),
        serviceName: textOf(valueAt(record.process, 'serviceName')) ?? '',
        processTags: tagsOf(valueAt(record.process, 'tags')),
      }),
    ];
  },
});

function tagsOf(list: unknown): Attributes {
  return jaegerTags(list, valueOf);
}

/** Protobuf leaves zero values out: a boolean without a value is false, a number 0. */
function valueOf(tag: Json): AttributeValue {
  const text = (key: string): string | undefined => textOf(ownValue(tag, key));
  switch (text('vType')) {
    case 'BOOL':
      return { type: 'bool', value: text('vBool') === 'true' };
    case 'INT64':
      return { type: 'int', value: text('vInt64') ?? '0' };
    case 'FLOAT64':
      return { type: 'double', value: text('vFloat64') ?? '0' };
    case 'BINARY':
      return { type: 'bytes', value: text('vBinary') ?? '' };
    default:
      return { type: 'string', value: text('vStr') ?? '' };
  }
}
