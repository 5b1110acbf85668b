import { expect, test } from 'vitest';
import { SegmentBuilder } from '../../src/columns/segment-builder.ts';
import { SegmentReader } from '../../src/columns/segment-reader.ts';
import { currentSegment } from '../../src/columns/segment-upgrades.ts';
import type {
  ListedAttributes,
  SegmentOfVersion1,
  SegmentOfVersion2,
} from '../../src/columns/segment-upgrades.ts';
import { COLUMNS_VERSION, type AttributeColumns, type Segment } from '../../src/columns/segment.ts';
import { VALUE_INT, VALUE_STRING } from '../../src/model/sink.ts';
import type { WholeNumbers } from '../../src/util/narrow-numbers.ts';

function segmentOfToday(): Segment {
  const segments: Segment[] = [];
  const builder = new SegmentBuilder((segment) => segments.push(segment));
  const resource = builder.openResource();
  builder.resourceAttribute(resource, builder.textOf('service.name'), VALUE_STRING, builder.textOf('cart'));
  builder.closeResource(resource);
  for (const [name, attributes] of [
    ['two', { 'http.route': '/a', 'http.status': '1' }],
    ['none', {}],
    ['one', { 'http.status': '2' }],
  ] as const) {
    builder.openSpan(resource, 0);
    builder.traceId(1, 2, 3, name === 'one' ? 5 : 4);
    builder.name(builder.textOf(name));
    for (const [key, value] of Object.entries(attributes)) {
      builder.attribute(
        builder.textOf(key),
        key === 'http.status' ? VALUE_INT : VALUE_STRING,
        builder.textOf(value),
      );
    }
    builder.event(builder.textOf('exception'), 1, 2);
    builder.eventAttribute(builder.textOf('exception.type'), VALUE_STRING, builder.textOf(`${name}Error`));
    builder.closeSpan();
  }
  builder.finish();
  return segments[0];
}

/** As version 1 laid attributes out: the key and the type of each beside its value. */
function listed({ shapes, starts, values, shapeStarts, keys, types }: AttributeColumns): ListedAttributes {
  const entries = Array.from(shapes, (shape) => [shapeStarts[shape], shapeStarts[shape + 1]]);
  const ofEntries = (column: WholeNumbers) => entries.flatMap(([from, to]) => [...column.subarray(from, to)]);
  return {
    starts: Uint32Array.from(starts),
    keys: Uint32Array.from(ofEntries(keys)),
    types: Uint8Array.from(ofEntries(types)),
    values: Uint32Array.from(values),
  };
}

/** As versions before 3 laid it out: a trace id for every span. */
function withTraceIds({ traces, ...segment }: Segment): SegmentOfVersion2 {
  const traceIds = Array.from(traces, (at) => [...segment.traceIds.subarray(at * 4, at * 4 + 4)]).flat();
  return { ...segment, columnsVersion: 2, traceIds: Uint32Array.from(traceIds) };
}

const spansOf = (segment: Segment) => [0, 1, 2].map((row) => new SegmentReader(segment).span(row));

test('a segment of version 2 reads as it did', () => {
  const today = segmentOfToday();
  expect([...today.traces]).toEqual([0, 0, 1]);
  const past = withTraceIds(today);
  expect(past.traceIds).toHaveLength(12);
  const upgraded = currentSegment(past);
  expect(upgraded.columnsVersion).toBe(COLUMNS_VERSION);
  expect(spansOf(upgraded)).toEqual(spansOf(today));
});

test('a segment of version 1 reads as it did', () => {
  const today = segmentOfToday();
  const past: SegmentOfVersion1 = {
    ...withTraceIds(today),
    columnsVersion: 1,
    attributes: listed(today.attributes),
    eventAttributes: listed(today.eventAttributes),
    resources: listed(today.resources),
  };
  expect([...past.attributes.keys]).toHaveLength(3);
  const upgraded = currentSegment(past);
  expect(upgraded.columnsVersion).toBe(COLUMNS_VERSION);
  expect(spansOf(upgraded)).toEqual(spansOf(today));
  expect(spansOf(today)[0].attributes.get('http.status')).toEqual({ type: 'int', value: '1' });
});

test('a segment of today is left as it is', () => {
  const today = segmentOfToday();
  expect(currentSegment(today)).toBe(today);
});
