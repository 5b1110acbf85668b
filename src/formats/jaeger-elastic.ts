/**
 * Jaeger's spans as Elasticsearch and OpenSearch keep them (index `jaeger-span-*`): search responses,
 * elasticdump's lines, the bulk format, bare documents, the CSV of Discover.
 * https://github.com/jaegertracing/jaeger/tree/main/internal/storage/v1/elasticsearch/spanstore, Jaeger 1.x and 2.x.
 * Not supported: another stand-in for dots in tag names than `@`.
 */
import * as z from 'zod/mini';
import type { Attributes, AttributeValue, Span } from '../model/span.ts';
import { memo } from '../util/memo.ts';
import { parseDuration } from './durations.ts';
import { parseInstant } from './instants.ts';
import { jaegerSpan } from './jaeger-record.ts';
import { hasJaegerColumns, jaegerRow } from './jaeger-row.ts';
import {
  isList,
  isObject,
  isOptionalScalar,
  isOptionalText,
  type Json,
  listOf,
  ownValue,
  textOf,
} from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { AttributeBag, attributeValue, spanIdOf, traceIdOf } from './plain-span.ts';
import {
  hasKeys,
  type RecordContext,
  RecordReader,
  SEARCH_LISTS,
  SEARCH_PLACES,
  unwrapHit,
} from './record-format.ts';
import { type TableFormat, tableFormat } from './table-format.ts';

const schema = z.object({
  traceID: z.string(),
  spanID: z.string(),
  parentSpanID: z.optional(z.nullable(z.string())),
  operationName: z.optional(z.string()),
  references: z.optional(z.nullable(z.readonly(z.array(z.unknown())))),
  startTime: z.union([z.number(), z.string()]),
  duration: z.optional(z.union([z.number(), z.string()])),
  tags: z.optional(z.unknown()),
  tag: z.optional(z.unknown()),
  logs: z.optional(z.unknown()),
  process: z.looseObject({ serviceName: z.optional(z.string()) }),
});
type JaegerDocument = z.infer<typeof schema>;

const TYPES: ReadonlyMap<string, 'int' | 'double' | 'bytes'> = new Map([
  ['int64', 'int'],
  ['float64', 'double'],
  ['binary', 'bytes'],
]);

const DOCUMENTS: TableFormat<JaegerDocument> = {
  id: 'jaeger-elastic',
  label: 'Jaeger (Elasticsearch)',
  matchesJson: (head) =>
    hasKeys(head, ['traceID', 'spanID', 'operationName', 'process|process.serviceName'], SEARCH_PLACES),
  matchesColumns: hasJaegerColumns,
  lists: SEARCH_LISTS,
  unwrap: unwrapHit,
  unwrapRow: jaegerRow,
  schema,
  quick: (record) => {
    const process = ownValue(record, 'process');
    if (!isObject(record) || !isObject(process)) return undefined;
    const { traceID, spanID, operationName, startTime, duration } = record;
    const { serviceName } = process;
    const parentSpanID = record.parentSpanID ?? undefined;
    const references = record.references ?? undefined;
    if (typeof traceID !== 'string' || typeof spanID !== 'string') return undefined;
    if (!isOptionalText(parentSpanID) || !isOptionalText(operationName)) return undefined;
    if (references !== undefined && !isList(references)) return undefined;
    if (startTime === undefined || !isOptionalScalar(startTime) || !isOptionalScalar(duration))
      return undefined;
    if (!isOptionalText(serviceName)) return undefined;
    const { tags, tag, logs } = record;
    return {
      traceID,
      spanID,
      parentSpanID,
      references,
      operationName,
      startTime,
      duration,
      tags,
      tag,
      logs,
      process: { ...process, serviceName },
    };
  },
  open: () => (record, context) => {
    const traceId = traceIdOf(record.traceID);
    const spanId = spanIdOf(record.spanID);
    if (traceId === null || spanId === null) {
      noteMissingIds(context.note, { traceId, spanId, name: ownValue(context.raw, 'operationName') });
      return [];
    }
    return [
      jaegerSpan({
        traceId,
        spanId,
        parentSpanId: spanIdOf(record.parentSpanID),
        name: record.operationName ?? '',
        references: (record.references ?? []).map((reference) => ({
          childOf: !/^follows/i.test(textOf(ownValue(reference, 'refType')) ?? ''),
          traceId: traceIdOf(ownValue(reference, 'traceID')),
          spanId: spanIdOf(ownValue(reference, 'spanID')),
        })),
        startUnixNano: parseInstant(record.startTime, 'us'),
        durationNs: parseDuration(record.duration, 'us'),
        tags: tagsOf(record.tags, record.tag),
        logs: listOf(record.logs).map((log) => ({
          timeUnixNano: parseInstant(ownValue(log, 'timestamp'), 'us'),
          fields: tagsOf(ownValue(log, 'fields'), undefined),
        })),
        serviceName: record.process.serviceName ?? '',
        processTags: tagsOf(record.process.tags, record.process.tag),
      }),
    ];
  },
};

export const jaegerElastic = tableFormat(DOCUMENTS);

/** Reads rows of a table one after another, however their values are kept. */
export function jaegerRowReader(): (row: Json, context: RecordContext) => readonly Span[] {
  const reader = new RecordReader({ ...DOCUMENTS, unwrap: jaegerRow });
  return (row, { note }) => reader.readRecord(row, note);
}

const dotted = memo((key) => key.replaceAll('@', '.'));

/** The list of typed tags and the map of them, where `@` stands for a dot. */
function tagsOf(list: unknown, map: unknown): Attributes {
  const bag = new AttributeBag();
  for (const tag of listOf(list)) {
    const key = textOf(ownValue(tag, 'key'));
    const value = typedValue(ownValue(tag, 'type'), ownValue(tag, 'value'));
    if (key !== undefined && value) bag.putValue(key, value);
  }
  if (isObject(map)) for (const key in map) bag.put(dotted(key), map[key]);
  return bag.map;
}

/** Older versions keep every value as text. */
function typedValue(type: Json | undefined, value: Json | undefined): AttributeValue | null {
  if (typeof value !== 'string') return attributeValue(value);
  if (type === 'bool') return { type: 'bool', value: /^true$/i.test(value) };
  return { type: TYPES.get(textOf(type) ?? '') ?? 'string', value };
}
