/**
 * Small hostile sets of spans for property tests: believable traces are grown step by step (so that
 * deep chains are common) and then perturbed. Shrinks to fewer steps, then to plainer ones.
 * Raw records: a negative durationNs is an end before its start.
 */
import fc from 'fast-check';
import type { AttributeValue, Span, SpanKind, StatusCode } from '../../src/model/span.ts';

type Draft = { -readonly [key in keyof Span]: Span[key] };
type Pack = Readonly<Record<string, string | number | boolean>>;

const BEGINNING = 1_700_000_000_000_000_000n;

const SERVICES: readonly Pack[] = [
  { 'service.name': 'frontend', 'service.namespace': 'shop' },
  { 'service.name': 'cart', 'service.namespace': 'shop' },
  { 'service.name': 'checkout', 'k8s.pod.name': 'checkout-1' },
  { 'service.name': 'payment', 'service.namespace': 'east', 'host.name': 'h1', 'process.pid': 7 },
  { 'service.name': 'payment', 'service.namespace': 'west', 'host.name': 'h1' },
  { 'service.name': 'web', 'telemetry.sdk.language': 'webjs' },
  { 'service.name': 'edge nginx', hostname: 'edge-1' },
  { 'service.name': 'pocket', 'os.name': 'iOS', 'device.model.identifier': 'iPhone' },
  { 'service.name': 'shop-page', 'browser.platform': 'Linux' },
  { 'service.name': 'ingress' },
  { 'service.name': 'redis' },
  { 'service.name': 'payment' },
  { 'host.name': 'nameless' },
];

/** What the last span of a step says about success. */
const OUTCOMES: readonly (Pack & { status?: StatusCode; exception?: string; escaped?: boolean })[] = [
  {},
  { status: 2 },
  { 'http.response.status_code': 500 },
  { 'http.status_code': '404' },
  { 'http.status_code': 200 },
  { status: 1, 'http.status_code': 503 },
  { 'rpc.grpc.status_code': 14 },
  { 'rpc.system': 'grpc', 'rpc.response.status_code': 'NOT_FOUND' },
  { 'rpc.system.name': 'grpc', 'rpc.status_code': 'OK' },
  { exception: 'Timeout: after 500 ms' },
  { exception: 'Boom: order 42', escaped: true },
  { status: 2, exception: 'Boom: order 43' },
  // Counts only where the resource is nameless.
  { 'service.name': 'said by the span', 'service.namespace': 'shop' },
];

/** What an outgoing call goes to. */
const CALLEES: readonly Pack[] = [
  { 'db.system': 'redis', 'server.address': 'redis-1', 'db.operation': 'GET' },
  { 'db.system.name': 'postgresql', 'db.namespace': 'orders', 'db.query.text': 'SELECT * FROM o' },
  { 'db.name': 'orders', 'db.system': 'mysql', 'db.sql.table': 'o', 'db.operation': 'INSERT' },
  { 'peer.service': 'cart-redis' },
  { 'db.type': 'sql', 'db.instance': 'legacy' },
  { 'messaging.system': 'kafka', 'messaging.destination.name': 'orders' },
  { 'messaging.system': 'rabbitmq', 'messaging.destination': 'mails', 'messaging.operation': 'publish' },
  { 'server.address': 'api.fedex.com', 'server.port': 443, 'http.request.method': 'POST' },
  { 'http.url': 'https://api.fedex.com:8443/track/1', 'http.method': 'GET' },
  { 'net.peer.name': 'cart', 'rpc.system': 'grpc', 'rpc.service': 'Cart', 'rpc.method': 'Get' },
  { 'url.full': 'http://10.0.0.7:8080/x', 'http.request.method': 'GET' },
  { 'net.sock.peer.addr': '10.0.0.8', 'net.sock.peer.port': 9000, 'http.method': 'GET' },
  { 'peer.service': 'billing' },
  { 'rpc.system': 'grpc', 'rpc.service': 'Mail', 'rpc.method': 'Send' },
  { 'http.method': 'GET' },
  {},
];

/** What a request is asked for. */
const ENDPOINTS: readonly Pack[] = [
  { name: 'GET /cart', 'http.request.method': 'GET', 'http.route': '/cart' },
  { name: 'GET', 'http.method': 'GET', 'http.target': '/orders/4711?x=1' },
  { name: 'Cart/Get', 'rpc.service': 'Cart', 'rpc.method': 'Get' },
  { name: 'job', 'faas.trigger': 'timer' },
  { name: 'orders process', 'messaging.operation.type': 'process', 'messaging.destination.name': 'orders' },
  { name: 'click', target_element: 'BUTTON', target_xpath: '//html/body/button[2]', 'user.id': 'u1' },
  {
    name: 'documentLoad',
    'http.url': 'https://shop.example/blog/17',
    'session.id': 's1',
    'enduser.id': 'u2',
  },
  { name: 'Navigation: /basket', 'session.id': 's2' },
  { name: '/files/0af7651916cd43dd/2024-05-01' },
  { name: 'work' },
];

const step = fc.record({
  what: fc.constantFrom('call', 'call', 'call', 'send', 'leaf', 'leaf', 'work', 'direct', 'root'),
  /** How many spans back the parent is; mostly the last one. */
  back: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(8) }),
  service: fc.oneof(
    { weight: 3, arbitrary: fc.nat(4) },
    { weight: 1, arbitrary: fc.nat(SERVICES.length - 1) },
  ),
  endpoint: fc.nat(ENDPOINTS.length - 1),
  callee: fc.nat(CALLEES.length - 1),
  outcome: fc.oneof(fc.constant(0), fc.nat(OUTCOMES.length - 1)),
  calleeOutcome: fc.oneof(fc.constant(0), fc.nat(OUTCOMES.length - 1)),
  /** An outer and an inner CLIENT span instead of one. */
  nested: fc.boolean(),
  /** call: server half under the client's id; send: consumer by link from a trace of its own. */
  apart: fc.boolean(),
  kind: fc.nat(5),
  delayMs: fc.nat(3),
  durationMs: fc.constantFrom(10, 0, 1, 3, 250),
});
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const EDIT_NAMES = [
  'reparent',
  'orphan',
  'unparent',
  'ownParent',
  'link',
  'lostLink',
  'parentLoop',
  'service',
  'instance',
  'kind',
  'kindless',
  'noTime',
  'noDuration',
  'reversed',
  'shareId',
  'lostHalf',
  'longTraceId',
] as const;

const change = fc.record({
  what: fc.constantFrom('duplicate', 'addition', 'drop', 'move', ...EDIT_NAMES),
  at: fc.nat(60),
  to: fc.nat(60),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

/** Spans in canonical order; at most about 70. */
export const spanSets: fc.Arbitrary<Span[]> = fc
  .record({
    steps: fc.array(step, { minLength: 1, maxLength: 20 }),
    changes: fc.array(change, { maxLength: 6 }),
  })
  .map(({ steps, changes }) => {
    const spans: Draft[] = [];
    for (const one of steps) grow(spans, one);
    for (const one of changes) perturb(spans, one);
    return spans;
  });

/** As spanSets, without perturbations: what a healthy system writes. */
export const healthySpanSets: fc.Arbitrary<Span[]> = fc
  .array(step, { minLength: 1, maxLength: 25 })
  .map((steps) => {
    const spans: Draft[] = [];
    for (const one of steps) grow(spans, one);
    return spans;
  });

function hex(number: number, digits: number): string {
  return number.toString(16).padStart(digits, '0');
}

function valueOf(value: string | number | boolean): AttributeValue {
  if (typeof value === 'boolean') return { type: 'bool', value };
  return typeof value === 'number' ? { type: 'int', value: String(value) } : { type: 'string', value };
}

function attributesOf(pack: Pack): Map<string, AttributeValue> {
  return new Map(Object.entries(pack).map(([key, value]) => [key, valueOf(value)]));
}

function resourceOf(service: number): Span['resource'] {
  return { attributes: attributesOf(SERVICES[service % SERVICES.length] ?? {}) };
}

/** Adds the spans of one step below the span that it picks. */
function grow(spans: Draft[], one: Step): void {
  const parent = one.what === 'root' ? undefined : spans.at(-1 - (one.back % Math.max(1, spans.length)));
  if (!parent) return void add(spans, one, null, 2);
  if (one.what === 'direct') return void add(spans, one, parent, one.kind as SpanKind);
  if (one.what === 'work') return void addWithin(spans, one, parent, 1, {});
  const callee = CALLEES[one.callee] ?? {};
  const kind: SpanKind = one.what === 'send' ? 4 : 3;
  const outer = one.nested ? addWithin(spans, one, parent, 3, callee) : parent;
  const call = addWithin(spans, one, outer, kind, one.what === 'call' ? {} : callee);
  describe(call, OUTCOMES[one.calleeOutcome] ?? {});
  if (one.what === 'leaf') return;
  if (one.what === 'send' && one.apart) {
    const consumer = add(spans, one, null, 5);
    consumer.links = [{ traceId: call.traceId, spanId: call.spanId }];
    return;
  }
  const served = add(spans, one, call, one.what === 'send' ? 5 : 2);
  if (one.what === 'call' && one.apart) {
    served.spanId = call.spanId;
    served.parentSpanId = call.parentSpanId;
    served.shared = true;
  }
}

/** A span of the step's service that is asked for the step's endpoint. */
function add(spans: Draft[], one: Step, parent: Draft | null, kind: SpanKind): Draft {
  const { name, ...endpoint } = ENDPOINTS[one.endpoint] ?? {};
  const resource = resourceOf(one.service);
  const span = blank(spans, one, parent, resource);
  span.name = String(name);
  span.kind = kind;
  const isProxy = resource.attributes.get('service.name')?.value === 'ingress';
  span.attributes = attributesOf({
    ...endpoint,
    ...(isProxy ? { component: 'proxy', node_id: 'router~10.0.0.1~x~y' } : {}),
  });
  describe(span, OUTCOMES[one.outcome] ?? {});
  return span;
}

/** A span of the parent's service. */
function addWithin(spans: Draft[], one: Step, parent: Draft, kind: SpanKind, pack: Pack): Draft {
  const span = blank(spans, one, parent, parent.resource);
  span.kind = kind;
  span.name = kind === 1 ? 'work' : 'call';
  span.attributes = attributesOf(pack);
  return span;
}

function blank(spans: Draft[], one: Step, parent: Draft | null, resource: Span['resource']): Draft {
  const number = spans.length + 1;
  const span: Draft = {
    traceId: parent?.traceId ?? hex(number, 32),
    spanId: hex(number, 16),
    parentSpanId: parent?.spanId ?? null,
    name: '',
    kind: 0,
    startUnixNano: (parent?.startUnixNano ?? BEGINNING) + BigInt(one.delayMs) * 1_000_000n,
    durationNs: one.durationMs * 1_000_000,
    status: 0,
    statusMessage: '',
    shared: false,
    resource,
    scope: { name: '', version: '' },
    attributes: new Map(),
    events: [],
    links: [],
  };
  spans.push(span);
  return span;
}

function describe(span: Draft, outcome: (typeof OUTCOMES)[number]): void {
  const { status = 0, exception, escaped, ...attributes } = outcome;
  span.status = status;
  span.attributes = new Map([...attributesOf(attributes), ...span.attributes]);
  if (exception === undefined) return;
  const [type = '', message = ''] = exception.split(': ');
  const fields: Pack = { 'exception.type': type, 'exception.message': message };
  const marked = escaped === undefined ? fields : { ...fields, 'exception.escaped': escaped };
  span.events = [{ name: 'exception', timeUnixNano: null, attributes: attributesOf(marked) }];
}

function perturb(spans: Draft[], { what, at, to }: Change): void {
  if (spans.length === 0) return;
  const index = at % spans.length;
  const span = spans[index];
  const other = spans[to % spans.length];
  if (what === 'duplicate') spans.splice((to % spans.length) + 1, 0, partOf(span, to));
  else if (what === 'addition') spans.splice(to % (spans.length + 1), 0, additionTo(span, to));
  else if (what === 'drop') spans.splice(index, 1);
  else if (what === 'move') {
    spans.splice(index, 1);
    spans.splice(to % (spans.length + 1), 0, span);
  } else Object.assign(span, EDITS[what](span, other, to));
}

type Edit = (span: Draft, other: Draft, to: number) => Partial<Draft>;

const EDITS: Readonly<Record<(typeof EDIT_NAMES)[number], Edit>> = {
  reparent: (_span, { spanId }) => ({ parentSpanId: spanId }),
  // Within the trace of the other one, as a loop of parents needs one trace.
  parentLoop: (_span, { spanId, traceId }) => ({ parentSpanId: spanId, traceId }),
  orphan: () => ({ parentSpanId: hex(0xdead, 16) }),
  unparent: () => ({ parentSpanId: null }),
  ownParent: ({ spanId }) => ({ parentSpanId: spanId }),
  link: (span, { traceId, spanId }, to) => ({
    links: [...span.links, { traceId, spanId }],
    ...(to % 2 === 0 ? { parentSpanId: null } : {}),
  }),
  lostLink: (span, { traceId }) => ({ links: [{ traceId, spanId: hex(0xbeef, 16) }, ...span.links] }),
  service: (_span, _other, to) => ({ resource: resourceOf(to) }),
  instance: (span, _other, to) => ({ resource: withInstance(span, to) }),
  kind: (_span, _other, to) => ({ kind: (to % 6) as SpanKind }),
  kindless: () => ({ kind: 0 }),
  noTime: () => ({ startUnixNano: null, durationNs: null }),
  noDuration: () => ({ durationNs: null }),
  reversed: () => ({ durationNs: -1_000_000 }),
  shareId: (_span, { spanId, traceId }, to) => ({ spanId, traceId, shared: to % 2 === 0 }),
  lostHalf: () => ({ parentSpanId: null, shared: true }),
  // The others of its trace bear the lower half alone; two of these may differ in the upper one.
  longTraceId: ({ traceId }, _other, to) => ({ traceId: hex(1 + (to % 2), 16) + traceId.slice(16) }),
};

function withInstance(span: Draft, to: number): Span['resource'] {
  const instance = valueOf(`pod-${to % 3}`);
  return { attributes: new Map([...span.resource.attributes, ['service.instance.id', instance]]) };
}

/** A record that only adds an exception: of the span, of another service, or of a span that is not there. */
function additionTo(span: Draft, to: number): Draft {
  const addition: Draft = {
    ...span,
    ...(to % 5 === 4 ? { spanId: hex(0xface, 16) } : {}),
    parentSpanId: null,
    name: '',
    kind: 0,
    startUnixNano: null,
    durationNs: null,
    status: 0,
    statusMessage: '',
    shared: false,
    partial: true,
    resource: to % 3 === 0 ? resourceOf(to) : span.resource,
    attributes: attributesOf({ 'http.status_code': 500 }),
    events: [],
    links: [],
  };
  describe(addition, { exception: `Late: error ${to}`, escaped: to % 2 === 0 });
  return addition;
}

/** A later record of the same span that says less, or something else. Bits of `mask` decide what. */
function partOf(span: Draft, mask: number): Draft {
  const has = (bit: number): boolean => (mask & (1 << bit)) === 0;
  return {
    ...span,
    kind: has(0) ? span.kind : 0,
    startUnixNano: has(1) ? span.startUnixNano : null,
    durationNs: has(2) ? span.durationNs : null,
    status: has(3) ? span.status : 2,
    attributes: has(4) ? span.attributes : attributesOf({ 'http.status_code': 500, 'db.system': 'redis' }),
    links: has(5) ? span.links : [],
  };
}
