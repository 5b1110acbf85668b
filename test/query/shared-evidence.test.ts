/** The numbers of requests on both sides of a comparison, and on side b of another dataset, open as many. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Filter, Target } from '../../src/model/answers.ts';
import { compareBacktraces } from '../../src/query/compare.ts';
import { listEvidence } from '../../src/query/evidence.ts';
import { answer } from '../../src/query/questions.ts';
import { NO_FILTER } from '../reference/backtrace.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { spanSets } from '../support/trace-generator.ts';

const RUNS = { numRuns: 100 };
const PAGE = { sort: 'start', descending: false, offset: 0, limit: 1000 } as const;
const instants = fc.bigInt({ min: 1_699_999_999_000_000_000n, max: 1_700_000_003_000_000_000n });

test('the requests on both sides of a comparison are as many as it says', () => {
  fc.assert(
    fc.property(spanSets, fc.nat(), instants, (spans, pick, from) => {
      const { requests: table } = assembleSpans(spans);
      if (table.count === 0) return;
      const target: Target = {
        service: table.services[table.service[pick % table.count]],
        endpoint: null,
        instance: null,
      };
      const later: Filter = { ...NO_FILTER, timeframe: { from, to: null } };
      const sides = [
        { table, target, filter: NO_FILTER },
        { table, target, filter: later },
      ] as const;
      const selection = {
        place: { kind: 'node', path: [target.service] },
        count: 'calls',
        side: 'both',
      } as const;
      for (const [a, b] of [sides, sides.toReversed()]) {
        const { total } = listEvidence(table, a.target, a.filter, selection, PAGE, { other: b });
        expect(total).toBe(compareBacktraces(a, b).overlap);
      }
    }),
    RUNS,
  );
});

test('side b of another dataset is listed from that one', async () => {
  await fc.assert(
    fc.asyncProperty(spanSets, spanSets, fc.nat(), async (own, others, pick) => {
      const { requests: table } = assembleSpans(own);
      const { requests: second } = assembleSpans(others);
      if (second.count === 0) return;
      const target: Target = {
        service: second.services[second.service[pick % second.count]],
        endpoint: null,
        instance: null,
      };
      const load = () => Promise.reject(new Error('no span is needed'));
      const context = { load, rules: null, second: { requests: second, load } };
      const other = { target, filter: NO_FILTER, dataset: 2 };
      const compared = await answer(table, 'compare', { target, filter: NO_FILTER, other }, context);
      const place = { kind: 'node', path: [target.service] } as const;
      const selection = { place, count: 'calls', side: 'b' } as const;
      const params = { target, filter: NO_FILTER, selection, page: PAGE, dataset: 2 };
      const { total, rows } = await answer(table, 'evidence', params, context);
      expect(total).toBe(compared.b.requests);
      expect(rows.every(({ service }) => service.name === target.service.name)).toBe(true);
    }),
    RUNS,
  );
});
