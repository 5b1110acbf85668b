import { expect, test } from 'vitest';
import type { Segment } from '../../src/columns/segment.ts';
import { SegmentsAtHand } from '../../workers/segments-at-hand.ts';

function segmentOf(bytes: number): Segment {
  return { flags: new Uint8Array(bytes) } as unknown as Segment;
}

test('segments are found by their places while there is room for all of them', () => {
  const segments = new SegmentsAtHand(100);
  const [first, second, third] = [50, 50, 1].map(segmentOf);
  segments.add({ file: 0, part: 1, seq: 2 }, first);
  segments.add({ file: 0, part: 12, seq: 0 }, second);
  expect(segments.get({ file: 0, part: 1, seq: 2 })).toBe(first);
  expect(segments.get({ file: 0, part: 12, seq: 0 })).toBe(second);
  expect(segments.get({ file: 0, part: 1, seq: 20 })).toBeNull();
  segments.add({ file: 1, part: 0, seq: 0 }, third);
  expect(segments.get({ file: 0, part: 1, seq: 2 })).toBeNull();
  expect(segments.get({ file: 1, part: 0, seq: 0 })).toBeNull();
});
