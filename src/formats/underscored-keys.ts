/** Names of well-known attributes in whose place some writers put underscores for dots. */
import type { Attributes } from '../model/span.ts';
import { AttributeBag } from './plain-span.ts';

/** What follows the first dot may have underscores of its own, so the names have to be listed. */
const WELL_KNOWN: ReadonlyMap<string, string> = new Map(
  [
    'http.method',
    'http.request.method',
    'http.status_code',
    'http.response.status_code',
    'http.route',
    'http.url',
    'http.target',
    'http.host',
    'http.path',
    'http.scheme',
    'http.user_agent',
    'url.full',
    'url.path',
    'server.address',
    'server.port',
    'rpc.system',
    'rpc.service',
    'rpc.method',
    'rpc.grpc.status_code',
    'db.system',
    'db.system.name',
    'db.name',
    'db.namespace',
    'db.statement',
    'db.query.text',
    'db.operation',
    'db.operation.name',
    'db.collection.name',
    'db.sql.table',
    'net.peer.name',
    'net.peer.ip',
    'net.peer.port',
    'net.host.name',
    'peer.service',
    'peer.address',
    'messaging.system',
    'messaging.destination',
    'messaging.destination.name',
    'messaging.operation',
    'messaging.operation.name',
    'exception.type',
    'exception.message',
    'exception.stacktrace',
    'service.name',
    'service.namespace',
    'service.instance.id',
    'service.version',
    'host.name',
    'k8s.pod.name',
    'telemetry.sdk.language',
  ].map((name) => [name.replaceAll('.', '_'), name]),
);

/** The same attributes, well-known names with their dots again. */
export function withDots(attributes: Attributes): AttributeBag {
  const bag = new AttributeBag();
  for (const [key, value] of attributes) bag.putValue(WELL_KNOWN.get(key) ?? key, value);
  return bag;
}
