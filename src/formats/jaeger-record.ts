/** What Jaeger's documents in Elasticsearch and its protobuf as JSON have in common → plain spans (FORMATS.md §3.5, §3.6). */
import type { Attributes, AttributeValue, Span, SpanLink, StatusCode } from '../model/span.ts';
import { STATUS_ERROR, STATUS_UNSET } from '../model/span.ts';
import { type Json, listOf, ownValue, textOf } from './json-value.ts';
import { openTracingEvent } from './open-tracing-event.ts';
import { textAt, without } from './plain-attributes.ts';
import { AttributeBag, plainSpan } from './plain-span.ts';
import { parseKind, parseStatus } from './span-words.ts';

export interface JaegerReference {
  readonly childOf: boolean;
  /** null: the span's own. */
  readonly traceId: string | null;
  readonly spanId: string | null;
}

export interface JaegerLog {
  readonly timeUnixNano: bigint | null;
  readonly fields: Attributes;
}

export interface JaegerRecord {
  readonly traceId: string;
  readonly spanId: string;
  /** The older field beside the references. */
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly references: readonly JaegerReference[];
  readonly startUnixNano: bigint | null;
  readonly durationNs: number | null;
  readonly tags: Attributes;
  readonly logs: readonly JaegerLog[];
  readonly serviceName: string;
  readonly processTags: Attributes;
}

/** Tags that stand for fields of a span, and are no attributes besides. */
const FIELD_TAGS: ReadonlySet<string> = new Set([
  'span.kind',
  'otel.status_code',
  'otel.status_description',
  'otel.scope.name',
  'otel.scope.version',
  'otel.library.name',
  'otel.library.version',
  'internal.span.format',
]);

export function jaegerSpan(record: JaegerRecord): Span {
  const { tags } = record;
  const error = textAt(tags, 'error');
  const isError = error !== undefined && error.toLowerCase() !== 'false';
  const parent = parentOf(record);
  const declared: StatusCode = parseStatus(textAt(tags, 'otel.status_code') ?? '') ?? STATUS_UNSET;
  const errorText = isError && error.toLowerCase() !== 'true' ? error : '';
  return plainSpan({
    traceId: record.traceId,
    spanId: record.spanId,
    parentSpanId: parent ? parent.spanId : record.parentSpanId,
    name: record.name,
    kind: parseKind(textAt(tags, 'span.kind') ?? '') ?? 0,
    startUnixNano: record.startUnixNano,
    durationNs: record.durationNs,
    status: isError ? STATUS_ERROR : declared,
    statusMessage: textAt(tags, 'otel.status_description') ?? errorText,
    resource: new AttributeBag()
      .put('service.name', record.serviceName)
      .putValues(record.processTags)
      .toResource(),
    scope: {
      name: textAt(tags, 'otel.scope.name') ?? textAt(tags, 'otel.library.name') ?? '',
      version: textAt(tags, 'otel.scope.version') ?? textAt(tags, 'otel.library.version') ?? '',
    },
    attributes: without(tags, (key) => FIELD_TAGS.has(key)),
    events: record.logs.map(({ fields, timeUnixNano }) => openTracingEvent(fields, timeUnixNano)),
    links: linksOf(record, parent),
  });
}

/** The first CHILD_OF within the trace, else the first FOLLOWS_FROM within it. */
function parentOf({ traceId, references }: JaegerRecord): JaegerReference | undefined {
  let first: JaegerReference | undefined;
  for (const reference of references) {
    if (reference.spanId === null || (reference.traceId ?? traceId) !== traceId) continue;
    if (reference.childOf) return reference;
    first ??= reference;
  }
  return first;
}

function linksOf({ traceId, references }: JaegerRecord, parent: JaegerReference | undefined): SpanLink[] {
  return references.flatMap((reference) =>
    reference === parent || reference.spanId === null
      ? []
      : [{ traceId: reference.traceId ?? traceId, spanId: reference.spanId }],
  );
}

/** Of equal keys the first tag counts. */
export function jaegerTags(list: unknown, valueOf: (tag: Json) => AttributeValue): Attributes {
  const tags = new Map<string, AttributeValue>();
  for (const tag of listOf(list)) {
    const key = textOf(ownValue(tag, 'key'));
    if (key !== undefined && !tags.has(key)) tags.set(key, valueOf(tag));
  }
  return tags;
}
