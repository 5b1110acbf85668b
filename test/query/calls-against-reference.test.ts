/** Retries and disagreement: the engine against a naive search over plain requests. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Filter, Target } from '../../src/model/answers.ts';
import { AGREEMENTS, OPERATIONS } from '../../src/model/answers-evidence.ts';
import type { EvidenceSelection } from '../../src/model/answers-evidence.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import type { Span } from '../../src/model/span.ts';
import { describeDisagreement } from '../../src/query/disagreement.ts';
import { listEvidence } from '../../src/query/evidence.ts';
import { describeRetries } from '../../src/query/retries.ts';
import { NO_FILTER } from '../reference/backtrace.ts';
import { operations, views } from '../reference/calls.ts';
import { assemble } from '../reference/requests.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { spanSets } from '../support/trace-generator.ts';

const RUNS = { numRuns: 150 };
const everything = (service: ServiceRef): Target => ({ service, endpoint: null, instance: null });

const attempt = fc.record({
  caller: fc.nat(1),
  endpoint: fc.constantFrom('GET', 'PUT'),
  startMs: fc.nat(12),
  durationMs: fc.nat(4),
  failed: fc.boolean(),
  timeless: fc.constantFrom(false, false, false, true),
});

/** Two requests of one service that make calls to another one, a few of them close together. */
const retrySets: fc.Arbitrary<Span[]> = fc.array(attempt, { minLength: 1, maxLength: 12 }).map((attempts) => [
  ...[0, 1].map((caller): Span => ({ ...blank, spanId: id(caller + 1), resource: named('caller'), kind: 2 })),
  ...attempts.map((one, i): Span => ({
    ...blank,
    spanId: id(10 + i),
    parentSpanId: id(one.caller + 1),
    resource: named('callee'),
    kind: 2,
    name: one.endpoint,
    status: one.failed ? 2 : 0,
    startUnixNano: one.timeless ? null : START + BigInt(one.startMs) * 1_000_000n,
    durationNs: one.durationMs * 1_000_000,
  })),
]);

const START = 1_700_000_000_000_000_000n;
const id = (number: number): string => number.toString(16).padStart(16, '0');
const named = (name: string): Span['resource'] => ({
  attributes: new Map([['service.name', { type: 'string', value: name }]]),
});
const blank: Omit<Span, 'resource' | 'spanId'> = {
  traceId: '1'.padStart(32, '0'),
  parentSpanId: null,
  name: 'work',
  kind: 0,
  startUnixNano: START,
  durationNs: 0,
  status: 0,
  statusMessage: '',
  shared: false,
  scope: { name: '', version: '' },
  attributes: new Map(),
  events: [],
  links: [],
};

function total(
  table: ReturnType<typeof assembleSpans>['requests'],
  target: Target,
  more: Partial<EvidenceSelection>,
): number {
  const selection: EvidenceSelection = {
    place: { kind: 'node', path: [target.service] },
    count: 'calls',
    ...more,
  };
  const page = { sort: 'start' as const, descending: false, offset: 0, limit: 0 };
  return listEvidence(table, target, NO_FILTER, selection, page).total;
}

describe('retries', () => {
  test.each([
    ['of hostile traces', spanSets],
    ['of requests that make many calls', retrySets],
  ])('%s are the naive ones, and each number opens as many requests', (_, sets) => {
    fc.assert(
      fc.property(sets, (spans) => {
        const { requests: table } = assembleSpans(spans);
        const data = assemble(spans);
        const filter: Filter = NO_FILTER;
        for (const service of table.services) {
          const target = everything(service);
          const ours = describeRetries(table, target, filter);
          const expected = operations(data, target, filter);
          const retried = expected.filter((attempts) => attempts.length > 1);
          const hasFailed = (attempts: (typeof expected)[number]): boolean =>
            attempts.at(-1)?.failed === true;
          expect(ours).toMatchObject({
            operations: expected.length,
            attempts: expected.flat().length,
            retried: retried.length,
            recovered: retried.filter((attempts) => !hasFailed(attempts)).length,
            exhausted: retried.filter(hasFailed).length,
            notRetried: expected.filter((attempts) => attempts.length === 1 && hasFailed(attempts)).length,
            mostAttempts: Math.max(0, ...expected.map((attempts) => attempts.length)),
          });
          for (const row of ours.byAttempts) {
            const alike = expected.filter((attempts) => attempts.length === row.attempts);
            expect(row.operations).toBe(alike.length);
          }
          for (const row of ours.rows) {
            const alike = expected.filter(
              ([first]) =>
                first.endpoint === row.endpoint &&
                first.caller?.service.name === row.caller.name &&
                first.caller.service.type === row.caller.type,
            );
            expect(row.operations).toBe(alike.length);
            expect(row.retried).toBe(alike.filter((attempts) => attempts.length > 1).length);
            const of = { calledBy: row.caller, endpoint: row.endpoint };
            expect(total(table, target, of)).toBe(row.attempts);
            for (const operation of OPERATIONS) {
              if (operation === 'withoutCaller') continue;
              expect(total(table, target, { ...of, operation })).toBe(row[operation]);
            }
          }
          for (const operation of OPERATIONS) {
            expect(total(table, target, { operation })).toBe(ours[operation]);
          }
        }
      }),
      RUNS,
    );
  });
});

describe('disagreement', () => {
  test('is the naive one, and each number opens as many requests', () => {
    fc.assert(
      fc.property(spanSets, (spans) => {
        const { requests: table } = assembleSpans(spans);
        const data = assemble(spans);
        for (const service of table.services) {
          const target = everything(service);
          const ours = describeDisagreement(table, target, NO_FILTER);
          const expected = views(data, target, NO_FILTER);
          const count = (caller: boolean, own: boolean): number =>
            expected.filter((view) => view.callerFailed === caller && view.request.failed === own).length;
          expect(ours).toMatchObject({
            bothFine: count(false, false),
            bothFailed: count(true, true),
            callerOnly: count(true, false),
            serviceOnly: count(false, true),
            callerOnlyBy4xx: expected.filter(
              (view) => view.shared4xx && view.callerFailed && !view.request.failed,
            ).length,
            withoutView: total(table, target, {}) - expected.length,
          });
          const listed = ours.statuses.reduce((sum, { requests }) => sum + requests, 0);
          expect(listed).toBe(ours.callerOnly + ours.serviceOnly);
          const shown = { ...ours, agreed: ours.bothFine + ours.bothFailed };
          for (const agreement of AGREEMENTS) {
            expect(total(table, target, { agreement })).toBe(shown[agreement]);
          }
          for (const row of ours.rows) {
            const of = { calledBy: row.caller, endpoint: row.endpoint };
            for (const agreement of AGREEMENTS) {
              if (agreement === 'agreed' || agreement === 'withoutView') continue;
              expect(total(table, target, { ...of, agreement })).toBe(row[agreement]);
            }
          }
        }
      }),
      RUNS,
    );
  });
});
