/** The identities of SEMANTICS.md §6 and §10 hold in the reference, for hostile data too. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BacktraceNode, Filter } from '../../src/model/answers.ts';
import { healthySpanSets, spanSets } from '../support/trace-generator.ts';
import { backtrace, chainBackwards, NO_FILTER, services } from './backtrace.ts';
import { assemble, type ReferenceData } from './requests.ts';

function nodesOf(node: BacktraceNode): BacktraceNode[] {
  return [node, ...node.callers.flatMap(nodesOf)];
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

function checkNode(node: BacktraceNode): void {
  const { ends, callers } = node;
  const ending = ends.userAction + ends.entryPoint + ends.callerMissing;
  expect(node.calls).toBe(sum(callers.map((caller) => caller.calls)) + ending);
  expect(node.requests).toBe(node.hit + node.notHit);
  expect(node.failedRequests).toBe(node.hitFailed + node.notHitFailed);
  expect(node.requests).toBeLessThanOrEqual(node.calls);
  expect(node.hit).toBeLessThanOrEqual(node.failedCalls);
  expect(node.responseTime.count).toBe(node.requests);
}

function checkBacktraces(data: ReferenceData, filter: Filter): void {
  for (const { service, requests } of services(data)) {
    const { root, impact, unfiltered } = backtrace(data, { service, endpoint: null, instance: null }, filter);
    expect(unfiltered).toBe(requests);
    expect(root.calls).toBe(root.requests);
    expect(root.hitFailed).toBe(root.failedCalls);
    nodesOf(root).forEach(checkNode);
    const { userAction, entryPoint } = impact.ends;
    expect(impact.notHit).toBe(userAction.requests + entryPoint.requests - userAction.hit - entryPoint.hit);
  }
}

/** Keeps the requests that start in the first millisecond and are reached like the first request with a caller. */
function someFilter(data: ReferenceData): Filter {
  const called = data.requests.find((request) => request.caller);
  const path = called ? chainBackwards(called).map((step) => step.service) : [];
  const from = data.requests.find((request) => request.startUnixNano !== null)?.startUnixNano ?? null;
  return {
    timeframe: { from, to: from === null ? null : from + 1_000_000n },
    chains: path.length > 1 ? [{ path: path.slice(0, 2), exclude: false, steps: [] }] : [],
    where: null,
    zones: [],
  };
}

describe.each([
  ['hostile', spanSets],
  ['healthy', healthySpanSets],
])('of %s data', (_name, sets) => {
  test('figures add up at every node, with and without filters', () => {
    fc.assert(
      fc.property(sets, (spans) => {
        const data = assemble(spans);
        checkBacktraces(data, NO_FILTER);
        checkBacktraces(data, someFilter(data));
      }),
      { numRuns: 150 },
    );
  });

  test('records are spans or duplicates, and every span is in exactly one traced request', () => {
    fc.assert(
      fc.property(sets, (spans) => {
        const { counts, requests, requestOf } = assemble(spans);
        expect(counts.records).toBe(counts.spans + counts.duplicates + counts.orphans);
        const held = requests.filter((request) => !request.inferred).flatMap((request) => request.spans);
        expect(held.length).toBe(counts.spans);
        expect(new Set(held).size).toBe(requestOf.size);
      }),
      { numRuns: 150 },
    );
  });

  test('every chain ends, in one of the three ways', () => {
    fc.assert(
      fc.property(sets, (spans) => {
        for (const request of assemble(spans).requests) {
          expect(request.end === null).toBe(request.caller !== null);
          expect(request.inferred && request.end !== null).toBe(false);
          expect(chainBackwards(request).at(-1)?.end).not.toBeNull();
        }
      }),
      { numRuns: 150 },
    );
  });

  test('dropping everything twice changes nothing but the duplicates', () => {
    fc.assert(
      fc.property(sets, (spans) => {
        const [once, twice] = [assemble(spans), assemble([...spans, ...spans])];
        expect(twice.counts).toEqual({
          ...once.counts,
          records: 2 * spans.length,
          duplicates: once.counts.duplicates + spans.length - once.counts.orphans,
          orphans: 2 * once.counts.orphans,
        });
        expect(services(twice)).toEqual(services(once));
      }),
      { numRuns: 150 },
    );
  });
});

test('the generator makes long chains, inferred services, loops and lost callers often enough', () => {
  const samples = fc.sample(spanSets, { numRuns: 300, seed: 1 }).map(assemble);
  const often = (holds: (data: ReferenceData) => boolean): number => samples.filter(holds).length;
  expect(
    often((data) => data.requests.some((request) => chainBackwards(request).length >= 5)),
  ).toBeGreaterThan(60);
  expect(often((data) => data.requests.some((request) => request.inferred))).toBeGreaterThan(100);
  expect(often((data) => data.requests.some((request) => request.service.type === 'queue'))).toBeGreaterThan(
    40,
  );
  expect(often((data) => data.requests.some((request) => request.end === 'callerMissing'))).toBeGreaterThan(
    60,
  );
  expect(often((data) => data.counts.loopsCut > 0)).toBeGreaterThan(10);
  expect(often((data) => data.counts.duplicates > 0)).toBeGreaterThan(20);
});
