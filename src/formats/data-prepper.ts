/**
 * OpenSearch Data Prepper's spans (index `otel-v1-apm-span-*`): search responses, dumps, the bulk format, the CSV of
 * Discover.
 * https://github.com/opensearch-project/data-prepper/tree/main/docs/schemas/trace-analytics; attributes as keys with
 * `@` for dots, and the standard template of 2025 with nested objects. Not supported: the service map index.
 */
import * as z from 'zod/mini';
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import { discoverRow } from './discover-row.ts';
import { durationBetween, parseDuration } from './durations.ts';
import { parseInstant } from './instants.ts';
import { isObject, ownValue, textOf, valueAt } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { attributesOf, eventsOf, firstOf, linksOf } from './otlp-like-record.ts';
import { AttributeBag, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { hasKeys, SEARCH_LISTS, SEARCH_PLACES, unwrapHit } from './record-format.ts';
import { parseKind, parseStatus } from './span-words.ts';
import { tableFormat } from './table-format.ts';

const schema = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.optional(z.nullable(z.string())),
  name: z.optional(z.string()),
  kind: z.optional(z.string()),
  startTime: z.optional(z.union([z.string(), z.number()])),
  endTime: z.optional(z.union([z.string(), z.number()])),
  durationInNanos: z.optional(z.union([z.string(), z.number()])),
  serviceName: z.optional(z.nullable(z.string())),
  events: z.optional(z.unknown()),
  links: z.optional(z.unknown()),
});
type DataPrepperSpan = z.infer<typeof schema>;

export const dataPrepper = tableFormat<DataPrepperSpan>({
  id: 'data-prepper',
  label: 'OpenSearch Data Prepper',
  matchesJson: (head) =>
    hasKeys(
      head,
      ['traceId', 'spanId', 'durationInNanos', 'startTime', 'traceGroup|serviceName'],
      SEARCH_PLACES,
    ),
  matchesColumns: (columns) =>
    ['traceId', 'spanId', 'durationInNanos', 'startTime'].every((column) => columns.has(column)),
  lists: SEARCH_LISTS,
  unwrap: unwrapHit,
  unwrapRow: discoverRow,
  schema,
  open: () => (record, context) => {
    const traceId = traceIdOf(record.traceId);
    const spanId = spanIdOf(record.spanId);
    if (traceId === null || spanId === null) {
      noteMissingIds(context.note, { traceId, spanId, name: record.name });
      return [];
    }
    const { raw } = context;
    const start = parseInstant(record.startTime);
    const resource = prefixed(raw, 'resource.attributes.').putValues(
      attributesOf(valueAt(raw, 'resource', 'attributes')).map,
    );
    const status = ownValue(raw, 'status');
    const scope = firstOf(raw, 'instrumentationScope', 'instrumentationLibrary');
    return [
      plainSpan({
        traceId,
        spanId,
        parentSpanId: spanIdOf(record.parentSpanId),
        name: record.name ?? '',
        kind: parseKind(record.kind ?? '') ?? 0,
        startUnixNano: start,
        durationNs:
          parseDuration(record.durationInNanos, 'ns') ?? durationBetween(start, parseInstant(record.endTime)),
        status: parseStatus(textOf(firstOf(raw, 'status.code') ?? ownValue(status, 'code')) ?? '') ?? 0,
        statusMessage: textOf(firstOf(raw, 'status.message') ?? ownValue(status, 'message')) ?? '',
        resource: resource.put('service.name', record.serviceName).toResource(),
        scope: {
          name:
            textOf(
              firstOf(raw, 'instrumentationScope.name', 'instrumentationLibrary.name') ??
                ownValue(scope, 'name'),
            ) ?? '',
          version:
            textOf(
              firstOf(raw, 'instrumentationScope.version', 'instrumentationLibrary.version') ??
                ownValue(scope, 'version'),
            ) ?? '',
        },
        attributes: prefixed(raw, 'span.attributes.')
          .putValues(attributesOf(ownValue(raw, 'attributes')).map)
          .put(TRACE_STATE_KEY, ownValue(raw, 'traceState')).map,
        events: eventsOf(record.events),
        links: linksOf(record.links),
      }),
    ];
  },
});

/** Keys that begin so, without that beginning, `@` as dots again. */
function prefixed(record: unknown, prefix: string): AttributeBag {
  const bag = new AttributeBag();
  if (!isObject(record)) return bag;
  for (const key in record) {
    if (key.startsWith(prefix) && Object.hasOwn(record, key)) bag.put(nameOf(key, prefix), record[key]);
  }
  return bag;
}

const NAMES_KEPT = 5000;
const names = new Map<string, string>();

/** Kept: the same keys come with every span. */
function nameOf(key: string, prefix: string): string {
  let name = names.get(key);
  if (name !== undefined) return name;
  name = key.slice(prefix.length).replaceAll('@', '.');
  if (names.size >= NAMES_KEPT) names.clear();
  names.set(key, name);
  return name;
}
