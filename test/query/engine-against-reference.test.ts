/** The engine computes what the naive reading of SEMANTICS.md computes, figure by figure. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BacktraceNode, Filter, Target } from '../../src/model/answers.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import type { Span } from '../../src/model/span.ts';
import { backtrace } from '../../src/query/backtrace.ts';
import { listServices } from '../../src/query/services.ts';
import * as reference from '../reference/backtrace.ts';
import { assemble } from '../reference/requests.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { spanSets } from '../support/trace-generator.ts';

const RUNS = { numRuns: 400 };

function everything(service: ServiceRef): Target {
  return { service, endpoint: null, instance: null };
}

/** Averages may differ in the last bits: one sums exactly, the other in doubles. */
function rounded(node: BacktraceNode): BacktraceNode {
  return {
    ...node,
    responseTime: { ...node.responseTime, average: Number(node.responseTime.average.toPrecision(9)) },
    callers: node.callers.map(rounded),
  };
}

function nodes(node: BacktraceNode): BacktraceNode[] {
  return [node, ...node.callers.flatMap(nodes)];
}

const instants = fc.bigInt({ min: 1_699_999_999_000_000_000n, max: 1_700_000_003_000_000_000n });
const timeframes = fc.record({
  from: fc.option(instants, { nil: null }),
  to: fc.option(instants, { nil: null }),
});

describe('the engine agrees with the naive reference', () => {
  test('on the table of services', () => {
    fc.assert(
      fc.property(spanSets, timeframes, (spans, timeframe) => {
        const filter: Filter = { ...reference.NO_FILTER, timeframe };
        const { services } = listServices(assembleSpans(spans).requests, filter);
        const expected = reference.services(assemble(spans), filter);
        const plain = (rows: typeof services) =>
          rows.map((row) => ({ ...row, shareOfTime: Number(row.shareOfTime.toPrecision(9)) }));
        expect(plain(services)).toEqual(plain(expected));
      }),
      RUNS,
    );
  });

  test('on what was read: duplicates, broken parents, clock problems, links, loops', () => {
    fc.assert(
      fc.property(spanSets, (spans) => {
        expect(assembleSpans(spans).counts).toMatchObject({ ...assemble(spans).counts });
      }),
      RUNS,
    );
  });

  test('on the backtrace of every service', () => {
    fc.assert(
      fc.property(spanSets, timeframes, (spans, timeframe) => {
        const { requests } = assembleSpans(spans);
        const data = assemble(spans);
        for (const service of requests.services) {
          const filter: Filter = { ...reference.NO_FILTER, timeframe };
          const ours = backtrace(requests, everything(service), filter);
          const expected = reference.backtrace(data, everything(service), filter);
          expect({ ...ours, root: rounded(ours.root) }).toEqual({
            ...expected,
            root: rounded(expected.root),
          });
        }
      }),
      RUNS,
    );
  });

  test('on the backtrace of an endpoint, of an instance, and through a chain', () => {
    fc.assert(
      fc.property(spanSets, fc.nat(), (spans, pick) => {
        const { requests } = assembleSpans(spans);
        if (requests.count === 0) return;
        const data = assemble(spans);
        const row = pick % requests.count;
        const service = requests.services[requests.service[row]];
        const path = [service];
        for (let at = requests.caller[row]; at >= 0 && path.length < 3; at = requests.caller[at]) {
          path.push(requests.services[requests.service[at]]);
        }
        const targets: [Target, Filter][] = [
          [{ ...everything(service), endpoint: requests.texts[requests.endpoint[row]] }, reference.NO_FILTER],
          [{ ...everything(service), instance: requests.texts[requests.instance[row]] }, reference.NO_FILTER],
          [
            everything(service),
            { ...reference.NO_FILTER, chains: [{ path, exclude: (pick & 1) === 1, steps: [] }] },
          ],
        ];
        for (const [target, filter] of targets) {
          const ours = backtrace(requests, target, filter);
          const expected = reference.backtrace(data, target, filter);
          expect({ ...ours, root: rounded(ours.root) }).toEqual({
            ...expected,
            root: rounded(expected.root),
          });
        }
      }),
      RUNS,
    );
  });

  test('on the reason of every failed request', () => {
    fc.assert(
      fc.property(spanSets, (spans) => {
        const { requests } = assembleSpans(spans);
        const ours = Array.from(requests.reason, (reason) => requests.texts[reason] || '');
        const theirs = assemble(spans).requests.map((request) => request.reason ?? '');
        expect(ours.toSorted()).toEqual(theirs.toSorted());
      }),
      RUNS,
    );
  });
});

describe('the figures do not hang on how the data came in', () => {
  test('segments of any size, arriving in any order, give the same requests and fingerprint', () => {
    fc.assert(
      fc.property(
        spanSets,
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 97 }),
        (spans, size, turn) => {
          const whole = assembleSpans(spans, 1000);
          const shuffled = assembleSpans(spans, size, ({ seq }) => (seq * turn) % 101);
          expect(shuffled.fingerprint).toBe(whole.fingerprint);
          expect(shuffled.counts).toEqual(whole.counts);
          for (const service of whole.requests.services) {
            const ask = (table: typeof whole.requests) =>
              backtrace(table, everything(service), reference.NO_FILTER);
            expect(ask(shuffled.requests)).toEqual(ask(whole.requests));
          }
        },
      ),
      RUNS,
    );
  });

  test('a file dropped twice counts once', () => {
    fc.assert(
      fc.property(spanSets, (spans: Span[]) => {
        const once = assembleSpans(spans);
        const twice = assembleSpans([...spans, ...spans]);
        expect(twice.fingerprint).toBe(once.fingerprint);
        expect(twice.counts.spans).toBe(once.counts.spans);
        const { duplicates, orphans = 0 } = once.counts;
        expect(twice.counts.duplicates).toBe(duplicates + spans.length - orphans);
        expect(listServices(twice.requests, reference.NO_FILTER)).toEqual(
          listServices(once.requests, reference.NO_FILTER),
        );
      }),
      RUNS,
    );
  });
});

describe('the identities of SEMANTICS §6 hold at every node', () => {
  test('calls are the callers’ calls and those that end here; the root’s calls are its requests', () => {
    fc.assert(
      fc.property(spanSets, timeframes, (spans, timeframe) => {
        const { requests } = assembleSpans(spans);
        for (const service of requests.services) {
          const { root } = backtrace(requests, everything(service), { ...reference.NO_FILTER, timeframe });
          expect(root.calls).toBe(root.requests);
          for (const node of nodes(root)) {
            const { userAction, entryPoint, callerMissing } = node.ends;
            const passed = node.callers.reduce((sum, caller) => sum + caller.calls, 0);
            expect(node.calls).toBe(passed + userAction + entryPoint + callerMissing);
            expect(node.hit + node.notHit).toBe(node.requests);
            expect(node.hitFailed + node.notHitFailed).toBe(node.failedRequests);
          }
        }
      }),
      RUNS,
    );
  });
});
