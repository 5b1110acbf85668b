/** Failure rules: the engine against a naive reading from the spans, and what a change of rules shows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RequestTable } from '../../src/assembly/request-table.ts';
import { decideCalls, decideEach } from '../../src/failure/decide-each.ts';
import { EVERYWHERE, HEADWATER_RULES } from '../../src/failure/rulesets.ts';
import type { Ruleset } from '../../src/model/ruleset.ts';
import type { EvidenceSelection } from '../../src/model/answers-evidence.ts';
import { backtrace } from '../../src/query/backtrace.ts';
import { answer } from '../../src/query/questions.ts';
import { previewChange } from '../../src/query/rules-preview.ts';
import { withRules } from '../../src/query/with-rules.ts';
import { NO_FILTER } from '../reference/backtrace.ts';
import { assemble } from '../reference/requests.ts';
import type { Request } from '../reference/requests.ts';
import { callFailsUnder, reasonUnder } from '../reference/rulesets.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { rulesets } from '../support/ruleset-generator.ts';
import { spanSets } from '../support/trace-generator.ts';

const RUNS = { numRuns: 200 };

/** One line a request: what rules could get wrong. */
function lines(table: RequestTable): string[] {
  return Array.from({ length: table.count }, (_, row) => {
    const { name, type } = table.services[table.service[row]];
    const reason = table.failed[row] ? table.texts[table.reason[row]] : null;
    return JSON.stringify([name, type, table.texts[table.endpoint[row]], table.durations[row], reason]);
  }).toSorted();
}

function expectedLines(requests: readonly Request[], ruleset: Ruleset): string[] {
  return requests
    .map((request) => {
      const { name, type } = request.service;
      return JSON.stringify([
        name,
        type,
        request.endpoint,
        request.durationNs,
        reasonUnder(request, ruleset),
      ]);
    })
    .toSorted();
}

describe('failure rules', () => {
  test('decide and give reasons as read from the spans', () => {
    fc.assert(
      fc.property(spanSets, rulesets, (spans, ruleset) => {
        const { requests } = assembleSpans(spans);
        expect(lines(withRules(requests, ruleset))).toEqual(expectedLines(assemble(spans).requests, ruleset));
      }),
      RUNS,
    );
  });

  test('by default decide what the assembled table holds', () => {
    fc.assert(
      fc.property(spanSets, (spans) => {
        const { requests } = assembleSpans(spans);
        const rows = Uint32Array.from(requests.failed.keys());
        expect(decideEach(requests, rows, HEADWATER_RULES)).toEqual(requests.failed);
        const aimless: Ruleset = {
          ...HEADWATER_RULES,
          rules: [{ kind: 'exception', scope: EVERYWHERE, text: 'none has this', verdict: 'failure' }],
        };
        expect(lines(withRules(requests, aimless))).toEqual(lines(requests));
      }),
      RUNS,
    );
  });

  test('decide on the caller’s view of a request', () => {
    fc.assert(
      fc.property(spanSets, rulesets, (spans, ruleset) => {
        const { requests } = assembleSpans(spans);
        const views = decideCalls(requests, ruleset);
        const expected = assemble(spans).requests.map((request) => {
          if (request.inferred) return 0;
          const { parent, linked } = request.opening;
          const call = parent ?? linked;
          const isApplication = request.service.type === 'application';
          if (!call || call.kind !== 3 || isApplication) return 0;
          return callFailsUnder(request, call, ruleset) ? 2 : 1;
        });
        expect([...views]).toEqual(expected);
      }),
      RUNS,
    );
  });

  test('give tables that every question takes', () => {
    fc.assert(
      fc.property(spanSets, rulesets, (spans, ruleset) => {
        const ruled = withRules(assembleSpans(spans).requests, ruleset);
        for (const service of ruled.services) {
          const { root } = backtrace(ruled, { service, endpoint: null, instance: null }, NO_FILTER);
          const own = [...ruled.service.keys()].filter(
            (row) => ruled.services[ruled.service[row]] === service,
          );
          expect(root.failedRequests).toBe(own.filter((row) => ruled.failed[row]).length);
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('the preview of a change of rules', () => {
  test('counts what each service and reason gains and loses', () => {
    fc.assert(
      fc.property(spanSets, rulesets, rulesets, (spans, before, after) => {
        const { requests } = assembleSpans(spans);
        const preview = previewChange(requests, before, after);
        const naive = assemble(spans).requests.map((request) => ({
          was: reasonUnder(request, before) !== null,
          becomes: reasonUnder(request, after) !== null,
          service: request.service,
        }));
        const count = (test: (one: (typeof naive)[number]) => boolean): number => naive.filter(test).length;
        expect(preview.requests).toBe(naive.length);
        expect(preview.failedBefore).toBe(count(({ was }) => was));
        expect(preview.failedAfter).toBe(count(({ becomes }) => becomes));
        expect(preview.becameFailed).toBe(count(({ was, becomes }) => !was && becomes));
        expect(preview.becameFine).toBe(count(({ was, becomes }) => was && !becomes));
        for (const { service, becameFailed, becameFine } of preview.services) {
          const isOwn = (one: { service: typeof service }): boolean =>
            one.service.name === service.name && one.service.type === service.type;
          expect(becameFailed).toBe(count((one) => isOwn(one) && !one.was && one.becomes));
          expect(becameFine).toBe(count((one) => isOwn(one) && one.was && !one.becomes));
        }
        const changed = preview.reasons.reduce((sum, reason) => sum + reason.requests, 0);
        expect(changed).toBe(preview.becameFailed + preview.becameFine);
      }),
      { numRuns: 200 },
    );
  });

  test('opens the requests behind each number, whatever the rules in force', async () => {
    const counts = ['requests', 'failedBefore', 'failedAfter', 'becameFailed', 'becameFine'] as const;
    let changed = 0;
    await fc.assert(
      fc.asyncProperty(spanSets, rulesets, rulesets, async (spans, before, after) => {
        const { requests: table } = assembleSpans(spans);
        const total = async (
          change: (typeof counts)[number],
          of: Pick<EvidenceSelection, 'service' | 'reason'> = {},
        ): Promise<number> => {
          const place = { kind: 'rules', after, change } as const;
          const params = {
            target: null,
            filter: NO_FILTER,
            selection: { place, count: 'requests', ...of } as const,
            page: { sort: 'start', descending: false, offset: 0, limit: 0 } as const,
          };
          const load = () => Promise.reject(new Error('no span is needed'));
          return (await answer(table, 'evidence', params, { load, rules: before, second: null })).total;
        };
        const preview = previewChange(table, before, after);
        for (const count of counts) expect(await total(count)).toBe(preview[count]);
        for (const { service, ...figures } of preview.services)
          for (const count of counts) expect(await total(count, { service })).toBe(figures[count]);
        for (const { service, reason, becomes, requests } of preview.reasons) {
          const change = becomes === 'failed' ? 'becameFailed' : 'becameFine';
          expect(await total(change, { service, reason })).toBe(requests);
          changed++;
        }
      }),
      { numRuns: 150 },
    );
    expect(changed).toBeGreaterThan(20);
  });
});
