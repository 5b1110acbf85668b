import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RequestTable } from '../../src/assembly/request-table.ts';
import { outcomeCases } from '../../src/query/outcome-cases.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { trace } from '../support/trace-text.ts';

const { requests: some } = assembleSpans(trace('shop  call  server'));

/** So many different ones that the cases outgrow their first room. */
const outcomes = fc.tuple(
  fc.nat(40),
  fc.nat(3),
  fc.nat(15),
  fc.constantFrom(0, 200, 404, 500),
  fc.nat(5),
  fc.nat(1),
  fc.nat(2),
);

function tableOf(all: readonly (readonly number[])[]): RequestTable {
  const column = (at: number) => all.map((outcome) => outcome[at]);
  return {
    ...some,
    count: all.length,
    span: new Uint32Array(all.length),
    endpoint: Uint32Array.from(column(0)),
    service: Uint32Array.from(column(1)),
    status: Uint8Array.from(column(2)),
    httpStatus: Uint16Array.from(column(3)),
    grpcStatus: Uint8Array.from(column(4)),
    exception: Uint32Array.from(column(5)),
    message: Uint32Array.from(column(6)),
  };
}

test('requests are of one case if they are alike in all that rules read', () => {
  let most = 0;
  fc.assert(
    fc.property(fc.array(outcomes, { maxLength: 4000, size: 'max' }), (all) => {
      const { caseOf, rows } = outcomeCases(tableOf(all));
      const texts = all.map((outcome) => outcome.join());
      expect(rows.length).toBe(new Set(texts).size);
      expect(Array.from(caseOf, (number) => texts[rows[number]])).toEqual(texts);
      most = Math.max(most, rows.length);
    }),
    { numRuns: 30 },
  );
  expect(most).toBeGreaterThan(1000);
});
