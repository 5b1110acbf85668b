/** Outliers: the engine's counts and tests against sets of plain requests. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EVERYTHING } from '../../src/model/answers.ts';
import type { RequestTable } from '../../src/assembly/request-table.ts';
import type { BacktraceNode, ChainPath, Target } from '../../src/model/answers.ts';
import { OUTLIER_SETS } from '../../src/model/answers-outliers.ts';
import type { OutlierRow, OutlierSet, OutlierValue } from '../../src/model/answers-outliers.ts';
import type { Ruleset } from '../../src/model/ruleset.ts';
import type { AttributeValue, Span } from '../../src/model/span.ts';
import { HEADWATER_RULES } from '../../src/failure/rulesets.ts';
import { describeOutliers } from '../../src/query/outliers.ts';
import { backtrace } from '../../src/query/backtrace.ts';
import { nodeRows } from '../../src/query/node-rows.ts';
import { prepareFilters } from '../../src/query/prepare-filters.ts';
import { answer } from '../../src/query/questions.ts';
import { withRules } from '../../src/query/with-rules.ts';
import { narrowToValue } from '../../src/ui/outliers/narrow-to-value.ts';
import { DEFAULT_VIEW } from '../../src/link/view-state.ts';
import { valueEvidence } from '../../src/ui/outliers/outlier-evidence.ts';
import { outliers } from '../reference/outliers.ts';
import type { ReferenceGroup, ReferenceValue } from '../reference/outliers.ts';
import { assemble } from '../reference/requests.ts';
import { reasonUnder } from '../reference/rulesets.ts';
import { segmentsOf } from '../support/assemble-spans.ts';
import { spanData } from '../support/span-data.ts';
import { rulesets } from '../support/ruleset-generator.ts';
import { spanSets } from '../support/trace-generator.ts';
import { trace } from '../support/trace-text.ts';

const text = (value: string): AttributeValue => ({ type: 'string', value });

const drawn = fc.record({
  ms: fc.constantFrom(1, 1, 1, 2, 3, 80, 90),
  failed: fc.constantFrom(false, false, true),
  attributes: fc.dictionary(
    fc.constantFrom('cache', 'db.name', '__proto__', 'tenant'),
    fc.constantFrom('', 'a', 'b'),
  ),
  user: fc.nat(200),
  host: fc.constantFrom('h1', 'h2'),
  version: fc.option(fc.constantFrom('1', '2'), { nil: undefined }),
  /** A second record of the span, which says more. */
  again: fc.constantFrom(false, false, false, true),
});

/** Many requests of one service, whose attributes go together with nothing but by chance. */
const manyRequests: fc.Arbitrary<Span[]> = fc.array(drawn, { minLength: 8, maxLength: 60 }).map((requests) =>
  requests.flatMap((one, i) => {
    const resource = { 'service.name': 'shop', 'host.name': one.host, 'service.version': one.version };
    const said = Object.entries(resource).flatMap(([key, value]): [string, AttributeValue][] =>
      value === undefined ? [] : [[key, text(value)]],
    );
    const attributes = [...Object.entries(one.attributes), ['user.id', String(one.user)]] as const;
    const span: Span = {
      traceId: String(i + 1).padStart(32, '0'),
      spanId: String(i + 1).padStart(16, '0'),
      parentSpanId: null,
      name: 'work',
      kind: 2,
      startUnixNano: 1_700_000_000_000_000_000n,
      durationNs: one.ms * 1_000_000,
      status: one.failed ? 2 : 0,
      statusMessage: '',
      shared: false,
      resource: { attributes: new Map(said) },
      scope: { name: '', version: '' },
      attributes: new Map(attributes.map(([key, value]) => [key, text(value)])),
      events: [],
      links: [],
    };
    const more = new Map([...span.attributes, ['cache', text('again')], ['late', text('yes')]] as const);
    return one.again ? [span, { ...span, attributes: more }] : [span];
  }),
);

function told({ field, value, path }: OutlierValue): ReferenceValue {
  const key = `${field.kind} ${field.kind === 'request' ? field.name : field.key}`;
  if (key === 'request outcome') return { key, value: String(value === 'failed') };
  if (path === null) return { key, value };
  return { key, value: JSON.stringify(key === 'request caller' ? path[0] : path) };
}

/** Equal groups give equal lists, however they are ordered. */
function plainGroups(groups: readonly ReferenceGroup[]): unknown[] {
  const plain = groups.map(({ values, inside, outside, chance }) => {
    const sorted = values.map(({ key, value }) => JSON.stringify([key, value])).sort();
    return { values: sorted, inside, outside, chance: Number(chance.toFixed(8)) };
  });
  return plain.sort((a, b) => (a.values.join() < b.values.join() ? -1 : 1));
}

function asGroup(row: OutlierRow): ReferenceGroup {
  return { values: [row, ...row.alike].map(told), ...row };
}

/** As assembled, with what failed by other rules. */
function assembledUnder(spans: readonly Span[], ruleset: Ruleset): ReturnType<typeof assemble> {
  const naive = assemble(spans);
  for (const request of naive.requests) {
    const reason = reasonUnder(request, ruleset);
    Object.assign(request, { failed: reason !== null, reason });
  }
  return naive;
}

async function expectNaive(
  spans: readonly Span[],
  set: OutlierSet,
  perSegment: number,
  ruleset = HEADWATER_RULES,
): Promise<number> {
  const assembled = spanData(spans, perSegment);
  const data = { ...assembled, table: withRules(assembled.table, ruleset) };
  const naive = assembledUnder(spans, ruleset);
  let rows = 0;
  for (const { target, path } of nodesOf(data.table)) {
    const ours = await describeOutliers(data, { target, filter: EVERYTHING, path, set });
    const expected = outliers(naive, target, EVERYTHING, set, path);
    const [inside, outside] = [expected.outliers.length, expected.others.length];
    expect(ours).toMatchObject({ outliers: inside, others: outside, comparisons: expected.groups.length });
    const over = expected.groups.filter((one) => one.inside / inside > one.outside / outside);
    expect(plainGroups(ours.rows.map(asGroup))).toEqual(plainGroups(over));
    expect(ours.overRepresented).toBe(over.length);
    expect(ours.beyondChance).toBe(over.filter(({ chance }) => chance < 0.05).length);
    expect(ours.ids.map((field) => told({ field, value: null, path: null }).key).sort()).toEqual(
      expected.ids.toSorted(),
    );
    const cut = Math.min(...expected.outliers.map(({ durationNs }) => durationNs));
    expect(ours.cutNs).toBe(set === 'failed' || inside === 0 ? null : cut);
    expect(ours.bars.reduce((sum, bar) => sum + bar.outliers, 0)).toBe(inside);
    expect(ours.bars.reduce((sum, bar) => sum + bar.others, 0)).toBe(outside);
    rows += ours.rows.length;
  }
  return rows;
}

/** Every node of the backtrace of each service, and of the first two together where their names tell them apart. */
function nodesOf(table: RequestTable): readonly { readonly target: Target; readonly path: ChainPath }[] {
  const single = table.services.map((service): Target => ({ service, endpoint: null, instance: null }));
  const [first, second] = table.services;
  const together = second && first.name !== second.name ? [{ ...single[0], others: [second] }] : [];
  return [...single, ...together].flatMap((target) => {
    const visit = (path: ChainPath, node: BacktraceNode): ChainPath[] => [
      path,
      ...node.callers.flatMap((caller) => visit([...path, caller.service], caller)),
    ];
    const { root } = backtrace(table, target, EVERYTHING);
    return visit([target.service], root).map((path) => ({ target, path }));
  });
}

describe('outliers', () => {
  test.each([
    ['of many requests of one service', manyRequests],
    ['of hostile traces', spanSets],
  ])('%s are the naive ones, value by value', async (_, sets) => {
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(
        sets,
        fc.constantFrom(...OUTLIER_SETS),
        fc.integer({ min: 1, max: 30 }),
        async (spans, set, perSegment) => {
          rows += await expectNaive(spans, set, perSegment);
        },
      ),
      { numRuns: 150 },
    );
    expect(rows).toBeGreaterThan(0);
  });

  test('under other failure rules are the naive ones', async () => {
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(spanSets, fc.constantFrom(...OUTLIER_SETS), rulesets, async (spans, set, ruleset) => {
        rows += await expectNaive(spans, set, 7, ruleset);
      }),
      { numRuns: 150 },
    );
    expect(rows).toBeGreaterThan(0);
  });

  test('each count opens as many requests', async () => {
    const page = { sort: 'start', descending: false, offset: 0, limit: 0 } as const;
    let opened = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(manyRequests, spanSets),
        fc.constantFrom(...OUTLIER_SETS),
        async (spans, set) => {
          const data = spanData(spans);
          const segments = segmentsOf(spans, 7);
          const load = ({ seq }: { seq: number }) => Promise.resolve(segments[seq]);
          for (const { target, path } of nodesOf(data.table)) {
            const outlying = await describeOutliers(data, { target, filter: EVERYTHING, path, set });
            for (const row of outlying.rows.slice(0, 20)) {
              for (const value of [row, ...row.alike]) {
                for (const side of ['inside', 'outside'] as const) {
                  const selection = valueEvidence(path, outlying, value, side);
                  const params = { target, filter: EVERYTHING, selection, page };
                  const listed = await answer(data.table, 'evidence', params, {
                    load,
                    rules: null,
                    second: null,
                  });
                  expect(listed.total, JSON.stringify(selection)).toBe(row[side]);
                  opened++;
                }
              }
            }
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(opened).toBeGreaterThan(10);
  });

  test('narrowing to a value leaves the requests that bear it', async () => {
    let narrowed = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(manyRequests, spanSets),
        fc.constantFrom(...OUTLIER_SETS),
        async (spans, set) => {
          const data = spanData(spans);
          for (const { target, path } of nodesOf(data.table)) {
            const { rows } = await describeOutliers(data, { target, filter: EVERYTHING, path, set });
            for (const row of rows.slice(0, 20)) {
              for (const value of [row, ...row.alike]) {
                const left = narrowToValue({ target, at: path }, DEFAULT_VIEW, value);
                if (left === null) continue;
                const { where = null, chains = [], endpoint = null, instance = null } = left;
                const filter = { ...EVERYTHING, where, chains };
                await prepareFilters(data, [filter]);
                const params = { target: { ...target, endpoint, instance }, filter, path };
                const { rows: kept } = nodeRows(data.table, params);
                expect(kept.length, JSON.stringify(left)).toBe(row.inside + row.outside);
                narrowed++;
              }
            }
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(narrowed).toBeGreaterThan(10);
  });

  test('are found: the value that goes with slowness comes first, and ids are named', async () => {
    const spans = Array.from({ length: 200 }, (_, i): Span => {
      const slow = i % 20 === 0;
      return {
        traceId: String(i + 1).padStart(32, '0'),
        spanId: String(i + 1).padStart(16, '0'),
        parentSpanId: null,
        name: 'work',
        kind: 2,
        startUnixNano: 1_700_000_000_000_000_000n,
        durationNs: slow ? 1_000_000_000 + i : 1_000_000 + i,
        status: 0,
        statusMessage: '',
        shared: false,
        resource: { attributes: new Map([['service.name', text('shop')]]) },
        scope: { name: '', version: '' },
        attributes: new Map([
          ['db.name', text(slow || i % 50 === 7 ? 'orders' : 'carts')],
          ['parity', text(String(i % 3))],
          ['order.id', text(`o${i}`)],
        ]),
        events: [],
        links: [],
      };
    });
    const target: Target = { service: { name: 'shop', type: 'service' }, endpoint: null, instance: null };
    const answer = await describeOutliers(spanData(spans, 64), {
      target,
      filter: EVERYTHING,
      path: [target.service],
      set: 'slow5',
    });
    expect(answer).toMatchObject({ outliers: 10, others: 190, cutNs: 1_000_000_000, beyondChance: 1 });
    expect(answer.rows[0]).toMatchObject({
      field: { kind: 'span', key: 'db.name' },
      value: 'orders',
      inside: 10,
      outside: 4,
    });
    expect(answer.ids).toEqual([{ kind: 'span', key: 'order.id' }]);
  });

  test('names some of the keys that are made of data, and counts the others', async () => {
    const keysOf = (i: number): string => Array.from({ length: 150 }, (_, k) => `key${i}x${k}=1`).join('  ');
    const lines = ['ok', 'ok', 'error'].map((status, i) => `shop  work  server  ${status}  ${keysOf(i)}`);
    const target: Target = { service: { name: 'shop', type: 'service' }, endpoint: null, instance: null };
    const data = spanData(trace(lines.join('\n')));
    const { ids, unnamed } = await describeOutliers(data, {
      target,
      filter: EVERYTHING,
      path: [target.service],
      set: 'failed',
    });
    expect(ids).toHaveLength(200);
    expect(unnamed).toBe(250);
  });
});
