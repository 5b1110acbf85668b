/**
 * Sentry: event JSON (transactions and errors, of SDKs and of the API), envelopes with their items, span items
 * (FORMATS.md §3.20). An error event becomes a record of the span that it happened in.
 * Not supported: the trace API's nested lists; profiles, replays, sessions and attachments, which are left out.
 */
import * as z from 'zod';
import type { Span } from '../model/span.ts';
import { parentIdField, spanIdField, traceIdField } from './foreign-ids.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, type JsonObject, listOf, ownValue, valueAt } from './json-value.ts';
import { describeIssue, hasKeys, type RecordContext, recordFormat } from './record-format.ts';
import { addException, childSpan, describeOp, pairsOf, readTimes, USER_ACTION_OPS } from './sentry-span.ts';
import { setAll, SpanDraft, textIn } from './span-draft.ts';

const spanIds = z.object({ trace_id: traceIdField, span_id: spanIdField, parent_span_id: parentIdField });

export const sentry = recordFormat<Json>({
  id: 'sentry',
  label: 'Sentry events',
  lists: ['data'],
  matches: (head) =>
    hasKeys(head, ['contexts.trace.trace_id', 'event_id|eventID|start_timestamp'], ['', 'data[].']) ||
    hasKeys(head, ['sent_at', 'event_id|trace.public_key|sdk.name']) ||
    hasKeys(head, ['items[].trace_id', 'items[].span_id', 'items[].start_timestamp']) ||
    hasKeys(head, ['spans[].start_timestamp', 'spans[].span_id', 'start_timestamp']),
  schema: z.custom<Json>(),
  // An envelope's header may name the project of the items that follow.
  inOrder: true,
  open: () => new SentryReader().read,
});

class SentryReader {
  #header: Json = null;

  readonly read = (record: Json, context: RecordContext): readonly Span[] => {
    if (!isObject(record)) return [];
    if (record.sent_at !== undefined && record.contexts === undefined) this.#header = record;
    const items = listOf(record.items);
    if (items.length > 0) return items.flatMap((item) => this.#loneSpan(item, context));
    if (record.span_id !== undefined && record.start_timestamp !== undefined && record.contexts === undefined)
      return this.#loneSpan(record, context);
    const event = isObject(record.contexts) ? record : null;
    return event && isObject(ownValue(event.contexts, 'trace'))
      ? this.#event(withEntries(event), context)
      : [];
  };

  #loneSpan(item: Json, context: RecordContext): readonly Span[] {
    const ids = idsOf(item, context);
    if (!ids) return [];
    const owner = new SpanDraft(ids);
    const attribute = (key: string): Json | undefined => valueAt(item, 'attributes', key, 'value');
    const sdk = attribute('sentry.sdk.name');
    describeService(owner, {
      project: attribute('service.name') ?? null,
      server_name: attribute('server.address') ?? null,
      sdk: { name: sdk ?? valueAt(this.#header, 'sdk', 'name') },
    });
    return [childSpan(item, ids, owner.resource)];
  }

  #event(event: JsonObject, context: RecordContext): readonly Span[] {
    const trace = valueAt(event, 'contexts', 'trace') ?? null;
    const ids = idsOf(trace, context);
    if (!ids) return [];
    const span = new SpanDraft(ids);
    describeService(span, event);
    const thrown = listOf(valueAt(event, 'exception', 'values'));
    if (thrown.length > 0) addException(span, thrown, parseInstant(event.timestamp));
    const isTransaction =
      event.type === 'transaction' || textIn(event, 'start_timestamp', 'startTimestamp') !== '';
    if (!isTransaction) return thrown.length > 0 ? [spanOfError(span, ids)] : [];
    describeTransaction(span, event, trace);
    const children = listOf(event.spans).flatMap((child) => {
      const own = idsOf(withTrace(child, ids.traceId), context);
      return own ? [childSpan(child, own, span.resource)] : [];
    });
    return [span.finish(), ...children];
  }
}

/** The error's own span, without anything that another record of it has. */
function spanOfError(span: SpanDraft, ids: { readonly traceId: string; readonly spanId: string }): Span {
  return { ...span.finish(), ...ids, parentSpanId: null, partial: true };
}

interface Ids {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
}

function idsOf(record: Json, context: RecordContext): Ids | null {
  const ids = spanIds.safeParse(record);
  if (ids.success) {
    const { trace_id: traceId, span_id: spanId, parent_span_id: parentSpanId } = ids.data;
    return { traceId, spanId, parentSpanId };
  }
  context.note('record-invalid', 'rejected', describeIssue(ids.error));
  return null;
}

function withTrace(child: Json, traceId: string): Json {
  return isObject(child) && child.trace_id === undefined ? { ...child, trace_id: traceId } : child;
}

/** The API gives spans, request and exception as `entries`. */
function withEntries(event: JsonObject): JsonObject {
  const entries = listOf(event.entries);
  const entry = (type: string): Json | undefined =>
    ownValue(
      entries.find((item) => ownValue(item, 'type') === type),
      'data',
    );
  if (entries.length === 0) return event;
  return {
    ...event,
    timestamp: event.endTimestamp ?? event.dateCreated ?? event.timestamp,
    transaction: event.transaction ?? event.title,
    spans: entry('spans') ?? event.spans,
    request: entry('request') ?? event.request,
    exception: entry('exception') ?? event.exception,
  };
}

const BROWSER_SDK = /^sentry\.javascript\.(browser|react|vue|angular|svelte|ember|gatsby|capacitor)/;

function describeService(span: SpanDraft, event: JsonObject): void {
  const tags = pairsOf(event.tags);
  const tag = (key: string): string =>
    tags instanceof Map ? String(tags.get(key) ?? '') : textIn(tags, key);
  const server = textIn(event, 'server_name') || tag('server_name');
  const sdk = textIn(event.sdk, 'name');
  span.setResource(
    'service.name',
    textIn(event, 'project_slug', 'projectSlug', 'project') || tag('service') || server || sdk,
  );
  span.setResource('service.instance.id', server);
  span.setResource('service.version', textIn(event, 'release'));
  span.setResource('deployment.environment.name', textIn(event, 'environment'));
  span.setResource('telemetry.sdk.name', sdk);
  if (isOfBrowser(event, sdk)) span.setResource('headwater.application', true);
}

function isOfBrowser(event: JsonObject, sdk: string): boolean {
  const op = textIn(valueAt(event, 'contexts', 'trace'), 'op');
  return USER_ACTION_OPS.test(op) || (BROWSER_SDK.test(sdk) && !/server/.test(op));
}

function describeTransaction(span: SpanDraft, event: JsonObject, trace: Json): void {
  const op = textIn(trace, 'op');
  span.name = textIn(event, 'transaction') || textIn(trace, 'description') || op;
  readTimes(span, event);
  span.set('http.request.method', valueAt(event, 'request', 'method'));
  span.set('url.full', valueAt(event, 'request', 'url'));
  span.set('http.response.status_code', valueAt(event, 'contexts', 'response', 'status_code'));
  const tags = pairsOf(event.tags);
  span.set(
    'http.response.status_code',
    tags instanceof Map ? tags.get('http.status_code') : textIn(tags, 'http.status_code'),
  );
  describeOp(span, { op, status: textIn(trace, 'status'), data: ownValue(trace, 'data') });
  const [, method, route] = /^(?:([A-Z]{3,7}) )?(\/\S*)$/.exec(span.name) ?? [];
  span.set('http.request.method', method);
  const isRoute = valueAt(event, 'transaction_info', 'source') === 'route';
  if (isRoute && route !== undefined) span.set('http.route', route);
  // As OpenTelemetry's own instrumentation names the same thing.
  if (/^(pageload|navigation)$/.test(op)) span.name = `Navigation: ${span.name}`;
  span.set('user.id', valueAt(event, 'user', 'id'));
  setAll(span.attributes, tags);
  setAll(span.attributes, event.measurements, { prefix: 'measurements' });
}
