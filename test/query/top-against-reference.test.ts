/** Top requests: the engine's groups and figures against plain lists of requests. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EVERYTHING } from '../../src/model/answers.ts';
import type { Filter } from '../../src/model/answers.ts';
import { MEASURES, REQUEST_KINDS, SPLIT_FACTS } from '../../src/model/answers-top.ts';
import type { Split, TopFigures } from '../../src/model/answers-top.ts';
import type { Request } from '../reference/requests.ts';
import { backtrace } from '../../src/query/backtrace.ts';
import { prepareFilters } from '../../src/query/prepare-filters.ts';
import { listTopRequests, topGroup, topRest } from '../../src/query/top-requests.ts';
import { DEFAULT_VIEW } from '../../src/link/view-state.ts';
import { narrowToGroup } from '../../src/ui/requests/narrow-to-group.ts';
import { assemble } from '../reference/requests.ts';
import { responseTimeOf } from '../reference/statistics.ts';
import { groupsOf, measured, requestsOf } from '../reference/top.ts';
import { spanData } from '../support/span-data.ts';
import { spanSets } from '../support/trace-generator.ts';

const split: fc.Arbitrary<Split> = fc.oneof(
  fc.constantFrom(...SPLIT_FACTS).map((name): Split => ({ kind: 'fact', name })),
  fc.record({
    kind: fc.constant('attribute' as const),
    scope: fc.constantFrom('span' as const, 'resource' as const, 'any' as const),
    key: fc.constantFrom('http.request.method', 'host.name', 'db.system', 'session.id', '__proto__'),
  }),
);
const instants = fc.bigInt({ min: 1_699_999_999_900_000_000n, max: 1_700_000_000_300_000_000n });
const filters: fc.Arbitrary<Filter> = fc.record({
  ...Object.fromEntries(Object.entries(EVERYTHING).map(([key, value]) => [key, fc.constant(value)])),
  timeframe: fc.record({ from: fc.option(instants, { nil: null }), to: fc.option(instants, { nil: null }) }),
}) as fc.Arbitrary<Filter>;

function plain({ requests, failedRequests, responseTime, sum, share }: TopFigures): unknown {
  return {
    requests,
    failedRequests,
    responseTime: rounded(responseTime),
    sum: near(sum),
    share: near(share),
  };
}

function naive(requests: readonly Request[], all: readonly Request[]): unknown {
  return {
    requests: requests.length,
    failedRequests: measured(requests, 'failedRequests', all),
    responseTime: rounded(responseTimeOf(requests.map(({ durationNs }) => durationNs))),
    sum: near(measured(requests, 'sum', all) ?? 0),
    share: near(measured(requests, 'share', all) ?? 0),
  };
}

const near = (value: number): number => Number(value.toPrecision(9));
const rounded = (times: { average: number }) => ({ ...times, average: near(times.average) });

test('top requests are the naive groups, with their figures, over time, and their requests', async () => {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(
      spanSets,
      filters,
      fc.constantFrom(...REQUEST_KINDS),
      fc.array(split, { minLength: 1, maxLength: 2 }),
      fc.constantFrom(...MEASURES),
      fc.integer({ min: 1, max: 5 }),
      async (spans, filter, kind, splits, measure, top) => {
        const data = spanData(spans);
        const answer = await listTopRequests(data, { filter, choice: { kind, splits, measure, top } });
        const all = requestsOf(assemble(spans), filter.timeframe, kind);
        const groups = groupsOf(all, splits);
        const keyOf = (values: (typeof answer.rows)[number]['values']) =>
          values.map(({ value, service }) => JSON.stringify([value, service])).join();
        expect(plain(answer.all)).toEqual(naive(all, all));
        expect(answer.rows.length).toBe(Math.min(top, groups.length));
        const told = new Set<string>();
        for (const row of answer.rows) {
          const group = groups.find(({ values }) => values.join() === keyOf(row.values));
          expect(plain(row)).toEqual(naive(group?.requests ?? [], all));
          expect((await topGroup(data, filter, { of: kind, splits, values: row.values })).length).toBe(
            row.requests,
          );
          told.add(keyOf(row.values));
          seen++;
        }
        const rest = groups.filter(({ values }) => !told.has(values.join()));
        expect(answer.rest?.groups ?? 0).toBe(rest.length);
        const others = rest.flatMap((group) => group.requests);
        if (answer.rest) expect(plain(answer.rest)).toEqual(naive(others, all));
        expect((await topRest(data, filter, answer.choice)).length).toBe(answer.rest?.requests ?? 0);
        const rank = (requests: readonly Request[]): number =>
          measured(requests, measure === 'perMinute' ? 'requests' : measure, all) ?? 0;
        const least = Math.min(
          ...groups.filter(({ values }) => told.has(values.join())).map((group) => rank(group.requests)),
        );
        for (const group of rest) expect(rank(group.requests)).toBeLessThanOrEqual(least + 1e-9);
        expectOverTime(answer, all, measure);
      },
    ),
    { numRuns: 300 },
  );
  expect(seen).toBeGreaterThan(0);
});

test('narrowing to a group leaves its requests', async () => {
  let toBacktrace = 0;
  let toFewer = 0;
  await fc.assert(
    fc.asyncProperty(spanSets, fc.array(split, { minLength: 1, maxLength: 2 }), async (spans, splits) => {
      const data = spanData(spans);
      const choice = { kind: 'all', splits, measure: 'requests', top: 99 } as const;
      const names = new Set(data.table.services.map(({ name }) => name));
      // A condition names a caller, whatever its type.
      if (names.size < data.table.services.length) return;
      for (const { values, requests } of (await listTopRequests(data, { filter: EVERYTHING, choice })).rows) {
        const narrowed = narrowToGroup(DEFAULT_VIEW, splits, values);
        if (narrowed === null) continue;
        const { where = null, chains = [], endpoint = null, instance = null, service } = narrowed.patch;
        const filter = { ...EVERYTHING, where, chains };
        await prepareFilters(data, [filter]);
        if (narrowed.toBacktrace) {
          const own = data.table.services.find(({ name }) => name === service);
          if (!own) throw new Error(`there is no service ${service}`);
          const { root } = backtrace(data.table, { service: own, endpoint, instance }, filter);
          expect(root.calls, JSON.stringify(narrowed)).toBe(requests);
          toBacktrace++;
        } else {
          const left = await listTopRequests(data, { filter, choice });
          expect(left.all.requests, JSON.stringify(narrowed)).toBe(requests);
          toFewer++;
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(Math.min(toBacktrace, toFewer)).toBeGreaterThan(10);
});

/** Of all groups together: each bar holds the measure of the requests that start in it. */
function expectOverTime(
  { all, bars, widthNs }: Awaited<ReturnType<typeof listTopRequests>>,
  requests: readonly Request[],
  measure: (typeof MEASURES)[number],
): void {
  expect(all.overTime.length).toBe(bars.length);
  bars.forEach((from, bar) => {
    const members = requests.filter(
      ({ startUnixNano: start }) => start !== null && start >= from && start < from + widthNs,
    );
    const expected =
      measure === 'perMinute'
        ? members.length / (Number(widthNs) / 60e9)
        : measured(members, measure, members);
    const ours = all.overTime[bar];
    expect(ours === null ? null : near(ours)).toEqual(expected === null ? null : near(expected));
  });
}
