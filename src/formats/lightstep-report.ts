/** Reports of Lightstep's tracers as protobuf's JSON: collector.proto of lightstep-tracer-common. */
import type { Span } from '../model/span.ts';
import { type Json, listOf, ownValue, textOf } from './json-value.ts';
import { lightstepSpan, reporterResource } from './lightstep-span.ts';
import { firstOf } from './otlp-like-record.ts';
import { AttributeBag, decimalSpanId, traceIdOf } from './plain-span.ts';
import type { RecordContext } from './record-format.ts';

export function spansOfReport(context: RecordContext): Span[] {
  const resource = reporterResource(tagsOf(ownValue(ownValue(context.raw, 'reporter'), 'tags')));
  return listOf(ownValue(context.raw, 'spans')).flatMap((span) => {
    const [parent, ...links] = listOf(ownValue(span, 'references'))
      .toSorted((a, b) => Number(isFollower(a)) - Number(isFollower(b)))
      .map(idsOf);
    const { traceId, spanId } = idsOf(span);
    return lightstepSpan(
      {
        traceId,
        spanId,
        links: links.flatMap(({ traceId: trace, spanId: id }) =>
          trace === null || id === null ? [] : [{ traceId: trace, spanId: id }],
        ),
        name: firstOf(span, 'operationName', 'operation_name'),
        startUs: firstOf(span, 'startTimestamp', 'start_timestamp'),
        durationUs: firstOf(span, 'durationMicros', 'duration_micros') ?? 0,
        tags: tagsOf(ownValue(span, 'tags')).put('parent_span_guid', parent?.spanId),
        resource,
        logs: listOf(ownValue(span, 'logs')).map(plainLog),
      },
      context,
    );
  });
}

/** The default of the field is CHILD_OF, which is then left out. */
function isFollower(reference: Json): boolean {
  return /^(1|follows_from)$/i.test(textOf(ownValue(reference, 'relationship')) ?? '');
}

/** Decimal numbers of 64 bits. */
function idsOf(record: Json): { traceId: string | null; spanId: string | null } {
  const context = firstOf(record, 'spanContext', 'span_context');
  return {
    traceId: traceIdOf(decimalSpanId(firstOf(context, 'traceId', 'trace_id'))),
    spanId: decimalSpanId(firstOf(context, 'spanId', 'span_id')),
  };
}

function tagsOf(list: unknown): AttributeBag {
  const bag = new AttributeBag();
  for (const tag of listOf(list)) bag.put(textOf(ownValue(tag, 'key')) ?? '', valueOf(tag));
  return bag;
}

function valueOf(tag: Json): unknown {
  return firstOf(
    tag,
    ...['string', 'int', 'double', 'bool', 'json'].flatMap((type) => [`${type}Value`, `${type}_value`]),
  );
}

/** As the logs of other reports are. */
function plainLog(log: Json): Json {
  const fields = listOf(ownValue(log, 'fields')).map((field) => ({
    Key: ownValue(field, 'key'),
    Value: textOf(valueOf(field)),
  }));
  return { timestamp_micros: ownValue(log, 'timestamp'), fields };
}
