/** Any number opens the requests behind it, and their count is that number. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RequestTable } from '../../src/assembly/request-table.ts';
import type { BacktraceNode, ChainPath, Filter, Target } from '../../src/model/answers.ts';
import { EVIDENCE_SORTS } from '../../src/model/answers-evidence.ts';
import type {
  EvidenceCount,
  EvidencePage,
  EvidenceRow,
  EvidenceSelection,
  EvidenceSort,
} from '../../src/model/answers-evidence.ts';
import type { HopNode } from '../../src/model/answers-impact.ts';
import type { NodeParams } from '../../src/model/answers-spans.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import { backtrace } from '../../src/query/backtrace.ts';
import { describeCompleteness } from '../../src/query/completeness.ts';
import { describeDistribution, describeInstances, describeThroughput } from '../../src/query/distribution.ts';
import { listEvidence } from '../../src/query/evidence.ts';
import { describeCauses } from '../../src/query/failure-causes.ts';
import { describeFates } from '../../src/query/fates.ts';
import { describeHops } from '../../src/query/hops.ts';
import { describeNode } from '../../src/query/node.ts';
import { answer } from '../../src/query/questions.ts';
import { textIs } from '../../src/ui/filter/narrow.ts';
import { chainBackwards, NO_FILTER } from '../reference/backtrace.ts';
import { evidence } from '../reference/evidence.ts';
import { assemble } from '../reference/requests.ts';
import type { Request } from '../reference/requests.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { spanSets } from '../support/trace-generator.ts';

const RUNS = { numRuns: 100 };
const ALL: EvidencePage = { sort: 'start', descending: false, offset: 0, limit: 1000 };
const COUNTS: readonly EvidenceCount[] = [
  'calls',
  'failedCalls',
  'requests',
  'failedRequests',
  'hit',
  'hitFailed',
  'notHit',
  'notHitFailed',
];

const instants = fc.bigInt({ min: 1_699_999_999_000_000_000n, max: 1_700_000_003_000_000_000n });

const everything = (service: ServiceRef): Target => ({ service, endpoint: null, instance: null });

interface Place {
  readonly path: ChainPath;
  readonly node: BacktraceNode;
  readonly hops: HopNode;
}

function placesOf(table: RequestTable, target: Target, filter: Filter): Place[] {
  const visit = (path: ChainPath, node: BacktraceNode, hops: HopNode): Place[] => [
    { path, node, hops },
    ...node.callers.flatMap((caller, i) => visit([...path, caller.service], caller, hops.callers[i])),
  ];
  return visit(
    [target.service],
    backtrace(table, target, filter).root,
    describeHops(table, target, filter).root,
  );
}

function expectCauses(
  table: RequestTable,
  params: NodeParams,
  total: (cause?: EvidenceSelection['cause']) => number,
): void {
  const { failedRequests, causes } = describeCauses(table, params);
  expect(total()).toBe(failedRequests);
  for (const { own, service, reason, failedRequests: here } of causes)
    expect(total({ own, service, reason })).toBe(here);
  for (const own of [true, false]) {
    const alike = causes.filter((cause) => cause.own === own);
    expect(total({ own })).toBe(alike.reduce((sum, cause) => sum + cause.failedRequests, 0));
  }
}

describe('the requests behind a number are as many as it says', () => {
  test('at every node of a backtrace: figures, ends, endpoints, reasons, hops, bars, instances', () => {
    fc.assert(
      fc.property(spanSets, fc.nat(), (spans, pick) => {
        const { requests: table } = assembleSpans(spans);
        if (table.count === 0) return;
        const target = everything(table.services[table.service[pick % table.count]]);
        for (const { path, node, hops } of placesOf(table, target, NO_FILTER)) {
          const total = (
            count: EvidenceCount,
            more: Omit<EvidenceSelection, 'place' | 'count'> = {},
          ): number =>
            listEvidence(table, target, NO_FILTER, { place: { kind: 'node', path }, count, ...more }, ALL)
              .total;
          for (const count of COUNTS) expect(total(count)).toBe(node[count]);
          for (const end of ['userAction', 'entryPoint', 'callerMissing'] as const) {
            expect(total('calls', { end })).toBe(node.ends[end]);
          }
          const { userAction, entryPoint, callerMissing } = node.ends;
          expect(total('calls', { end: 'any' })).toBe(userAction + entryPoint + callerMissing);
          expectCauses(table, { target, filter: NO_FILTER, path }, (cause) =>
            total('failedRequests', cause && { cause }),
          );
          const details = describeNode(table, target, NO_FILTER, path);
          for (const row of details.endpoints) {
            const endpoint = row.name;
            expect(total('requests', { endpoint })).toBe(row.requests);
            expect(total('failedRequests', { endpoint })).toBe(row.failedRequests);
            expect(total('calls', { endpoint })).toBe(row.calls);
            expect(total('failedCalls', { endpoint })).toBe(row.failedCalls);
          }
          for (const { reason, failedRequests } of details.reasons) {
            expect(total('requests', { reason })).toBe(failedRequests);
          }
          for (const { from, requests } of details.series.buckets) {
            const start = { from, to: from + details.series.widthNs };
            expect(total('requests', { start })).toBe(requests);
          }
          if (hops.hop) {
            expect(total('requests', { callee: 'failed' })).toBe(hops.hop.calleeFailed);
            expect(total('failedRequests', { callee: 'failed' })).toBe(hops.hop.calleeFailedCallerFailed);
            expect(total('requests', { callee: 'fine' })).toBe(hops.hop.calleeFine);
            expect(total('failedRequests', { callee: 'fine' })).toBe(hops.hop.calleeFineCallerFailed);
          }
          for (const scale of ['linear', 'log'] as const) {
            const { bars, responseTime } = describeDistribution(table, target, NO_FILTER, path, scale);
            expect(responseTime).toEqual(node.responseTime);
            expect(bars.reduce((sum, bar) => sum + bar.requests, 0)).toBe(node.requests);
            expect(bars.reduce((sum, bar) => sum + bar.failedRequests, 0)).toBe(node.failedRequests);
            for (const bar of bars) {
              const durationNs = { from: bar.fromNs, to: bar.toNs };
              expect(total('requests', { durationNs })).toBe(bar.requests);
              expect(total('failedRequests', { durationNs })).toBe(bar.failedRequests);
            }
          }
          const instances = describeInstances(table, target, NO_FILTER, path);
          for (const { name, requests, failedRequests } of instances.node.instances) {
            expect(total('requests', { instance: name })).toBe(requests);
            expect(total('failedRequests', { instance: name })).toBe(failedRequests);
          }
          const called = instances.target.instances.reduce((sum, { requests }) => sum + requests, 0);
          expect(called).toBe(node.calls);
        }
      }),
      RUNS,
    );
  });

  test('of an instance of the chosen service, through every node', async () => {
    await fc.assert(
      fc.asyncProperty(spanSets, fc.nat(), async (spans, pick) => {
        const { requests: table } = assembleSpans(spans);
        if (table.count === 0) return;
        const target = everything(table.services[table.service[pick % table.count]]);
        const load = () => Promise.reject(new Error('no span is needed'));
        for (const { path } of placesOf(table, target, NO_FILTER)) {
          const { instances } = describeInstances(table, target, NO_FILTER, path).target;
          for (const { name, requests, failedRequests } of instances) {
            const where = textIs('request:instance', name);
            const total = async (count: EvidenceCount): Promise<number> => {
              const selection = { place: { kind: 'node', path }, count, where } as const;
              const params = { target, filter: NO_FILTER, selection, page: ALL };
              return (await answer(table, 'evidence', params, { load, rules: null, second: null })).total;
            };
            expect(await total('calls')).toBe(requests);
            expect(await total('failedCalls')).toBe(failedRequests);
          }
        }
      }),
      RUNS,
    );
  });

  test('of what is known of users, and of what is not', () => {
    fc.assert(
      fc.property(spanSets, (spans) => {
        const { requests: table } = assembleSpans(spans);
        for (const service of table.services) {
          const target = everything(service);
          const total = (selection: EvidenceSelection): number =>
            listEvidence(table, target, NO_FILTER, selection, ALL).total;
          const known = describeCompleteness(table, target, NO_FILTER);
          const ends = { place: { kind: 'ends' }, end: 'userAction' } as const;
          const place = { kind: 'node', path: [service] } as const;
          const bounds = [
            [known.userActionsHit, { ...ends, count: 'hit' }],
            [known.userActionsHitFailed, { ...ends, count: 'hitFailed' }],
            [known.failuresAtUsers, { place, count: 'failedCalls', fate: { fate: 'userAction' } }],
          ] as const;
          for (const [{ low, high }, selection] of bounds) {
            expect(total(selection)).toBe(low);
            expect(total({ ...selection, orMissing: true })).toBe(high);
          }
          for (const broken of known.broken) {
            const at = { place: { kind: 'ends' }, end: 'callerMissing', service: broken.service } as const;
            for (const count of ['requests', 'calls', 'failedCalls'] as const)
              expect(total({ ...at, count })).toBe(broken[count]);
          }
        }
      }),
      RUNS,
    );
  });

  test('at the ends of the chains, of hops between services, and of fates', () => {
    fc.assert(
      fc.property(spanSets, (spans) => {
        const { requests: table } = assembleSpans(spans);
        for (const service of table.services) {
          const target = everything(service);
          const total = (selection: EvidenceSelection): number =>
            listEvidence(table, target, NO_FILTER, selection, ALL).total;
          const { ends, notHit, notHitFailed } = backtrace(table, target, NO_FILTER).impact;
          for (const end of ['userAction', 'entryPoint', 'callerMissing'] as const) {
            for (const count of ['requests', 'hit', 'hitFailed'] as const) {
              expect(total({ place: { kind: 'ends' }, count, end })).toBe(ends[end][count]);
            }
          }
          const known = { place: { kind: 'ends' }, end: 'known' } as const;
          expect(total({ ...known, count: 'notHit' })).toBe(notHit);
          expect(total({ ...known, count: 'notHitFailed' })).toBe(notHitFailed);
          for (const hop of describeHops(table, target, NO_FILTER).hops) {
            const place = { kind: 'hop' as const, caller: hop.caller, callee: hop.callee };
            expect(total({ place, count: 'requests', callee: 'failed' })).toBe(hop.calleeFailed);
            expect(total({ place, count: 'failedRequests', callee: 'fine' })).toBe(
              hop.calleeFineCallerFailed,
            );
          }
          const { places, sentence } = describeFates(table, target, NO_FILTER);
          const atTarget = { place: { kind: 'node', path: [service] }, count: 'failedCalls' } as const;
          for (const { failures, endpoint, ...fate } of places) {
            const wanted = endpoint === '' ? fate : { ...fate, endpoint };
            expect(total({ ...atTarget, fate: wanted })).toBe(failures);
          }
          for (const { text, counts } of sentence) {
            if (counts === undefined) continue;
            const told = text === 'The only failure' ? 1 : Number(/^\d+/.exec(text)?.[0]);
            expect(total(counts === 'all' ? atTarget : { ...atTarget, fate: counts })).toBe(told);
          }
          const { requests, failedRequests } = describeThroughput(table, target, NO_FILTER);
          const place = { kind: 'node' as const, path: [service] };
          expect(requests).toBe(total({ place, count: 'requests' }));
          expect(failedRequests).toBe(total({ place, count: 'failedRequests' }));
        }
      }),
      RUNS,
    );
  });
});

const services = fc.constantFrom<ServiceRef>(
  { name: 'cart', type: 'service' },
  { name: 'checkout', type: 'service' },
  { name: 'orders', type: 'database' },
);

const conditions = fc.record(
  {
    end: fc.constantFrom('userAction', 'entryPoint', 'callerMissing', 'any', 'known'),
    orMissing: fc.constant(true),
    service: services,
    calling: services,
    calledBy: services,
    cause: fc.record(
      { own: fc.boolean(), service: services, reason: fc.constantFrom('HTTP 500', 'Boom: order {id}') },
      { requiredKeys: ['own'] },
    ),
    endpoint: fc.constantFrom('GET /cart', 'work', 'Cart/Get'),
    callee: fc.constantFrom('failed', 'fine'),
    durationNs: fc.constantFrom({ from: 0, to: 3_000_000 }, { from: 10_000_000, to: null }),
    start: fc.record({ from: instants, to: fc.constant(null) }),
    fate: fc.constantFrom({ fate: 'absorbed' }, { fate: 'entryPoint' }),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Omit<EvidenceSelection, 'place' | 'count'>>;

function lineOf(row: EvidenceRow): string {
  const { start, durationMs, endpoint, instance, failed, reason, chain } = row;
  return JSON.stringify([
    `${start}`,
    durationMs,
    endpoint,
    instance,
    failed,
    reason,
    chain.map(({ name }) => name),
  ]);
}

function expectedLine(request: Request): string {
  const chain = chainBackwards(request)
    .reverse()
    .map(({ service }) => service.name);
  const { startUnixNano, durationNs, endpoint, instance, failed, reason } = request;
  return JSON.stringify([
    `${startUnixNano}`,
    durationNs / 1e6,
    endpoint,
    instance,
    failed,
    reason ?? '',
    chain,
  ]);
}

describe('the listed requests', () => {
  test('are those that a naive search finds', () => {
    fc.assert(
      fc.property(spanSets, fc.nat(), fc.constantFrom(...COUNTS), conditions, (spans, pick, count, more) => {
        const { requests: table } = assembleSpans(spans);
        if (table.count === 0) return;
        const data = assemble(spans);
        const target = everything(table.services[table.service[pick % table.count]]);
        for (const { path } of placesOf(table, target, NO_FILTER)) {
          const selection: EvidenceSelection = { place: { kind: 'node', path }, count, ...more };
          const { rows } = listEvidence(table, target, NO_FILTER, selection, ALL);
          const expected = evidence(data, target, NO_FILTER, selection);
          expect(rows.map(lineOf).toSorted()).toEqual(expected.map(expectedLine).toSorted());
        }
      }),
      RUNS,
    );
  });

  test('come sorted, and page by page they are the whole list', () => {
    fc.assert(
      fc.property(
        spanSets,
        fc.constantFrom(...EVIDENCE_SORTS),
        fc.boolean(),
        fc.integer({ min: 1, max: 5 }),
        (spans, sort, descending, limit) => {
          const { requests: table } = assembleSpans(spans);
          for (const service of table.services) {
            const selection: EvidenceSelection = {
              place: { kind: 'node', path: [service] },
              count: 'calls',
            };
            const ask = (offset: number, most: number) =>
              listEvidence(table, everything(service), NO_FILTER, selection, {
                sort,
                descending,
                offset,
                limit: most,
              });
            const whole = ask(0, 1000);
            expect(whole.rows.length).toBe(whole.total);
            const pages: EvidenceRow[] = [];
            for (let offset = 0; offset < whole.total; offset += limit) {
              pages.push(...ask(offset, limit).rows);
            }
            expect(pages).toEqual(whole.rows);
            const keys = whole.rows.map((row) => sortKey(row, sort));
            const ascending = descending ? keys.toReversed() : keys;
            for (let i = 1; i < ascending.length; i++) expect(ascending[i] >= ascending[i - 1]).toBe(true);
          }
        },
      ),
      RUNS,
    );
  });
});

function sortKey(row: EvidenceRow, sort: EvidenceSort): bigint | number | string {
  switch (sort) {
    case 'start':
      return row.start ?? 0n;
    case 'duration':
      return row.durationMs;
    case 'failed':
      return Number(row.failed);
    case 'status':
      return row.httpStatus ?? 0;
    case 'service':
      return row.service.name;
    case 'endpoint':
      return row.endpoint;
    case 'instance':
      return row.instance;
  }
}
