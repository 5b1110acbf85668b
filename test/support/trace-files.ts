/** Drawn traces (trace-text.ts) as the text of trace files: OTLP/JSON and Jaeger's JSON. */
import type { AttributeValue, Attributes, Span } from '../../src/model/span.ts';

const KIND_NAMES = ['', 'internal', 'server', 'client', 'producer', 'consumer'];

/** One document with all spans. */
export function otlpJson(spans: readonly Span[]): string {
  return JSON.stringify({ resourceSpans: spans.map(otlpResource) });
}

/** JSON Lines, a document per span. */
export function otlpLines(spans: readonly Span[]): string {
  return spans.map((span) => `${otlpJson([span])}\n`).join('');
}

function otlpResource(span: Span): object {
  return {
    resource: { attributes: otlpAttributes(span.resource.attributes) },
    scopeSpans: [{ scope: { name: span.scope.name }, spans: [otlpSpan(span)] }],
  };
}

function otlpSpan(span: Span): object {
  const { startUnixNano: start, durationNs } = span;
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? '',
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: String(start ?? 0n),
    endTimeUnixNano: String(start === null ? 0n : start + BigInt(durationNs ?? 0)),
    attributes: otlpAttributes(span.attributes),
    events: span.events.map((event) => ({
      name: event.name,
      timeUnixNano: String(event.timeUnixNano ?? start ?? 0n),
      attributes: otlpAttributes(event.attributes),
    })),
    links: span.links,
    status: { code: span.status, message: span.statusMessage },
  };
}

function otlpAttributes(attributes: Attributes): object[] {
  return [...attributes].map(([key, value]) => ({ key, value: otlpValue(value) }));
}

function otlpValue({ type, value }: AttributeValue): object {
  if (type === 'bool') return { boolValue: value };
  return type === 'int' ? { intValue: value } : { stringValue: value };
}

/** As Jaeger's UI downloads it: times in µs, the span kind and the status as tags. */
export function jaegerJson(spans: readonly Span[]): string {
  const traceIds = [...new Set(spans.map((span) => span.traceId))];
  return JSON.stringify({
    data: traceIds.map((traceID) =>
      jaegerTrace(
        traceID,
        spans.filter((span) => span.traceId === traceID),
      ),
    ),
  });
}

function jaegerTrace(traceID: string, spans: readonly Span[]): object {
  const processes = spans.map((span, i) => [`p${i}`, jaegerProcess(span)]);
  return { traceID, spans: spans.map(jaegerSpan), processes: Object.fromEntries(processes) };
}

function jaegerProcess({ resource }: Span): object {
  const tags = jaegerTags(resource.attributes).filter(({ key }) => key !== 'service.name');
  return { serviceName: String(resource.attributes.get('service.name')?.value ?? ''), tags };
}

function jaegerSpan(span: Span, i: number): object {
  const { traceId: traceID, parentSpanId } = span;
  const tags = jaegerTags(span.attributes);
  if (span.kind > 0) tags.push({ key: 'span.kind', type: 'string', value: KIND_NAMES[span.kind] });
  if (span.status === 2) tags.push({ key: 'otel.status_code', type: 'string', value: 'ERROR' });
  const references = parentSpanId === null ? [] : [{ refType: 'CHILD_OF', traceID, spanID: parentSpanId }];
  return {
    traceID,
    spanID: span.spanId,
    operationName: span.name,
    references,
    startTime: Number((span.startUnixNano ?? 0n) / 1000n),
    duration: (span.durationNs ?? 0) / 1000,
    tags,
    logs: [],
    processID: `p${i}`,
  };
}

function jaegerTags(attributes: Attributes): { key: string; type: string; value: unknown }[] {
  return [...attributes].map(([key, { type, value }]) => {
    if (type === 'int') return { key, type: 'int64', value: Number(value) };
    return { key, type: type === 'bool' ? 'bool' : 'string', value };
  });
}
