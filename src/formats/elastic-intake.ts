/**
 * Elastic APM's intake v2, the lines that agents send to the server: `metadata`, then transactions, spans and errors.
 * https://github.com/elastic/apm-data/tree/main/input/elasticapm/docs/spec/v2
 * Not supported: metricsets (stepped over), `child_ids`. RUM's short form is read by elastic-rum.ts.
 */
import * as z from 'zod/mini';
import type { Span } from '../model/span.ts';
import { elasticException } from './elastic-exception.ts';
import {
  representativeCount,
  elasticAttributes,
  elasticKind,
  elasticResource,
  elasticStatus,
  spanName,
} from './elastic-fields.ts';
import type { ElasticFields, ElasticRole } from './elastic-fields.ts';
import { dottedKey } from './dotted-key.ts';
import { parseDuration } from './durations.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, listOf, numberOf, ownValue, textOf, valueAt } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { linksOf } from './otlp-like-record.ts';
import { AttributeBag, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { hasKeys, recordFormat, type RecordContext } from './record-format.ts';

const schema = z.record(z.string(), z.unknown());
/** Starts of transactions, for spans that only say how long after it they began. */
const REMEMBERED = 50_000;

interface Place {
  readonly from: readonly string[];
  readonly to: Readonly<Record<ElasticRole, string>>;
}

/** Names that begin with a dot follow that of the span's role. */
function placesOf(pairs: readonly (readonly [from: string, to: string])[]): readonly Place[] {
  const named = (role: string, to: string): string => (to.startsWith('.') ? role + to : to);
  return pairs.map(([from, to]) => ({
    from: from.split('.'),
    to: { transaction: named('transaction', to), span: named('span', to) },
  }));
}

/** Where a line's values stand → the fields of Elastic's documents. */
const METADATA: readonly Place[] = placesOf([
  ['service.name', 'service.name'],
  ['service.version', 'service.version'],
  ['service.environment', 'service.environment'],
  ['service.node.configured_name', 'service.node.name'],
  ['service.agent.name', 'agent.name'],
  ['service.agent.version', 'agent.version'],
  ['service.language.name', 'service.language.name'],
  ['service.runtime.name', 'service.runtime.name'],
  ['system.container.id', 'container.id'],
  ['system.kubernetes.pod.name', 'kubernetes.pod.name'],
  ['system.kubernetes.namespace', 'kubernetes.namespace'],
  ['system.configured_hostname', 'host.name'],
  ['system.detected_hostname', 'host.name'],
  ['system.hostname', 'host.name'],
  ['process.pid', 'process.pid'],
]);
const CONTEXT: readonly Place[] = placesOf([
  ['type', '.type'],
  ['name', '.name'],
  ['subtype', '.subtype'],
  ['action', '.action'],
  ['result', '.result'],
  ['sampled', '.sampled'],
  ['sample_rate', '.sample_rate'],
  ['sync', '.sync'],
  ['composite.count', '.composite.count'],
  ['context.request.method', 'http.request.method'],
  ['context.request.url.full', 'url.full'],
  ['context.request.url.raw', 'url.original'],
  ['context.request.url.pathname', 'url.path'],
  ['context.request.url.hostname', 'url.domain'],
  ['context.request.headers', 'http.request.headers'],
  ['context.request.socket.remote_address', 'client.address'],
  ['context.response.status_code', 'http.response.status_code'],
  ['context.http.method', 'http.request.method'],
  ['context.http.url', 'url.original'],
  ['context.http.status_code', 'http.response.status_code'],
  ['context.http.response.status_code', 'http.response.status_code'],
  ['context.page.url', 'url.full'],
  ['context.page.referer', 'http.request.referrer'],
  ['context.db.instance', 'span.db.instance'],
  ['context.db.statement', 'span.db.statement'],
  ['context.db.type', 'span.db.type'],
  ['context.destination.address', 'destination.address'],
  ['context.destination.port', 'destination.port'],
  ['context.destination.service.resource', 'span.destination.service.resource'],
  ['context.service.target.type', 'service.target.type'],
  ['context.service.target.name', 'service.target.name'],
  ['context.service.name', 'service.name'],
  ['context.message.queue.name', '.message.queue.name'],
  ['context.user.id', 'user.id'],
  ['context.user.username', 'user.name'],
  ['context.tags', 'labels'],
  ['context.custom', 'custom'],
  ['session.id', 'session.id'],
  ['otel.span_kind', 'span.kind'],
]);

export const elasticIntake = recordFormat<Record<string, unknown>>({
  id: 'elastic-intake',
  label: 'Elastic APM intake',
  matches: (head) =>
    hasKeys(head, ['metadata.service']) ||
    hasKeys(head, ['transaction.trace_id', 'transaction.span_count|transaction.duration']),
  lists: [],
  inOrder: true,
  quick: (raw) => (isObject(raw) ? raw : undefined),
  schema,
  open: () => {
    let metadata: ElasticFields = new Map();
    const starts = new Map<string, bigint>();
    return (_record, context) => {
      const { raw } = context;
      const inner = (key: string): Json | undefined => ownValue(raw, key);
      const given = inner('metadata');
      if (isObject(given)) {
        metadata = metadataOf(given);
        return [];
      }
      if (isObject(inner('error'))) return errorOf(inner('error'), metadata, context);
      const role: ElasticRole = isObject(inner('transaction')) ? 'transaction' : 'span';
      const event = inner(role);
      if (!isObject(event)) return [];
      const start = startOf(event, starts);
      if (role === 'transaction' && start !== null) {
        if (starts.size >= REMEMBERED) starts.clear();
        starts.set(textOf(event.id) ?? '', start);
      }
      return spanOf(event, { role, start, metadata, context });
    };
  },
});

function metadataOf(metadata: Json): ElasticFields {
  const fields = new Map<string, Json>();
  copy(metadata, METADATA, fields, 'transaction');
  for (const [key, value] of new AttributeBag().putNested(ownValue(metadata, 'cloud'), 'cloud').map) {
    fields.set(key, value.value);
  }
  const node = fields.get('service.node.name') ?? fields.get('container.id') ?? fields.get('host.name');
  if (node !== undefined) fields.set('service.node.name', node);
  return fields;
}

function copy(record: Json, places: readonly Place[], fields: Map<string, Json>, role: ElasticRole): void {
  for (const { from, to } of places) {
    const value = valueAt(record, ...from);
    if (value === undefined || value === null || value === '') continue;
    const field = to[role];
    if (isObject(value)) {
      for (const key of Object.keys(value)) {
        const inner = value[key];
        if (inner !== undefined) fields.set(dottedKey(field, key), inner);
      }
    } else if (!fields.has(field) || field === 'service.name') fields.set(field, value);
  }
}

function startOf(event: Json, starts: ReadonlyMap<string, bigint>): bigint | null {
  const own = parseInstant(ownValue(event, 'timestamp'), 'us');
  if (own !== null) return own;
  const transaction = starts.get(textOf(ownValue(event, 'transaction_id')) ?? '');
  const offset = numberOf(ownValue(event, 'start'));
  return transaction === undefined || offset === undefined
    ? null
    : transaction + BigInt(Math.round(offset * 1e6));
}

interface IntakeSpan {
  readonly role: ElasticRole;
  readonly start: bigint | null;
  readonly metadata: ElasticFields;
  readonly context: RecordContext;
}

function spanOf(event: Json, { role, start, metadata, context }: IntakeSpan): Span[] {
  const traceId = traceIdOf(ownValue(event, 'trace_id'));
  const spanId = spanIdOf(ownValue(event, 'id'));
  if (traceId === null || spanId === null) {
    noteMissingIds(context.note, { traceId, spanId, name: ownValue(event, 'name') });
    return [];
  }
  const fields = new Map(metadata);
  copy(event, CONTEXT, fields, role);
  splitType(fields, role);
  const rate = numberOf(ownValue(event, 'sample_rate'));
  if (rate !== undefined) fields.set(`${role}.representative_count`, representativeCount(rate));
  return [
    plainSpan({
      traceId,
      spanId,
      parentSpanId: spanIdOf(
        ownValue(event, 'parent_id') ?? (role === 'span' ? ownValue(event, 'transaction_id') : null),
      ),
      name: spanName(fields, role),
      kind: elasticKind(fields, role),
      startUnixNano: start,
      durationNs: parseDuration(ownValue(event, 'duration'), 'ms'),
      status: elasticStatus(ownValue(event, 'outcome')),
      resource: elasticResource(fields),
      attributes: new AttributeBag()
        .putValues(elasticAttributes(fields, role))
        .putAll(valueAt(event, 'otel', 'attributes')).map,
      links: linksOf(ownValue(event, 'links')),
    }),
  ];
}

/** Older agents write `db.postgresql.query` for type, subtype and action. */
function splitType(fields: Map<string, Json>, role: ElasticRole): void {
  if (role !== 'span' || fields.has('span.subtype')) return;
  const [type, subtype, action] = (textOf(fields.get('span.type')) ?? '').split('.');
  fields.set('span.type', type);
  if (subtype !== undefined) fields.set('span.subtype', subtype);
  if (action !== undefined && !fields.has('span.action')) fields.set('span.action', action);
}

/** Adds to the span that it happened in. */
function errorOf(error: Json | undefined, metadata: ElasticFields, { note }: RecordContext): Span[] {
  const traceId = traceIdOf(ownValue(error, 'trace_id'));
  const spanId = spanIdOf(ownValue(error, 'parent_id') ?? ownValue(error, 'transaction_id'));
  const exception = ownValue(error, 'exception');
  const event = elasticException(
    { exceptions: isObject(exception) ? [exception] : listOf(exception), log: ownValue(error, 'log') },
    parseInstant(ownValue(error, 'timestamp'), 'us'),
  );
  if (traceId === null || spanId === null || !event) {
    note('error-without-span', 'skipped', 'An error that belongs to no span was left out.');
    return [];
  }
  const fields = new Map(metadata);
  const service = textOf(valueAt(error, 'context', 'service', 'name'));
  if (service !== undefined) fields.set('service.name', service);
  return [plainSpan({ traceId, spanId, resource: elasticResource(fields), events: [event], partial: true })];
}
