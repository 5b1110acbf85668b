/**
 * Which attributes and scopes a span bears: OpenTelemetry's semantic conventions of two generations,
 * as the instrumentations of each language write them. Everything returns attributes as OTLP/JSON
 * text; `<id>` marks the place of the trace's id.
 */
import { concretePath, ID_MARK, int, text } from './otlp-text.ts';
import {
  HOME_URL,
  KAFKA_HOST,
  type Conventions,
  type DatabaseDescription,
  type Language,
} from './services.ts';

export interface HttpFacts {
  readonly method: string;
  readonly route: string;
  readonly host: string;
  readonly port: number;
  readonly status: number;
}

export interface RpcFacts {
  readonly service: string;
  readonly method: string;
  readonly host: string;
  /** gRPC's number: 0 = OK, 13 = INTERNAL. */
  readonly status: number;
}

export interface SqlFacts {
  readonly operation: string;
  readonly collection: string;
  readonly queryText: string;
}

export function httpServerAttributes(conventions: Conventions, http: HttpFacts): string[] {
  const path = concretePath(http.route);
  if (conventions === 'old') {
    return [
      text('http.method', http.method),
      text('http.scheme', 'http'),
      text('http.target', path),
      text('http.route', http.route),
      text('net.host.name', http.host),
      int('net.host.port', http.port),
      text('http.flavor', '1.1'),
      int('http.status_code', http.status),
    ];
  }
  return [
    text('http.request.method', http.method),
    text('url.scheme', 'http'),
    text('url.path', path),
    text('http.route', http.route),
    text('server.address', http.host),
    int('server.port', http.port),
    text('network.protocol.version', '1.1'),
    int('http.response.status_code', http.status),
    ...errorType(http.status >= 500, http.status),
  ];
}

export function httpClientAttributes(conventions: Conventions, http: HttpFacts): string[] {
  const isPublic = http.port === 443;
  const origin = isPublic ? `https://${http.host}` : `http://${http.host}:${http.port}`;
  const url = origin + concretePath(http.route);
  if (conventions === 'old') {
    return [
      text('http.method', http.method),
      text('http.url', url),
      text('net.peer.name', http.host),
      int('net.peer.port', http.port),
      int('http.status_code', http.status),
    ];
  }
  return [
    text('http.request.method', http.method),
    text('url.full', url),
    text('server.address', http.host),
    int('server.port', http.port),
    int('http.response.status_code', http.status),
    ...errorType(http.status >= 400, http.status),
  ];
}

export function rpcAttributes(conventions: Conventions, rpc: RpcFacts): string[] {
  return [
    text('rpc.system', 'grpc'),
    text('rpc.service', rpc.service),
    text('rpc.method', rpc.method),
    int('rpc.grpc.status_code', rpc.status),
    text(conventions === 'old' ? 'net.peer.name' : 'server.address', rpc.host),
    int(conventions === 'old' ? 'net.peer.port' : 'server.port', 8080),
  ];
}

export function databaseAttributes(
  conventions: Conventions,
  database: DatabaseDescription,
  sql: SqlFacts,
): string[] {
  const isOld = conventions === 'old';
  const hasNamespace = database.namespace !== '';
  return [
    text(isOld ? 'db.system' : 'db.system.name', database.system),
    ...(hasNamespace ? [text(isOld ? 'db.name' : 'db.namespace', database.namespace)] : []),
    text(isOld ? 'db.statement' : 'db.query.text', sql.queryText),
    text(isOld ? 'db.operation' : 'db.operation.name', sql.operation),
    ...(hasNamespace ? [text(collectionKey(isOld, database), sql.collection)] : []),
    text(isOld ? 'net.peer.name' : 'server.address', database.host),
    int(isOld ? 'net.peer.port' : 'server.port', database.port),
  ];
}

function collectionKey(isOld: boolean, database: DatabaseDescription): string {
  if (!isOld) return 'db.collection.name';
  return database.system === 'mongodb' ? 'db.mongodb.collection' : 'db.sql.table';
}

/** `SELECT … FROM stock …`, `find posts` or `GET session:{id}` → its parts. */
export function sqlFacts(database: DatabaseDescription, statement: string): SqlFacts {
  const [operation = '', second = ''] = statement.split(' ');
  if (database.system === 'redis') return { operation, collection: '', queryText: concretePath(statement) };
  if (database.system === 'mongodb') {
    const queryText = JSON.stringify({ [operation]: second, filter: { _id: '?' } });
    return { operation, collection: second, queryText };
  }
  const collection = /\b(?:FROM|INTO|UPDATE) (\w+)/.exec(statement)?.[1] ?? '';
  return { operation, collection, queryText: statement };
}

export function producerAttributes(conventions: Conventions, topic: string): string[] {
  if (conventions === 'old') {
    return [
      text('messaging.system', 'kafka'),
      text('messaging.destination', topic),
      text('messaging.destination_kind', 'topic'),
      text('net.peer.name', KAFKA_HOST),
    ];
  }
  return [
    text('messaging.system', 'kafka'),
    text('messaging.destination.name', topic),
    text('messaging.operation.name', 'send'),
    text('messaging.operation.type', 'send'),
    text('messaging.kafka.message.key', ID_MARK),
    text('server.address', KAFKA_HOST),
  ];
}

export function consumerAttributes(conventions: Conventions, topic: string, group: string): string[] {
  if (conventions === 'old') {
    return [
      text('messaging.system', 'kafka'),
      text('messaging.destination', topic),
      text('messaging.destination_kind', 'topic'),
      text('messaging.operation', 'process'),
      text('messaging.kafka.consumer_group', group),
    ];
  }
  return [
    text('messaging.system', 'kafka'),
    text('messaging.destination.name', topic),
    text('messaging.operation.name', 'process'),
    text('messaging.operation.type', 'process'),
    text('messaging.consumer.group.name', group),
    text('messaging.kafka.message.key', ID_MARK),
  ];
}

/** Envoy's own spelling; `direction` as seen from the sidecar. */
export function envoyAttributes(direction: 'inbound' | 'outbound', http: HttpFacts): string[] {
  const cluster = direction === 'inbound' ? `inbound|${http.port}||` : `outbound|${http.port}||${http.host}`;
  return [
    text('component', 'proxy'),
    text('http.method', http.method),
    text('http.url', `http://${http.host}:${http.port}${concretePath(http.route)}`),
    text('http.protocol', 'HTTP/1.1'),
    text('http.status_code', String(http.status)),
    text('upstream_cluster', cluster),
    text('upstream_cluster.name', cluster),
    text('response_flags', '-'),
    text('request_size', '412'),
    text('response_size', '96'),
    ...(http.status >= 500 ? [text('error', 'true')] : []),
  ];
}

/** The headers that a request from outside carries; `<id>` in the page is the trace's id. */
export interface OutsideHeaders {
  readonly clientAddress: string;
  readonly userAgent: string;
  /** URL of the page; '' = sent no referrer. */
  readonly referer: string;
}

const CDN_ADDRESS = '203.0.113.24';

/** Attributes of the first spans behind the web server, starting with a comma. */
export function headerAttributes(conventions: Conventions, headers: OutsideHeaders): string {
  const dash = conventions === 'old' ? '_' : '-';
  const header = (name: string, value: string): string =>
    `,{"key":"http.request.header.${name.replaceAll('-', dash)}","value":{"arrayValue":{"values":[{"stringValue":"${value}"}]}}}`;
  const plain = (old: string, current: string, value: string): string =>
    `,{"key":"${conventions === 'old' ? old : current}","value":{"stringValue":"${value}"}}`;
  return (
    plain('http.client_ip', 'client.address', headers.clientAddress) +
    plain('http.user_agent', 'user_agent.original', headers.userAgent) +
    header('x-forwarded-for', `${headers.clientAddress}, ${CDN_ADDRESS}`) +
    header('via', '1.1 varnish, 1.1 nginx-edge') +
    (headers.referer === '' ? '' : header('referer', HOME_URL + headers.referer))
  );
}

function errorType(failed: boolean, status: number): string[] {
  return failed ? [text('error.type', String(status))] : [];
}

export type ScopeUse = 'server' | 'client' | 'rpc' | 'database' | 'messaging' | 'own';

const CONTRIB_GO = 'go.opentelemetry.io/contrib/instrumentation';

const SCOPES: Readonly<Record<Language, Readonly<Partial<Record<ScopeUse, readonly [string, string]>>>>> = {
  java: {
    server: ['io.opentelemetry.tomcat-10.0', '2.13.1-alpha'],
    client: ['io.opentelemetry.java-http-client', '2.13.1-alpha'],
    rpc: ['io.opentelemetry.grpc-1.6', '2.13.1-alpha'],
    database: ['io.opentelemetry.jdbc', '2.13.1-alpha'],
    messaging: ['io.opentelemetry.kafka-clients-2.6', '2.13.1-alpha'],
    own: ['io.opentelemetry.opentelemetry-instrumentation-annotations-1.16', '2.13.1-alpha'],
  },
  nodejs: {
    server: ['@opentelemetry/instrumentation-http', '0.57.2'],
    client: ['@opentelemetry/instrumentation-undici', '0.10.1'],
    rpc: ['@opentelemetry/instrumentation-grpc', '0.57.2'],
    database: ['@opentelemetry/instrumentation-mongodb', '0.52.0'],
    messaging: ['@opentelemetry/instrumentation-kafkajs', '0.7.1'],
  },
  python: {
    server: ['opentelemetry.instrumentation.flask', '0.52b1'],
    client: ['opentelemetry.instrumentation.requests', '0.52b1'],
    rpc: ['opentelemetry.instrumentation.grpc', '0.52b1'],
    database: ['opentelemetry.instrumentation.pymongo', '0.52b1'],
    messaging: ['opentelemetry.instrumentation.confluent_kafka', '0.52b1'],
  },
  go: {
    server: [`${CONTRIB_GO}/net/http/otelhttp`, '0.60.0'],
    client: [`${CONTRIB_GO}/net/http/otelhttp`, '0.60.0'],
    rpc: [`${CONTRIB_GO}/google.golang.org/grpc/otelgrpc`, '0.60.0'],
    database: ['github.com/redis/go-redis/extra/redisotel', 'semver:9.7.3'],
    messaging: ['github.com/dnwe/otelsarama', '0.8.0'],
  },
  dotnet: {
    server: ['Microsoft.AspNetCore', ''],
    client: ['System.Net.Http', ''],
    database: ['OpenTelemetry.Instrumentation.StackExchangeRedis', '1.11.0-beta.2'],
  },
  php: {
    server: ['io.opentelemetry.contrib.php.symfony', ''],
    client: ['io.opentelemetry.contrib.php.guzzle', ''],
    database: ['io.opentelemetry.contrib.php.mongodb', ''],
  },
  ruby: {
    server: ['OpenTelemetry::Instrumentation::Rack', '0.26.0'],
    client: ['OpenTelemetry::Instrumentation::Faraday', '0.26.0'],
    database: ['OpenTelemetry::Instrumentation::PG', '0.30.0'],
  },
  cpp: {},
  nginx: { server: ['nginx', '1.27.4'] },
  webjs: { client: ['@opentelemetry/instrumentation-fetch', '0.57.2'] },
  swift: { client: ['NSURLSession', '1.13.0'] },
  android: { client: ['io.opentelemetry.okhttp-3.0', '2.13.1-alpha'] },
};

/** The scope object, as JSON. Where a language has no instrumentation for it, the service's own code made the span. */
export function scopeJson(language: Language, use: ScopeUse, service: string): string {
  const [name, version] = SCOPES[language][use] ?? [service, ''];
  return namedScopeJson(name, version);
}

export function namedScopeJson(name: string, version: string): string {
  return JSON.stringify(version === '' ? { name } : { name, version });
}
