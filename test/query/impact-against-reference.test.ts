/** Hops, fates and completeness: the engine against a naive walk over plain requests, and their sums. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Filter } from '../../src/model/answers.ts';
import { FATES } from '../../src/model/answers-impact.ts';
import type { HopNode } from '../../src/model/answers-impact.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import { describeCompleteness } from '../../src/query/completeness.ts';
import { describeFates } from '../../src/query/fates.ts';
import { describeHops } from '../../src/query/hops.ts';
import { NO_FILTER } from '../reference/backtrace.ts';
import * as fateReference from '../reference/fates.ts';
import * as hopReference from '../reference/hops.ts';
import { assemble } from '../reference/requests.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { spanSets } from '../support/trace-generator.ts';

const RUNS = { numRuns: 200 };

const everything = (service: ServiceRef) => ({ service, endpoint: null, instance: null });

const instants = fc.bigInt({ min: 1_699_999_999_000_000_000n, max: 1_700_000_003_000_000_000n });
const filters: fc.Arbitrary<Filter> = fc.record({
  timeframe: fc.record({
    from: fc.option(instants, { nil: null, freq: 1 }),
    to: fc.option(instants, { nil: null, freq: 1 }),
  }),
  chains: fc.constant([]),
  where: fc.constant(null),
  zones: fc.constant([]),
});

const COUNTS = ['calleeFailed', 'calleeFailedCallerFailed', 'calleeFine', 'calleeFineCallerFailed'] as const;

function counts(hop: Readonly<Record<(typeof COUNTS)[number], number>> | null) {
  return hop && COUNTS.map((name) => hop[name]);
}

function plain(node: HopNode | hopReference.ReferenceHopNode): unknown {
  return [node.service, counts(node.hop), node.callers.map(plain)];
}

describe('hops', () => {
  test('have the naive tables at every node, in the order of the backtrace, and for every pair', () => {
    fc.assert(
      fc.property(spanSets, filters, (spans, filter) => {
        const { requests } = assembleSpans(spans);
        const data = assemble(spans);
        for (const service of requests.services) {
          const ours = describeHops(requests, everything(service), filter);
          const expected = hopReference.hops(data, everything(service), filter);
          expect(plain(ours.root)).toEqual(plain(expected.root));
          expect(ours.hops.length).toBe(expected.pairs.length);
          for (const hop of ours.hops) {
            expect(counts(hop)).toEqual(
              counts(expected.pairs.find((pair) => hopReference.samePair(pair, hop)) ?? null),
            );
          }
        }
      }),
      RUNS,
    );
  });

  test('have an interval around the difference where both sides occur, and none elsewhere', () => {
    fc.assert(
      fc.property(spanSets, (spans) => {
        const { requests } = assembleSpans(spans);
        for (const service of requests.services) {
          for (const hop of describeHops(requests, everything(service), NO_FILTER).hops) {
            const { calleeFailed, calleeFine, difference, interval } = hop;
            expect(interval !== null).toBe(calleeFailed > 0 && calleeFine > 0);
            if (!interval || difference === null) continue;
            expect(interval.low).toBeLessThanOrEqual(difference);
            expect(interval.high).toBeGreaterThanOrEqual(difference);
            expect(interval.low).toBeGreaterThanOrEqual(-1);
            expect(interval.high).toBeLessThanOrEqual(1);
          }
        }
      }),
      RUNS,
    );
  });
});

describe('fates', () => {
  test('are the naive ones, one for each failure, at the same places', () => {
    fc.assert(
      fc.property(spanSets, filters, (spans, filter) => {
        const { requests } = assembleSpans(spans);
        const data = assemble(spans);
        for (const service of requests.services) {
          const ours = describeFates(requests, everything(service), filter);
          const expected = fateReference.fates(data, everything(service), filter);
          expect(ours.failures).toBe(expected.length);
          for (const fate of FATES) {
            expect(ours.counts[fate]).toBe(expected.filter((one) => one.fate === fate).length);
          }
          for (const place of ours.places) {
            const alike = expected.filter(
              ({ fate, at }) =>
                fate === place.fate &&
                at.service.name === place.service.name &&
                at.service.type === place.service.type &&
                (place.endpoint === '' || at.endpoint === place.endpoint),
            );
            expect(place.failures).toBe(alike.length);
          }
          const sum = ours.places.reduce((total, { failures }) => total + failures, 0);
          expect(sum).toBe(ours.failures);
        }
      }),
      RUNS,
    );
  });
});

describe('completeness', () => {
  test('has the naive counts and bounds', () => {
    fc.assert(
      fc.property(spanSets, filters, (spans, filter) => {
        const { requests } = assembleSpans(spans);
        const data = assemble(spans);
        for (const service of requests.services) {
          const ours = describeCompleteness(requests, everything(service), filter);
          expect(ours).toMatchObject(fateReference.bounds(data, everything(service), filter));
          expect(ours.broken.reduce((sum, end) => sum + end.calls, 0)).toBe(ours.callsMissing);
          const { counts } = describeFates(requests, everything(service), filter);
          expect(ours.failuresAtUsers).toEqual({
            low: counts.userAction,
            high: counts.userAction + counts.unknown,
          });
        }
      }),
      RUNS,
    );
  });
});
