/**
 * Every attribute key that the analysis reads, by meaning: newest convention first, then older
 * spellings, then vendors'. The first key of a list that has a non-empty value wins
 * (FORMATS §4; semantic-conventions registry of 2026-08). To read one more key, add it to its list.
 */
export const ATTRIBUTE_KEYS = {
  // service and instance (resource)
  serviceName: ['service.name'],
  serviceNamespace: ['service.namespace'],
  instanceId: ['service.instance.id'],
  podName: ['k8s.pod.name'],
  hostName: ['host.name'],
  processPid: ['process.pid'],
  jaegerHostname: ['hostname'],
  jaegerIp: ['ip'],
  /** Zipkin's localEndpoint as `ip:port`; written by the reader. */
  localEndpoint: ['zipkin.local_endpoint'],

  // what makes a service an application (SEMANTICS §5) or a proxy (§2)
  sdkLanguage: ['telemetry.sdk.language'],
  osName: ['os.name'],
  /** Written by readers whose format marks a page load or an interaction itself. */
  browserMark: ['headwater.application'],
  component: ['component'],
  envoyNodeId: ['node_id'],

  // HTTP
  httpMethod: ['http.request.method', 'http.method', 'http_method', '/http/method'],
  httpMethodOriginal: ['http.request.method_original'],
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
  /** What a client knows of the route it calls. */
  clientRoute: ['http.route', 'url.template', 'http.path_template'],
  urlFull: ['url.full', 'http.url', 'url.original', 'url', '/http/url'],
  urlPath: ['url.path', 'http.target', 'http.path'],

  // RPC
  rpcSystem: ['rpc.system.name', 'rpc.system'],
  rpcService: ['rpc.service'],
  rpcMethod: ['rpc.method'],
  /** Speak of gRPC only where the RPC system does, or where none is named. */
  rpcStatus: ['rpc.status_code', 'rpc.response.status_code'],
  grpcStatus: ['rpc.grpc.status_code', 'grpc.status_code', 'grpc.status.code'],

  // databases
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
  /** A format's own sign of a database: Zipkin's tags; others are written by their readers. */
  dbSign: ['sql.query', 'cassandra.query', 'headwater.database'],

  // messaging
  messagingSystem: ['messaging.system', 'mq.broker', 'message_bus'],
  messagingDestination: [
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

  // peers
  peerService: ['service.peer.name', 'peer.service'],
  /** Zipkin's remoteEndpoint; written by the reader. */
  remoteEndpoint: ['zipkin.remote_endpoint.service_name'],
  remoteAddress: ['zipkin.remote_endpoint.address'],
  serverAddress: ['server.address'],
  netPeerName: ['net.peer.name', 'peer.hostname', 'out.host'],
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
  serverPort: ['server.port', 'net.peer.port', 'peer.port'],

  faasTrigger: ['faas.trigger'],

  // browser
  eventType: ['event_type'],
  targetText: ['target_text'],
  targetElement: ['target_element'],
  targetXpath: ['target_xpath'],
  pageUrl: ['url.full', 'http.url', 'location.href'],
  userId: ['user.id', 'enduser.id'],
  sessionId: ['session.id'],

  // exceptions written as span attributes by old conventions (FORMATS §4.7)
  exceptionType: ['exception.type'],
  exceptionMessage: ['exception.message'],

  // sampling (FORMATS §7)
  traceState: ['w3c.tracestate'],
  /** Dynatrace: of 2^56. */
  samplingThreshold: ['sampling.threshold'],
  /** One of how many was kept: Honeycomb, Dynatrace. */
  samplingRatio: ['SampleRate', 'sampleRate', 'samplerate', 'dt.system.sampling_ratio'],
  /** How many a record stands for, 0 where others stand for it: Elastic. */
  representativeCount: ['transaction.representative_count', 'span.representative_count'],
  /** Which part was kept: Datadog; what several of its samplers kept is multiplied. */
  samplingRate: ['_sample_rate', 'sampling.probability'],
  samplingRuleRate: ['_dd.rule_psr', '_dd.agent_psr'],
  samplingLimitRate: ['_dd.limit_psr'],
  /** Jaeger's samplers, at the span that they decided on: which part a probabilistic one kept. */
  samplerType: ['sampler.type'],
  samplerParam: ['sampler.param'],
  /** Which part of the spans like this one was kept where their traces were not: Datadog. */
  spanSamplingRate: ['_dd.span_sampling.rule_rate'],
  /** One record for several operations: Dynatrace, Azure, Elastic's compressed spans. */
  recordCount: ['aggregation.count', 'itemCount', 'ItemCount', 'itemcount', 'span.composite.count'],
} as const satisfies Record<string, readonly string[]>;

export type AttributeField = keyof typeof ATTRIBUTE_KEYS;

/** Keys that matter by how they begin, as one mark per span or resource. */
export const KEY_PREFIXES = {
  browser: 'browser.',
  device: 'device.',
  messaging: 'messaging.',
  http: 'http.',
  exception: 'exception.',
  jdbc: 'jdbc.',
} as const;

export type KeyPrefix = keyof typeof KEY_PREFIXES;

/**
 * Resource attributes that were renamed, or that vendors spell otherwise: each in all its spellings, newest first
 * (FORMATS §4.1). As zones they are one, under the newest; the first that a resource bears counts.
 */
const RENAMED_RESOURCE_KEYS: readonly (readonly [newest: string, ...older: string[]])[] = [
  ['deployment.environment.name', 'deployment.environment', 'service.environment', 'env', 'environment'],
  ['cloud.availability_zone', 'cloud.zone'],
  ['service.version', 'app.version'],
  ['host.name', 'hostname'],
];

/** All spellings of a resource attribute, newest first; alone where it has no other. */
export function resourceSpellings(key: string): readonly [newest: string, ...older: string[]] {
  return RENAMED_RESOURCE_KEYS.find((spellings) => spellings.includes(key)) ?? [key];
}

/** Of an exception event (semantic conventions, exceptions). */
export const EXCEPTION_EVENT = 'exception';
/** W3C tracestate, as Jaeger's exporter writes it: where readers put a span's own. */
export const TRACE_STATE_KEY = 'w3c.tracestate';
