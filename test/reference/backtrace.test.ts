/** The reference against examples computed by hand from SEMANTICS.md §6 and §8. */
import { describe, expect, test } from 'vitest';
import { BEGINNING, trace } from '../support/trace-text.ts';
import { backtrace, NO_FILTER, services } from './backtrace.ts';
import { backtraceOf, ref } from './drawn-answers.ts';
import { exportBacktrace } from './export.ts';
import { assemble } from './requests.ts';

/** Two page loads; the first one's blog request asks the ads twice, which fail, and does not mind. */
const HANDLED = `
  web  documentLoad  internal  app  90ms  user.id=ann
    web  GET  client  app
      blog  GET /blog  server  40ms
        blog  ads  client
          ads  GET /ads  server  10ms  500
        blog  ads  client
          ads  GET /ads  server  30ms  500
  web  click  internal  app  20ms  user.id=bob
    web  GET  client  app
      ads  GET /ads  server  20ms`;

describe('backtrace', () => {
  test('figures of every node, computed by hand', () => {
    const { root, impact, unfiltered } = backtraceOf(trace(HANDLED), ref('ads'));
    expect(unfiltered).toBe(3);
    expect(exportBacktrace(root)).toMatchObject({
      service: 'ads',
      type: 'service',
      calls: 3,
      failedCalls: 2,
      requests: 3,
      failedRequests: 2,
      hit: 2,
      hitFailed: 2,
      ends: { userAction: 0, entryPoint: 0, callerMissing: 0 },
      responseTime: { count: 3, average: 20, median: 20, p75: 30, p90: 30, p95: 30, p99: 30, max: 30 },
      callers: [
        {
          service: 'blog',
          calls: 2,
          failedCalls: 2,
          requests: 1,
          failedRequests: 0,
          hit: 1,
          hitFailed: 0,
          callers: [
            {
              service: 'web',
              type: 'application',
              calls: 2,
              requests: 1,
              hit: 1,
              ends: { userAction: 2, entryPoint: 0, callerMissing: 0 },
              callers: [],
            },
          ],
        },
        { service: 'web', calls: 1, failedCalls: 0, requests: 1, hit: 0, ends: { userAction: 1 } },
      ],
    });
    expect(root.callers[1]?.share).toBeCloseTo(1 / 3);
    expect(impact).toEqual({
      verdict: 'handled',
      ends: {
        userAction: { requests: 2, hit: 1, hitFailed: 0 },
        entryPoint: { requests: 0, hit: 0, hitFailed: 0 },
        callerMissing: { requests: 0, hit: 0, hitFailed: 0 },
      },
      notHit: 1,
      notHitFailed: 0,
      users: { hit: 1, hitFailed: 0 },
      sessions: null,
    });
  });

  test('share of time, and median, of the services', () => {
    const rows = services(assemble(trace(HANDLED)));
    expect(rows.map((row) => [row.service.name, row.requests, row.failedRequests, row.median])).toEqual([
      ['ads', 3, 2, 20],
      ['blog', 1, 0, 40],
      ['web', 2, 0, 20],
    ]);
    expect(rows.map((row) => row.shareOfTime)).toEqual([60 / 210, 40 / 210, 110 / 210]);
  });

  test('a timeframe is half-open and tests the target alone', () => {
    const data = assemble(
      trace(`
        a  x  server  at=0ms
          b  y  server  at=10ms
          b  y  server  at=20ms`),
    );
    const timeframe = { from: BEGINNING + 10_000_000n, to: BEGINNING + 20_000_000n };
    const target = { service: ref('b'), endpoint: null, instance: null };
    const { root, unfiltered } = backtrace(data, target, { ...NO_FILTER, timeframe });
    expect([root.calls, unfiltered, root.callers[0]?.calls]).toEqual([1, 2, 1]);
  });

  test('a chain filter keeps the targets whose chain begins with the path', () => {
    const data = assemble(trace(HANDLED));
    const target = { service: ref('ads'), endpoint: null, instance: null };
    const chains = [{ path: [ref('ads'), ref('blog')], exclude: false, steps: [] }];
    const { root } = backtrace(data, target, { ...NO_FILTER, chains });
    expect([root.calls, root.callers.length]).toEqual([2, 1]);
  });

  test('a service that the data does not hold is not found', () => {
    expect(backtraceOf(trace(HANDLED), ref('nowhere'))).toMatchObject({ found: false, root: { calls: 0 } });
  });
});

/** `count` traces, one request of `web` or `gate` each, that calls `pay`. */
function many(count: number, top: string, pay: string): string {
  return `${top}\n  pay  x  server  ${pay}\n`.repeat(count);
}

describe('verdict', () => {
  const verdictOf = (drawing: string): string => backtraceOf(trace(drawing), ref('pay')).impact.verdict;

  test.each([
    ['no failures', many(3, 'web  click  internal  app  error', 'ok')],
    ['unknown', many(3, 'web  GET  server  parent=ff  error', 'error')],
    ['handled', many(3, 'web  click  internal  app', 'error')],
    // One is known to be handled; what became of the failure that came through to the other end is not.
    [
      'unknown',
      many(1, 'gate  GET  server', 'error') + many(1, 'lost  GET  server  parent=ff  error', 'error'),
    ],
    ['handled', many(1, 'gate  GET  server', 'error') + many(1, 'lost  GET  server  parent=ff', 'error')],
    ['reached users', many(3, 'web  click  internal  app  error', 'error')],
    ['reached entry points', many(3, 'gate  GET  server  error', 'error')],
    // Every end fails, hit or not: passed on is not above the baseline.
    ['handled', many(9, 'gate  GET  server  error', 'error') + many(9, 'gate  GET  server  error', 'ok')],
    // Of those not hit 1 of 4 fails: 2 or more of 4 would by chance with p = 0.26, 4 of 4 with 0.004.
    [
      'handled',
      many(2, 'gate  GET  server  error', 'error') +
        many(2, 'gate  GET  server', 'error') +
        many(1, 'gate  GET  server  error', 'ok') +
        many(3, 'gate  GET  server', 'ok'),
    ],
    [
      'reached entry points',
      many(4, 'gate  GET  server  error', 'error') +
        many(1, 'gate  GET  server  error', 'ok') +
        many(3, 'gate  GET  server', 'ok'),
    ],
    // None of those not hit fails: one that does is above chance.
    [
      'partly handled',
      many(4, 'gate  GET  server  error', 'error') +
        many(5, 'gate  GET  server', 'error') +
        many(9, 'gate  GET  server', 'ok'),
    ],
    [
      'reached entry points',
      many(5, 'gate  GET  server  error', 'error') +
        many(4, 'gate  GET  server', 'error') +
        many(9, 'gate  GET  server', 'ok'),
    ],
  ])('%s', (verdict, drawing) => {
    expect(verdictOf(drawing)).toBe(verdict);
  });
});
