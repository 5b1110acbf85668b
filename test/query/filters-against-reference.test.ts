/** Under every filter the engine gives the figures of the naive reading, and they add up (SEMANTICS §6). */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BacktraceNode, ChainPath, Filter, Target } from '../../src/model/answers.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import { backtrace } from '../../src/query/backtrace.ts';
import { describeNode } from '../../src/query/node.ts';
import { listEvidence } from '../../src/query/evidence.ts';
import { prepareFilters } from '../../src/query/prepare-filters.ts';
import { listServices } from '../../src/query/services.ts';
import { withRules } from '../../src/query/with-rules.ts';
import * as reference from '../reference/backtrace.ts';
import { assemble } from '../reference/requests.ts';
import { reasonUnder } from '../reference/rulesets.ts';
import { drawnFilters, filterOf } from '../support/filter-generator.ts';
import { rulesets } from '../support/ruleset-generator.ts';
import { spanData } from '../support/span-data.ts';
import { spanSets } from '../support/trace-generator.ts';

const RUNS = { numRuns: 300 };
const FIRST_PAGE = { sort: 'start', descending: false, offset: 0, limit: 1000 } as const;

const everything = (service: ServiceRef): Target => ({ service, endpoint: null, instance: null });

function rounded(node: BacktraceNode): BacktraceNode {
  const average = Number(node.responseTime.average.toPrecision(9));
  return { ...node, responseTime: { ...node.responseTime, average }, callers: node.callers.map(rounded) };
}

function checkNode(node: BacktraceNode): void {
  const { ends, callers } = node;
  const ending = ends.userAction + ends.entryPoint + ends.callerMissing;
  expect(callers.reduce((sum, caller) => sum + caller.calls, ending)).toBe(node.calls);
  expect(node.hit + node.notHit).toBe(node.requests);
  callers.forEach(checkNode);
}

test('the backtrace of every service', async () => {
  let left = 0;
  let dropped = 0;
  await fc.assert(
    fc.asyncProperty(spanSets, drawnFilters, fc.integer({ min: 1, max: 9 }), async (spans, drawn, size) => {
      const data = spanData(spans, size);
      const naive = assemble(spans);
      const filter = filterOf(naive, drawn);
      await prepareFilters(data, [filter]);
      for (const service of data.table.services) {
        const ours = backtrace(data.table, everything(service), filter);
        // Of another service a chain filter asks what the reference does not.
        if (!filter.chains.every(({ path }) => reference.sameRef(path[0], service))) continue;
        const expected = reference.backtrace(naive, everything(service), filter);
        expect({ ...ours, root: rounded(ours.root) }).toEqual({ ...expected, root: rounded(expected.root) });
        expect(ours.root.requests).toBe(ours.root.calls);
        checkNode(ours.root);
        left += ours.root.calls;
        dropped += ours.unfiltered - ours.root.calls;
      }
    }),
    RUNS,
  );
  expect(left).toBeGreaterThan(10);
  expect(dropped).toBeGreaterThan(10);
});

test('the table of services, by rules of failure', async () => {
  await fc.assert(
    fc.asyncProperty(spanSets, drawnFilters, rulesets, async (spans, { filter: drawn }, ruleset) => {
      const data = spanData(spans);
      const filter: Filter = { ...drawn, chains: [] };
      await prepareFilters(data, [filter]);
      const { services } = listServices(withRules(data.table, ruleset), filter);
      const naive = assemble(spans);
      const requests = naive.requests.map((request) => {
        const reason = reasonUnder(request, ruleset);
        return { ...request, failed: reason !== null, reason };
      });
      const expected = reference.services({ ...naive, requests }, filter);
      const plain = (rows: typeof services) =>
        rows.map(({ service, requests, failedRequests }) => ({ service, requests, failedRequests }));
      expect(plain(services)).toEqual(plain(expected));
    }),
    RUNS,
  );
});

test('a number and its evidence, at the nodes of a chain', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(spanSets, drawnFilters, fc.nat(), async (spans, drawn, pick) => {
      const data = spanData(spans);
      const { table } = data;
      if (table.count === 0) return;
      const filter = filterOf(assemble(spans), drawn);
      await prepareFilters(data, [filter]);
      const path: ChainPath[number][] = [];
      for (let at = pick % table.count; at >= 0; at = table.caller[at]) {
        path.push(table.services[table.service[at]]);
        const target = everything(path[0]);
        const { figures } = describeNode(table, target, filter, path);
        for (const count of ['calls', 'failedCalls', 'requests', 'hit'] as const) {
          const selection = { place: { kind: 'node', path }, count } as const;
          const { total } = listEvidence(table, target, filter, selection, FIRST_PAGE);
          expect(total).toBe(figures[count]);
          compared += total;
        }
      }
    }),
    RUNS,
  );
  expect(compared).toBeGreaterThan(10);
});

test('the backtrace of several services at once', async () => {
  let together = 0;
  await fc.assert(
    fc.asyncProperty(spanSets, drawnFilters, fc.nat(), async (spans, drawn, pick) => {
      const data = spanData(spans);
      const { table } = data;
      const naive = assemble(spans);
      const filter = filterOf(naive, drawn);
      await prepareFilters(data, [filter]);
      const [service, ...rest] = [...table.services, { name: 'nowhere', type: 'service' } as const];
      const others = rest.filter((_, at) => ((pick >> at) & 1) === 0);
      const target: Target = { ...everything(service), others };
      const isTarget = (ref: ServiceRef) => [service, ...others].some((one) => reference.sameRef(one, ref));
      // Of a path that begins with no target service the reference does not ask further up.
      if (!filter.chains.every(({ path }) => isTarget(path[0]))) return;
      const ours = backtrace(table, target, filter);
      const expected = reference.backtrace(naive, target, filter);
      expect({ ...ours, root: rounded(ours.root) }).toEqual({ ...expected, root: rounded(expected.root) });
      checkNode(ours.root);
      if (others.length > 1) together += ours.root.calls;
      for (const { service: caller, calls } of ours.root.callers) {
        const selection = { place: { kind: 'node', path: [service, caller] }, count: 'calls' } as const;
        expect(listEvidence(table, target, filter, selection, FIRST_PAGE).total).toBe(calls);
      }
    }),
    RUNS,
  );
  expect(together).toBeGreaterThan(10);
});
