/** The reference against examples computed by hand from SEMANTICS.md §1–5 and §7. */
import { describe, expect, test } from 'vitest';
import type { Span } from '../../src/model/span.ts';
import { trace } from '../support/trace-text.ts';
import { services } from './backtrace.ts';
import { chainsOf, inferredOf } from './drawn-answers.ts';
import { assemble } from './requests.ts';

describe('spans', () => {
  test('a later record completes the first and is counted as a duplicate', () => {
    const [span] = trace('a  GET  server  5ms  500') as [Span];
    const partial: Span = { ...span, kind: 0, durationNs: null, attributes: new Map() };
    const { counts, requests } = assemble([partial, span]);
    expect(counts).toMatchObject({ records: 2, spans: 1, duplicates: 1 });
    expect(requests).toMatchObject([{ durationNs: 5_000_000, failed: true, opening: { kind: 2 } }]);
  });

  test('what the first record has stays', () => {
    const [span] = trace('a  GET  server  5ms  ok') as [Span];
    expect(assemble([span, { ...span, durationNs: 9, status: 2 }]).requests).toMatchObject([
      { durationNs: 5_000_000, failed: false },
    ]);
  });

  test('the halves of a Zipkin pair are two spans, the server half under the client half', () => {
    const spans = trace(`
      a  GET /  server  id=1
        a  call  client  id=2
        b  call  server  id=2  shared`);
    expect(chainsOf(spans)).toEqual(['entryPoint: a', 'entryPoint: a > b']);
  });

  test('a child of a shared id goes to its own service, else to the server half', () => {
    const spans = trace(`
      a  GET /  server  id=1
        a  call  client  id=2
          a  retry   internal  id=3
          b  query   internal  id=4
          c  handle  internal  id=5
        b  call  server  id=2  shared`);
    expect(chainsOf(spans)).toEqual(['entryPoint: a', 'entryPoint: a > b > c', 'entryPoint: a > b']);
  });

  test('a server half without its client half and without a parent is caller missing', () => {
    expect(chainsOf(trace('b  call  server  shared'))).toEqual(['callerMissing: b']);
  });

  test('a span that names itself as parent has no parent', () => {
    expect(chainsOf(trace('a  GET /  server  id=7  parent=7'))).toEqual(['entryPoint: a']);
  });

  test('a loop of parents is cut once, at its first span in the file', () => {
    const spans = trace(`
      a  one  server  id=1  parent=3  trace=f
      b  two  server  id=2  parent=1  trace=f
      c  three  server  id=3  parent=2  trace=f`);
    expect(assemble(spans).counts).toMatchObject({ loopsCut: 1, brokenParents: 0 });
    expect(chainsOf(spans)).toEqual(['callerMissing: a', 'callerMissing: a > b', 'callerMissing: a > b > c']);
  });

  test('a loop of links is cut once and the other links of the cut span are not used', () => {
    const spans = trace(`
      a  one  consumer  id=1  link=2/2  link=3/3
      b  two  consumer  id=2  link=1/1
      c  three  server  id=3`);
    expect(assemble(spans).counts.loopsCut).toBe(1);
    expect(chainsOf(spans)).toEqual(['callerMissing: a', 'callerMissing: a > b', 'entryPoint: c']);
  });

  test('counts what is odd', () => {
    const spans = trace(`
      a  GET /  server  -5ms  parent=ff
      a  GET /  server  no-time  link=ee`);
    expect(assemble(spans).counts).toMatchObject({
      brokenParents: 1,
      clockProblems: 1,
      linksNotFound: 1,
      spansWithoutTime: 1,
      spansWithoutDuration: 1,
    });
    expect(chainsOf(spans)).toEqual(['callerMissing: a', 'callerMissing: a']);
  });
});

describe('services and requests', () => {
  test('two namespaces that share a name are told apart', () => {
    const spans = trace(`
      cart  x  server  namespace=east
      cart  x  server  namespace=west
      blog  x  server  namespace=east`);
    expect(services(assemble(spans)).map((row) => row.service.name)).toEqual([
      'blog',
      'east/cart',
      'west/cart',
    ]);
  });

  test.each([
    ['nginx', 'web server'],
    ['my-Nginx-2', 'web server'],
    ['istio-ingressgateway', 'web server'],
    ['nginxlike', 'service'],
  ])('%s is a %s', (name, type) => {
    expect(services(assemble(trace(`${name}  x  server`)))[0]?.service.type).toBe(type);
  });

  test('a proxy whose node is a router is a web server, a sidecar is not', () => {
    const type = (nodeId: string): string | undefined =>
      services(assemble(trace(`gate  x  server  component=proxy  node_id=${nodeId}`)))[0]?.service.type;
    expect(type('router~10.0.0.1~a~b')).toBe('web server');
    expect(type('sidecar~10.0.0.1~a~b')).toBe('service');
  });

  test('a service that calls itself opens a second request; internal spans do not', () => {
    const spans = trace(`
      a  GET /  server
        a  work  internal
          a  GET /b  client
            a  GET /b  server
              a  more  internal`);
    expect(chainsOf(spans)).toEqual(['entryPoint: a', 'entryPoint: a > a']);
  });

  test.each([
    ['GET  server  http.request.method=GET  http.route=/a/{b}', 'GET /a/{b}'],
    ['x  server  rpc.service=Cart  rpc.method=Get', 'Cart/Get'],
    ['x  consumer  messaging.operation=process  messaging.destination=mails', 'process mails'],
    ['x  server  faas.trigger=timer', 'timer'],
    ['GET  server  http.method=GET  http.target=/orders/4711?a=1', 'GET /orders/{id}'],
    ['/u/0af76519/2024-05-01/me@x.org/v2  internal', '/u/{id}/{id}/{id}/v2'],
    ['order 4711  internal', 'order 4711'],
  ])('endpoint of %s', (line, endpoint) => {
    expect(assemble(trace(`a  ${line}`)).requests[0]?.endpoint).toBe(endpoint);
  });

  test('an application ends the chain and names the user action', () => {
    const spans = trace(`
      shop  GET /page  server  id=1
        web  documentLoad  internal  app  http.url=https://x.org/blog/17?a=1
          web  GET  client  app
            shop  GET /api  server
      web  click  internal  app  target_element=BUTTON
        web  GET  client  app
          shop  GET /api  server`);
    expect(chainsOf(spans)).toEqual([
      'entryPoint: shop',
      'userAction: web',
      'userAction: web > shop',
      'userAction: web',
      'userAction: web > shop',
    ]);
    const actions = assemble(spans).requests.filter((request) => request.service.name === 'web');
    expect(actions.map((request) => request.endpoint)).toEqual([
      'loading of page /blog/{id}',
      'click on "BUTTON"',
    ]);
  });
});

describe('inferred services', () => {
  test('nested client spans are one call; the attributes of the inner one fill in', () => {
    const spans = trace(`
      a  GET /  server
        a  SDK  client  db.system=dynamodb  db.operation=GetItem
          a  POST  client  server.address=dynamodb.eu.amazonaws.com`);
    expect(inferredOf(spans)).toEqual(['database: dynamodb.eu.amazonaws.com (GetItem)']);
  });

  test('a call with a traced request anywhere below is not inferred', () => {
    const spans = trace(`
      a  GET /  server
        a  SDK  client  peer.service=b
          a  POST  client
            b  POST  server`);
    expect(chainsOf(spans)).toEqual(['entryPoint: a', 'entryPoint: a > b']);
  });

  test.each([
    ['q  client  db.system=redis  db.namespace=0  peer.service=p', 'database: 0 (q)'],
    ['q  client  db.system.name=redis  server.address=cache', 'database: cache (q)'],
    ['q  internal  db.system=h2  db.statement=SELECT * FROM x', 'database: h2 (SELECT)'],
    ['q  client  peer.service=redis-cart', 'database: redis-cart (q)'],
    ['q  client  net.peer.name=orders.mysql', 'database: orders.mysql (q)'],
    ['q  client  peer.service=the-redis-proxy', 'unmonitored: the-redis-proxy (q)'],
    ['q  producer', 'queue: unknown queue (q)'],
    ['q  producer  messaging.system=kafka', 'queue: kafka (q)'],
    ['q  client  messaging.destination.name=mails  messaging.operation.type=send', 'queue: mails (send)'],
    ['q  client  server.address=api.fedex.com  http.method=POST', 'third-party: api.fedex.com (POST)'],
    [
      'q  client  http.url=http://u:p@api.fedex.com:8443/x  http.method=GET',
      'third-party: api.fedex.com (GET)',
    ],
    ['q  client  http.url=http://10.1.2.3:8080/x  http.method=GET', 'unmonitored: 10.1.2.3:8080 (GET)'],
    ['q  client  server.address=8.8.8.8  server.port=53', 'third-party: 8.8.8.8:53 (q)'],
    ['q  client  net.peer.name=cart.default.svc', 'unmonitored: cart.default.svc (q)'],
    ['q  client  rpc.system=grpc  rpc.service=Cart  rpc.method=Get', 'unmonitored: Cart (Cart/Get)'],
    ['q  client  http.method=GET', 'unmonitored: unknown host (GET)'],
  ])('%s', (line, expected) => {
    expect(inferredOf(trace(`a  GET /  server\n  a  ${line}`))).toEqual([expected]);
  });

  test.each(['q  client', 'q  internal  http.method=GET', 'q  server  db.system=redis'])(
    'not: %s',
    (line) => {
      expect(inferredOf(trace(`a  GET /  server\n  a  ${line}`))).toEqual([]);
    },
  );

  test('a client span that opens a request is a call only if it is alone', () => {
    const call = 'http.method=GET  server.address=x.org';
    expect(chainsOf(trace(`a  GET  client  ${call}`))).toEqual(['entryPoint: a', 'entryPoint: a > x.org']);
    const two = trace(`
      a  GET  client  ${call}
        a  POST  client  server.address=y.org`);
    expect(chainsOf(two)).toEqual(['entryPoint: a', 'entryPoint: a > y.org']);
  });

  test('client side 404 fails an inferred request, server side it does not', () => {
    const spans = trace(`
      a  GET /  server  404
        a  GET  client  404  server.address=x.org`);
    expect(chainsOf(spans)).toEqual(['entryPoint: a', 'entryPoint: a > x.org FAILED']);
  });

  test('a queue stands between producer and consumer, by parent and by link', () => {
    const spans = trace(
      `
      shop  POST /order  server
        shop  publish  client
          shop  orders send  producer  id=p  messaging.destination.name=orders  error
            mail  orders process  consumer
      stock  orders process  consumer  link=1/p`.replace(/id=p|1\/p/g, (id) => id.replace('p', 'abc')),
    );
    expect(chainsOf(spans)).toEqual([
      'entryPoint: shop',
      'entryPoint: shop > orders > mail',
      'entryPoint: shop > orders > stock',
      'entryPoint: shop > orders FAILED',
    ]);
  });
});

describe('failed', () => {
  test.each([
    ['server  error', true],
    ['server  ok  500', false],
    ['server  500', true],
    ['server  404', false],
    ['client  404', false],
    ['server  rpc.grpc.status_code=5', false],
    ['server  rpc.grpc.status_code=13', true],
    ['server  rpc.response.status_code=UNAVAILABLE', true],
    ['server  exception=Boom: 1', false],
    ['server  escaped=Boom: 1', true],
    ['server  200  escaped=Boom: 1', true],
  ])('%s → %s', (line, failed) => {
    expect(assemble(trace(`a  x  ${line}`)).requests[0]?.failed).toBe(failed);
  });

  test.each([
    ['error=no luck  503', 'HTTP 503'],
    ['error=no luck 42', 'no luck {id}'],
    ['rpc.grpc.status_code=13', 'gRPC INTERNAL'],
    ['error', 'failed, no reason recorded'],
    ['503  exception=Timeout: after 500ms', 'Timeout: after {id}ms'],
  ])('reason of %s', (line, reason) => {
    expect(assemble(trace(`a  x  server  ${line}`)).requests[0]?.reason).toBe(reason);
  });

  test('the exception of the deepest span of the own service is the reason', () => {
    const spans = trace(`
      a  x  server  500  exception=Outer
        a  y  internal  exception=Inner: order 17
          b  z  server  exception=Foreign`);
    expect(assemble(spans).requests[0]?.reason).toBe('Inner: order {id}');
  });
});
