import { describe, expect, test } from 'vitest';
import { parseTraceql } from '../../src/link/traceql-parser.ts';
import { EVERYTHING } from '../../src/model/answers.ts';
import type { Filter } from '../../src/model/answers.ts';
import type { Condition } from '../../src/model/conditions.ts';
import { prepareFilters } from '../../src/query/prepare-filters.ts';
import { answer } from '../../src/query/questions.ts';
import { compileFilter } from '../../src/query/targets.ts';
import { segmentsOf } from '../support/assemble-spans.ts';
import { spanData } from '../support/span-data.ts';
import { trace } from '../support/trace-text.ts';

const SPANS = trace(`
  shop  GET /cart   server  120ms  500  http.request.method=GET  region=eu  trace=a1
    cart  items     server   80ms  503  retries=2  resource.region=us
      cart  SELECT  client   70ms  error  db.system=redis  resource.region=us
  shop  GET /about  server    5ms  200  http.request.method=GET  retries=10  vip=true  trace=b2
`);

function condition(text: string): Condition {
  const parsed = parseTraceql(text);
  if (!parsed.ok || parsed.condition === null) throw new Error(`${text} cannot be read`);
  return parsed.condition;
}

async function passing(filter: Partial<Filter>): Promise<string[]> {
  const data = spanData(SPANS, 2);
  const { table } = data;
  const whole = { ...EVERYTHING, ...filter };
  await prepareFilters(data, [whole]);
  const passes = compileFilter(table, whole);
  return Array.from(table.endpoint.keys())
    .filter(passes)
    .map((row) => table.texts[table.endpoint[row]]);
}

describe('a condition', () => {
  test.each([
    ['{ span.http.response.status_code >= 500 }', ['GET /cart', 'items']],
    ['{ span.http.response.status_code = "500" }', ['GET /cart']],
    ['{ span.http.response.status_code != 500 }', ['items', 'GET /about']],
    ['{ span.http.response.status_code = nil }', ['SELECT']],
    ['{ !(span.http.response.status_code = 500) }', ['items', 'GET /about', 'SELECT']],
    ['{ span.retries > 9 }', ['GET /about']],
    ['{ span.vip = true }', ['GET /about']],
    ['{ .region = "us" }', ['items', 'SELECT']],
    ['{ .region =~ "e.|u." }', ['GET /cart', 'items', 'SELECT']],
    ['{ resource.region != nil }', ['items', 'SELECT']],
    ['{ span.region = "us" }', []],
    ['{ name =~ "GET" }', []],
    ['{ name =~ "GET .*" }', ['GET /cart', 'GET /about']],
    ['{ duration > 70ms }', ['GET /cart', 'items']],
    ['{ status = error }', ['SELECT']],
    ['{ kind = client }', ['SELECT']],
    ['{ request:failed = true }', ['GET /cart', 'items', 'SELECT']],
    ['{ request:service = "shop" && duration < 1s }', ['GET /cart', 'GET /about']],
    ['{ trace:id = "B2" }', ['GET /about']],
    ['{ request:reason = nil || span.retries = 2 }', ['items', 'GET /about']],
  ])('%s', async (text, expected) => {
    expect(await passing({ where: condition(text) })).toEqual(expected);
  });

  test('about a step of a chain holds of the request there', async () => {
    const path = [
      { name: 'cart', type: 'service' },
      { name: 'shop', type: 'service' },
    ] as const;
    const slow = [null, condition('{ duration > 100ms }')];
    const fast = [null, condition('{ duration < 100ms }')];
    expect(await passing({ chains: [{ path, exclude: false, steps: slow }] })).toEqual(['items', 'SELECT']);
    expect(await passing({ chains: [{ path, exclude: false, steps: fast }] })).toEqual([]);
    expect(await passing({ chains: [{ path, exclude: true, steps: slow }] })).toEqual([
      'GET /cart',
      'GET /about',
    ]);
  });
});

test('a zone keeps what bears one of its values', async () => {
  expect(await passing({ zones: [{ key: 'region', values: ['us', 'eu'] }] })).toEqual(['items', 'SELECT']);
});

test.each(['deployment.environment', 'deployment.environment.name'])(
  'a zone is of a renamed attribute in all its spellings, the newest first: %s',
  async (key) => {
    const spans = trace(`
      shop  GET /new    server  resource.deployment.environment.name=prod  resource.deployment.environment=test
      shop  GET /old    server  resource.deployment.environment=prod
      shop  GET /other  server  resource.deployment.environment=test
    `);
    const { table } = spanData(spans, 2);
    const load = ({ seq }: { seq: number }) => Promise.resolve(segmentsOf(spans, 2)[seq]);
    const filter = { ...EVERYTHING, zones: [{ key, values: ['prod'] }] };
    const { services } = await answer(table, 'services', { filter }, { load, rules: null, second: null });
    expect(services.map(({ requests }) => requests)).toEqual([2]);
  },
);

describe('a question', () => {
  const { table } = spanData(SPANS, 2);
  const segments = segmentsOf(SPANS, 2);

  test('side by side with others reads the segments once', async () => {
    let loads = 0;
    const load = ({ seq }: { seq: number }) => (loads++, Promise.resolve(segments[seq]));
    const filter = () => ({
      ...EVERYTHING,
      where: condition('{ span.region = "eu" || resource.region = "us" }'),
    });
    const context = { load, rules: null, second: null };
    const ask = () => answer(table, 'services', { filter: filter() }, context);
    const answers = await Promise.all([ask(), ask(), ask()]);
    expect(answers.map(({ services }) => services.map(({ requests }) => requests))).toEqual(
      Array.from({ length: 3 }, () => [1, 1, 1]),
    );
    expect(loads).toBe(2);
    await ask();
    expect(loads).toBe(2);
  });

  test('about another dataset reads the filter there', async () => {
    const other = trace('shop  GET /other  server  5ms  region=eu');
    const second = {
      requests: spanData(other, 2).table,
      load: ({ seq }: { seq: number }) => Promise.resolve(segmentsOf(other, 2)[seq]),
    };
    const load = ({ seq }: { seq: number }) => Promise.resolve(segments[seq]);
    const filter = { ...EVERYTHING, where: condition('{ span.region = "eu" }') };
    const target = { service: { name: 'shop', type: 'service' }, endpoint: null, instance: null } as const;
    const params = { target, filter, other: { target, filter, dataset: 2 } };
    const { a, b } = await answer(table, 'compare', params, { load, rules: null, second });
    expect([a.requests, b.requests]).toEqual([1, 1]);
  });

  test('that fails to read its segments can be asked again', async () => {
    const fresh = spanData(SPANS, 2).table;
    let broken = true;
    const load = ({ seq }: { seq: number }) =>
      broken ? Promise.reject(new Error('gone')) : Promise.resolve(segments[seq]);
    const filter = { ...EVERYTHING, zones: [{ key: 'region', values: ['us'] }] };
    const context = { load, rules: null, second: null };
    await expect(answer(fresh, 'services', { filter }, context)).rejects.toThrow('gone');
    broken = false;
    expect((await answer(fresh, 'services', { filter }, context)).services).toHaveLength(2);
  });

  test('reads segments as its own asker loads them, not as the first one did', async () => {
    const fresh = spanData(SPANS, 2).table;
    const none = () => Promise.reject(new Error('not stored yet'));
    const load = ({ seq }: { seq: number }) => Promise.resolve(segments[seq]);
    const asked = { rules: null, second: null };
    await answer(fresh, 'services', { filter: EVERYTHING }, { ...asked, load: none });
    const filter = { ...EVERYTHING, zones: [{ key: 'region', values: ['us'] }] };
    const { services } = await answer(fresh, 'services', { filter }, { ...asked, load });
    expect(services).toHaveLength(2);
  });
});
