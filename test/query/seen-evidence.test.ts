/** Numbers of tables that are read from spans open as many requests, of the same sample. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EvidenceSelection, Sighting } from '../../src/model/answers-evidence.ts';
import type { NodeParams, Sampled } from '../../src/model/answers-spans.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import type { Span } from '../../src/model/span.ts';
import { describeMethods } from '../../src/query/methods.ts';
import { describeProxies } from '../../src/query/proxies.ts';
import { questions } from '../../src/query/questions.ts';
import { describeReferrers } from '../../src/query/referrers.ts';
import type { SpanData } from '../../src/query/span-forest.ts';
import { describeStackTraces } from '../../src/query/stack-traces.ts';
import { NO_FILTER } from '../reference/backtrace.ts';
import { spanData } from '../support/span-data.ts';
import { spanSets } from '../support/trace-generator.ts';
import { stringValue, trace } from '../support/trace-text.ts';

const PAGE = { sort: 'start', descending: false, offset: 0, limit: 1000 } as const;

interface Row {
  readonly seenAs: readonly string[];
  readonly requests: number;
  readonly failedRequests?: number;
}

interface Shown {
  readonly table: Sighting['in'];
  readonly sampled: Sampled;
  readonly rows: readonly Row[];
}

/** Each table with its rows, and what is counted beside them as rows of their own. */
async function tablesOf(data: SpanData, params: NodeParams): Promise<readonly Shown[]> {
  const stacks = await describeStackTraces(data, params);
  const proxies = await describeProxies(data, params);
  const pages = await describeReferrers(data, params);
  const methods = await describeMethods(data, params);
  const without = (requests: number, ...seenAs: string[]): Row => ({ seenAs, requests });
  return [
    { table: 'stacks', sampled: stacks.exceptions, rows: stacks.groups },
    {
      table: 'code',
      sampled: stacks.calls,
      rows: [...stacks.places, without(stacks.withoutCallingSpan), without(stacks.withoutCode, '', '', '')],
    },
    { table: 'methods', sampled: methods.sampled, rows: methods.rows },
    { table: 'pages', sampled: pages.sampled, rows: [...pages.rows, without(pages.without)] },
    { table: 'proxies', sampled: proxies.sampled, rows: [...proxies.rows, without(proxies.without)] },
    { table: 'headers', sampled: proxies.sampled, rows: [without(proxies.withHeaders, 'recorded')] },
  ];
}

async function listed(
  { table, spans }: SpanData,
  { target, filter, path }: NodeParams,
  count: EvidenceSelection['count'],
  seen: Sighting,
) {
  const selection: EvidenceSelection = { place: { kind: 'node', path }, count, seen };
  return questions.evidence(table, { target, filter, selection, page: PAGE }, spans, null);
}

async function expectEvidence(data: SpanData, params: NodeParams): Promise<number> {
  let rows = 0;
  for (const shown of await tablesOf(data, params)) {
    for (const { seenAs, requests, failedRequests } of shown.rows) {
      const seen = { in: shown.table, as: seenAs };
      const all = await listed(data, params, 'requests', seen);
      expect([all.total, all.sampled], JSON.stringify(seen)).toEqual([requests, shown.sampled]);
      if (failedRequests !== undefined)
        expect((await listed(data, params, 'failedRequests', seen)).total).toBe(failedRequests);
      rows++;
    }
  }
  return rows;
}

const atService = (service: ServiceRef): NodeParams => ({
  target: { service, endpoint: null, instance: null },
  filter: NO_FILTER,
  path: [service],
});

describe('a number of a table that is read from spans', () => {
  test('opens as many requests as it says, of hostile traces', async () => {
    let rows = 0;
    await fc.assert(
      fc.asyncProperty(spanSets, async (spans) => {
        const data = spanData(spans);
        for (const service of data.table.services) rows += await expectEvidence(data, atService(service));
      }),
      { numRuns: 60 },
    );
    expect(rows).toBeGreaterThan(500);
  });

  test('opens those of the sample, of more than can be read', async () => {
    const work = Array.from({ length: 9 }, () => '  shop  work  internal  code.function.name=Cart.add');
    const drawing = [
      'shop  GET  server  error  exception=Boom: no',
      ...work,
      '  shop  POST  client',
      '    pay  b  server',
    ];
    const data = spanData(trace(Array.from({ length: 1200 }, () => drawing.join('\n')).join('\n')), 5000);
    const params = atService({ name: 'pay', type: 'service' });
    const at: NodeParams = { ...params, path: [...params.path, { name: 'shop', type: 'service' }] };
    const [stacks] = await tablesOf(data, at);
    expect(stacks.sampled.looked).toBeLessThan(stacks.sampled.requests);
    expect(await expectEvidence(data, at)).toBeGreaterThan(5);
  });

  test('opens the requests in which it was seen', async () => {
    const drawn = trace(`
      shop  a  server  http.request.header.referer=https://a.example/x?q  http.request.header.via=1.1 one
      shop  b  server  http.request.header.referer=https://b.example/  http.request.header.via=1.1 one, 1.1 two
      shop  c  server
        shop  work  internal
      shop  d  server  component=proxy
    `);
    const withStack = (span: Span): Span => ({
      ...span,
      events: [
        {
          name: 'exception',
          timeUnixNano: null,
          attributes: new Map([['exception.type', stringValue('Boom')]]),
        },
      ],
    });
    const data = spanData(drawn.map((span) => (span.name === 'work' ? withStack(span) : span)));
    const endpoints = async (table: Sighting['in'], ...as: string[]) => {
      const { rows } = await listed(data, atService({ name: 'shop', type: 'service' }), 'requests', {
        in: table,
        as,
      });
      return rows.map(({ endpoint }) => endpoint).join('');
    };
    expect(await endpoints('pages', 'https://a.example/x', 'header')).toBe('a');
    expect(await endpoints('pages')).toBe('cd');
    expect(await endpoints('proxies', 'one', 'via header', 'Via')).toBe('ab');
    expect(await endpoints('proxies', 'two', 'via header', 'Via')).toBe('b');
    expect(await endpoints('proxies')).toBe('c');
    expect(await endpoints('headers', 'recorded')).toBe('ab');
    expect(await endpoints('methods', 'work', '1', '', '')).toBe('c');
    expect(await endpoints('stacks', 'Boom', '', 'shop')).toBe('c');
    expect(await endpoints('code')).toBe('abcd');
    expect(await endpoints('pages', 'https://nowhere.example/', 'header')).toBe('');
  });
});
