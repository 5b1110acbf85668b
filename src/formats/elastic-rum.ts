/**
 * Elastic APM's RUM intake v3, short keys: `{"m":…}`, then `{"x":…}` with its spans in `y`, `{"e":…}`.
 * https://github.com/elastic/apm-data/tree/main/input/elasticapm/internal/modeldecoder/rumv3
 * It bears no times (the server takes the time of receipt): its spans have durations, but no start.
 */
import * as z from 'zod/mini';
import type { Resource, Span } from '../model/span.ts';
import { KIND_CLIENT, KIND_INTERNAL } from '../model/span.ts';
import { parseDuration } from './durations.ts';
import { elasticException } from './elastic-exception.ts';
import { elasticStatus, representativeCount } from './elastic-fields.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, listOf, numberOf, ownValue, textOf, valueAt } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { AttributeBag, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { hasKeys, recordFormat, type RecordContext } from './record-format.ts';

const schema = z.record(z.string(), z.unknown());
const TYPES: ReadonlyMap<string, string> = new Map([
  ['p-load', 'page-load'],
  ['rt-c', 'route-change'],
  ['u-i', 'user-interaction'],
  ['h-r', 'http-request'],
  ['rc', 'resource'],
]);
const OUTCOMES: ReadonlyMap<string, string> = new Map([
  ['f', 'failure'],
  ['failure', 'failure'],
]);

export const elasticRum = recordFormat<Record<string, unknown>>({
  id: 'elastic-rum',
  label: 'Elastic APM RUM intake',
  matches: (head) => hasKeys(head, ['m.se', 'x|e']) || hasKeys(head, ['x.tid', 'x.yc|x.y']),
  lists: [],
  inOrder: true,
  schema,
  open: () => {
    let resource = new AttributeBag().put('headwater.application', true).toResource();
    return (_record, context) => {
      const { raw } = context;
      const metadata = ownValue(raw, 'm');
      const transaction = ownValue(raw, 'x');
      const error = ownValue(raw, 'e');
      if (isObject(metadata)) resource = resourceOf(metadata);
      if (isObject(transaction)) return transactionOf(transaction, resource, context);
      return isObject(error) ? errorOf(error, resource, context) : [];
    };
  },
});

function resourceOf(metadata: Json): Resource {
  const service = ownValue(metadata, 'se');
  return new AttributeBag()
    .put('service.name', ownValue(service, 'n'))
    .put('service.version', ownValue(service, 've'))
    .put('deployment.environment.name', ownValue(service, 'en'))
    .put('agent.name', valueAt(service, 'a', 'n'))
    .put('headwater.application', true)
    .toResource();
}

function transactionOf(transaction: Json, resource: Resource, { note }: RecordContext): Span[] {
  const at = (key: string): Json | undefined => ownValue(transaction, key);
  const traceId = traceIdOf(at('tid'));
  const spanId = spanIdOf(at('id'));
  if (traceId === null || spanId === null) {
    noteMissingIds(note, { traceId, spanId, name: at('n') });
    return [];
  }
  const type = TYPES.get(textOf(at('t')) ?? '') ?? textOf(at('t')) ?? '';
  const name = textOf(at('n')) ?? '';
  const attributes = new AttributeBag().put('transaction.type', type).put('transaction.result', at('rt'));
  attributes.put('url.full', valueAt(transaction, 'c', 'p', 'url'));
  attributes.put('http.request.referrer', valueAt(transaction, 'c', 'p', 'rf'));
  attributes.put('user.id', valueAt(transaction, 'c', 'u', 'id'));
  attributes.put('session.id', valueAt(transaction, 'ses', 'id'));
  attributes.putNested(valueAt(transaction, 'c', 'g'), 'labels');
  const rate = numberOf(at('sr'));
  if (rate !== undefined) attributes.put('transaction.representative_count', representativeCount(rate));
  const own = plainSpan({
    traceId,
    spanId,
    parentSpanId: spanIdOf(at('pid')),
    name: type === 'page-load' || type === 'route-change' ? `Navigation: ${name}` : name,
    kind: KIND_INTERNAL,
    durationNs: parseDuration(at('d'), 'ms'),
    status: elasticStatus(OUTCOMES.get(textOf(at('o')) ?? '')),
    resource,
    attributes: attributes.map,
  });
  return [own, ...spansOf(transaction, own)];
}

/** A span's parent is another one of the list, by its place in it, or the transaction. */
function spansOf(transaction: Json, parent: Span): Span[] {
  const records = listOf(ownValue(transaction, 'y'));
  const ids = records.map((record) => spanIdOf(ownValue(record, 'id')));
  return records.flatMap((record, i) => {
    const spanId = ids[i];
    if (spanId === null) return [];
    const at = (...keys: string[]): Json | undefined => valueAt(record, ...keys);
    const above = numberOf(at('pi'));
    const attributes = new AttributeBag().put('span.type', TYPES.get(textOf(at('t')) ?? '') ?? at('t'));
    attributes.put('http.request.method', at('c', 'h', 'mt')).put('url.full', at('c', 'h', 'url'));
    attributes.put('http.response.status_code', at('c', 'h', 'sc'));
    attributes.put('server.address', at('c', 'dt', 'ad')).put('server.port', at('c', 'dt', 'po'));
    const calls = at('c', 'h', 'url') !== undefined || at('c', 'dt') !== undefined;
    return [
      plainSpan({
        traceId: parent.traceId,
        spanId,
        parentSpanId: (above === undefined ? undefined : ids[above]) ?? parent.spanId,
        name: textOf(at('n')) ?? '',
        kind: calls ? KIND_CLIENT : KIND_INTERNAL,
        durationNs: parseDuration(at('d'), 'ms'),
        status: elasticStatus(OUTCOMES.get(textOf(at('o')) ?? '')),
        resource: parent.resource,
        attributes: attributes.map,
      }),
    ];
  });
}

/** Adds to the span that it happened in. */
function errorOf(error: Json, resource: Resource, { note }: RecordContext): Span[] {
  const traceId = traceIdOf(ownValue(error, 'tid'));
  const spanId = spanIdOf(ownValue(error, 'pid') ?? ownValue(error, 'xid'));
  const exception = ownValue(error, 'ex');
  const frames = listOf(ownValue(exception, 'st')).map((frame) => ({
    function: ownValue(frame, 'fn') ?? null,
    filename: ownValue(frame, 'f') ?? null,
    lineno: ownValue(frame, 'li') ?? null,
  }));
  const plain: Json = {
    type: ownValue(exception, 't') ?? null,
    message: ownValue(exception, 'mg') ?? null,
    handled: ownValue(exception, 'hd') ?? null,
    stacktrace: frames,
  };
  const log: Json = { message: valueAt(error, 'log', 'mg') ?? null };
  const event = elasticException(
    { exceptions: [plain], log },
    parseInstant(ownValue(error, 'timestamp'), 'us'),
  );
  if (traceId !== null && spanId !== null && event)
    return [plainSpan({ traceId, spanId, resource, events: [event], partial: true })];
  note('error-without-span', 'skipped', 'An error that belongs to no span was left out.');
  return [];
}
