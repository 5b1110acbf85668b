import { describe, expect, test } from 'vitest';
import { SpanSource } from '../../src/columns/span-source.ts';
import type { TraceAnswer } from '../../src/model/answers-spans.ts';
import { describeSpan } from '../../src/query/span-details.ts';
import { describeTrace } from '../../src/query/trace.ts';
import { spanData } from '../support/span-data.ts';
import { BEGINNING, trace, traceIdOf } from '../support/trace-text.ts';

const SHOP = `
  web   click     internal  100ms  app  target_text=Buy
    web   POST      client     90ms
      cart  POST /buy  server  80ms  503
        cart  check     internal  10ms  at=4ms
        cart  SELECT    client    40ms  at=20ms  db.system=redis  db.namespace=stock
        cart  POST      client    30ms  at=30ms
          pay   POST /pay  server  20ms  error  exception=Declined: card 42
`;

/** Depth, service, name and what stands out, a line a span. */
function linesOf(answer: TraceAnswer): string[] {
  return answer.spans.map((span) => {
    const marks = [
      span.opens ? 'opens' : '',
      span.inferred === null ? '' : `calls ${answer.requests[span.inferred].service.name}`,
      span.exception ? 'exception' : '',
      ...span.clock,
    ].filter((mark) => mark !== '');
    return `${'  '.repeat(span.depth)}${span.service.name} ${span.name}${marks.length === 0 ? '' : ` (${marks.join(', ')})`}`;
  });
}

async function ask(drawing: string, id = '1'): Promise<TraceAnswer> {
  return describeTrace(spanData(trace(drawing), 3), traceIdOf(id));
}

describe('one trace', () => {
  test('is a tree of its spans, each with its service and the request it opens', async () => {
    expect(linesOf(await ask(SHOP))).toEqual([
      'web click (opens)',
      '  web POST',
      '    cart POST /buy (opens)',
      '      cart check',
      '      cart SELECT (calls stock)',
      '      cart POST',
      '        pay POST /pay (opens, exception)',
    ]);
  });

  test('says which requests failed, and how the chain of each leads back', async () => {
    const { requests, spans } = await ask(SHOP);
    const chainOf = (at: number | null): string[] =>
      at === null ? [] : [...chainOf(requests[at].caller), requests[at].service.name];
    const pay = requests.findIndex((request) => request.service.name === 'pay');
    expect(chainOf(pay)).toEqual(['web', 'cart', 'pay']);
    expect(requests[pay]).toMatchObject({ failed: true, reason: 'Declined: card {id}', end: null });
    expect(requests[0]).toMatchObject({ failed: false, end: 'userAction', caller: null });
    expect(spans[requests[pay].span ?? -1].name).toBe('POST /pay');
  });

  test('tells when its spans recorded events', async () => {
    const spans = trace(SHOP).map((span) => ({
      ...span,
      events: [5n, 7n, null].map((ms) => ({
        name: 'log',
        timeUnixNano: ms === null ? null : BEGINNING + ms * 1_000_000n,
        attributes: new Map(),
      })),
    }));
    const answer = await describeTrace(spanData(spans, 3), traceIdOf('1'));
    expect(answer.spans.map(({ events }) => events)).toEqual(spans.map(() => [5e6, 7e6]));
  });

  test('has a critical path that is as long as the trace', async () => {
    const { spans, durationNs, start } = await ask(SHOP);
    const lengths = spans.map(({ critical }) => critical.reduce((sum, [from, to]) => sum + to - from, 0));
    expect(lengths.reduce((sum, each) => sum + each)).toBe(durationNs);
    expect(durationNs).toBe(100e6);
    expect(start).toBe(1_700_000_000_000_000_000n);
    // Both calls ended at once: the longer one was waited for.
    expect(spans[4].critical).toEqual([[20e6, 60e6]]);
    expect(spans[5].critical).toEqual([]);
  });

  test('marks clocks that cannot be right', async () => {
    const lines = linesOf(
      await ask(`
        cart  a  server  10ms  at=10ms
          cart  early  internal  1ms  at=5ms
          cart  late   internal  20ms  at=15ms
          cart  back   internal  -5ms  at=12ms
          cart  never  internal  no-time
      `),
    );
    expect(lines).toEqual([
      'cart a (opens)',
      '  cart early (starts before its parent)',
      '  cart back (ends before it starts)',
      '  cart late (ends after its parent)',
      '  cart never (no time)',
    ]);
  });

  test('names the callers of a request that lie in another trace', async () => {
    const answer = await ask(
      `
        shop  send  producer  5ms  id=a1  messaging.system=kafka  messaging.destination.name=orders
        mail  work  consumer  9ms  link=${traceIdOf('1')}/a1
      `,
      '2',
    );
    expect(linesOf(answer)).toEqual(['mail work (opens)']);
    expect(answer.requests.map(({ service, span }) => [service.name, span])).toEqual([
      ['shop', null],
      ['orders', null],
      ['mail', 0],
    ]);
    expect(answer.requests[0].traceId).toBe(traceIdOf('1'));
  });

  test('says where a parent is missing', async () => {
    const { spans } = await ask('cart  a  server  parent=dead');
    expect(spans[0]).toMatchObject({ parent: null, parentMissing: true });
  });

  test('that the data does not hold is not found, nor is what is no id', async () => {
    expect((await ask(SHOP, 'beef')).found).toBe(false);
    expect((await describeTrace(spanData(trace(SHOP)), 'nonsense')).found).toBe(false);
  });
});

describe('one span', () => {
  test('is given with all that it bears, completed by its later records', async () => {
    const [first] = trace('cart  GET  server  a=1  exception=Boom: no');
    const [later] = trace('cart  GET  server  a=2  b=3');
    const details = await describeSpan(spanData([first, later]), 0);
    expect(details).toMatchObject({ duplicates: 1, charactersCut: 0 });
    expect(
      [...(details?.span.attributes ?? [])].map(([key, { value }]) => `${key}=${value}`).toSorted(),
    ).toEqual(['a=1', 'b=3']);
    expect(details?.span.events).toHaveLength(1);
  });

  test('has its endless values cut, and says how much', async () => {
    const [span] = trace('cart  GET  server');
    const long = {
      ...span,
      attributes: new Map([['sql', { type: 'string' as const, value: 'x'.repeat(100_007) }]]),
    };
    const details = await describeSpan(spanData([long]), 0);
    expect(details?.charactersCut).toBe(7);
  });

  test('of a trace that was just looked at is not read again', async () => {
    const data = spanData(trace(SHOP), 3);
    const loads: number[] = [];
    const spans = new SpanSource(data.table.segments, async ({ seq }) => {
      loads.push(seq);
      return (await data.spans.segment(seq)).segment;
    });
    await describeTrace({ table: data.table, spans }, traceIdOf('1'));
    const before = loads.length;
    for (const record of [0, 3, 6]) await describeSpan({ table: data.table, spans }, record);
    expect(before).toBe(3);
    expect(loads).toHaveLength(before);
  });

  test('that is not there is null', async () => {
    expect(await describeSpan(spanData(trace('cart  GET  server')), 9)).toBeNull();
  });
});
