import { describe, expect, test } from 'vitest';
import { EVERYTHING } from '../../src/model/answers.ts';
import type { NodeParams } from '../../src/model/answers-spans.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import type { Span } from '../../src/model/span.ts';
import { describeCauses } from '../../src/query/failure-causes.ts';
import { describeProxies } from '../../src/query/proxies.ts';
import { describeReferrers } from '../../src/query/referrers.ts';
import { describeStackTraces } from '../../src/query/stack-traces.ts';
import { spanData } from '../support/span-data.ts';
import { stringValue, trace } from '../support/trace-text.ts';

function at(...names: string[]): NodeParams {
  const path = names.map((name): ServiceRef => ({ name, type: 'service' }));
  return paramsOf(path);
}

function paramsOf(path: readonly ServiceRef[]): NodeParams {
  return {
    target: { service: path[0], endpoint: null, instance: null },
    filter: EVERYTHING,
    path,
  };
}

describe('the causes of failures', () => {
  const causesOf = (drawing: string, params: NodeParams) =>
    describeCauses(spanData(trace(drawing)).table, params).causes.map(
      ({ service, reason, own, failedRequests }) =>
        `${failedRequests} ${service.name}: ${reason}${own ? ' (own)' : ''}`,
    );

  test('lie in the deepest failed request on failing calls', () => {
    const drawing = `
      shop  a  server  error=top
        cart  b  server  error=middle
          pay  c  server  error=bottom
        mail  d  server
          smtp  e  server  error=unrelated
      shop  a  server  error=alone
    `;
    expect(causesOf(drawing, at('shop'))).toEqual(['1 pay: bottom', '1 shop: alone (own)']);
    expect(causesOf(drawing, at('pay', 'cart'))).toEqual(['1 pay: bottom']);
  });

  test('of equally deep ones the one that started first counts', () => {
    const drawing = `
      shop  a  server  error=top
        cart  b  server  error=second  at=9ms
        pay   c  server  error=first   at=5ms
    `;
    expect(causesOf(drawing, at('shop'))).toEqual(['1 pay: first']);
  });

  test('are not the failures of consumers, of which the sender never hears', () => {
    const drawing = `
      shop  a  server  error=own
        shop  send  producer  error  messaging.destination.name=orders
          mail  work  consumer  error=late
    `;
    expect(causesOf(drawing, at('shop'))).toEqual(['1 orders: failed, no reason recorded']);
  });

  test('add up to the failed requests at the node', () => {
    const { failedRequests, causes } = describeCauses(
      spanData(trace('shop  a  server  error=x\nshop  a  server\nshop  a  server  error=y')).table,
      at('shop'),
    );
    expect(causes.reduce((sum, cause) => sum + cause.failedRequests, 0)).toBe(failedRequests);
    expect(failedRequests).toBe(2);
  });
});

const STACK = 'Boom: no\n\tat com.shop.Cart.add(Cart.java:LINE)\n\tat java.lang.Thread.run(Thread.java:1)';

function withStack(span: Span, stack: string): Span {
  const attributes = new Map([
    ['exception.type', stringValue('Boom')],
    ['exception.message', stringValue('order 42 is gone')],
    ['exception.stacktrace', stringValue(stack)],
  ]);
  return { ...span, events: [{ name: 'exception', timeUnixNano: null, attributes }] };
}

describe('stack traces', () => {
  test('are grouped by their own frames, whatever the line, and ranked by requests', async () => {
    const drawn = trace(`
      shop  a  server  error
      shop  a  server
      shop  a  server  exception=Other: 7 times
    `);
    const spans = [
      withStack(drawn[0], STACK.replace('LINE', '12')),
      withStack(drawn[1], STACK.replace('LINE', '13')),
      drawn[2],
    ];
    const answer = await describeStackTraces(spanData(spans), at('shop'));
    expect(answer.exceptions).toEqual({ requests: 3, looked: 3 });
    expect(
      answer.groups.map(({ type, message, requests, failedRequests, frames }) => [
        type,
        message,
        requests,
        failedRequests,
        frames.filter(({ own }) => own).map(({ code }) => code),
      ]),
    ).toEqual([
      ['Boom', 'order {id} is gone', 2, 1, ['com.shop.Cart.add']],
      ['Other', '{id} times', 1, 0, []],
    ]);
  });

  test('say from which code a call was made, of traced callees and of databases', async () => {
    const data = spanData(
      trace(`
        shop  a  server  code.function.name=Shop.handle
          shop  work  internal  code.namespace=Stock  code.function=read  code.filepath=stock.py  code.lineno=4
            shop  SELECT  client  db.system=redis  db.namespace=stock
          shop  POST  client
            cart  b  server
        cart  b  server
      `),
    );
    const db = { name: 'stock', type: 'database' } as const;
    const calls = await describeStackTraces(data, paramsOf([db]));
    expect(calls.places.map(({ service, code, place }) => [service.name, code, place])).toEqual([
      ['shop', 'Stock.read', 'stock.py:4'],
    ]);
    const cart = await describeStackTraces(data, at('cart'));
    expect(cart.places.map(({ code }) => code)).toEqual(['Shop.handle']);
    expect(cart).toMatchObject({ withoutCallingSpan: 1, withoutCode: 0 });
    expect(await describeStackTraces(data, at('shop'))).toMatchObject({ withoutCallingSpan: 1, places: [] });
  });
});

describe('referring pages', () => {
  test('come from the header, else from the page of the user action, without query', async () => {
    const data = spanData(
      trace(`
        web   click  internal  app  url.full=https://shop.example/cart?user=7#top
          shop  GET  server
        shop  GET  server  http.request.header.referer=https://search.example/find?q=x
        shop  GET  server  error  http.request.header.referer=https://search.example/find?q=y
        shop  GET  server
      `),
    );
    const { rows, without, sampled } = await describeReferrers(data, at('shop'));
    expect(rows.map(({ seenAs, requests, failedRequests }) => [...seenAs, requests, failedRequests])).toEqual(
      [
        ['https://search.example/find', 'header', 2, 1],
        ['https://shop.example/cart', 'user action', 1, 0],
      ],
    );
    expect(without).toBe(1);
    expect(sampled).toEqual({ requests: 4, looked: 4 });
  });

  test('are read from lists of header values too', async () => {
    const [span] = trace('shop  GET  server');
    const json = { type: 'json', value: '["https://a.example/x?y"]' } as const;
    const listed = { ...span, attributes: new Map([['http.request.header.referer', json]]) };
    const { rows } = await describeReferrers(spanData([listed]), at('shop'));
    expect(rows.map(({ page }) => page)).toEqual(['https://a.example/x']);
  });
});

describe('proxies', () => {
  const proxiesOf = async (drawing: string) => {
    const answer = await describeProxies(spanData(trace(drawing)), at('shop'));
    return {
      ...answer,
      rows: answer.rows.map(({ proxy, sign, requests }) => `${requests} ${sign}: ${proxy}`).sort(),
    };
  };

  test('are told by forwarded headers, via, products, mesh spans and proxy services', async () => {
    const { rows, without, withHeaders } = await proxiesOf(`
      shop  GET  server  http.request.header.x-forwarded-for=1.2.3.4, 10.0.0.1  network.peer.address=10.0.0.2
      shop  GET  server  http.request.header.via=1.1 vegur, 1.1 varnish (Varnish/6)
      shop  GET  server  http.request.header.cf-ray=abc
      front nginx  GET  server
        shop  GET  server
      shop  in  server  component=proxy
      shop  GET  server  http.request.header.accept=all
    `);
    expect(rows).toEqual([
      '1 forwarded header: 2 proxies or more (the last one at 10.0.0.2)',
      '1 product header: Cloudflare',
      '1 proxy span: Envoy',
      '1 proxy span: front nginx',
      '1 via header: varnish (Varnish/6)',
      '1 via header: vegur',
    ]);
    expect(without).toBe(1);
    expect(withHeaders).toBe(4);
  });

  test('are told without headers where the client is not the peer', async () => {
    const { rows } = await proxiesOf(`
      shop  GET  server  client.address=1.2.3.4  network.peer.address=10.0.0.2
      shop  GET  server  client.address=1.2.3.4  network.peer.address=1.2.3.4
    `);
    expect(rows).toEqual(['1 client and peer address differ: 10.0.0.2']);
  });
});
