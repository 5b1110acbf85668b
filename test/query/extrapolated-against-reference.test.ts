/** Estimates of the whole (SEMANTICS §9): the engine against the naive reference, and what is in the data beside them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RequestTable } from '../../src/assembly/request-table.ts';
import { EVERYTHING } from '../../src/model/answers.ts';
import type { BacktraceNode, Filter, NodeFigures, Target } from '../../src/model/answers.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import { answer } from '../../src/query/questions.ts';
import type { QuestionName, Questions } from '../../src/query/questions.ts';
import { matches } from '../reference/backtrace.ts';
import { estimate, estimatedNodes, estimatedTimes } from '../reference/extrapolated.ts';
import type { EstimatedNode } from '../reference/extrapolated.ts';
import { groupBy } from '../reference/group.ts';
import { assemble } from '../reference/requests.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { sampled } from '../support/sampled-spans.ts';
import { spanSets } from '../support/trace-generator.ts';

const RUNS = { numRuns: 200 };
const ESTIMATED: Filter = { ...EVERYTHING, extrapolated: true };
const everything = (service: ServiceRef): Target => ({ service, endpoint: null, instance: null });
const instants = fc.bigInt({ min: 1_699_999_999_000_000_000n, max: 1_700_000_000_030_000_000n });
const timeframes = fc.record({ from: fc.option(instants, { nil: null }), to: fc.constant(null) });

function ask<Q extends QuestionName>(
  table: RequestTable,
  question: Q,
  params: Questions[Q]['params'],
): Promise<Questions[Q]['answer']> {
  const load = () => Promise.reject(new Error('No segment is needed.'));
  return answer(table, question, params, { load, rules: null, second: null });
}

function expectNumbers(ours: object, theirs: object): void {
  for (const [key, expected] of Object.entries(theirs) as [string, unknown][]) {
    const value: unknown = Reflect.get(ours, key);
    if (typeof expected === 'number')
      expect(Number(value) / (expected || 1), key).toBeCloseTo(expected === 0 ? 0 : 1, 9);
    else expectNumbers(value as object, expected as object);
  }
}

function nodesOf(root: BacktraceNode): Map<string, BacktraceNode> {
  const found = new Map<string, BacktraceNode>();
  const visit = (node: BacktraceNode, path: readonly ServiceRef[]): void => {
    found.set(JSON.stringify(path.map(({ name, type }) => [name, type])), node);
    for (const caller of node.callers) visit(caller, [...path, caller.service]);
  };
  visit(root, [root.service]);
  return found;
}

const countsOf = ({ calls, failedCalls, requests, failedRequests }: NodeFigures) => ({
  calls,
  failedCalls,
  requests,
  failedRequests,
});

describe('extrapolated', () => {
  test('backtraces have the weighted figures, and beside them the counts of the data', async () => {
    await fc.assert(
      fc.asyncProperty(sampled(spanSets), timeframes, async (spans, timeframe) => {
        const { requests: table } = assembleSpans(spans);
        const data = assemble(spans);
        for (const service of table.services) {
          const target = everything(service);
          const filter = { ...ESTIMATED, timeframe };
          const { root } = await ask(table, 'backtrace', { target, filter });
          const counted = await ask(table, 'backtrace', { target, filter: { ...EVERYTHING, timeframe } });
          if (table.weights === null) {
            expect(root).toEqual(counted.root);
            continue;
          }
          const expected: Map<string, EstimatedNode> = estimatedNodes(data, target, filter);
          const ours = nodesOf(root);
          if (expected.size === 0) continue;
          expect(new Set(ours.keys())).toEqual(new Set(expected.keys()));
          for (const [path, figures] of expected) expectNumbers(ours.get(path) ?? {}, figures);
          for (const [path, node] of nodesOf(counted.root)) {
            expect(node.inData).toBeUndefined();
            expect(ours.get(path)?.inData).toEqual(countsOf(node));
          }
          for (const node of ours.values()) {
            const { userAction, entryPoint, callerMissing } = node.ends;
            const parts = node.callers.reduce((sum, { calls }) => sum + calls, 0);
            expectNumbers({ parts: parts + userAction + entryPoint + callerMissing }, { parts: node.calls });
          }
        }
      }),
      RUNS,
    );
  });

  test('services, their endpoints and reasons do too', async () => {
    await fc.assert(
      fc.asyncProperty(sampled(spanSets), async (spans) => {
        const { requests: table } = assembleSpans(spans);
        if (table.weights === null) return;
        const { requests } = assemble(spans);
        const { services } = await ask(table, 'services', { filter: ESTIMATED });
        for (const row of services) {
          const members = requests.filter(
            (one) => one.service.name === row.service.name && one.service.type === row.service.type,
          );
          const failed = members.filter((one) => one.failed);
          const { median, p95 } = estimatedTimes(members);
          const counts = { requests: estimate(members), failedRequests: estimate(failed) };
          expectNumbers(row, { ...counts, median, p95 });
          expect(row.inData).toEqual({ requests: members.length, failedRequests: failed.length });
          const ofOne = await ask(table, 'service', { target: everything(row.service), filter: ESTIMATED });
          expectNumbers(ofOne, counts);
          for (const endpoint of ofOne.endpoints) {
            const its = members.filter((one) => one.endpoint === endpoint.name);
            expectNumbers(endpoint, { requests: estimate(its), inData: { requests: its.length } });
          }
          const reasons = groupBy(failed, (one) => one.reason ?? '');
          for (const { reason, failedRequests, inData } of ofOne.reasons) {
            expectNumbers({ failedRequests }, { failedRequests: estimate(reasons.get(reason) ?? []) });
            expect(inData?.failedRequests).toBe(reasons.get(reason)?.length);
          }
        }
        const all = requests.filter((one) => matches(one, EVERYTHING));
        expectNumbers(await ask(table, 'sampling', {}), { requests: all.length, estimate: estimate(all) });
      }),
      RUNS,
    );
  });

  test('nothing else changes: other questions count what is in the data', async () => {
    await fc.assert(
      fc.asyncProperty(sampled(spanSets), async (spans) => {
        const { requests: table } = assembleSpans(spans);
        for (const service of table.services) {
          const target = everything(service);
          for (const question of ['fates', 'hops', 'completeness'] as const) {
            const estimated = await ask(table, question, { target, filter: ESTIMATED });
            expect(estimated).toEqual(await ask(table, question, { target, filter: EVERYTHING }));
          }
          const other = { target, filter: ESTIMATED, dataset: null };
          const compared = await ask(table, 'compare', { target, filter: ESTIMATED, other });
          expect(compared.root.a?.calls ?? 0).toBe(compared.a.requests);
        }
      }),
      { numRuns: 60 },
    );
  });
});
