/**
 * Datadog: the tracers' payload to the agent as JSON (arrays of arrays, test agents, log exporters), the agentless
 * intake, the UI's trace JSON (api/v1/trace), api/v2/trace and the spans search.
 * https://docs.datadoghq.com/api/latest/, datadog-agent's pkg/proto/datadog/trace/span.proto (v0.4).
 * Not supported: msgpack, and CSV of the trace explorer (it has no ids).
 */
import * as z from 'zod/mini';
import type { Span } from '../model/span.ts';
import { datadogSpan, type DatadogChunk, chunkOf } from './datadog-span.ts';
import { isObject, type Json, listOf, ownValue, textOf, valueAt } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { firstOf } from './otlp-like-record.ts';
import { hasKeys, recordFormat, type RecordContext } from './record-format.ts';

const schema = z.union([z.array(z.unknown()), z.record(z.string(), z.unknown())]);
const REMEMBERED = 10_000;

export const datadog = recordFormat<unknown>({
  id: 'datadog',
  label: 'Datadog',
  matches: (head) =>
    hasKeys(
      head,
      ['trace_id', 'span_id', 'service', 'resource', 'meta|metrics|parent_id'],
      ['', '[][].', 'traces[].', 'traces[][].', 'traces[].spans[].'],
    ) ||
    hasKeys(head, ['spans[].spanID', 'spans[].parentID|spans[].meta', 'spans[].resource']) ||
    hasKeys(head, ['trace.root_id', 'trace.spans']) ||
    hasKeys(head, ['data.attributes.spans[].spanID']) ||
    hasKeys(head, ['data[].attributes.span_id', 'data[].attributes.trace_id']),
  lists: ['traces', 'data'],
  innerListIsRecord: true,
  schema,
  quick: (record) => (typeof record === 'object' && record !== null ? record : undefined),
  open: () => {
    /** Upper halves of trace ids by their lower half: only the first span of a chunk has one. */
    const upperHalves = new Map<string, string>();
    return (_record, context) => {
      const chunk = chunkOf(context.raw, spansIn(context.raw));
      const spans = chunk.spans.flatMap((span) => readSpan(span, chunk, { upperHalves, context }));
      if (upperHalves.size > REMEMBERED) upperHalves.clear();
      return spans;
    };
  },
});

/** The spans of whatever holds them. */
function spansIn(record: Json): readonly Json[] {
  if (Array.isArray(record)) return record as readonly Json[];
  const byId = valueAt(record, 'trace', 'spans');
  if (isObject(byId))
    return [...Object.values(byId), ...listOf(ownValue(record, 'orphaned'))].filter(isObject);
  const spans = ownValue(record, 'spans') ?? valueAt(record, 'data', 'attributes', 'spans') ?? byId;
  if (Array.isArray(spans)) return spans as readonly Json[];
  return [record];
}

function readSpan(
  span: Json,
  chunk: DatadogChunk,
  { upperHalves, context }: { upperHalves: Map<string, string>; context: RecordContext },
): Span[] {
  const read = datadogSpan(span, chunk, upperHalves);
  if (read) return [read];
  const isGiven = (id: Json | undefined): true | null => (/[1-9a-f]/i.test(textOf(id) ?? '') ? true : null);
  noteMissingIds(context.note, {
    // A trace id of 0 is one (test agents count their traces).
    traceId: firstOf(span, 'traceIDFull', 'trace_id', 'traceID') ?? null,
    spanId: isGiven(firstOf(span, 'span_id', 'spanID')),
    name: firstOf(span, 'resource', 'name'),
  });
  return [];
}
