/** Attribute keys by meaning, newest spelling first (FORMATS.md §4), and how they are read. */
import type { Attributes, AttributeValue } from '../../src/model/span.ts';

export interface Carrier {
  readonly attributes: Attributes;
}

/** The value as text; '' where the key is absent. */
export function textOf(value: AttributeValue | undefined): string {
  return value === undefined ? '' : String(value.value);
}

/** The first non-empty value of the keys in order; null: none. */
export function first(carrier: Carrier, keys: readonly string[]): string | null {
  for (const key of keys) {
    const text = textOf(carrier.attributes.get(key));
    if (text !== '') return text;
  }
  return null;
}

/** As `first`, the first carrier that has any of the keys deciding (§4: missing on the outermost → its nest). */
export function firstOfNest(nest: readonly Carrier[], keys: readonly string[]): string | null {
  for (const carrier of nest) {
    const text = first(carrier, keys);
    if (text !== null) return text;
  }
  return null;
}

export function hasKey(carrier: Carrier, matches: (key: string) => boolean): boolean {
  return [...carrier.attributes.keys()].some(matches);
}

export const KEYS = {
  httpMethod: ['http.request.method', 'http.method', 'http_method', '/http/method'],
  httpStatus: [
    'http.response.status_code',
    'http.status_code',
    'http.statusCode',
    'status_code',
    'http.response.status',
    '/http/status_code',
    'resultCode',
  ],
  httpRoute: ['http.route'],
  clientRoute: ['http.route', 'url.template', 'http.path_template'],
  path: ['url.path', 'http.target', 'http.path'],
  url: ['url.full', 'http.url', 'url.original', 'url', '/http/url'],
  rpcSystem: ['rpc.system.name', 'rpc.system'],
  rpcService: ['rpc.service'],
  rpcMethod: ['rpc.method'],
  rpcStatus: ['rpc.status_code', 'rpc.response.status_code'],
  grpcStatus: ['rpc.grpc.status_code', 'grpc.status_code', 'grpc.status.code', 'status.code'],
  dbSystem: ['db.system.name', 'db.system'],
  dbType: ['db.type'],
  dbNamespace: ['db.namespace', 'db.name', 'db.instance'],
  dbOperation: ['db.operation.name', 'db.operation'],
  dbCollection: [
    'db.collection.name',
    'db.sql.table',
    'db.cassandra.table',
    'db.mongodb.collection',
    'db.cosmosdb.container',
  ],
  dbStatement: ['db.query.text', 'db.statement', 'sql.query', 'cassandra.query'],
  destination: [
    'messaging.destination.template',
    'messaging.destination.name',
    'messaging.destination',
    'messaging.url',
    'message_bus.destination',
    'mq.topic',
    'kafka.topic',
    'rabbit.queue',
  ],
  messagingOperation: ['messaging.operation.name', 'messaging.operation.type', 'messaging.operation'],
  messagingSystem: ['messaging.system', 'mq.broker', 'message_bus'],
  faasTrigger: ['faas.trigger'],
  peerService: ['service.peer.name', 'peer.service'],
  /** Zipkin's remoteEndpoint, as its reader writes it. */
  remoteEndpoint: ['zipkin.remote_endpoint.service_name'],
  remoteAddress: ['zipkin.remote_endpoint.address'],
  serverAddress: ['server.address'],
  peerName: ['net.peer.name', 'peer.hostname', 'out.host'],
  serverPort: ['server.port', 'net.peer.port', 'peer.port'],
  httpHost: ['http.host'],
  peerIp: [
    'network.peer.address',
    'net.sock.peer.addr',
    'net.peer.ip',
    'peer.ipv4',
    'peer.ipv6',
    'peer.address',
  ],
  peerPort: ['network.peer.port', 'net.sock.peer.port', 'net.peer.port', 'peer.port'],
  user: ['user.id', 'enduser.id'],
  session: ['session.id'],
} as const satisfies Record<string, readonly string[]>;
