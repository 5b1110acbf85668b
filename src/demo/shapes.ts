/** The kinds of spans of the demo, rendered once as far as they do not change from span to span. */
import {
  consumerAttributes,
  databaseAttributes,
  envoyAttributes,
  httpClientAttributes,
  httpServerAttributes,
  producerAttributes,
  rpcAttributes,
  scopeJson,
  sqlFacts,
  type HttpFacts,
  type ScopeUse,
} from './conventions.ts';
import type { ExceptionText } from './exceptions.ts';
import { int, makeTemplate, text, type Template } from './otlp-text.ts';
import { HOME, type Conventions, type DatabaseDescription, type ServiceDescription } from './services.ts';

export interface Ending {
  /** Without the brackets: a span may add attributes of its own. */
  readonly attributes: Template;
  readonly status: string;
}

export interface SpanShape {
  /** Position in the emitter's list of scopes. */
  readonly scope: number;
  /** From `flags` to the opening quote of the start time. */
  readonly head: string;
  readonly ok: Ending;
  readonly failed: Ending;
}

/** A service while its shapes are made: it collects the scopes that they use. */
export interface ShapeOwner {
  readonly description: ServiceDescription;
  readonly scopes: string[];
}

export const KIND = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;

const LOCAL_PARENT = 257;
const REMOTE_PARENT = 769;

export interface ShapeFacts {
  readonly use: ScopeUse;
  readonly name: string;
  readonly kind: number;
  readonly attributes: (failed: boolean) => readonly string[];
}

export function makeShape(owner: ShapeOwner, facts: ShapeFacts): SpanShape {
  const { description } = owner;
  const scope = scopeJson(description.language, facts.use, description.name);
  return { scope: scopePosition(owner, scope), ...shapeText(description.conventions, facts) };
}

export function shapeText(conventions: Conventions, facts: ShapeFacts): Omit<SpanShape, 'scope'> {
  const hasRemoteParent = facts.kind === KIND.server || facts.kind === KIND.consumer;
  // SDKs before 2024 do not write flags.
  const flags = conventions === 'old' ? '' : `"flags":${hasRemoteParent ? REMOTE_PARENT : LOCAL_PARENT},`;
  return {
    head: `${flags}"name":${JSON.stringify(facts.name)},"kind":${facts.kind},"startTimeUnixNano":"`,
    ok: makeEnding(facts.attributes(false), '"status":{}'),
    failed: makeEnding(facts.attributes(true), '"status":{"code":2}'),
  };
}

function makeEnding(attributes: readonly string[], status: string): Ending {
  return { attributes: makeTemplate(attributes.join(',')), status };
}

/** The attributes of an exception event. */
export function exceptionTemplate({ type, message, stacktrace }: ExceptionText): Template {
  const stack = stacktrace === '' ? [] : [text('exception.stacktrace', stacktrace)];
  return makeTemplate([text('exception.type', type), text('exception.message', message), ...stack].join(','));
}

/** Where the emitter's list has the scope; it is added if it is new. */
export function scopePosition({ scopes }: ShapeOwner, scope: string): number {
  const known = scopes.indexOf(scope);
  return known >= 0 ? known : scopes.push(scope) - 1;
}

/** What an operation's name says about the protocol. */
export type Protocol =
  | { readonly is: 'http'; readonly method: string; readonly route: string }
  | { readonly is: 'grpc'; readonly service: string; readonly method: string }
  | { readonly is: 'consumer'; readonly topic: string };

export function protocolOf(operationName: string): Protocol {
  const [first = '', second] = operationName.split(' ');
  if (first === 'process' && second !== undefined) return { is: 'consumer', topic: second };
  if (second !== undefined) return { is: 'http', method: first, route: second };
  const [service = '', method = ''] = first.split('/');
  return { is: 'grpc', service: `easytrips.v1.${service}`, method };
}

const SERVICE_PORT = 8080;
const HTTP_FAILURE = 500;
const GRPC_INTERNAL = 13;

export interface Place {
  readonly host: string;
  readonly port: number;
}

export function placeOf(service: ServiceDescription): Place {
  return { host: `${service.name.toLowerCase()}.${service.namespace}.svc.cluster.local`, port: SERVICE_PORT };
}

function httpFacts(protocol: Protocol & { is: 'http' }, place: Place, failed: boolean): HttpFacts {
  return {
    method: protocol.method,
    route: protocol.route,
    ...place,
    status: failed ? HTTP_FAILURE : okStatus(protocol),
  };
}

function okStatus(protocol: Protocol & { is: 'http' }): number {
  return protocol.method === 'POST' && protocol.route.endsWith('s') ? 201 : 200;
}

/** The span with which a service answers. */
export function serverShape(owner: ShapeOwner, operationName: string): SpanShape {
  const { conventions, name } = owner.description;
  const protocol = protocolOf(operationName);
  const place = placeOf(owner.description);
  const threads =
    owner.description.language === 'java'
      ? [int('thread.id', 47), text('thread.name', 'http-nio-8080-exec-9')]
      : [];
  if (protocol.is === 'consumer') {
    const spanName = conventions === 'old' ? `${protocol.topic} process` : `process ${protocol.topic}`;
    const attributes = consumerAttributes(conventions, protocol.topic, name);
    return makeShape(owner, {
      use: 'messaging',
      name: spanName,
      kind: KIND.consumer,
      attributes: () => attributes,
    });
  }
  if (protocol.is === 'grpc') {
    const rpc = { service: protocol.service, method: protocol.method, host: place.host };
    return makeShape(owner, {
      use: 'rpc',
      name: `${protocol.service}/${protocol.method}`,
      kind: KIND.server,
      attributes: (failed) => [
        ...rpcAttributes(conventions, { ...rpc, status: failed ? GRPC_INTERNAL : 0 }),
        ...threads,
      ],
    });
  }
  return makeShape(owner, {
    use: 'server',
    name: operationName,
    kind: KIND.server,
    attributes: (failed) => [
      ...httpServerAttributes(conventions, httpFacts(protocol, place, failed)),
      ...threads,
    ],
  });
}

/** The span with which a service asks another one. `attempt`: 0 = the first. */
export function clientShape(
  owner: ShapeOwner,
  operationName: string,
  { place, attempt }: { place: Place; attempt: number },
): SpanShape {
  const { conventions } = owner.description;
  const protocol = protocolOf(operationName);
  if (protocol.is === 'consumer') throw new Error(`demo: nobody can call "${operationName}"`);
  if (protocol.is === 'grpc') {
    const rpc = { service: protocol.service, method: protocol.method, host: place.host };
    return makeShape(owner, {
      use: 'rpc',
      name: `${protocol.service}/${protocol.method}`,
      kind: KIND.client,
      attributes: (failed) => rpcAttributes(conventions, { ...rpc, status: failed ? GRPC_INTERNAL : 0 }),
    });
  }
  return httpClientShape(owner, {
    ok: httpFacts(protocol, place, false),
    failed: httpFacts(protocol, place, true),
    attempt,
  });
}

export interface HttpClientFacts {
  readonly ok: HttpFacts;
  readonly failed: HttpFacts;
  /** 0 = the first try. */
  readonly attempt: number;
}

export function httpClientShape(owner: ShapeOwner, { ok, failed: bad, attempt }: HttpClientFacts): SpanShape {
  const { conventions } = owner.description;
  const resend = attempt > 0 ? [int('http.request.resend_count', attempt)] : [];
  return makeShape(owner, {
    use: 'client',
    name: conventions === 'old' ? `HTTP ${ok.method}` : ok.method,
    kind: KIND.client,
    attributes: (failed) => [...httpClientAttributes(conventions, failed ? bad : ok), ...resend],
  });
}

export function queryShape(owner: ShapeOwner, database: DatabaseDescription, statement: string): SpanShape {
  const { conventions } = owner.description;
  const facts = sqlFacts(database, statement);
  const target = conventions === 'old' ? `${database.namespace}.${facts.collection}` : facts.collection;
  return makeShape(owner, {
    use: 'database',
    name: database.namespace === '' ? facts.operation : `${facts.operation} ${target}`,
    kind: KIND.client,
    attributes: () => databaseAttributes(conventions, database, facts),
  });
}

export function producerShape(owner: ShapeOwner, topic: string): SpanShape {
  const { conventions } = owner.description;
  return makeShape(owner, {
    use: 'messaging',
    name: conventions === 'old' ? `${topic} send` : `send ${topic}`,
    kind: KIND.producer,
    attributes: () => producerAttributes(conventions, topic),
  });
}

export function workShape(owner: ShapeOwner, name: string): SpanShape {
  const dot = name.indexOf('.');
  const attributes =
    dot < 0
      ? []
      : [
          text('code.namespace', `com.easytrips.${name.slice(0, dot)}`),
          text('code.function', name.slice(dot + 1)),
        ];
  return makeShape(owner, { use: 'own', name, kind: KIND.internal, attributes: () => attributes });
}

/** The span of an Envoy beside `owner`: before it (inbound) or behind it (outbound, on the way to `place`). */
export function sidecarShape(
  direction: 'inbound' | 'outbound',
  operationName: string,
  place: Place,
): SpanShape {
  const protocol = protocolOf(operationName);
  if (protocol.is !== 'http') throw new Error(`demo: a sidecar passes on HTTP only, not "${operationName}"`);
  const facts: ShapeFacts = {
    use: 'server',
    name: `${place.host}:${place.port}/*`,
    kind: direction === 'inbound' ? KIND.server : KIND.client,
    attributes: (failed) => envoyAttributes(direction, httpFacts(protocol, place, failed)),
  };
  return { scope: 0, ...shapeText('old', facts) };
}

/** nginx knows paths, not routes: its span bears no `http.route`. */
export function edgeShape(owner: ShapeOwner, operationName: string): SpanShape {
  const protocol = protocolOf(operationName);
  if (protocol.is !== 'http')
    throw new Error(`demo: the web server passes on HTTP only, not "${operationName}"`);
  return makeShape(owner, {
    use: 'server',
    name: protocol.route.startsWith('/api/') ? '/api/' : '/',
    kind: KIND.server,
    attributes: (failed) =>
      httpServerAttributes('old', httpFacts(protocol, HOME, failed)).filter(
        (attribute) => !attribute.includes('"http.route"'),
      ),
  });
}
