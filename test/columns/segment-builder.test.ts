import { expect, test } from 'vitest';
import { SegmentBuilder } from '../../src/columns/segment-builder.ts';
import { segmentBytes, segmentTransferables } from '../../src/columns/segment.ts';
import type { Segment } from '../../src/columns/segment.ts';
import { decodeText } from '../../src/columns/text-pool.ts';
import { VALUE_STRING } from '../../src/model/sink.ts';

function builderOf(spansPerSegment: number): { builder: SegmentBuilder; segments: Segment[] } {
  const segments: Segment[] = [];
  const builder = new SegmentBuilder((segment) => segments.push(segment), {
    spans: spansPerSegment,
    textBytes: Infinity,
  });
  return { builder, segments };
}

function span(builder: SegmentBuilder, resource: number, name: string): void {
  builder.openSpan(resource, 0);
  builder.name(builder.textOf(name));
  builder.closeSpan();
}

/** Service name of each span, by its resource. */
function servicesOf(segment: Segment): string[] {
  const { resources, texts } = segment;
  return Array.from(segment.spanResources, (row) =>
    decodeText(texts, resources.values[resources.starts[row]]),
  );
}

test('a resource that goes on over several segments is known in each', () => {
  const { builder, segments } = builderOf(2);
  const slot = builder.openResource();
  builder.resourceAttribute(slot, builder.textOf('service.name'), VALUE_STRING, builder.textOf('cart'));
  builder.closeResource(slot);
  for (const name of ['a', 'b', 'c', 'd', 'e']) span(builder, slot, name);
  builder.finish();
  expect(segments.map(servicesOf)).toEqual([['cart', 'cart'], ['cart', 'cart'], ['cart']]);
  expect(segments.map(({ texts, names }) => Array.from(names, (name) => decodeText(texts, name)))).toEqual([
    ['a', 'b'],
    ['c', 'd'],
    ['e'],
  ]);
});

test('a segment waits for resources that are described after their spans', () => {
  const { builder, segments } = builderOf(1);
  const slot = builder.openResource();
  span(builder, slot, 'a');
  span(builder, slot, 'b');
  expect(segments).toEqual([]);
  builder.resourceAttribute(slot, builder.textOf('service.name'), VALUE_STRING, builder.textOf('late'));
  builder.closeResource(slot);
  expect(segments.map(servicesOf)).toEqual([['late', 'late']]);
});

test('a resource that is repeated goes on over several segments', () => {
  const { builder, segments } = builderOf(3);
  const cart = builder.openResource();
  builder.resourceAttribute(cart, builder.textOf('service.name'), VALUE_STRING, builder.textOf('cart'));
  builder.closeResource(cart);
  span(builder, cart, 'a');
  const pay = builder.openResource();
  builder.resourceAttribute(pay, builder.textOf('service.name'), VALUE_STRING, builder.textOf('pay'));
  builder.closeResource(pay);
  span(builder, pay, 'b');
  builder.repeatResource(cart);
  for (const name of ['c', 'd', 'e']) span(builder, cart, name);
  builder.finish();
  expect(segments.map(servicesOf)).toEqual([
    ['cart', 'pay', 'cart'],
    ['cart', 'cart'],
  ]);
  expect(segments[0].resources.starts).toHaveLength(3);
});

test('equal resources become one row', () => {
  const { builder, segments } = builderOf(10);
  for (const name of ['cart', 'pay', 'cart']) {
    const slot = builder.openResource();
    builder.resourceAttribute(slot, builder.textOf('service.name'), VALUE_STRING, builder.textOf(name));
    builder.closeResource(slot);
    span(builder, slot, 'x');
  }
  builder.finish();
  expect(Array.from(segments[0].spanResources)).toEqual([0, 1, 0]);
});

test('a discarded span leaves nothing behind', () => {
  const { builder, segments } = builderOf(10);
  const key = builder.textOf('k');
  const slot = builder.openResource();
  builder.closeResource(slot);
  span(builder, slot, 'kept');
  builder.openSpan(slot, 0);
  builder.attribute(key, VALUE_STRING, key);
  builder.event(key, 1, 2);
  builder.eventAttribute(key, VALUE_STRING, key);
  builder.event(key, 1, 2);
  builder.link(1, 2, 3, 4, 5, 6);
  builder.discardSpan();
  span(builder, slot, 'kept too');
  builder.finish();
  const [segment] = segments;
  expect(segment.spanCount).toBe(2);
  expect([...segment.attributes.values, ...segment.eventNames, ...segment.linkIds]).toEqual([]);
  expect([...segment.attributes.starts]).toEqual([0, 0, 0]);
  expect([...segment.eventAttributes.starts]).toEqual([0]);
});

test('an end before the start is kept as no time at all, and marked', () => {
  const { builder, segments } = builderOf(10);
  const slot = builder.openResource();
  builder.closeResource(slot);
  builder.openSpan(slot, 0);
  builder.startUnixNano(10, 5);
  builder.endUnixNano(9, 5);
  builder.closeSpan();
  builder.finish();
  expect([segments[0].durations[0], segments[0].flags[0] >> 6]).toEqual([0, 1]);
});

test('every buffer of a segment is transferred, and has its exact size', () => {
  const { builder, segments } = builderOf(10);
  const slot = builder.openResource();
  builder.closeResource(slot);
  span(builder, slot, 'a');
  builder.finish();
  const buffers = segmentTransferables(segments[0]);
  expect(new Set(buffers).size).toBe(buffers.length);
  expect(segmentBytes(segments[0])).toBe(buffers.reduce((sum, { byteLength }) => sum + byteLength, 0));
  expect(segments[0].starts.buffer.byteLength).toBe(8);
  expect(segments[0].names.buffer.byteLength).toBe(1);
});

test('a trace id stands there once for spans that follow each other', () => {
  const { builder, segments } = builderOf(4);
  const slot = builder.openResource();
  builder.closeResource(slot);
  for (const trace of [7, 7, 8, 7, 7]) {
    builder.openSpan(slot, 0);
    builder.traceId(1, 2, 3, trace);
    builder.closeSpan();
  }
  builder.finish();
  expect(segments.map(({ traces }) => [...traces])).toEqual([[0, 0, 1, 2], [0]]);
  expect(segments.map(({ traceIds }) => [...traceIds].filter((_, i) => i % 4 === 3))).toEqual([
    [7, 8, 7],
    [7],
  ]);
});
