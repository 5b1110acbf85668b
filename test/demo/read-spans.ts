/** Reads the demo's lines the simple way, for counting: JSON.parse, one object per span. */
interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface OtlpSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes?: readonly KeyValue[];
  readonly events?: readonly { readonly name: string; readonly attributes?: readonly KeyValue[] }[];
  readonly links?: readonly { readonly traceId: string; readonly spanId: string }[];
  readonly status: { readonly code?: number };
}

interface ExportRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly { readonly scope: object; readonly spans: readonly OtlpSpan[] }[];
  }[];
}

export interface DemoSpan {
  readonly service: string;
  readonly instance: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | null;
  readonly name: string;
  readonly kind: number;
  readonly startUnixNano: bigint;
  readonly endUnixNano: bigint;
  readonly durationNs: number;
  readonly statusCode: number;
  readonly attributes: ReadonlyMap<string, string>;
  readonly exceptionTypes: readonly string[];
  readonly links: readonly { readonly traceId: string; readonly spanId: string }[];
}

function toMap(attributes: readonly KeyValue[] = []): Map<string, string> {
  return new Map(attributes.map(({ key, value }) => [key, String(Object.values(value)[0])]));
}

export function readSpans(lines: Iterable<string>): DemoSpan[] {
  const spans: DemoSpan[] = [];
  for (const line of lines) {
    const request = JSON.parse(line) as ExportRequest;
    for (const { resource, scopeSpans } of request.resourceSpans) {
      const resourceAttributes = toMap(resource.attributes);
      for (const span of scopeSpans.flatMap((scope) => scope.spans))
        spans.push(toSpan(span, resourceAttributes));
    }
  }
  return spans;
}

function toSpan(span: OtlpSpan, resource: ReadonlyMap<string, string>): DemoSpan {
  const startUnixNano = BigInt(span.startTimeUnixNano);
  const endUnixNano = BigInt(span.endTimeUnixNano);
  return {
    service: resource.get('service.name') ?? '',
    instance: resource.get('service.instance.id') ?? '',
    traceId: span.traceId,
    spanId: span.spanId,
    parentSpanId: span.parentSpanId ?? null,
    name: span.name,
    kind: span.kind,
    startUnixNano,
    endUnixNano,
    durationNs: Number(endUnixNano - startUnixNano),
    statusCode: span.status.code ?? 0,
    attributes: toMap(span.attributes),
    exceptionTypes: (span.events ?? [])
      .filter(({ name }) => name === 'exception')
      .map(({ attributes }) => toMap(attributes).get('exception.type') ?? ''),
    links: span.links ?? [],
  };
}
