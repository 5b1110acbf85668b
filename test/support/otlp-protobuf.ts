/** Spans as the bytes of OTLP protobuf, written as naively as can be (opentelemetry-proto 1.9). */
import type { AttributeValue, Attributes, Span } from '../../src/model/span.ts';

type Bytes = readonly number[];

const encoder = new TextEncoder();

export function varint(value: bigint | number): Bytes {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, BigInt(value));
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

export function field(number: number, ...content: readonly Bytes[]): Bytes {
  const bytes = content.flat();
  return [...varint((number << 3) | 2), ...varint(bytes.length), ...bytes];
}

export function number(field: number, value: bigint | number): Bytes {
  return [...varint(field << 3), ...varint(value)];
}

export function fixed64(field: number, value: bigint): Bytes {
  const bytes = Array.from({ length: 8 }, (_, i) => Number((value >> BigInt(8 * i)) & 255n));
  return [...varint((field << 3) | 1), ...bytes];
}

export function text(field_: number, value: string): Bytes {
  return field(field_, [...encoder.encode(value)]);
}

/** One message (TracesData) with all spans, a ResourceSpans for each. */
export function otlpProtobuf(spans: readonly Span[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(spans.flatMap((span) => resourceSpans(span)));
}

/** Lengths in 4 bytes, big-endian, before each message. */
export function framed(messages: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = messages.flatMap((message) => {
    const length = new DataView(new ArrayBuffer(4));
    length.setUint32(0, message.length);
    return [...new Uint8Array(length.buffer), ...message];
  });
  return new Uint8Array(bytes);
}

export function delimited(messages: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(messages.flatMap((message) => [...varint(message.length), ...message]));
}

function resourceSpans(span: Span): Bytes {
  const scope = field(1, text(1, span.scope.name), text(2, span.scope.version));
  return field(
    1,
    field(1, ...attributes(1, span.resource.attributes)),
    field(2, scope, field(2, ...spanFields(span))),
  );
}

function spanFields(span: Span): readonly Bytes[] {
  const { startUnixNano: start, durationNs } = span;
  return [
    field(1, hex(span.traceId)),
    field(2, hex(span.spanId)),
    ...(span.parentSpanId === null ? [] : [field(4, hex(span.parentSpanId))]),
    text(5, span.name),
    number(6, span.kind),
    fixed64(7, start ?? 0n),
    fixed64(8, start === null ? 0n : start + BigInt(durationNs ?? 0)),
    ...attributes(9, span.attributes),
    ...span.events.map((event) =>
      field(
        11,
        fixed64(1, event.timeUnixNano ?? start ?? 0n),
        text(2, event.name),
        ...attributes(3, event.attributes),
      ),
    ),
    ...span.links.map((link) => field(13, field(1, hex(link.traceId)), field(2, hex(link.spanId)))),
    field(15, text(2, span.statusMessage), number(3, span.status)),
  ];
}

function attributes(number_: number, list: Attributes): Bytes[] {
  return [...list].map(([key, value]) => field(number_, text(1, key), field(2, anyValue(value))));
}

function anyValue({ type, value }: AttributeValue): Bytes {
  if (type === 'bool') return number(2, value ? 1 : 0);
  return type === 'int' ? number(3, BigInt(value)) : text(1, value);
}

function hex(id: string): Bytes {
  return (id.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
}
