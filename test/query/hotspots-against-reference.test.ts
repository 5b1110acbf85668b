/** Hotspots: the engine against a naive recursion over plain requests. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RequestTable } from '../../src/assembly/request-table.ts';
import type { ChainPath, Target } from '../../src/model/answers.ts';
import type { EvidenceSelection } from '../../src/model/answers-evidence.ts';
import type { FindingKey, HotspotsAnswer, UncountedKey } from '../../src/model/answers-hotspots.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import type { Span } from '../../src/model/span.ts';
import { listEvidence } from '../../src/query/evidence.ts';
import { backtrace } from '../../src/query/backtrace.ts';
import { describeHotspots } from '../../src/query/hotspots.ts';
import { NO_FILTER } from '../reference/backtrace.ts';
import { findings, places, uncounted } from '../reference/hotspots.ts';
import { assemble } from '../reference/requests.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { spanSets } from '../support/trace-generator.ts';
import { trace } from '../support/trace-text.ts';

const RUNS = { numRuns: 150 };
const everything = (service: ServiceRef): Target => ({ service, endpoint: null, instance: null });
const service = (name: string): ServiceRef => ({ name, type: 'service' });

const START = 1_700_000_000_000_000_000n;
const id = (number: number): string => number.toString(16).padStart(16, '0');

const call = fc.record({
  /** Mostly the first span: it makes many calls. */
  parent: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(20) }),
  callee: fc.constantFrom('cart', 'cart', 'cart', 'database', 'pay'),
  endpoint: fc.constantFrom('GET', 'GET', 'GET', 'PUT'),
  start: fc.nat(40),
  duration: fc.constantFrom(1, 1, 2, 0, 6),
  failed: fc.constantFrom(false, false, false, false, false, true),
  timeless: fc.constantFrom(false, false, false, false, true),
  /** It starts when the one before it has ended. */
  after: fc.constantFrom(true, true, true, false),
});

/** Requests that make many calls, one after another and beside each other; one unit is `ns`. */
const callSets: fc.Arbitrary<Span[]> = fc
  .tuple(fc.array(call, { minLength: 6, maxLength: 18, size: 'large' }), fc.constantFrom(1, 1_000_000))
  .map(([calls, ns]) => [
    spanOf({ number: 1, name: 'shop', startNs: 0, durationNs: 60 * ns }),
    ...inSequence(calls).map((one, i) => ({
      ...spanOf({ number: i + 2, name: one.callee, startNs: one.start * ns, durationNs: one.duration * ns }),
      parentSpanId: id(1 + (one.parent % (i + 1))),
      name: one.endpoint,
      status: one.failed ? (2 as const) : (0 as const),
      ...(one.timeless ? { startUnixNano: null } : {}),
    })),
  ]);

interface Timed {
  readonly start: number;
  readonly duration: number;
  readonly after: boolean;
}

function inSequence<C extends Timed>(calls: readonly C[]): C[] {
  let end = 0;
  return calls.map((one) => {
    const start = one.after ? end : one.start;
    end = start + one.duration;
    return { ...one, start };
  });
}

function spanOf(one: { number: number; name: string; startNs: number; durationNs: number }): Span {
  const isDatabase = one.name === 'database';
  const text = (value: string) => ({ type: 'string', value }) as const;
  return {
    traceId: '1'.padStart(32, '0'),
    spanId: id(one.number),
    parentSpanId: null,
    name: 'work',
    kind: isDatabase ? 3 : 2,
    startUnixNano: START + BigInt(one.startNs),
    durationNs: one.durationNs,
    status: 0,
    statusMessage: '',
    shared: false,
    resource: { attributes: new Map([['service.name', text(isDatabase ? 'shop' : one.name)]]) },
    scope: { name: '', version: '' },
    attributes: new Map(isDatabase ? [['db.system', text('redis')]] : []),
    events: [],
    links: [],
  };
}

/** How many requests the finding opens. */
function listed(table: RequestTable, target: Target, finding: FindingKey | UncountedKey): number {
  return counted(table, target, { place: { kind: 'finding', path: [target.service], finding } });
}

function counted(table: RequestTable, target: Target, at: Omit<EvidenceSelection, 'count'>): number {
  const page = { sort: 'start', descending: false, offset: 0, limit: 0 } as const;
  return listEvidence(table, target, NO_FILTER, { ...at, count: 'requests' }, page).total;
}

const hotspotsOf = (table: RequestTable, target: Target, path: ChainPath = [target.service]) =>
  describeHotspots(table, { target, filter: NO_FILTER, path });

/** By path of services, as text. */
function placesOf({ nodes }: HotspotsAnswer) {
  const paths: ServiceRef[][] = [];
  return nodes.map((node, i) => {
    paths[i] = [...(node.caller < 0 ? [] : paths[node.caller]), node.service];
    const { requests, failedRequests, waitedFor, timeNs, ownNs } = node;
    return { path: textOf(paths[i]), requests, failedRequests, waitedFor, timeNs, ownNs };
  });
}

const textOf = (path: readonly ServiceRef[]): string => path.map((s) => `${s.type} ${s.name}`).join(' > ');
const byPath = (a: { path: string }, b: { path: string }): number => (a.path < b.path ? -1 : 1);

function nearestRank(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1] ?? 0;
}

function servicesOf(key: FindingKey): readonly ServiceRef[] {
  if (key.kind === 'statement') return [key.callee];
  return key.kind === 'sequential' ? [key.caller, key.first, key.second] : [key.caller, key.callee];
}

describe('hotspots', () => {
  test.each([
    ['of hostile traces', spanSets],
    ['of requests that make many calls', callSets],
  ])('%s are the naive ones, and add up to the response time', (_, sets) => {
    fc.assert(
      fc.property(sets, (spans) => {
        const { requests: table } = assembleSpans(spans);
        const data = assemble(spans);
        for (const target of table.services.map(everything)) {
          const ours = hotspotsOf(table, target);
          const expected = places(data, target, NO_FILTER).map((one) => ({ ...one, path: textOf(one.path) }));
          const plain = expected.map(({ shares: _shares, ...figures }) => figures);
          expect(placesOf(ours).toSorted(byPath)).toEqual(plain.toSorted(byPath));

          const total = data.requests
            .filter((request) => textOf([request.service]) === textOf([target.service]))
            .reduce((sum, { durationNs }) => sum + BigInt(durationNs), 0n);
          expect(ours.nodes[0].timeNs).toBe(total);
          expect(ours.nodes.reduce((sum, { ownNs }) => sum + ownNs, 0n)).toBe(total);
          for (const node of ours.nodes) expect(node.ownNs).toBeGreaterThanOrEqual(0n);

          placesOf(ours).forEach(({ path }, i) => {
            const { shares } = ours.nodes[i];
            const all = expected.find((one) => one.path === path)?.shares ?? [];
            if (path.split(' > ').length > 2) expect(shares).toBeNull();
            else expect(shares).toEqual({ median: nearestRank(all, 50), p95: nearestRank(all, 95) });
          });
          const left = uncounted(data, target, NO_FILTER);
          expect(ours).toMatchObject(left);
          for (const kind of ['outside', 'withoutTime'] as const)
            expect(listed(table, target, { kind })).toBe(left[kind]);

          const downs: ServiceRef[][] = [];
          ours.nodes.forEach(({ caller, service: own, requests, waitedFor }, i) => {
            downs[i] = [...(caller < 0 ? [] : downs[caller]), own];
            const place = { kind: 'flow', path: [target.service], down: downs[i] } as const;
            expect(counted(table, target, { place })).toBe(requests);
            expect(counted(table, target, { place, waits: 'waitedFor' })).toBe(waitedFor);
          });
        }
      }),
      RUNS,
    );
  });

  test('of a caller are those of its requests that led to the chosen service', () => {
    let callers = 0;
    fc.assert(
      fc.property(spanSets, (spans) => {
        const { requests: table } = assembleSpans(spans);
        const data = assemble(spans);
        for (const target of table.services.map(everything)) {
          for (const { service } of backtrace(table, target, NO_FILTER).root.callers) {
            const path = [target.service, service];
            const expected = places(data, target, NO_FILTER, path).map((one) => ({
              ...one,
              path: textOf(one.path),
            }));
            const plain = expected.map(({ shares: _shares, ...figures }) => figures);
            expect(placesOf(hotspotsOf(table, target, path)).toSorted(byPath)).toEqual(
              plain.toSorted(byPath),
            );
            callers++;
          }
        }
      }),
      RUNS,
    );
    expect(callers).toBeGreaterThan(10);
  });

  test('findings are the naive ones', () => {
    fc.assert(
      fc.property(callSets, (spans) => {
        const { requests: table } = assembleSpans(spans);
        const data = assemble(spans);
        for (const target of table.services.map(everything)) {
          const ours = hotspotsOf(table, target);
          const total = ours.nodes[0].timeNs;
          const all = findings(data, target, NO_FILTER)
            .filter(({ timeNs }) => timeNs > 0n && timeNs * 100n >= total)
            .map(({ kind, services, endpoint, requests, calls, timeNs }) => ({
              what: `${kind} ${textOf(services)} ${endpoint}`,
              requests: requests.length,
              calls,
              timeNs,
            }));
          const told = ours.findings.map(({ key, requests, calls, timeNs }) => ({
            what: `${key.kind} ${textOf(servicesOf(key))} ${key.kind === 'sequential' ? '' : key.endpoint}`,
            requests,
            calls,
            timeNs,
          }));
          for (const one of told) expect(all).toContainEqual(one);
          for (const { key, requests } of ours.findings) expect(listed(table, target, key)).toBe(requests);
          for (const kind of ['repeated', 'sequential', 'statement']) {
            const ofKind = ({ what }: { what: string }) => what.startsWith(kind);
            expect(told.filter(ofKind)).toHaveLength(Math.min(5, all.filter(ofKind).length));
          }
        }
      }),
      RUNS,
    );
  });

  const drawn = (drawing: string, name = 'shop') =>
    hotspotsOf(assembleSpans(trace(drawing)).requests, everything(service(name)));
  const told = (answer: HotspotsAnswer) =>
    placesOf(answer).map(
      ({ path, timeNs, ownNs }) => `${path}: ${timeNs / 1_000_000n}, own ${ownNs / 1_000_000n}`,
    );

  test('calls of one endpoint are repeated from five on, retries left out', () => {
    const calls = (count: number, failed = '') =>
      Array.from(
        { length: count },
        (_, i) => `  cart  b  server  5ms  at=${10 * i}ms ${failed && i % 2 === 0 ? failed : ''}`,
      );
    const foundIn = (lines: readonly string[]) =>
      drawn(['shop  a  server  200ms  at=0ms', ...lines].join('\n')).findings.filter(
        ({ key }) => key.kind === 'repeated',
      );
    expect(foundIn(calls(4))).toEqual([]);
    expect(foundIn(calls(5))).toEqual([
      {
        key: { kind: 'repeated', caller: service('shop'), callee: service('cart'), endpoint: 'b' },
        requests: 1,
        calls: 5,
        mostCalls: 5,
        timeNs: 25_000_000n,
      },
    ]);
    expect(foundIn(calls(8, ' error'))).toEqual([]);
    expect(foundIn(calls(10, ' error')).map(({ calls: all }) => all)).toEqual([10]);
    // All at once: nobody waits for one after another.
    expect(foundIn(calls(6).map((line) => line.replace(/at=\d+/, 'at=1')))).toEqual([]);
  });

  test('give what overlaps to the call that ends last', () => {
    const answer = drawn(`
      shop  a  server  100ms  at=0ms
        cart   b  server  60ms  at=10ms
        pay    c  server  60ms  at=30ms
        stock  d  server  20ms  at=5ms
    `);
    expect(told(answer)).toEqual([
      'service shop: 100, own 20',
      'service shop > service pay: 60, own 60',
      'service shop > service stock: 20, own 20',
      'service shop > service cart: 0, own 0',
    ]);
    expect(answer.nodes.map(({ waitedFor }) => waitedFor)).toEqual([1, 1, 1, 0]);
  });

  test('cut off what lies outside of the caller, and count it', () => {
    const answer = drawn(`
      shop  a  server  10ms  at=10ms
        cart  b  server  10ms  at=5ms
          pay  c  server  10ms  at=5ms
        mail  d  server  50ms  at=18ms
    `);
    expect(told(answer)).toEqual([
      'service shop: 10, own 3',
      'service shop > service cart: 5, own 0',
      'service shop > service cart > service pay: 5, own 5',
      'service shop > service mail: 2, own 2',
    ]);
    expect(answer).toMatchObject({ outside: 2, withoutTime: 0 });
  });
});
