import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText } from '../../src/columns/text-pool.ts';
import { forEachAttribute } from '../../src/query/shaped-attributes.ts';
import { scanSpans } from '../../src/query/span-scan.ts';
import { textOf } from '../reference/attributes.ts';
import { assemble } from '../reference/requests.ts';
import { spanData } from '../support/span-data.ts';
import { spanSets } from '../support/trace-generator.ts';

test('the records of a scan hold the attributes of each request, the first of a key wins', async () => {
  let completed = 0;
  await fc.assert(
    fc.asyncProperty(spanSets, fc.integer({ min: 1, max: 9 }), async (spans, spansPerSegment) => {
      const data = spanData(spans, spansPerSegment);
      const openings = new Map(assemble(spans).requests.map(({ opening }) => [opening.order, opening]));
      const requests = Uint32Array.from(data.table.span.keys()).reverse();
      const scan = scanSpans(data, requests);
      const found = Array.from(requests, () => new Map<string, string>());
      for await (const { part, rows, places, later } of scan.segments()) {
        rows.forEach((row, at) => {
          const attributes = found[places[at]];
          forEachAttribute(part.attributes, row, (key, value) => {
            const name = decodeText(part.texts, key);
            if (!attributes.has(name)) attributes.set(name, decodeText(part.texts, value));
          });
          if (later[at]) expect(scan.completed[places[at]]).toBe(1);
          completed += later[at];
        });
      }
      requests.forEach((request, place) => {
        const expected = [...(openings.get(data.table.span[request])?.attributes ?? [])];
        expect(found[place]).toEqual(new Map(expected.map(([key, value]) => [key, textOf(value)])));
      });
    }),
    { numRuns: 300 },
  );
  expect(completed).toBeGreaterThan(0);
});
