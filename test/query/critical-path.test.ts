import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { criticalPath } from '../../src/query/critical-path.ts';

/** Spans as [parent, start, end]; the first is the root. */
function treeOf(spans: readonly (readonly [number, number, number])[]) {
  const children: number[][] = spans.map(() => []);
  spans.forEach(([parent], span) => span > 0 && children[parent].push(span));
  return {
    children,
    starts: Float64Array.from(spans, ([, start]) => start),
    ends: Float64Array.from(spans, ([, , end]) => end),
  };
}

function pathOf(spans: readonly (readonly [number, number, number])[]) {
  return criticalPath(treeOf(spans), 0).map(({ span, from, to }) => `${span}:${from}-${to}`);
}

describe('the critical path', () => {
  test('leads over the child that finished last, and over what had finished before that began', () => {
    // Two sequential calls and one beside the second that finished earlier.
    const spans = [
      [-1, 0, 100],
      [0, 10, 30],
      [0, 40, 90],
      [0, 45, 80],
    ] as const;
    expect(pathOf(spans)).toEqual(['0:0-10', '1:10-30', '0:30-40', '2:40-90', '0:90-100']);
  });

  test('goes down to the deepest span that was waited for', () => {
    const spans = [
      [-1, 0, 10],
      [0, 1, 9],
      [1, 2, 8],
    ] as const;
    expect(pathOf(spans)).toEqual(['0:0-1', '1:1-2', '2:2-8', '1:8-9', '0:9-10']);
  });

  test('cuts off what a child did before its parent began or after it ended', () => {
    const spans = [
      [-1, 10, 20],
      [0, 5, 12],
      [0, 18, 30],
    ] as const;
    expect(pathOf(spans)).toEqual(['1:10-12', '0:12-18', '2:18-20']);
  });

  test('passes over children without a time and those that ran outside of their parent', () => {
    const spans = [
      [-1, 0, 10],
      [0, NaN, NaN],
      [0, 20, 30],
      [0, 5, 5],
    ] as const;
    expect(pathOf(spans)).toEqual(['0:0-10']);
  });

  test('stands a chain that is deeper than the call stack', () => {
    const depth = 100_000;
    const spans = Array.from({ length: depth }, (_, i): [number, number, number] => [
      i - 1,
      i,
      2 * depth - i,
    ]);
    expect(criticalPath(treeOf(spans), 0)).toHaveLength(2 * depth - 1);
  });

  test('covers its root exactly once, whatever the spans are', () => {
    const span = fc.record({ parent: fc.nat(), start: fc.nat(100), length: fc.nat(100) });
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 25 }), (drawn) => {
        const spans = drawn.map(({ parent, start, length }, i): [number, number, number] => [
          i === 0 ? -1 : parent % i,
          start,
          start + length,
        ]);
        const parts = criticalPath(treeOf(spans), 0);
        let at = spans[0][1];
        for (const { span: of, from, to } of parts) {
          expect(from).toBe(at);
          expect(to).toBeGreaterThan(from);
          expect(from).toBeGreaterThanOrEqual(spans[of][1]);
          expect(to).toBeLessThanOrEqual(spans[of][2]);
          at = to;
        }
        expect(at).toBe(spans[0][2]);
      }),
      { numRuns: 1000 },
    );
  });
});
