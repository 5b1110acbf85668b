/** The causes are those that a naive search finds from the definition (docs/figures.md, Causes). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_CALLER } from '../../src/assembly/request-table.ts';
import type { RequestTable } from '../../src/assembly/request-table.ts';
import { KIND_CONSUMER } from '../../src/model/span.ts';
import { failureCauses } from '../../src/query/failure-causes.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { spanSets } from '../support/trace-generator.ts';
import { spanIdOf, stringValue, trace } from '../support/trace-text.ts';

interface Candidate {
  readonly row: number;
  /** Calls below the request that is explained. */
  readonly depth: number;
}

function startOf({ starts }: RequestTable, row: number): number {
  const start = starts[row * 2] * 2 ** 32 + starts[row * 2 + 1];
  return start === 0 ? Number.POSITIVE_INFINITY : start;
}

/** All failed requests that the failed calls lead down to, itself included. */
function candidates(table: RequestTable, row: number, depth = 0): Candidate[] {
  const below = Array.from({ length: table.count }, (_, each) => each).filter(
    (each) => table.caller[each] === row && table.failed[each] && table.kind[each] !== KIND_CONSUMER,
  );
  return [{ row, depth }, ...below.flatMap((each) => candidates(table, each, depth + 1))];
}

function naiveCause(table: RequestTable, row: number): number {
  const byRule = (a: Candidate, b: Candidate): number => {
    if (a.depth !== b.depth) return b.depth - a.depth;
    const [first, second] = [startOf(table, a.row), startOf(table, b.row)];
    return first === second ? a.row - b.row : first - second;
  };
  return candidates(table, row).toSorted(byRule)[0].row;
}

test('each failed request has the cause that a naive search finds', () => {
  fc.assert(
    fc.property(spanSets, (spans) => {
      const { requests: table } = assembleSpans(spans);
      const causes = failureCauses(table);
      for (let row = 0; row < table.count; row++) {
        if (table.failed[row]) expect(causes[row]).toBe(naiveCause(table, row));
        else expect(causes[row]).toBe(row);
      }
    }),
    { numRuns: 300 },
  );
});

test('a chain of failures deeper than the call stack has its cause at the bottom', () => {
  const [plain] = trace('shop  work  server  error');
  const services = ['shop', 'cart'].map((name) => ({
    attributes: new Map([['service.name', stringValue(name)]]),
  }));
  const idOf = (i: number): string => spanIdOf((i + 1).toString(16));
  const spans = Array.from({ length: 30_000 }, (_, i) => ({
    ...plain,
    spanId: idOf(i),
    parentSpanId: i === 0 ? null : idOf(i - 1),
    resource: services[i % 2],
  }));
  const { requests } = assembleSpans(spans, 10_000);
  expect(requests.caller[0]).toBe(NO_CALLER);
  expect(failureCauses(requests)[0]).toBe(29_999);
});
