import { expect, test } from 'vitest';
import { SegmentReader } from '../../src/columns/segment-reader.ts';
import { segmentBytes } from '../../src/columns/segment.ts';
import { SpanSource } from '../../src/columns/span-source.ts';
import type { SegmentPlace } from '../../src/columns/span-source.ts';
import { segmentsOf } from '../support/assemble-spans.ts';
import { trace } from '../support/trace-text.ts';

const SPANS = trace(Array.from({ length: 25 }, (_, i) => `shop  span ${i}`).join('\n'));
/** Five segments of five spans; the last file is in two parts. */
const SEGMENTS = segmentsOf(SPANS, 5);
const PLACES: readonly SegmentPlace[] = [
  { file: 0, part: 0, seq: 0 },
  { file: 0, part: 0, seq: 1 },
  { file: 1, part: 0, seq: 0 },
  { file: 2, part: 0, seq: 0 },
  { file: 2, part: 1, seq: 0 },
];

/** `keptBytes`: of the segments that stay once they are loaded. */
function sourceOf(failing: Set<number> = new Set(), keptBytes = 0) {
  const loads: number[] = [];
  const directory = Uint32Array.from(PLACES.flatMap(({ file, part, seq }) => [file, part, seq, 5]));
  const source = new SpanSource(
    directory,
    async (place) => {
      const number = PLACES.findIndex((one) => JSON.stringify(one) === JSON.stringify(place));
      loads.push(number);
      if (failing.has(number)) throw new Error('gone');
      return SEGMENTS[number];
    },
    keptBytes,
  );
  return { source, loads };
}

test('every record number leads to its span', async () => {
  const { source } = sourceOf();
  for (let record = 0; record < SPANS.length; record++) {
    const { segment, firstRecord } = await source.segment(source.segmentOf(record));
    expect(new SegmentReader(segment).span(record - firstRecord).name).toBe(`span ${record}`);
  }
});

test('only the segments that are asked for are loaded, and the ones used last are held', async () => {
  const { source, loads } = sourceOf();
  for (const number of [0, 1, 2, 0, 3]) await source.segment(number);
  expect(loads).toEqual([0, 1, 2, 3]);
  await source.segment(0);
  await source.segment(1);
  expect(loads).toEqual([0, 1, 2, 3, 1]);
});

test('the first segments stay as far as there is room, the others pass by', async () => {
  const room = segmentBytes(SEGMENTS[0]) + segmentBytes(SEGMENTS[1]);
  const { source, loads } = sourceOf(new Set(), room);
  const all = [0, 1, 2, 3, 4];
  for (let round = 0; round < 2; round++) for (const number of all) await source.segment(number);
  expect(loads.filter((number) => number < 2)).toEqual([0, 1]);
  // Room for three is not enough for these and what came between.
  for (const number of [0, 1]) await source.segment(number);
  expect(loads.filter((number) => number < 2)).toEqual([0, 1]);
});

test('two questions at once load a segment once', async () => {
  const { source, loads } = sourceOf();
  await Promise.all([source.segment(2), source.segment(2)]);
  expect(loads).toEqual([2]);
});

test('a segment that could not be loaded is tried again', async () => {
  const failing = new Set([1]);
  const { source } = sourceOf(failing);
  await expect(source.segment(1)).rejects.toThrow('gone');
  failing.clear();
  expect((await source.segment(1)).firstRecord).toBe(5);
});
