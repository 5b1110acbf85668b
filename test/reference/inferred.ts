/** SEMANTICS.md §4, the table: what an outgoing call that is not traced is a request of. */
import type { ServiceRef } from '../../src/model/service.ts';
import { firstOfNest, hasKey, KEYS, type Carrier } from './attributes.ts';
import { httpMethod, rpcEndpoint } from './endpoints.ts';
import { hostOf, isPublicHost, peerAddress } from './hosts.ts';
import { idsOutOfName } from './ids-out.ts';
import { words } from './services.ts';
import type { MergedSpan } from './spans.ts';

export interface InferredTarget {
  readonly service: ServiceRef;
  readonly endpoint: string;
}

const DATABASE_WORDS = [
  'mysql',
  'postgres',
  'postgresql',
  'mariadb',
  'oracle',
  'mssql',
  'redis',
  'memcache',
  'memcached',
  'mongo',
  'mongodb',
  'cassandra',
  'elasticsearch',
];

/** "A span of kind INTERNAL or unset that carries db.system(.name) counts as CLIENT here." */
export function isCallLike(span: MergedSpan): boolean {
  if (span.kind === 3 || span.kind === 4) return true;
  return (span.kind === 0 || span.kind === 1) && firstOfNest([span], KEYS.dbSystem) !== null;
}

/** `nest`: the call's span first. Null: not inferred. */
export function inferTarget(nest: readonly MergedSpan[]): InferredTarget | null {
  const [outermost] = nest;
  if (!outermost) return null;
  if (isDatabase(outermost, nest)) return database(outermost, nest);
  if (isMessaging(outermost, nest)) return queue(nest);
  if (isRemote(nest)) return remote(outermost, nest);
  return null;
}

function carries(nest: readonly Carrier[], matches: (key: string) => boolean): boolean {
  return nest.some((span) => hasKey(span, matches));
}

function serverAddress(nest: readonly Carrier[]): string | null {
  return firstOfNest(nest, KEYS.serverAddress) ?? firstOfNest(nest, KEYS.peerName);
}

function peerName(nest: readonly Carrier[]): string | null {
  return firstOfNest(nest, KEYS.peerService) ?? firstOfNest(nest, KEYS.remoteEndpoint);
}

function isDatabase(outermost: MergedSpan, nest: readonly MergedSpan[]): boolean {
  if (firstOfNest(nest, [...KEYS.dbSystem, ...KEYS.dbType]) !== null) return true;
  const isSign = (key: string): boolean =>
    key === 'sql.query' || key === 'cassandra.query' || key.startsWith('jdbc.');
  if (carries(nest, isSign)) return true;
  if (outermost.kind !== 3) return false;
  const remoteEndpoint = firstOfNest(nest, KEYS.remoteEndpoint);
  return [firstOfNest(nest, KEYS.peerService), remoteEndpoint, serverAddress(nest)].some((name) => {
    const parts = words(name ?? '');
    return [parts.at(0), parts.at(-1)].some((word) => word !== undefined && DATABASE_WORDS.includes(word));
  });
}

function database(outermost: MergedSpan, nest: readonly MergedSpan[]): InferredTarget {
  const name =
    firstOfNest(nest, KEYS.dbNamespace) ??
    peerName(nest) ??
    serverAddress(nest) ??
    firstOfNest(nest, KEYS.dbSystem) ??
    firstOfNest(nest, KEYS.dbType) ??
    'unknown database';
  return { service: { name, type: 'database' }, endpoint: databaseEndpoint(outermost, nest) };
}

function databaseEndpoint(outermost: MergedSpan, nest: readonly MergedSpan[]): string {
  const operation = firstOfNest(nest, KEYS.dbOperation);
  const collection = firstOfNest(nest, KEYS.dbCollection);
  if (operation !== null) return collection === null ? operation : `${operation} ${collection}`;
  const keyword = /^\s*(\p{L}+)/u.exec(firstOfNest(nest, KEYS.dbStatement) ?? '')?.[1];
  return keyword ?? idsOutOfName(outermost.name);
}

function isMessaging(outermost: MergedSpan, nest: readonly MergedSpan[]): boolean {
  return outermost.kind === 4 || carries(nest, (key) => key.startsWith('messaging.'));
}

/** `nests`: where its name is looked for, in this order. */
export function queue(
  sender: readonly MergedSpan[],
  nests: readonly (readonly MergedSpan[])[] = [sender],
  consumer: readonly MergedSpan[] = [],
): InferredTarget {
  const sayings = [
    ...[...nests, consumer].map((spans) => firstOfNest(spans, KEYS.destination)),
    ...nests.map((spans) => firstOfNest(spans, KEYS.messagingSystem)),
    ...nests.map(peerName),
    ...nests.map(peerAddress),
  ];
  const name = sayings.find((said) => said !== null) ?? 'unknown queue';
  const endpoint = firstOfNest(sender, KEYS.messagingOperation) ?? idsOutOfName(sender[0]?.name ?? '');
  return { service: { name, type: 'queue' }, endpoint };
}

function isRemote(nest: readonly MergedSpan[]): boolean {
  return (
    firstOfNest(nest, KEYS.rpcSystem) !== null ||
    peerName(nest) !== null ||
    carries(nest, (key) => key.startsWith('http.')) ||
    serverAddress(nest) !== null ||
    hostOf(nest) !== null
  );
}

function remote(outermost: MergedSpan, nest: readonly MergedSpan[]): InferredTarget {
  const host = hostOf(nest);
  const name = peerName(nest) ?? host ?? firstOfNest(nest, KEYS.rpcService) ?? 'unknown host';
  const judged = host ?? firstOfNest(nest, KEYS.remoteEndpoint);
  const isPublic = judged !== null && isPublicHost(judged);
  return {
    service: { name, type: isPublic ? 'third-party' : 'unmonitored' },
    endpoint: remoteEndpoint(outermost, nest),
  };
}

function remoteEndpoint(outermost: MergedSpan, nest: readonly MergedSpan[]): string {
  const method = nest.map(httpMethod).find((m) => m !== null) ?? null;
  const route = firstOfNest(nest, KEYS.clientRoute);
  if (method !== null) return route === null ? method : `${method} ${route}`;
  return rpcEndpoint(nest) ?? idsOutOfName(outermost.name);
}
