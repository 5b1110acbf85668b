/** Where the values of Elastic APM's intake stand, and the fields of Elastic's documents that they become. */
import { dottedKey } from './dotted-key.ts';
import type { ElasticRole } from './elastic-fields.ts';
import { isObject, type Json, ownValue } from './json-value.ts';

/** A key of an object in a line: the field that its value becomes, and what is within it. */
interface Place {
  readonly key: string;
  readonly to: Readonly<Record<ElasticRole, string>> | null;
  readonly within: Place[];
}

/** In this order. Names that begin with a dot follow that of the span's role. */
function placesOf(pairs: readonly (readonly [from: string, to: string])[]): readonly Place[] {
  const named = (role: string, to: string): string => (to.startsWith('.') ? role + to : to);
  const top: Place[] = [];
  for (const [from, to] of pairs) {
    const keys = from.split('.');
    const last = keys.pop() ?? '';
    let places = top;
    for (const key of keys) places = placeOf(places, key).within;
    places.push({
      key: last,
      to: { transaction: named('transaction', to), span: named('span', to) },
      within: [],
    });
  }
  return top;
}

/** Looked into, and no field itself. */
function placeOf(places: Place[], key: string): Place {
  const known = places.find((place) => place.key === key && place.to === null);
  if (known) return known;
  const place: Place = { key, to: null, within: [] };
  places.push(place);
  return place;
}

/** Where a line's values stand → the fields of Elastic's documents. */
export const METADATA: readonly Place[] = placesOf([
  ['service.name', 'service.name'],
  ['service.version', 'service.version'],
  ['service.environment', 'service.environment'],
  ['service.node.configured_name', 'service.node.name'],
  ['service.agent.name', 'agent.name'],
  ['service.agent.version', 'agent.version'],
  ['service.language.name', 'service.language.name'],
  ['service.runtime.name', 'service.runtime.name'],
  ['system.container.id', 'container.id'],
  ['system.kubernetes.pod.name', 'kubernetes.pod.name'],
  ['system.kubernetes.namespace', 'kubernetes.namespace'],
  ['system.configured_hostname', 'host.name'],
  ['system.detected_hostname', 'host.name'],
  ['system.hostname', 'host.name'],
  ['process.pid', 'process.pid'],
]);
export const CONTEXT: readonly Place[] = placesOf([
  ['type', '.type'],
  ['name', '.name'],
  ['subtype', '.subtype'],
  ['action', '.action'],
  ['result', '.result'],
  ['sampled', '.sampled'],
  ['sample_rate', '.sample_rate'],
  ['sync', '.sync'],
  ['composite.count', '.composite.count'],
  ['context.request.method', 'http.request.method'],
  ['context.request.url.full', 'url.full'],
  ['context.request.url.raw', 'url.original'],
  ['context.request.url.pathname', 'url.path'],
  ['context.request.url.hostname', 'url.domain'],
  ['context.request.headers', 'http.request.headers'],
  ['context.request.socket.remote_address', 'client.address'],
  ['context.response.status_code', 'http.response.status_code'],
  ['context.http.method', 'http.request.method'],
  ['context.http.url', 'url.original'],
  ['context.http.status_code', 'http.response.status_code'],
  ['context.http.response.status_code', 'http.response.status_code'],
  ['context.page.url', 'url.full'],
  ['context.page.referer', 'http.request.referrer'],
  ['context.db.instance', 'span.db.instance'],
  ['context.db.statement', 'span.db.statement'],
  ['context.db.type', 'span.db.type'],
  ['context.destination.address', 'destination.address'],
  ['context.destination.port', 'destination.port'],
  ['context.destination.service.resource', 'span.destination.service.resource'],
  ['context.service.target.type', 'service.target.type'],
  ['context.service.target.name', 'service.target.name'],
  ['context.service.name', 'service.name'],
  ['context.message.queue.name', '.message.queue.name'],
  ['context.user.id', 'user.id'],
  ['context.user.username', 'user.name'],
  ['context.tags', 'labels'],
  ['context.custom', 'custom'],
  ['session.id', 'session.id'],
  ['otel.span_kind', 'span.kind'],
]);

/** Into `fields`, of which the first value counts. */
export function copyFields(
  record: Json | undefined,
  places: readonly Place[],
  fields: Map<string, Json>,
  role: ElasticRole,
): void {
  if (!isObject(record)) return;
  for (const { key, to, within } of places) {
    const value = ownValue(record, key);
    if (value === undefined || value === null || value === '') continue;
    if (to === null) copyFields(value, within, fields, role);
    else if (isObject(value)) copyAll(value, to[role], fields);
    else if (!fields.has(to[role])) fields.set(to[role], value);
  }
}

function copyAll(values: Json, field: string, fields: Map<string, Json>): void {
  if (!isObject(values)) return;
  for (const key of Object.keys(values)) {
    const value = values[key];
    if (value !== undefined) fields.set(dottedKey(field, key), value);
  }
}
