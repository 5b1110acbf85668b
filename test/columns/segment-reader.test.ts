import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SegmentReader } from '../../src/columns/segment-reader.ts';
import type { AttributeValue, Span } from '../../src/model/span.ts';
import { emitSpan } from '../../src/formats/emit-span.ts';
import { SegmentBuilder } from '../../src/columns/segment-builder.ts';
import type { Segment } from '../../src/columns/segment.ts';
import { spanSets } from '../support/trace-generator.ts';

function readBack(spans: readonly Span[], spansPerSegment: number): Span[] {
  const segments: Segment[] = [];
  const limits = { spans: spansPerSegment, textBytes: Infinity };
  const builder = new SegmentBuilder((segment) => segments.push(segment), limits);
  for (const span of spans) emitSpan(builder, span);
  builder.finish();
  return segments.flatMap((segment) => {
    const reader = new SegmentReader(segment);
    return Array.from({ length: segment.spanCount }, (_, row) => reader.span(row));
  });
}

/** What the columns keep of a record: an end before the start has become a duration of 0. */
function kept(span: Span): Span {
  return { ...span, durationNs: span.durationNs === null ? null : Math.max(0, span.durationNs) };
}

const texts = fc.oneof(
  fc.constantFrom('', '__proto__', 'constructor', '\ufeffmark', '⛵ boat'),
  fc.string({ unit: 'grapheme' }),
);
const values: fc.Arbitrary<AttributeValue> = fc.oneof(
  fc.record({
    type: fc.constantFrom('string' as const, 'json' as const, 'bytes' as const),
    value: texts,
  }),
  fc.record({ type: fc.constantFrom('int' as const, 'double' as const), value: texts }),
  fc.record({ type: fc.constant('bool' as const), value: fc.boolean() }),
);
const attributes = fc.array(fc.tuple(texts, values), { maxLength: 4 }).map((entries) => new Map(entries));
const words = (count: number) =>
  fc
    .array(fc.nat({ max: 0xffff_ffff }), { minLength: count, maxLength: count })
    .map((each) => each.map((word) => word.toString(16).padStart(8, '0')).join(''));
const instants = fc.option(fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }), { nil: null });

/** Any span a format may deliver, whatever it says. */
const anySpans: fc.Arbitrary<Span[]> = fc.array(
  fc.record({
    traceId: words(4),
    spanId: words(2),
    parentSpanId: fc.option(
      words(2).filter((id) => !/^0*$/.test(id)),
      { nil: null },
    ),
    name: texts,
    kind: fc.constantFrom(0 as const, 1 as const, 2 as const, 3 as const, 4 as const, 5 as const),
    startUnixNano: instants,
    durationNs: fc.option(fc.nat({ max: 2 ** 31 - 1 }), { nil: null }),
    status: fc.constantFrom(0 as const, 1 as const, 2 as const),
    statusMessage: texts,
    shared: fc.boolean(),
    resource: fc.record({ attributes }),
    scope: fc.record({ name: texts, version: texts }),
    attributes,
    events: fc.array(fc.record({ name: texts, timeUnixNano: instants, attributes }), { maxLength: 3 }),
    links: fc.array(fc.record({ traceId: words(4), spanId: words(2) }), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 12 },
);

test('a span comes out of the columns as it went in, in whichever segment it lies', () => {
  fc.assert(
    fc.property(spanSets, fc.integer({ min: 1, max: 9 }), (spans, perSegment) => {
      expect(readBack(spans, perSegment)).toEqual(spans.map(kept));
    }),
    { numRuns: 200 },
  );
});

test('every field, kind of value, event and link survives, whatever the texts are', () => {
  fc.assert(
    fc.property(anySpans, fc.integer({ min: 1, max: 5 }), (spans, perSegment) => {
      expect(readBack(spans, perSegment)).toEqual(spans.map(kept));
    }),
    { numRuns: 300 },
  );
});

test('the first of a repeated key counts, and an end before the start is remembered', () => {
  const segments: Segment[] = [];
  const builder = new SegmentBuilder((segment) => segments.push(segment));
  const slot = builder.openResource();
  builder.closeResource(slot);
  builder.openSpan(slot, builder.scope(0, 0));
  builder.traceId(0, 0, 0, 1);
  builder.spanId(0, 1);
  builder.durationNs(-5);
  for (const value of ['first', 'second']) builder.attribute(builder.textOf('key'), 0, builder.textOf(value));
  builder.closeSpan();
  builder.finish();
  const reader = new SegmentReader(segments[0]);
  expect(reader.span(0).attributes).toEqual(new Map([['key', { type: 'string', value: 'first' }]]));
  expect(reader.span(0).durationNs).toBe(0);
  expect(reader.isReversed(0)).toBe(true);
});
