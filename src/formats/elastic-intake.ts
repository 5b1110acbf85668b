/**
 * Elastic APM's intake v2, the lines that agents send to the server: `metadata`, then transactions, spans and errors;
 * and v1 (agents of 2018), which has all of them in one document.
 * https://github.com/elastic/apm-data/tree/main/input/elasticapm/docs/spec/v2
 * Not supported: metricsets (stepped over), `child_ids`. RUM's short form is read by elastic-rum.ts.
 */
import * as z from 'zod/mini';
import type { Resource, Span } from '../model/span.ts';
import { elasticException } from './elastic-exception.ts';
import {
  representativeCount,
  elasticAttributes,
  elasticKind,
  elasticResource,
  elasticStatus,
  isUserAction,
  spanName,
} from './elastic-fields.ts';
import type { ElasticFields, ElasticRole } from './elastic-fields.ts';
import { CONTEXT, copyFields, METADATA } from './elastic-intake-fields.ts';
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

export const elasticIntake = recordFormat<Record<string, unknown>>({
  id: 'elastic-intake',
  label: 'Elastic APM intake',
  matches: (head) =>
    hasKeys(head, ['metadata.service']) ||
    hasKeys(head, ['transaction.trace_id', 'transaction.span_count|transaction.duration']) ||
    hasKeys(head, ['service.agent', 'transactions[].id', 'transactions[].duration']),
  lists: [],
  inOrder: true,
  quick: (raw) => (isObject(raw) ? raw : undefined),
  schema,
  open: () => {
    let process = new ElasticProcess(null);
    const starts = new Map<string, bigint>();
    return (_record, context) => {
      const { raw } = context;
      const inner = (key: string): Json | undefined => ownValue(raw, key);
      const given = inner('metadata');
      if (isObject(given)) {
        process = new ElasticProcess(given);
        return [];
      }
      if (isObject(inner('error'))) return errorOf(inner('error'), process, context);
      if (isObject(inner('service'))) {
        process = new ElasticProcess(raw);
        const all = listOf(inner('transactions')).flatMap((event) =>
          readEvent('transaction', event, context),
        );
        return [...all, ...listOf(inner('spans')).flatMap((event) => readEvent('span', event, context))];
      }
      const role: ElasticRole = isObject(inner('transaction')) ? 'transaction' : 'span';
      return readEvent(role, inner(role), context);
    };
    function readEvent(role: ElasticRole, event: Json | undefined, context: RecordContext): readonly Span[] {
      if (!isObject(event)) return [];
      const start = startOf(event, starts);
      if (role === 'transaction' && start !== null) {
        if (starts.size >= REMEMBERED) starts.clear();
        starts.set(textOf(event.id) ?? '', start);
      }
      return spanOf(event, { role, start, process, context });
    }
  },
});

/** Who sent the lines that follow its own. */
class ElasticProcess {
  readonly #fields: ElasticFields;
  readonly #resource: Resource;

  constructor(metadata: Json) {
    const fields = new Map<string, Json>();
    copyFields(metadata, METADATA, fields, 'transaction');
    for (const [key, value] of new AttributeBag().putNested(ownValue(metadata, 'cloud'), 'cloud').map) {
      fields.set(key, value.value);
    }
    const node = fields.get('service.node.name') ?? fields.get('container.id') ?? fields.get('host.name');
    if (node !== undefined) fields.set('service.node.name', node);
    this.#fields = fields;
    this.#resource = elasticResource(fields);
  }

  /** Of a span with these fields of its own. Mostly it says nothing else of where it ran. */
  resourceOf(own: ElasticFields): Resource {
    const isOther = own.has('service.name') || isUserAction(own);
    return isOther ? elasticResource(new Map([...this.#fields, ...own])) : this.#resource;
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
  readonly process: ElasticProcess;
  readonly context: RecordContext;
}

function spanOf(event: Json, { role, start, process, context }: IntakeSpan): Span[] {
  // Until 6.5 a trace was of one transaction.
  const traceId = traceIdOf(
    ownValue(event, 'trace_id') ?? (role === 'transaction' ? ownValue(event, 'id') : undefined),
  );
  const spanId = spanIdOf(ownValue(event, 'id'));
  if (traceId === null || spanId === null) {
    noteMissingIds(context.note, { traceId, spanId, name: ownValue(event, 'name') });
    return [];
  }
  const fields = new Map<string, Json>();
  copyFields(event, CONTEXT, fields, role);
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
      resource: process.resourceOf(fields),
      attributes: elasticAttributes(fields, role).putAll(valueAt(event, 'otel', 'attributes')).map,
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
function errorOf(error: Json | undefined, process: ElasticProcess, { note }: RecordContext): Span[] {
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
  const service = textOf(valueAt(error, 'context', 'service', 'name'));
  const resource = process.resourceOf(new Map(service === undefined ? [] : [['service.name', service]]));
  return [plainSpan({ traceId, spanId, resource, events: [event], partial: true })];
}
