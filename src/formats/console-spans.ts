/**
 * Spans as SDKs print them to the console in JSON, compact or pretty (FORMATS.md §3.29): Go stdouttrace
 * (opentelemetry-go 1.x), Python ConsoleSpanExporter (opentelemetry-sdk 1.x), PHP's console exporter.
 * Not here: what is printed as text (dotnet-console.ts, js-console.ts, rust-stdout.ts). Not supported: Java's
 * LoggingSpanExporter, which leaves out times and parents, and Ruby's, which inspects raw bytes.
 */
import * as z from 'zod';
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import type { Span } from '../model/span.ts';
import { durationBetween } from './durations.ts';
import {
  parentIdField,
  soundParentId,
  soundSpanId,
  soundTraceId,
  spanIdField,
  traceIdField,
} from './foreign-ids.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, listOf, ownValue, valueAt } from './json-value.ts';
import { hasKeys, recordFormat } from './record-format.ts';
import { plainText, setAll, SpanDraft, textIn } from './span-draft.ts';
import { parseKind, parseStatus } from './span-words.ts';

type Attributes = Parameters<typeof setAll>[0];

const goSchema = z.object({
  SpanContext: z.object({ TraceID: traceIdField, SpanID: spanIdField }),
  Parent: z.object({ SpanID: parentIdField }).nullish(),
});

export const goStdouttrace = recordFormat({
  id: 'go-stdouttrace',
  label: 'Go stdouttrace',
  lists: [],
  matches: (head) => hasKeys(head, ['SpanContext.TraceID', 'SpanContext.SpanID', 'Name|SpanKind']),
  quick: (record) => {
    const context = ownValue(record, 'SpanContext');
    const TraceID = soundTraceId(ownValue(context, 'TraceID'));
    const SpanID = soundSpanId(ownValue(context, 'SpanID'));
    const Parent = ownValue(record, 'Parent') ?? {};
    const parent = isObject(Parent) ? soundParentId(Parent.SpanID) : undefined;
    if (TraceID === undefined || SpanID === undefined || parent === undefined) return undefined;
    return { SpanContext: { TraceID, SpanID }, Parent: { SpanID: parent } };
  },
  schema: goSchema,
  open:
    () =>
    ({ SpanContext, Parent }, { raw }) => {
      const span = new SpanDraft({
        traceId: SpanContext.TraceID,
        spanId: SpanContext.SpanID,
        parentSpanId: Parent?.SpanID ?? null,
      });
      span.name = textIn(raw, 'Name');
      span.kind = parseKind(textIn(raw, 'SpanKind')) ?? 0;
      readTimes(span, ownValue(raw, 'StartTime'), ownValue(raw, 'EndTime'));
      span.status = parseStatus(plainText(valueAt(raw, 'Status', 'Code'))) ?? 0;
      span.statusMessage = plainText(valueAt(raw, 'Status', 'Description'));
      const scope = ownValue(raw, 'InstrumentationScope') ?? ownValue(raw, 'InstrumentationLibrary');
      span.scope = { name: textIn(scope, 'Name'), version: textIn(scope, 'Version') };
      setAll(span.resource, goAttributes(ownValue(raw, 'Resource')));
      setAll(span.attributes, goAttributes(ownValue(raw, 'Attributes')));
      span.set(TRACE_STATE_KEY, valueAt(raw, 'SpanContext', 'TraceState'));
      for (const event of listOf(ownValue(raw, 'Events'))) {
        const attributes: Attributes = new Map();
        setAll(attributes, goAttributes(ownValue(event, 'Attributes')));
        span.event(textIn(event, 'Name'), parseInstant(ownValue(event, 'Time')), attributes);
      }
      for (const link of listOf(ownValue(raw, 'Links'))) {
        span.link(valueAt(link, 'SpanContext', 'TraceID'), valueAt(link, 'SpanContext', 'SpanID'));
      }
      return [span.finish()];
    },
});

/** `[{"Key":…,"Value":{"Type":"INT64","Value":500}}]`; old versions: `"Value":500`. */
function goAttributes(list: Json | undefined): ReadonlyMap<string, unknown> {
  const attributes = new Map<string, unknown>();
  for (const item of listOf(list)) {
    const value = ownValue(item, 'Value');
    attributes.set(textIn(item, 'Key'), isObject(value) ? value.Value : value);
  }
  return attributes;
}

const pythonSchema = z.object({
  context: z.object({ trace_id: traceIdField, span_id: spanIdField }),
  parent_id: parentIdField,
  parent_span_id: parentIdField,
});

export const pythonConsole = recordFormat({
  id: 'python-console',
  label: 'Python or PHP console spans',
  lists: [],
  matches: (head) =>
    hasKeys(head, ['context.trace_id', 'context.span_id', 'start_time|start', 'parent_id|parent_span_id']),
  quick: (record) => {
    const context = ownValue(record, 'context');
    const trace_id = soundTraceId(ownValue(context, 'trace_id'));
    const span_id = soundSpanId(ownValue(context, 'span_id'));
    const parent_id = soundParentId(ownValue(record, 'parent_id'));
    const parent_span_id = soundParentId(ownValue(record, 'parent_span_id'));
    if (trace_id === undefined || span_id === undefined) return undefined;
    if (parent_id === undefined || parent_span_id === undefined) return undefined;
    return { context: { trace_id, span_id }, parent_id, parent_span_id };
  },
  unwrap: withContext,
  schema: pythonSchema,
  open:
    () =>
    ({ context, parent_id, parent_span_id }, { raw }) => [
      spanOfPython(raw, {
        traceId: context.trace_id,
        spanId: context.span_id,
        parentSpanId: parent_id ?? parent_span_id,
      }),
    ],
});

/** Rows of a data frame of such spans: `context.trace_id`, `attributes.llm.model_name`. */
function withContext(record: Json): Json {
  if (!isObject(record) || record.context !== undefined || record['context.trace_id'] === undefined)
    return record;
  const attributes: Record<string, Json | undefined> = Object.create(null);
  for (const [key, value] of Object.entries(record)) {
    if (key.startsWith('attributes.')) attributes[key.slice('attributes.'.length)] = value;
  }
  const context = { trace_id: record['context.trace_id'], span_id: record['context.span_id'] };
  return { attributes, ...record, context };
}

type Ids = ConstructorParameters<typeof SpanDraft>[0];

function spanOfPython(raw: Json, ids: Ids): Span {
  const span = new SpanDraft(ids);
  span.name = textIn(raw, 'name');
  span.kind = parseKind(textIn(raw, 'kind').replace(/^KIND_/, '')) ?? 0;
  readTimes(
    span,
    ownValue(raw, 'start_time') ?? ownValue(raw, 'start'),
    ownValue(raw, 'end_time') ?? ownValue(raw, 'end'),
  );
  const status = ownValue(raw, 'status');
  // Phoenix and MLflow have them beside it.
  span.status =
    parseStatus(textIn(status, 'status_code', 'code', 'canonical_code') || textIn(raw, 'status_code')) ?? 0;
  span.statusMessage = textIn(status, 'description') || textIn(raw, 'status_message');
  const resource = ownValue(raw, 'resource');
  setAll(span.resource, ownValue(resource, 'attributes') ?? resource);
  setAll(span.attributes, ownValue(raw, 'attributes'));
  // Python prints a list, PHP a text.
  const traceState = textIn(ownValue(raw, 'context'), 'trace_state').replace(/^\[\]$/, '');
  span.set(TRACE_STATE_KEY, traceState);
  for (const event of listOf(ownValue(raw, 'events'))) {
    const attributes: Attributes = new Map();
    setAll(attributes, ownValue(event, 'attributes'));
    span.event(textIn(event, 'name'), parseInstant(ownValue(event, 'timestamp')), attributes);
  }
  for (const link of listOf(ownValue(raw, 'links'))) {
    span.link(valueAt(link, 'context', 'trace_id'), valueAt(link, 'context', 'span_id'));
  }
  return span.finish();
}

function readTimes(span: SpanDraft, start: unknown, end: unknown): void {
  span.startUnixNano = parseInstant(start);
  span.durationNs = durationBetween(span.startUnixNano, parseInstant(end));
}
