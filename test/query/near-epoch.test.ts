/** Spans of 1970 among others (docs/figures.md, Time near 1970): counted, told, and no range of decades. */
import { expect, test } from 'vitest';
import { EVERYTHING } from '../../src/model/answers.ts';
import { describeService } from '../../src/query/service.ts';
import { describeThroughput } from '../../src/query/distribution.ts';
import { assembleSpans } from '../support/assemble-spans.ts';
import { trace } from '../support/trace-text.ts';

const SHOP = trace(`
  shop  GET /cart  server  at=0s
  shop  GET /cart  server  at=60s  trace=2
`);
const EARLY = trace(`
  shop  GET /early  server  trace=3
  shop  GET /small  server  trace=4
`).map((span, i) => ({ ...span, startUnixNano: 1_000_000n * BigInt(i + 1) }));
const TARGET = { service: { name: 'shop', type: 'service' }, endpoint: null, instance: null } as const;

test('beside later requests those of 1970 count, but do not stretch the range', () => {
  const alone = assembleSpans(SHOP);
  const mixed = assembleSpans([...EARLY, ...SHOP]);
  expect(mixed.range).toEqual(alone.range);
  expect(mixed.counts).toMatchObject({ spans: 4, requests: 4, spansNearEpoch: 2 });
  expect(mixed.files[0].nearEpoch).toEqual({
    count: 2,
    first: { name: 'GET /early', traceId: EARLY[0].traceId, start: 1_000_000n },
  });
  expect(alone.files[0].nearEpoch).toBeUndefined();
});

test('an open timeframe is passed by all of them; the chart says how many it leaves out', () => {
  const { requests, series } = describeService(
    assembleSpans([...EARLY, ...SHOP]).requests,
    TARGET,
    EVERYTHING,
  );
  const { series: without } = describeService(assembleSpans(SHOP).requests, TARGET, EVERYTHING);
  expect(requests).toBe(4);
  expect(series.undrawn).toBe(2);
  expect(series.buckets).toEqual(without.buckets);
  expect(without.undrawn).toBeUndefined();
});

test('a rate per minute is over the minutes of the later ones', () => {
  const { perMinute } = describeThroughput(assembleSpans([...EARLY, ...SHOP]).requests, TARGET, EVERYTHING);
  expect(perMinute).toBeCloseTo(4, 6);
});

test('where all are of 1970 nothing is left out', () => {
  const { requests, range, counts } = assembleSpans(EARLY);
  expect(range).toEqual({ from: 1_000_000n, to: 2_000_001n });
  expect(counts.spansNearEpoch).toBe(2);
  const { series } = describeService(requests, TARGET, EVERYTHING);
  expect(series.undrawn).toBeUndefined();
  expect(series.buckets.reduce((sum, bucket) => sum + bucket.requests, 0)).toBe(2);
});
