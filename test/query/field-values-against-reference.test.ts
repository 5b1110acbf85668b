/** What filters can be made of: keys, values and zones with their requests, counted anew by the naive reading. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { INTRINSICS } from '../../src/model/conditions.ts';
import type { ConditionField } from '../../src/model/conditions.ts';
import { listAttributeKeys } from '../../src/query/attribute-keys.ts';
import { listFieldValues, mostFrequent } from '../../src/query/field-values.ts';
import { listZones } from '../../src/query/zones.ts';
import { valueOf } from '../reference/conditions.ts';
import { assemble } from '../reference/requests.ts';
import { spanData } from '../support/span-data.ts';
import { spanSets } from '../support/trace-generator.ts';
import { stringValue, trace } from '../support/trace-text.ts';

const RUNS = { numRuns: 200 };
const KEYS = ['http.status_code', 'db.system', 'service.namespace', 'service.instance.id', 'no.such.key'];
const fields: fc.Arbitrary<ConditionField> = fc.oneof(
  fc.record({
    kind: fc.constant('intrinsic' as const),
    name: fc.constantFrom(...INTRINSICS.filter((name) => name !== 'span:duration')),
  }),
  fc.record({
    kind: fc.constant('attribute' as const),
    scope: fc.constantFrom('span', 'resource', 'any'),
    key: fc.constantFrom(...KEYS),
  }),
);

function count(texts: readonly (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

test('the values of a field, of those that begin with a prefix', async () => {
  let found = 0;
  await fc.assert(
    fc.asyncProperty(
      spanSets,
      fields,
      fc.constantFrom('', '', 's', 'GET', '0'),
      async (spans, field, prefix) => {
        const { values, total } = await listFieldValues(spanData(spans), { field, prefix });
        const all = count(assemble(spans).requests.map((request) => valueOf(request, field)));
        const expected = [...all].filter(([text]) => text.toLowerCase().startsWith(prefix.toLowerCase()));
        expect(new Map(values.map(({ value, requests }) => [value, requests]))).toEqual(new Map(expected));
        expect(total).toBe(expected.length);
        const order = values.map(({ requests }) => requests);
        expect(order).toEqual(order.toSorted((a, b) => b - a));
        found += total;
      },
    ),
    RUNS,
  );
  expect(found).toBeGreaterThan(10);
});

test('the keys of spans and resources', async () => {
  let completed = 0;
  await fc.assert(
    fc.asyncProperty(spanSets, fc.boolean(), async (drawn, twice) => {
      const spans = twice ? [...drawn, ...drawn] : drawn;
      const data = spanData(spans);
      const { keys } = await listAttributeKeys(data);
      const { requests } = assemble(spans);
      const expected = [
        ...count(
          requests.flatMap(({ opening }) => [...opening.attributes.keys()].map((key) => `span ${key}`)),
        ),
        ...count(
          requests.flatMap(({ opening }) => [...opening.resource.keys()].map((key) => `resource ${key}`)),
        ),
      ];
      expect(new Map(keys.map((row) => [`${row.scope} ${row.key}`, row.requests]))).toEqual(
        new Map(expected),
      );
      completed += data.table.laterRecords.length;
    }),
    RUNS,
  );
  expect(completed).toBeGreaterThan(10);
});

test('more keys than the bits that are set aside at first', async () => {
  const [span] = trace('shop  a  server');
  const attributes = new Map(Array.from({ length: 300 }, (_, i) => [`key ${i}`, stringValue('x')]));
  const spans = [
    { ...span, attributes: new Map([...attributes].slice(0, 200)) },
    { ...span, attributes },
  ];
  const { keys } = await listAttributeKeys(spanData(spans));
  expect(keys.filter(({ scope }) => scope === 'span')).toHaveLength(300);
  expect(keys.every(({ requests }) => requests === 1)).toBe(true);
});

test('of keys that are made of data the most frequent are told', async () => {
  const [first, second] = trace('shop  a  server\nshop  b  server');
  const keys = (count: number) =>
    new Map(Array.from({ length: count }, (_, i) => [`k${i}`, stringValue('x')]));
  const answer = await listAttributeKeys(
    spanData([
      { ...first, attributes: keys(5000) },
      { ...second, attributes: keys(50) },
    ]),
  );
  expect(answer.keys).toHaveLength(2000);
  expect(answer.keys.filter(({ scope, requests }) => scope === 'span' && requests === 2)).toHaveLength(50);
});

test('of more values than are told the most frequent ones are, as if all had been put in order', () => {
  const counts = fc.array(fc.tuple(fc.string({ maxLength: 3 }), fc.integer({ min: 1, max: 4 })), {
    minLength: 200,
    maxLength: 900,
  });
  fc.assert(
    fc.property(counts, (drawn) => {
      const requests = new Map(drawn);
      const all = Array.from(requests, ([value, count]) => ({ value, requests: count }));
      all.sort((a, b) => b.requests - a.requests || (a.value < b.value ? -1 : 1));
      expect(mostFrequent(requests)).toEqual(all.slice(0, 100));
    }),
    { numRuns: 50 },
  );
});

test('zones: what splits the requests, the usual ones first, and no ids', async () => {
  const spans = trace(`
    a  x  server  resource.deployment.environment=prod  resource.host.name=h1  resource.k8s.pod.uid=8f14e45f
    b  x  server  resource.deployment.environment.name=prod  resource.deployment.environment=other  resource.host.name=h2  resource.k8s.pod.uid=c9f0f895
    b  x  server  resource.deployment.environment=test  resource.host.name=h2  resource.build=0123456789ab
    c  x  server  resource.cloud.region=eu  resource.build=0123456789ff  resource.only=one
  `);
  const { zones } = await listZones(spanData(spans));
  expect(zones).toEqual([
    {
      key: 'deployment.environment.name',
      values: [
        { value: 'prod', requests: 2 },
        { value: 'test', requests: 1 },
      ],
      total: 2,
    },
    { key: 'cloud.region', values: [{ value: 'eu', requests: 1 }], total: 1 },
    {
      key: 'host.name',
      values: [
        { value: 'h2', requests: 2 },
        { value: 'h1', requests: 1 },
      ],
      total: 2,
    },
  ]);
});

test('a zone that all requests are in splits nothing, and one of the usual may have many values', async () => {
  const lines = Array.from(
    { length: 120 },
    (_, i) => `a  x  server  resource.team=t${i}  resource.cloud.region=eu`,
  );
  const { zones } = await listZones(spanData(trace(lines.join('\n'))));
  expect(zones.map(({ key, values, total }) => [key, values.length, total])).toEqual([['team', 100, 120]]);
});
