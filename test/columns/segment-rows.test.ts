import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SegmentReader } from '../../src/columns/segment-reader.ts';
import { segmentOfRows } from '../../src/columns/segment-rows.ts';
import { segmentsOf } from '../support/assemble-spans.ts';
import { spanSets } from '../support/trace-generator.ts';

test('the rows that are picked are the spans that they were', () => {
  const masks = fc.array(fc.boolean(), { minLength: 80, maxLength: 80 });
  fc.assert(
    fc.property(spanSets, masks, (spans, mask) => {
      for (const whole of segmentsOf(spans, 100)) {
        const rows = Uint32Array.from({ length: whole.spanCount }, (_, row) => row).filter(
          (row) => mask[row],
        );
        const picked = new SegmentReader(segmentOfRows(whole, rows));
        const reader = new SegmentReader(whole);
        expect(Array.from(rows, (_, at) => picked.span(at))).toEqual(
          Array.from(rows, (row) => reader.span(row)),
        );
      }
    }),
    { numRuns: 200 },
  );
});
