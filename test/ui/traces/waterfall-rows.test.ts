import { describe, expect, test } from 'vitest';
import type { TraceSpan } from '../../../src/model/answers-spans.ts';
import { placeInTime, timeTicks } from '../../../src/ui/traces/trace-figures.ts';
import { moveForKey, sideMove, visibleSpans, withRevealed } from '../../../src/ui/traces/waterfall-rows.ts';

/** Spans by depth; the parent is the last one above of a smaller depth. */
function spansOf(...depths: number[]): TraceSpan[] {
  return depths.map((depth, at) => {
    const parent = depths.slice(0, at).findLastIndex((above) => above < depth);
    return { depth, parent: parent < 0 ? null : parent } as TraceSpan;
  });
}

//  0
//    1
//      2
//    1
//  0
const SPANS = spansOf(0, 1, 2, 1, 0);
const places = (closed: number[]) => visibleSpans(SPANS, new Set(closed)).map(({ at }) => at);

describe('the spans that are drawn', () => {
  test('are all while none is closed, and not those below a closed one', () => {
    expect(places([])).toEqual([0, 1, 2, 3, 4]);
    expect(places([1])).toEqual([0, 1, 3, 4]);
    expect(places([0, 1])).toEqual([0, 4]);
  });

  test('a span without children cannot be closed', () => {
    expect(places([2, 3, 4])).toEqual([0, 1, 2, 3, 4]);
    expect(visibleSpans(SPANS, new Set([4])).at(-1)).toMatchObject({ expandable: false, expanded: false });
  });

  test('revealing one opens all above it and nothing else', () => {
    expect([...withRevealed(SPANS, new Set([0, 1, 4]), 2)]).toEqual([4]);
  });
});

describe('keys', () => {
  const entries = visibleSpans(SPANS, new Set([1]));

  test('move among the visible spans and stop at the ends', () => {
    expect(moveForKey('ArrowDown', entries, 1, 10)).toEqual({ kind: 'go', place: 2 });
    expect(moveForKey('ArrowUp', entries, 0, 10)).toEqual({ kind: 'go', place: 0 });
    expect(moveForKey('PageDown', entries, 0, 10)).toEqual({ kind: 'go', place: 3 });
    expect(moveForKey('x', entries, 0, 10)).toBeNull();
  });

  test('open and close, and go to children and parents', () => {
    expect(sideMove('ArrowRight', SPANS, entries, 1)).toEqual({ kind: 'toggle', at: 1 });
    expect(sideMove('ArrowRight', SPANS, entries, 0)).toEqual({ kind: 'go', place: 1 });
    expect(sideMove('ArrowLeft', SPANS, entries, 0)).toEqual({ kind: 'toggle', at: 0 });
    expect(sideMove('ArrowLeft', SPANS, entries, 2)).toEqual({ kind: 'go', place: 0 });
    expect(sideMove('ArrowLeft', SPANS, entries, 3)).toBeNull();
  });
});

test('ticks are round and within the duration', () => {
  expect(timeTicks(100)).toEqual([0, 20, 40, 60, 80]);
  expect(timeTicks(7)).toEqual([0, 2, 4, 6]);
  expect(timeTicks(0)).toEqual([0]);
});

test('a bar never leaves the drawing', () => {
  expect(placeInTime(90, 20, 100)).toEqual({ left: 0.9, width: expect.closeTo(0.1) });
  expect(placeInTime(0, 0, 0)).toEqual({ left: 0, width: 1 });
});
