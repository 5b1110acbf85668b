/** Filters that fit what trace-generator.ts draws: conditions that some requests pass, zones, chains of the data. */
import fc from 'fast-check';
import type { ChainFilter, Filter, ZoneFilter } from '../../src/model/answers.ts';
import { COMPARISONS, INTRINSICS } from '../../src/model/conditions.ts';
import type { Comparison, Condition, ConditionField, ConditionValue } from '../../src/model/conditions.ts';
import { chainBackwards } from '../reference/backtrace.ts';
import type { ReferenceData } from '../reference/requests.ts';

const KEYS = [
  'http.status_code',
  'http.response.status_code',
  'http.method',
  'server.port',
  'messaging.system',
  'service.name',
  'service.namespace',
  'host.name',
  'process.pid',
  'no.such.key',
];
const field: fc.Arbitrary<ConditionField> = fc.oneof(
  fc.record({ kind: fc.constant('intrinsic' as const), name: fc.constantFrom(...INTRINSICS) }),
  fc.record({
    kind: fc.constant('attribute' as const),
    scope: fc.constantFrom('span', 'resource', 'any'),
    key: fc.constantFrom(...KEYS),
  }),
);
const TEXTS = [
  '500',
  '404',
  'GET',
  'GET /cart',
  'shop',
  'payment',
  'cart',
  'call',
  'HTTP 500',
  'h1',
  '',
  '1',
];
const PATTERNS = ['.*a.*', '[45]..', 'GET.*', 'Boom: .*', '(sh|c)(op|art)', '0*1', ''];
const value: fc.Arbitrary<ConditionValue> = fc.oneof(
  fc.constantFrom(...TEXTS).map((text): ConditionValue => ({ kind: 'text', text })),
  fc.constantFrom(500, 404.5, 7, 443).map((number): ConditionValue => ({ kind: 'number', number })),
  fc.constantFrom(1e6, 3e6, 250e6, 7).map((ns): ConditionValue => ({ kind: 'duration', ns })),
  fc.boolean().map((boolean): ConditionValue => ({ kind: 'boolean', boolean })),
  fc
    .constantFrom('error', 'ok', 'server', 'client')
    .map((keyword): ConditionValue => ({ kind: 'keyword', keyword })),
  fc.constant<ConditionValue>({ kind: 'nil' }),
);
const comparison: fc.Arbitrary<Condition> = fc
  .record({
    field,
    comparison: fc.constantFrom(...COMPARISONS),
    value,
    pattern: fc.constantFrom(...PATTERNS),
  })
  .map(({ field: of, comparison: by, value: to, pattern }) => {
    const isMatch = by === '=~' || by === '!~';
    const compared = isMatch && to.kind === 'text' ? { kind: 'text' as const, text: pattern } : to;
    return { kind: 'compare', field: of, comparison: by, value: compared };
  });

const intrinsic = (name: (typeof INTRINSICS)[number]): ConditionField => ({ kind: 'intrinsic', name });
const attribute = (scope: 'span' | 'resource' | 'any', key: string): ConditionField => ({
  kind: 'attribute',
  scope,
  key,
});
/** Some requests of most drawn data pass them, and some do not. */
const LIKELY: readonly (readonly [ConditionField, Comparison, ConditionValue])[] = [
  [intrinsic('span:duration'), '>', { kind: 'duration', ns: 1e6 }],
  [intrinsic('span:duration'), '<=', { kind: 'duration', ns: 3e6 }],
  [intrinsic('span:kind'), '=', { kind: 'keyword', keyword: 'server' }],
  [intrinsic('span:kind'), '!=', { kind: 'keyword', keyword: 'server' }],
  [intrinsic('span:status'), '!=', { kind: 'keyword', keyword: 'error' }],
  [intrinsic('request:failed'), '=', { kind: 'boolean', boolean: false }],
  [intrinsic('request:exception'), '=', { kind: 'nil' }],
  [intrinsic('request:service'), '=~', { kind: 'text', text: '.*[ap].*' }],
  [intrinsic('request:endpoint'), '!=', { kind: 'text', text: 'GET /cart' }],
  [intrinsic('request:caller'), '!=', { kind: 'text', text: 'shop' }],
  [intrinsic('request:caller'), '=', { kind: 'nil' }],
  [intrinsic('request:end'), '!=', { kind: 'text', text: 'entryPoint' }],
  [intrinsic('request:httpStatus'), '<', { kind: 'number', number: 500 }],
  [intrinsic('span:id'), '>', { kind: 'text', text: '0000000000000003' }],
  [attribute('span', 'http.status_code'), '=', { kind: 'nil' }],
  [attribute('any', 'service.namespace'), '=', { kind: 'text', text: 'shop' }],
  [attribute('resource', 'service.name'), '!~', { kind: 'text', text: 'c.*' }],
  [attribute('span', 'http.request.method'), '!=', { kind: 'text', text: 'POST' }],
];
const likely = fc
  .constantFrom(...LIKELY)
  .map(([of, by, to]): Condition => ({ kind: 'compare', field: of, comparison: by, value: to }));

/** Of any field, with values of any kind: of most, some requests fit and some do not. */
export const fittingConditions: fc.Arbitrary<Condition> = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    comparison,
    likely,
    likely,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      conditions: fc.array(tie('any'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), condition: tie('any') }),
  ),
})).any;

const zone: fc.Arbitrary<ZoneFilter> = fc.record({
  key: fc.constantFrom('service.namespace', 'host.name', 'hostname', 'telemetry.sdk.language'),
  values: fc.uniqueArray(fc.constantFrom('shop', 'east', 'west', 'h1', 'webjs'), { minLength: 1 }),
});

const optional = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null, freq: 1 });
const instants = fc.bigInt({ min: 1_699_999_999_000_000_000n, max: 1_700_000_003_000_000_000n });

const chain = fc.record({
  pick: fc.nat(),
  length: fc.integer({ min: 1, max: 4 }),
  exclude: fc.boolean(),
  steps: fc.array(optional(fittingConditions), { maxLength: 3 }),
});

/** A filter of some data: its chains are those of requests there, by their number. */
export interface DrawnFilter {
  readonly filter: Omit<Filter, 'chains'>;
  readonly chains: readonly (typeof chain extends fc.Arbitrary<infer T> ? T : never)[];
}

export const drawnFilters: fc.Arbitrary<DrawnFilter> = fc.record({
  filter: fc.record({
    timeframe: fc.record({ from: optional(instants), to: optional(instants) }).map(({ from, to }) =>
      // Most drawn spans lie within a moment: an open timeframe lets the other filters speak.
      from !== null && from % 4n === 0n ? { from, to } : { from: null, to: null },
    ),
    where: optional(fittingConditions),
    zones: fc.oneof({ weight: 4, arbitrary: fc.constant([]) }, fc.array(zone, { maxLength: 2 })),
  }),
  chains: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    fc.array(chain, { minLength: 1, maxLength: 2 }),
  ),
});

export function filterOf({ requests }: ReferenceData, { filter, chains }: DrawnFilter): Filter {
  const ofData = chains.flatMap(({ pick, length, exclude, steps }): ChainFilter[] => {
    const request = requests[pick % Math.max(1, requests.length)];
    if (!request) return [];
    const path = chainBackwards(request)
      .slice(0, length)
      .map((step) => step.service);
    return [{ path, exclude, steps }];
  });
  return { ...filter, chains: ofData };
}
