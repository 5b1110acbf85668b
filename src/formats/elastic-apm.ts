/**
 * Elastic APM's documents as Elasticsearch keeps them (`traces-apm*`, `apm-7.*`, `logs-apm.error-*`): search
 * responses, elasticdump's lines, Kibana's inspector; nested, dotted, or as `fields`; the CSV of Discover.
 * https://www.elastic.co/docs/reference/apm/observability/apm-field-reference, 7.x to 9.x.
 * Not supported: `child.id` (spans of others put below this one).
 */
import * as z from 'zod/mini';
import type { Span } from '../model/span.ts';
import {
  elasticAttributes,
  elasticKind,
  elasticResource,
  elasticStatus,
  type ElasticFields,
  spanName,
} from './elastic-fields.ts';
import { elasticException } from './elastic-exception.ts';
import { discoverRow } from './discover-row.ts';
import { dottedKey } from './dotted-key.ts';
import { parseDuration } from './durations.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, listOf, ownValue } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { linksOf } from './otlp-like-record.ts';
import { plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { hasKeys, type RecordContext, SEARCH_LISTS, SEARCH_PLACES, unwrapHit } from './record-format.ts';
import { tableFormat } from './table-format.ts';

const schema = z.record(z.string(), z.unknown());
/** Deeper objects stay JSON. */
const DEEPEST = 12;

export const elasticApm = tableFormat<Record<string, unknown>>({
  id: 'elastic-apm',
  label: 'Elastic APM',
  matchesJson: (head) =>
    hasKeys(head, ['processor.event', 'trace.id|transaction.id|error.id'], SEARCH_PLACES) ||
    hasKeys(
      head,
      ['trace.id', '@timestamp', 'transaction.duration.us|span.duration.us|error.grouping_key'],
      SEARCH_PLACES,
    ),
  matchesColumns: (columns) =>
    columns.has('@timestamp') &&
    columns.has('trace.id') &&
    ['transaction.duration.us', 'span.duration.us', 'processor.event'].some((column) => columns.has(column)),
  lists: SEARCH_LISTS,
  unwrap: unwrapHit,
  unwrapRow: discoverRow,
  quick: (raw) => (isObject(raw) ? raw : undefined),
  schema,
  open: () => (_record, context) => {
    const fields = flatten(context.raw);
    switch (eventOf(fields)) {
      case 'transaction':
        return spanOf(fields, 'transaction', context);
      case 'span':
        return spanOf(fields, 'span', context);
      case 'error':
        return errorOf(fields, context);
      default:
        // Metrics, profiles and the index of sampled traces.
        return [];
    }
  },
});

function flatten(record: Json): ElasticFields {
  const fields = new Map<string, Json>();
  const walk = (value: Json | undefined, path: string, depth: number): void => {
    if (value === undefined || value === null) return;
    if (!isObject(value) || depth > DEEPEST) {
      if (!fields.has(path)) fields.set(path, value);
      return;
    }
    for (const key of Object.keys(value)) walk(value[key], dottedKey(path, key), depth + 1);
  };
  walk(record, '', 0);
  return fields;
}

/** Newer versions may leave `processor.event` out. */
function eventOf(fields: ElasticFields): Json | undefined {
  const named = fields.get('processor.event');
  if (named !== undefined) return named;
  if (fields.has('error.id')) return 'error';
  if (fields.has('span.duration.us')) return 'span';
  return fields.has('transaction.duration.us') ? 'transaction' : undefined;
}

function startOf(fields: ElasticFields): bigint | null {
  return parseInstant(fields.get('timestamp.us'), 'us') ?? parseInstant(fields.get('@timestamp'));
}

function spanOf(fields: ElasticFields, role: 'transaction' | 'span', { note }: RecordContext): Span[] {
  const traceId = traceIdOf(fields.get('trace.id'));
  const spanId = spanIdOf(fields.get(`${role}.id`) ?? fields.get('span.id'));
  if (traceId === null || spanId === null) {
    noteMissingIds(note, { traceId, spanId, name: fields.get(`${role}.name`) });
    return [];
  }
  return [
    plainSpan({
      traceId,
      spanId,
      parentSpanId: spanIdOf(fields.get('parent.id')),
      name: spanName(fields, role),
      kind: elasticKind(fields, role),
      startUnixNano: startOf(fields),
      durationNs: parseDuration(fields.get(`${role}.duration.us`), 'us'),
      status: elasticStatus(fields.get('event.outcome')),
      resource: elasticResource(fields),
      attributes: elasticAttributes(fields, role).map,
      links: linksOf(
        listOf(fields.get('span.links')).map((link) => ({
          trace_id: ownValue(ownValue(link, 'trace'), 'id') ?? ownValue(link, 'trace.id') ?? null,
          span_id: ownValue(ownValue(link, 'span'), 'id') ?? ownValue(link, 'span.id') ?? null,
        })),
      ),
    }),
  ];
}

/** Adds to the span that it happened in. */
function errorOf(fields: ElasticFields, { note }: RecordContext): Span[] {
  const traceId = traceIdOf(fields.get('trace.id'));
  const spanId = spanIdOf(fields.get('parent.id') ?? fields.get('transaction.id'));
  const exceptions = fields.get('error.exception');
  const event = elasticException(
    {
      exceptions: Array.isArray(exceptions) ? listOf(exceptions) : [below(fields, 'error.exception')],
      log: below(fields, 'error.log'),
      stackTrace: fields.get('error.stack_trace'),
    },
    startOf(fields),
  );
  if (traceId === null || spanId === null || !event) {
    note('error-without-span', 'skipped', 'An error that belongs to no span was left out.');
    return [];
  }
  return [plainSpan({ traceId, spanId, resource: elasticResource(fields), events: [event], partial: true })];
}

function below(fields: ElasticFields, path: string): Json {
  const prefix = `${path}.`;
  return Object.fromEntries(
    [...fields]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}
