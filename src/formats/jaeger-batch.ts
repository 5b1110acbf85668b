/**
 * Jaeger's batches as JSON: a process beside its spans, as clients send them. The structs of model.proto
 * (`operation_name`, `v_type`) and of jaeger.thrift (`traceIdLow`, `vLong`), as Go writes them.
 * https://github.com/jaegertracing/jaeger-idl/blob/main/proto/api_v2/model.proto, thrift/jaeger.thrift
 */
import * as z from 'zod/mini';
import type { Attributes, AttributeValue, Span } from '../model/span.ts';
import { parseDuration } from './durations.ts';
import { parseInstant } from './instants.ts';
import { type JaegerReference, jaegerSpan, jaegerTags } from './jaeger-record.ts';
import { type Json, listOf, ownValue, textOf } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { firstOf } from './otlp-like-record.ts';
import { spanIdOf, traceIdOf } from './plain-span.ts';
import { hasKeys, recordFormat } from './record-format.ts';

const schema = z.object({ process: z.unknown(), spans: z.array(z.unknown()) });

export const jaegerBatch = recordFormat<z.infer<typeof schema>>({
  id: 'jaeger-batch',
  label: 'Jaeger batches',
  matches: (head) =>
    hasKeys(head, [
      'process.serviceName|process.service_name',
      'spans[].operationName|spans[].operation_name',
      'spans[].traceIdLow|spans[].trace_id|spans[].traceId',
    ]),
  lists: [],
  recordKeys: ['process', 'spans'],
  schema,
  open:
    () =>
    (_batch, { raw, note }) =>
      listOf(ownValue(raw, 'spans')).flatMap((span) => {
        const traceId = traceIdIn(span);
        const spanId = spanIdIn(span, 'spanId', 'span_id');
        if (traceId !== null && spanId !== null)
          return [spanOf(span, { traceId, spanId }, ownValue(raw, 'process'))];
        noteMissingIds(note, { traceId, spanId, name: firstOf(span, 'operationName', 'operation_name') });
        return [];
      }),
});

type Ids = Pick<Span, 'traceId' | 'spanId'>;

function spanOf(span: Json, ids: Ids, process: Json | undefined): Span {
  const isThrift = ownValue(span, 'traceIdLow') !== undefined;
  return jaegerSpan({
    ...ids,
    parentSpanId: spanIdIn(span, 'parentSpanId', 'parent_span_id'),
    name: textOf(firstOf(span, 'operationName', 'operation_name')) ?? '',
    references: listOf(ownValue(span, 'references')).map(referenceOf),
    startUnixNano: parseInstant(firstOf(span, 'startTime', 'start_time')),
    // Thrift has µs, Go's own durations are ns.
    durationNs: parseDuration(ownValue(span, 'duration'), isThrift ? 'us' : 'ns'),
    tags: tagsOf(ownValue(span, 'tags')),
    logs: listOf(ownValue(span, 'logs')).map((log) => ({
      timeUnixNano: parseInstant(ownValue(log, 'timestamp')),
      fields: tagsOf(ownValue(log, 'fields')),
    })),
    serviceName: textOf(firstOf(process, 'serviceName', 'service_name')) ?? '',
    processTags: tagsOf(ownValue(process, 'tags')),
  });
}

function referenceOf(reference: Json): JaegerReference {
  return {
    childOf: !/^(1$|follows)/i.test(textOf(firstOf(reference, 'refType', 'ref_type')) ?? ''),
    traceId: traceIdIn(reference),
    spanId: spanIdIn(reference, 'spanId', 'span_id'),
  };
}

/** Base64 of 16 bytes, or Thrift's halves, which may be negative. */
function traceIdIn(record: Json): string | null {
  const low = ownValue(record, 'traceIdLow');
  if (low === undefined) return traceIdOf(firstOf(record, 'traceId', 'trace_id'), 'base64');
  return traceIdOf(wordOf(ownValue(record, 'traceIdHigh') ?? 0) + wordOf(low));
}

function spanIdIn(record: Json, ...keys: readonly string[]): string | null {
  const id = firstOf(record, ...keys);
  return WORD.test(textOf(id) ?? '') ? spanIdOf(wordOf(id)) : spanIdOf(id, 'base64');
}

const WORD = /^-?\d{1,20}$/;

/** 16 hex digits. Thrift has signed numbers. */
function wordOf(value: Json | undefined): string {
  const text = textOf(value) ?? '';
  const number = WORD.test(text) ? BigInt.asUintN(64, BigInt(text)) : 0n;
  return number.toString(16).padStart(16, '0');
}

function tagsOf(list: unknown): Attributes {
  return jaegerTags(list, valueOf);
}

/** By what is there: zero values are left out, and the numbers of types differ. */
function valueOf(tag: Json): AttributeValue {
  const text = (...keys: string[]): string | undefined => textOf(firstOf(tag, ...keys));
  const type = text('vType', 'v_type') ?? '';
  const flag = text('vBool', 'v_bool');
  if (flag !== undefined || /^(1|BOOL)$/.test(type)) return { type: 'bool', value: flag === 'true' };
  const integer = text('vLong', 'vInt64', 'v_int64');
  if (integer !== undefined || /^(LONG|INT64)$/.test(type)) return { type: 'int', value: integer ?? '0' };
  const double = text('vDouble', 'vFloat64', 'v_float64');
  if (double !== undefined || /^(DOUBLE|FLOAT64)$/.test(type))
    return { type: 'double', value: double ?? '0' };
  const bytes = text('vBinary', 'v_binary');
  if (bytes !== undefined) return { type: 'bytes', value: bytes };
  return { type: 'string', value: text('vStr', 'v_str') ?? '' };
}
