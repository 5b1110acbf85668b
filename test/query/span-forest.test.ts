import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadForest } from '../../src/query/span-forest.ts';
import { assemble } from '../reference/requests.ts';
import { spanData } from '../support/span-data.ts';
import { spanSets } from '../support/trace-generator.ts';

const RUNS = { numRuns: 200 };

test('every span is part of the request that the naive reference puts it into', async () => {
  await fc.assert(
    fc.asyncProperty(spanSets, fc.integer({ min: 1, max: 9 }), async (spans, perSegment) => {
      const data = spanData(spans, perSegment);
      const everything = Uint32Array.from(spans, (_, record) => record);
      const forest = await loadForest(data, everything);
      const { table } = data;
      const ours = Array.from(forest.tree.order)
        .toSorted((a, b) => a - b)
        .map((row) => {
          const { name, spanId } = forest.spanAt(row);
          const request = forest.requestOf[row];
          return { spanId, name, endpoint: table.texts[table.endpoint[request]] };
        });
      const expected = [...assemble(spans).requestOf].map(([span, request]) => ({
        spanId: span.spanId,
        name: span.name,
        endpoint: request.endpoint,
      }));
      const sorted = (rows: typeof ours) => rows.map((row) => JSON.stringify(row)).toSorted();
      expect(sorted(ours)).toEqual(sorted(expected));
    }),
    RUNS,
  );
});

test('a span that came in several records is completed as the naive reference does it', async () => {
  await fc.assert(
    fc.asyncProperty(spanSets, async (spans) => {
      const forest = await loadForest(
        spanData(spans),
        Uint32Array.from(spans, (_, record) => record),
      );
      const fieldsOf = (span: { spanId: string; kind: number; status: number; statusMessage: string }) =>
        JSON.stringify([span.spanId, span.kind, span.status, span.statusMessage]);
      const ours = Array.from(forest.tree.order, (row) => fieldsOf(forest.spanAt(row)));
      const expected = [...assemble(spans).requestOf.keys()].map(fieldsOf);
      expect(ours.toSorted()).toEqual(expected.toSorted());
    }),
    RUNS,
  );
});
