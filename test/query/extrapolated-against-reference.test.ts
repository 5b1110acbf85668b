/** Estimates of the whole (SEMANTICS §9): the engine against the naive reference, and what is in the data beside them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RequestTable } from '../../src/assembly/request-table.ts';
import { EVERYTHING } from '../../src/model/answers.ts';
import type { BacktraceNode, Filter, NodeFigures, Target, TimeSeries } from '../../src/model/answers.ts';
import { MEASURES, SPLIT_FACTS } from '../../src/model/answers-top.ts';
import type { TopFigures } from '../../src/model/answers-top.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import { answer } from '../../src/query/questions.ts';
import type { QuestionName, Questions } from '../../src/query/questions.ts';
import { isWithin, matches } from '../reference/backtrace.ts';
import { estimate, estimatedMeasure, estimatedNodes, estimatedTimes } from '../reference/extrapolated.ts';
import type { EstimatedNode } from '../reference/extrapolated.ts';
import { groupBy } from '../reference/group.ts';
import { assemble } from '../reference/requests.ts';
import type { Request } from '../reference/requests.ts';
import { groupsOf } from '../reference/top.ts';
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

function sameService(a: ServiceRef, b: ServiceRef): boolean {
  return a.name === b.name && a.type === b.type;
}

function barsOf({ series: { widthNs, buckets } }: { readonly series: TimeSeries }) {
  return buckets.map((bucket) => ({ ...bucket, widthNs }));
}

function expectTop(ours: TopFigures, requests: readonly Request[], all: readonly Request[]): void {
  const failed = requests.filter((one) => one.failed);
  expect(ours.inData).toEqual({ requests: requests.length, failedRequests: failed.length });
  const { average, median, p95 } = estimatedTimes(requests);
  expectNumbers(ours, {
    requests: estimate(requests),
    failedRequests: estimate(failed),
    responseTime: { average, median, p95 },
    sum: estimatedMeasure(requests, 'sum', all) ?? 0,
    share: estimatedMeasure(requests, 'share', all) ?? 0,
  });
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

  test('charts over time do too, bar by bar', async () => {
    let bars = 0;
    await fc.assert(
      fc.asyncProperty(sampled(spanSets), async (spans) => {
        const { requests: table } = assembleSpans(spans);
        if (table.weights === null) return;
        const { requests } = assemble(spans);
        for (const service of table.services) {
          const params = { target: everything(service), filter: ESTIMATED };
          const ofService = await ask(table, 'service', params);
          const ofNode = await ask(table, 'node', { ...params, path: [service] });
          const own = requests.filter((one) => sameService(one.service, service));
          for (const { widthNs, from, inData, ...bucket } of [...barsOf(ofService), ...barsOf(ofNode)]) {
            const to = from + widthNs;
            const members = own.filter((one) => isWithin({ from, to }, one.startUnixNano));
            const failed = members.filter((one) => one.failed);
            expect(inData).toEqual({ requests: members.length, failedRequests: failed.length });
            expectNumbers(bucket, { requests: estimate(members), failedRequests: estimate(failed) });
            if (members.length === 0) expect(bucket).toMatchObject({ median: null, p95: null });
            else {
              const { median, p95 } = estimatedTimes(members);
              expectNumbers(bucket, { median, p95 });
              bars++;
            }
          }
        }
      }),
      RUNS,
    );
    expect(bars).toBeGreaterThan(50);
  });

  test('top requests do too, and are ranked by their estimates', async () => {
    let rests = 0;
    const splits = fc.constantFrom(...SPLIT_FACTS.filter((name) => name !== 'method'));
    await fc.assert(
      fc.asyncProperty(
        sampled(spanSets),
        splits,
        fc.constantFrom(...MEASURES),
        fc.integer({ min: 1, max: 3 }),
        async (spans, name, measure, top) => {
          const { requests: table } = assembleSpans(spans);
          if (table.weights === null) return;
          const choice = { kind: 'all', splits: [{ kind: 'fact', name }], measure, top } as const;
          const answer = await ask(table, 'topRequests', { filter: ESTIMATED, choice });
          const { requests: all } = assemble(spans);
          const groups = groupsOf(all, choice.splits);
          const told = new Set<(typeof groups)[number]>();
          for (const { values, ...row } of answer.rows) {
            const key = values.map(({ value, service }) => JSON.stringify([value, service])).join();
            const group = groups.find((one) => one.values.join() === key);
            if (!group) throw new Error(`there is no group ${key}`);
            told.add(group);
            expectTop(row, group.requests, all);
          }
          expectTop(answer.all, all, all);
          const rest = groups.filter((group) => !told.has(group));
          expect(answer.rest?.groups ?? 0).toBe(rest.length);
          if (!answer.rest) return;
          rests++;
          const others = rest.flatMap(({ requests }) => requests);
          expectTop(answer.rest, others, all);
          const of = measure === 'perMinute' ? 'requests' : measure;
          const rank = ({ requests }: (typeof groups)[number]) => estimatedMeasure(requests, of, all) ?? 0;
          const least = Math.min(...[...told].map(rank));
          for (const group of rest) expect(rank(group)).toBeLessThanOrEqual(least * (1 + 1e-9));
          const selection = { place: { kind: 'rest', choice }, count: 'requests' } as const;
          const page = { sort: 'start', descending: false, offset: 0, limit: 1 } as const;
          const params = { target: null, filter: ESTIMATED, selection, page };
          expect((await ask(table, 'evidence', params)).total).toBe(others.length);
        },
      ),
      RUNS,
    );
    expect(rests).toBeGreaterThan(20);
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
