/** Comparing two sets of target requests: the engine against a naive comparison, node by node. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Filter, Target } from '../../src/model/answers.ts';
import type { ChainChange, CompareNode, FigureChange } from '../../src/model/answers-compare.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import { backtrace } from '../../src/query/backtrace.ts';
import { readCondition } from '../../src/link/filter-text.ts';
import type { Span } from '../../src/model/span.ts';
import { compareBacktraces } from '../../src/query/compare.ts';
import { answer } from '../../src/query/questions.ts';
import { NO_FILTER } from '../reference/backtrace.ts';
import { compare, oneSidedChains } from '../reference/compare.ts';
import type { OneSidedChain, ReferenceChange } from '../reference/compare.ts';
import { assemble } from '../reference/requests.ts';
import { assembleSpans, segmentsOf } from '../support/assemble-spans.ts';
import { conditions } from '../support/condition-generator.ts';
import { spanSets } from '../support/trace-generator.ts';

const RUNS = { numRuns: 150 };
const everything = (service: ServiceRef): Target => ({ service, endpoint: null, instance: null });
const MIDDLE = fc.bigInt({ min: 1_700_000_000_000_000_000n, max: 1_700_000_000_020_000_000n });

function key(path: readonly ServiceRef[]): string {
  return JSON.stringify(path.map(({ name, type }) => [name, type]));
}

function nodesOf(root: CompareNode): Map<string, CompareNode> {
  const found = new Map<string, CompareNode>();
  const visit = (node: CompareNode, path: readonly ServiceRef[]): void => {
    found.set(key(path), node);
    for (const caller of node.callers) visit(caller, [...path, caller.service]);
  };
  visit(root, [root.service]);
  return found;
}

function expectChange(ours: FigureChange, theirs: ReferenceChange[keyof ReferenceChange]): void {
  for (const name of ['difference', 'chance'] as const) {
    const expected = theirs[name];
    if (expected === null) expect(ours[name]).toBeNull();
    else expect(ours[name]).toBeCloseTo(expected, 5);
  }
  expect(ours.beyondChance).toBe(ours.chance !== null && ours.chance < 0.05);
}

/** Some that the drawn spans fit now and then, and any. */
const wheres = fc.oneof(
  fc.constantFrom(
    null,
    ...[
      '{ request:failed = true }',
      '{ duration > 3ms }',
      '{ resource.service.namespace = "shop" }',
      '{ span.http.response.status_code >= 400 }',
      '{ resource.host.name = nil }',
    ].map(readCondition),
  ),
  conditions,
);

/** As a stored dataset is asked about, and as the reference reads it. */
function dataOf(spans: Span[]) {
  const segments = segmentsOf(spans, 7);
  const load = ({ seq }: { readonly seq: number }) => Promise.resolve(segments[seq]);
  return { table: assembleSpans(spans).requests, data: assemble(spans), load };
}

function expectChains(ours: readonly ChainChange[], theirs: readonly OneSidedChain[]): void {
  const found = new Map(ours.map((change) => [key(change.chain.toReversed()), change]));
  expect(new Set(found.keys())).toEqual(new Set(theirs.map(({ chain }) => chain)));
  for (const { chain, calls, chance } of theirs) {
    expect(found.get(chain)?.calls).toBe(calls);
    expect(found.get(chain)?.chance).toBeCloseTo(chance, 5);
  }
  for (const { chance, beyondChance } of ours) expect(beyondChance).toBe(chance < 0.05);
}

const MEASURES = ['share', 'failureRate', 'callFailureRate', 'responseTime'] as const;

describe('comparing', () => {
  test('two timeframes of one dataset gives the naive differences and chances', () => {
    fc.assert(
      fc.property(spanSets, MIDDLE, (spans, middle) => {
        const { requests: table } = assembleSpans(spans);
        const data = assemble(spans);
        const before: Filter = { ...NO_FILTER, timeframe: { from: null, to: middle } };
        const after: Filter = { ...NO_FILTER, timeframe: { from: middle, to: null } };
        for (const service of table.services) {
          const target = everything(service);
          const ours = compareBacktraces({ table, target, filter: before }, { table, target, filter: after });
          const sides = [
            { data, target, filter: before },
            { data, target, filter: after },
          ] as const;
          const expected = compare(...sides);
          const nodes = nodesOf(ours.root);
          if (expected.size > 0) expect(new Set(nodes.keys())).toEqual(new Set(expected.keys()));
          for (const [path, change] of expected) {
            const node = nodes.get(path);
            for (const measure of MEASURES) {
              if (node) expectChange(node[measure], change[measure]);
            }
          }
          expectChains(ours.chains, oneSidedChains(...sides));
          expect(ours.overlap).toBe(0);
        }
      }),
      RUNS,
    );
  });

  test('two filters of one dataset or of two gives the naive differences', async () => {
    await fc.assert(
      fc.asyncProperty(spanSets, fc.option(spanSets), wheres, wheres, async (spansA, spansB, ofA, ofB) => {
        const a = dataOf(spansA);
        const b = spansB === null ? a : dataOf(spansB);
        for (const service of a.table.services) {
          const target = everything(service);
          const [was, is] = [ofA, ofB].map((where): Filter => ({ ...NO_FILTER, where }));
          const other = { target, filter: is, dataset: b === a ? null : 2 };
          const second = b === a ? null : { requests: b.table, load: b.load };
          const context = { load: a.load, rules: null, second };
          const ours = await answer(a.table, 'compare', { target, filter: was, other }, context);
          const sides = [
            { data: a.data, target, filter: was },
            { data: b.data, target, filter: is },
          ] as const;
          const expected = compare(...sides);
          const nodes = nodesOf(ours.root);
          if (expected.size > 0) expect(new Set(nodes.keys())).toEqual(new Set(expected.keys()));
          for (const [path, change] of expected) {
            const node = nodes.get(path);
            for (const measure of MEASURES) if (node) expectChange(node[measure], change[measure]);
          }
          expectChains(ours.chains, oneSidedChains(...sides));
        }
      }),
      RUNS,
    );
  });

  test('two datasets merges their trees; each side keeps its own figures', () => {
    fc.assert(
      fc.property(spanSets, spanSets, (spansA, spansB) => {
        const [a, b] = [spansA, spansB].map((spans) => assembleSpans(spans).requests);
        for (const service of a.services) {
          const target = everything(service);
          const ours = compareBacktraces(
            { table: a, target, filter: NO_FILTER },
            { table: b, target, filter: NO_FILTER },
          );
          const expected = compare(
            { data: assemble(spansA), target, filter: NO_FILTER },
            { data: assemble(spansB), target, filter: NO_FILTER },
          );
          const nodes = nodesOf(ours.root);
          expect(new Set(nodes.keys())).toEqual(new Set(expected.keys()));
          expect(ours.overlap).toBeNull();
          const { callers, ...root } = backtrace(a, target, NO_FILTER).root;
          expect({ ...ours.root.a, service }).toEqual(root);
          expect(ours.root.callers.length).toBeGreaterThanOrEqual(callers.length);
        }
      }),
      RUNS,
    );
  });

  test('requests with themselves finds nothing, and says that all are on both sides', () => {
    fc.assert(
      fc.property(spanSets, (spans) => {
        const { requests: table } = assembleSpans(spans);
        for (const service of table.services) {
          const side = { table, target: everything(service), filter: NO_FILTER };
          const ours = compareBacktraces(side, side);
          expect(ours.overlap).toBe(ours.a.requests);
          expect(ours.chains).toEqual([]);
          for (const node of nodesOf(ours.root).values()) {
            for (const measure of MEASURES) {
              expect(node[measure].difference).toBe(0);
              expect(node[measure].beyondChance).toBe(false);
            }
          }
        }
      }),
      RUNS,
    );
  });
});
