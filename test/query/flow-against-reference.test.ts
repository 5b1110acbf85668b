/** The service flow: the engine against a naive walk down plain requests, and what adds up in it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RequestTable } from '../../src/assembly/request-table.ts';
import type { BacktraceNode, ChainPath, Filter, Target } from '../../src/model/answers.ts';
import type { EvidenceCount, EvidencePage, EvidenceSelection } from '../../src/model/answers-evidence.ts';
import type { FlowAnswer, FlowNode } from '../../src/model/answers-flow.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import { backtrace } from '../../src/query/backtrace.ts';
import { listEvidence } from '../../src/query/evidence.ts';
import { describeFlow } from '../../src/query/flow.ts';
import { prepareFilters } from '../../src/query/prepare-filters.ts';
import { NO_FILTER, requestsAt, sameRef } from '../reference/backtrace.ts';
import { flow, flowFigures, rootsOf } from '../reference/flow.ts';
import type { ReferenceCall, ReferenceFlowNode } from '../reference/flow.ts';
import { assemble } from '../reference/requests.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { drawnFilters, filterOf } from '../support/filter-generator.ts';
import { spanData } from '../support/span-data.ts';
import { healthySpanSets, spanSets } from '../support/trace-generator.ts';

const RUNS = { numRuns: 250 };
const everything = (service: ServiceRef): Target => ({ service, endpoint: null, instance: null });

const ALL: EvidencePage = { sort: 'start', descending: false, offset: 0, limit: 1000 };

const instants = fc.bigInt({ min: 1_699_999_999_000_000_000n, max: 1_700_000_003_000_000_000n });
const timeframes = fc.record({
  from: fc.option(instants, { nil: null }),
  to: fc.option(instants, { nil: null }),
});

/** Sums in doubles may differ in the last bits. */
function rounded(nodes: readonly object[]): unknown {
  return JSON.parse(JSON.stringify(nodes), (_, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(7)) : value,
  );
}

function nodesOf(path: ChainPath, node: BacktraceNode): { path: ChainPath; node: BacktraceNode }[] {
  return [{ path, node }, ...node.callers.flatMap((caller) => nodesOf([...path, caller.service], caller))];
}

/** Nodes of a flow with the services that lead to them, each followed by those below it. */
function placesOf(
  node: ReferenceFlowNode,
  above: ChainPath,
): { down: ChainPath; calls: readonly ReferenceCall[] }[] {
  const down = [...above, node.service];
  return [{ down, calls: node.calls }, ...node.callees.flatMap((callee) => placesOf(callee, down))];
}

function eachFlow(
  table: RequestTable,
  filter: Filter,
  check: (answer: FlowAnswer, requests: number) => void,
): void {
  for (const service of table.services) {
    const target = everything(service);
    for (const { path, node } of nodesOf([service], backtrace(table, target, filter).root)) {
      check(describeFlow(table, { target, filter, path }), node.requests);
    }
  }
}

describe.each([
  ['hostile', spanSets],
  ['healthy', healthySpanSets],
])('the service flow of %s data', (_name, sets) => {
  test('is the naive one, at every node of every backtrace', () => {
    fc.assert(
      fc.property(sets, timeframes, (spans, timeframe) => {
        const { requests: table } = assembleSpans(spans);
        const data = assemble(spans);
        const filter: Filter = { ...NO_FILTER, timeframe };
        eachFlow(table, filter, (ours) => {
          const roots = requestsAt(data, ours.target, filter, ours.path);
          const expected = flow(data, ours.path.at(-1) ?? ours.target.service, roots);
          expect(rounded(ours.nodes)).toEqual(rounded(flowFigures(expected)));
        });
      }),
      RUNS,
    );
  });

  test('opens the requests behind each number', () => {
    fc.assert(
      fc.property(sets, timeframes, (spans, timeframe) => {
        const { requests: table } = assembleSpans(spans);
        const data = assemble(spans);
        const filter: Filter = { ...NO_FILTER, timeframe };
        eachFlow(table, filter, ({ target, path, nodes }) => {
          const roots = requestsAt(data, target, filter, path);
          const places = placesOf(flow(data, path.at(-1) ?? target.service, roots), []);
          nodes.forEach((node, at) => {
            const { down, calls } = places[at];
            const ids = (count: EvidenceCount, more: Partial<EvidenceSelection> = {}): string[] => {
              const selection = { place: { kind: 'flow' as const, path, down }, count, ...more };
              return listEvidence(table, target, filter, selection, ALL).rows.map(({ spanId }) => spanId);
            };
            const expected = calls.map(({ request }) => request.opening.spanId);
            expect(ids('requests').toSorted()).toEqual(expected.toSorted());
            const led = rootsOf(calls).map((root) => root.opening.spanId);
            expect(ids('calls').toSorted()).toEqual(led.toSorted());
            expect(ids('failedRequests')).toHaveLength(node.failedCalls);
            expect(ids('calls', { callee: 'failed' })).toHaveLength(node.hit);
            expect(ids('failedCalls', { callee: 'failed' })).toHaveLength(node.hitFailed);
            expect(ids('calls', { callee: 'fine' })).toHaveLength(node.roots - node.hit);
            const asynchronous = calls.filter((call) => call.asynchronous);
            expect(ids('requests', { waits: 'asynchronous' }).toSorted()).toEqual(
              asynchronous.map(({ request }) => request.opening.spanId).toSorted(),
            );
            if (at > 0) {
              const above = { kind: 'flow' as const, path, down: down.slice(0, -1) };
              expect(ids('requests', { place: above, calling: node.service })).toHaveLength(node.callers);
            }
            const ofFailed = calls.filter(({ root }) => root.failed);
            expect(ids('hit')).toHaveLength(ofFailed.length);
            expect(ids('notHitFailed').length + ids('hitFailed').length).toBe(node.failedCalls);
          });
        });
      }),
      { numRuns: 100 },
    );
  });

  test('adds up', () => {
    fc.assert(
      fc.property(sets, (spans) => {
        const { requests: table } = assembleSpans(spans);
        eachFlow(table, NO_FILTER, ({ nodes }, requests) => {
          expect(nodes[0]).toMatchObject({ calls: requests, roots: requests });
          nodes.forEach((node, place) => checkNode(nodes, node, place));
        });
      }),
      RUNS,
    );
  });
});

test('the service flow under conditions, zones and chain filters is the naive one', async () => {
  let called = 0;
  await fc.assert(
    fc.asyncProperty(spanSets, drawnFilters, async (spans, drawn) => {
      const data = spanData(spans, 5);
      const naive = assemble(spans);
      const filter = filterOf(naive, drawn);
      await prepareFilters(data, [filter]);
      for (const service of data.table.services) {
        // Of another service a chain filter asks what the reference does not.
        if (!filter.chains.every(({ path }) => sameRef(path[0], service))) continue;
        const target = everything(service);
        const ours = describeFlow(data.table, { target, filter, path: [service] });
        const expected = flow(naive, service, requestsAt(naive, target, filter, [service]));
        expect(rounded(ours.nodes)).toEqual(rounded(flowFigures(expected)));
        called += ours.nodes.length - 1;
      }
    }),
    RUNS,
  );
  expect(called).toBeGreaterThan(10);
});

function checkNode(nodes: readonly FlowNode[], node: FlowNode, place: number): void {
  const parent = nodes[node.parent] ?? node;
  const callees = nodes.filter((one) => one.parent === place);
  const near = 1e-6;
  expect(node.responseTime.count).toBe(node.calls);
  expect(node.callers).toBeLessThanOrEqual(Math.min(node.calls, parent.calls));
  expect(node.roots).toBeLessThanOrEqual(Math.min(node.callers, parent.roots));
  expect(node.hit).toBeLessThanOrEqual(Math.min(node.roots, node.failedCalls));
  expect(node.timeMs).toBeLessThanOrEqual(parent.timeMs + near);
  expect(node.ownTimeMs).toBeGreaterThanOrEqual(-near);
  const waited = callees.reduce((sum, callee) => sum + callee.timeMs, 0);
  expect(node.ownTimeMs + waited).toBeGreaterThanOrEqual(node.timeMs - near);
  for (const callee of callees)
    expect(node.timeMs - node.ownTimeMs).toBeGreaterThanOrEqual(callee.timeMs - near);
}

test('the generator makes calls that overlap or stick out of their callers often enough', () => {
  const samples = fc.sample(healthySpanSets, { numRuns: 300, seed: 1 });
  const overlapping = samples.filter((spans) => {
    const { requests: table } = assembleSpans(spans);
    let found = false;
    eachFlow(table, NO_FILTER, ({ nodes }) => {
      found ||= nodes.some(
        ({ timeMs, responseTime, asynchronous, depth }) =>
          depth > 0 && asynchronous === 0 && timeMs > 0 && timeMs < responseTime.average * responseTime.count,
      );
    });
    return found;
  });
  expect(overlapping.length).toBeGreaterThan(3);
});
