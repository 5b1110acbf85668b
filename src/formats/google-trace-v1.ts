/**
 * Google Cloud Trace API v1: a trace (`GET v1/projects/P/traces/T`) or a list of them (`view=COMPLETE`).
 * https://github.com/googleapis/googleapis/blob/master/google/devtools/cloudtrace/v1/trace.proto
 * There is no field for the service: it is taken from labels, else from the caller, else from the project.
 */
import * as z from 'zod/mini';
import type { Attributes, Span } from '../model/span.ts';
import { durationBetween } from './durations.ts';
import { googleAttributes, googleException, googleService } from './google-labels.ts';
import { parseInstant } from './instants.ts';
import { type Json, listOf, ownValue, textOf } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { attributesOf } from './otlp-like-record.ts';
import { AttributeBag, decimalSpanId, plainSpan, traceIdOf } from './plain-span.ts';
import { hasKeys, recordFormat } from './record-format.ts';
import { parseKind } from './span-words.ts';
import { KIND_CLIENT, KIND_SERVER, STATUS_ERROR, STATUS_UNSET } from '../model/span.ts';

const schema = z.object({
  projectId: z.optional(z.string()),
  traceId: z.string(),
  spans: z.optional(z.array(z.unknown())),
});

export const googleTraceV1 = recordFormat<z.infer<typeof schema>>({
  id: 'google-trace-v1',
  label: 'Google Cloud Trace v1',
  matches: (head) =>
    hasKeys(
      head,
      ['traceId', 'projectId|spans[].labels', 'spans[].spanId', 'spans[].startTime'],
      ['', 'traces[].'],
    ),
  lists: ['traces'],
  schema,
  open: () => (trace, context) => {
    const traceId = traceIdOf(trace.traceId);
    if (traceId === null) {
      context.note('no-id', 'rejected', 'A trace without an id was left out.');
      return [];
    }
    const records = listOf(ownValue(context.raw, 'spans'));
    const services = servicesOf(records, trace.projectId ?? '');
    return records.flatMap((record) => {
      const spanId = decimalSpanId(ownValue(record, 'spanId'));
      if (spanId !== null) return [spanOf(record, { traceId, spanId, service: services.get(spanId) ?? '' })];
      noteMissingIds(context.note, { traceId, spanId, name: ownValue(record, 'name') });
      return [];
    });
  },
});

/** By span id: what its labels say, else the service of the nearest span above that says so. */
function servicesOf(records: readonly Json[], projectId: string): Map<string, string> {
  const services = new Map<string, string>();
  const parents = new Map<string, string | null>();
  for (const record of records) {
    const spanId = decimalSpanId(ownValue(record, 'spanId'));
    if (spanId === null) continue;
    const isClient = parseKind(textOf(ownValue(record, 'kind')) ?? '') === KIND_CLIENT;
    const service = googleService(attributesOf(ownValue(record, 'labels')).map, !isClient);
    if (service !== undefined) services.set(spanId, service);
    parents.set(spanId, decimalSpanId(ownValue(record, 'parentSpanId')));
  }
  for (const spanId of parents.keys()) {
    const path: string[] = [];
    let above: string | null | undefined = spanId;
    while (typeof above === 'string' && !services.has(above) && !path.includes(above) && path.length < 1000) {
      path.push(above);
      above = parents.get(above);
    }
    const service = (typeof above === 'string' ? services.get(above) : undefined) ?? projectId;
    for (const id of path) services.set(id, service);
  }
  return services;
}

function spanOf(record: Json, known: { traceId: string; spanId: string; service: string }): Span {
  const { traceId, spanId, service } = known;
  const start = parseInstant(ownValue(record, 'startTime'));
  const { attributes, resource } = googleAttributes(attributesOf(ownValue(record, 'labels')).map);
  const name = textOf(ownValue(record, 'name')) ?? '';
  const kind = parseKind(textOf(ownValue(record, 'kind')) ?? '') ?? 0;
  const message = textOf(attributes.get('/error/message')?.value);
  const exception = googleException(attributes, start);
  return plainSpan({
    traceId,
    spanId,
    parentSpanId: decimalSpanId(ownValue(record, 'parentSpanId')),
    name,
    kind,
    startUnixNano: start,
    durationNs: durationBetween(start, parseInstant(ownValue(record, 'endTime'))),
    status: message !== undefined || attributes.has('/error/name') ? STATUS_ERROR : STATUS_UNSET,
    statusMessage: message ?? '',
    resource: new AttributeBag().put('service.name', service).putValues(resource).toResource(),
    attributes: withPath(attributes, kind === KIND_SERVER ? name : ''),
    events: exception ? [exception] : [],
  });
}

/** App Engine and the load balancers name a request by its path alone. */
function withPath(attributes: Attributes, name: string): Attributes {
  const hasPlace = ['http.route', 'url.path', 'url.full'].some((key) => attributes.has(key));
  if (hasPlace || !name.startsWith('/')) return attributes;
  return new Map([...attributes, ['url.path', { type: 'string', value: name }]]);
}
