/**
 * Lightstep's (ServiceNow Cloud Observability's) spans: traces as its API gives them, with the reporters that
 * their spans name, and what its own tracers report in JSON (`span_records` of one `runtime`, or protobuf's JSON).
 * https://docs.lightstep.com/reference (stored traces), https://github.com/lightstep (lightstep-tracer-*).
 * Not supported: reports in binary protobuf; exemplars of streams, which have no parents.
 */
import * as z from 'zod/mini';
import type { Span } from '../model/span.ts';
import { type Json, listOf, ownValue, textOf, valueAt } from './json-value.ts';
import { spansOfReport } from './lightstep-report.ts';
import { lightstepSpan, pairsOf, reporterResource } from './lightstep-span.ts';
import { AttributeBag } from './plain-span.ts';
import { hasKeys, recordFormat, type RecordContext } from './record-format.ts';

const schema = z.record(z.string(), z.unknown());

export const lightstep = recordFormat<Record<string, unknown>>({
  id: 'lightstep',
  label: 'Lightstep traces',
  matches: (head) =>
    hasKeys(head, ['span_records[].span_guid', 'span_records[].trace_guid']) ||
    hasKeys(head, ['reporter', 'spans[].spanContext|spans[].span_context']) ||
    hasKeys(head, ['attributes.spans[].span-id', 'attributes.spans[].trace-id'], ['data[].', 'data.', '']),
  lists: ['data'],
  unwrap: (record) => (ownValue(ownValue(record, 'data'), 'attributes') ? valueAt(record, 'data') : record),
  schema,
  open: () => (_record, context) =>
    ownValue(context.raw, 'reporter') !== undefined
      ? spansOfReport(context)
      : ownValue(context.raw, 'span_records') === undefined
        ? traceSpans(context)
        : reportSpans(context),
});

function traceSpans(context: RecordContext): Span[] {
  const resources = new Map(
    listOf(valueAt(context.raw, 'relationships', 'reporters')).map((reporter) => [
      textOf(ownValue(reporter, 'reporter-id')) ?? '',
      reporterResource(new AttributeBag().putAll(ownValue(reporter, 'attributes'))),
    ]),
  );
  const at = (span: Json, key: string): Json | undefined => ownValue(span, key);
  return listOf(valueAt(context.raw, 'attributes', 'spans')).flatMap((span) =>
    lightstepSpan(
      {
        traceId: at(span, 'trace-id'),
        spanId: at(span, 'span-id'),
        name: at(span, 'span-name'),
        startUs: at(span, 'start-time-micros'),
        endUs: at(span, 'end-time-micros'),
        isError: at(span, 'is-error'),
        tags: new AttributeBag().putAll(at(span, 'tags')),
        resource: resources.get(textOf(at(span, 'reporter-id')) ?? ''),
        logs: at(span, 'logs'),
      },
      context,
    ),
  );
}

function reportSpans(context: RecordContext): Span[] {
  const runtime = ownValue(context.raw, 'runtime');
  const about = pairsOf(ownValue(runtime, 'attrs'));
  about.put('lightstep.component_name', ownValue(runtime, 'group_name'));
  const resource = reporterResource(about);
  const at = (span: Json, key: string): Json | undefined => ownValue(span, key);
  return listOf(ownValue(context.raw, 'span_records')).flatMap((span) =>
    lightstepSpan(
      {
        traceId: at(span, 'trace_guid'),
        spanId: at(span, 'span_guid'),
        name: at(span, 'span_name'),
        startUs: at(span, 'oldest_micros'),
        endUs: at(span, 'youngest_micros'),
        isError: at(span, 'error_flag'),
        tags: pairsOf(at(span, 'attributes')),
        resource,
        logs: at(span, 'log_records'),
      },
      context,
    ),
  );
}
