import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NodeParams } from '../../src/model/answers-spans.ts';
import type { Span } from '../../src/model/span.ts';
import { describeMethods } from '../../src/query/methods.ts';
import { NO_FILTER } from '../reference/backtrace.ts';
import { spanData } from '../support/span-data.ts';
import { trace } from '../support/trace-text.ts';

function at(name: string, type: 'service' | 'database' = 'service'): NodeParams {
  const service = { name, type };
  return { target: { service, endpoint: null, instance: null }, filter: NO_FILTER, path: [service] };
}

async function methodsOf(drawing: string, params = at('shop')) {
  const answer = await describeMethods(spanData(trace(drawing)), params);
  const ms = (ns: number) => ns / 1_000_000;
  return {
    ...answer,
    told: answer.rows.map(
      ({ name, code, own, spans, requests, selfNs, criticalNs }) =>
        `${name} ${code} own=${own} ${spans}/${requests}: ${ms(selfNs)}, ${ms(criticalNs)}`,
    ),
  };
}

describe('method hotspots', () => {
  test('are self times of the spans within the requests, by name and code', async () => {
    const { told, responseNs, calleesNs, sampled } = await methodsOf(`
      shop  GET /  server  100ms  at=0ms
        shop  work  internal  40ms  at=10ms  code.namespace=Stock  code.function=read
          shop  POST  client  20ms  at=15ms
            cart  b  server  10ms  at=20ms
        shop  work  internal  10ms  at=60ms  code.namespace=Stock  code.function=read
      shop  GET /  server  50ms  at=0ms
    `);
    expect(told).toEqual([
      'GET /  own=null 2/2: 100, 100',
      'work Stock.read own=true 2/1: 30, 30',
      'POST  own=null 1/1: 10, 10',
    ]);
    expect([responseNs, calleesNs]).toEqual([150_000_000, 10_000_000]);
    expect(sampled).toEqual({ requests: 2, looked: 2 });
  });

  test('tell own code from that of libraries by language', async () => {
    const { told } = await methodsOf(`
      shop  a  server  30ms  at=0ms  resource.telemetry.sdk.language=java
        shop  b  internal  20ms  at=0ms  resource.telemetry.sdk.language=java  code.function.name=org.springframework.Web.run
        shop  c  internal  10ms  at=20ms  resource.telemetry.sdk.language=java  code.function.name=com.shop.Cart.add
    `);
    expect(told.slice(0, 2)).toEqual([
      'b org.springframework.Web.run own=false 1/1: 20, 20',
      'c com.shop.Cart.add own=true 1/1: 10, 10',
    ]);
  });

  test('of spans beside each other count both, but only one is on the critical path', async () => {
    const { told } = await methodsOf(`
      shop  a  server  30ms  at=0ms
        shop  b  internal  30ms  at=0ms
        shop  c  internal  20ms  at=5ms
    `);
    expect(told).toEqual(['b  own=null 1/1: 30, 30', 'c  own=null 1/1: 20, 0', 'a  own=null 1/1: 0, 0']);
  });

  test('of a database are its calls', async () => {
    const { told } = await methodsOf(
      `
      shop  a  server  30ms  at=0ms
        shop  SELECT  client  10ms  at=0ms  db.system=redis  db.namespace=stock
    `,
      at('stock', 'database'),
    );
    expect(told).toEqual(['SELECT  own=null 1/1: 10, 10']);
  });

  const piece = fc.record({ parent: fc.nat(8), start: fc.nat(20), length: fc.nat(12), callee: fc.boolean() });

  test('count each ns of a span that no child covers, and the critical path exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), async (pieces) => {
        const spans: Span[] = trace('shop  s0  server  25ns  at=0ns').map((span) => ({ ...span }));
        pieces.forEach(({ parent, start, length, callee }, i) => {
          const [drawn] = trace(
            `${callee ? 'cart' : 'shop'}  s${i + 1}  internal  ${length}ns  at=${start}ns`,
          );
          const above = spans[parent % spans.length];
          spans.push({ ...drawn, spanId: String(i + 2).padStart(16, '0'), parentSpanId: above.spanId });
        });
        const answer = await describeMethods(spanData(spans), at('shop'));
        for (const row of answer.rows) {
          const [span] = spans.filter(({ name }) => name === row.name);
          const children = spans.filter(({ parentSpanId }) => parentSpanId === span.spanId);
          const free = momentsOf(span).filter((moment) =>
            children.every((child) => !momentsOf(child).includes(moment)),
          );
          expect(row.selfNs).toBe(free.length);
        }
        const onPath = answer.rows.reduce((sum, { criticalNs }) => sum + criticalNs, 0);
        expect(onPath + answer.calleesNs).toBe(answer.responseNs);
        expect(answer.calleesNs).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

/** Every ns of the span. */
function momentsOf({ startUnixNano, durationNs }: Span): bigint[] {
  return Array.from({ length: durationNs ?? 0 }, (_, i) => (startUnixNano ?? 0n) + BigInt(i));
}
