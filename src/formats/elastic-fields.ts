/** Elastic APM's fields, by their dotted names → OpenTelemetry's attributes, kinds and resources (FORMATS.md §3.13). */
import type { Resource, SpanKind, StatusCode } from '../model/span.ts';
import {
  KIND_CLIENT,
  KIND_CONSUMER,
  KIND_INTERNAL,
  KIND_PRODUCER,
  KIND_SERVER,
  STATUS_ERROR,
  STATUS_UNSET,
} from '../model/span.ts';
import { memo } from '../util/memo.ts';
import { type Json, textOf } from './json-value.ts';
import { AttributeBag, routeIn } from './plain-span.ts';
import { parseKind } from './span-words.ts';

export type ElasticFields = ReadonlyMap<string, Json>;
export type ElasticRole = 'transaction' | 'span';

/** Where a field goes. */
const placeOf = memo((key) => {
  if (RESOURCE_FIELDS.test(key)) return 'resource';
  return OWN_FIELDS.test(key) ? 'span' : 'attribute';
});

/** What belongs to the process and not to the span. */
const RESOURCE_FIELDS = /^(service\.(?!target\.)|host\.|container\.|kubernetes\.|cloud\.|agent\.|process\.)/;
/** Fields that became fields of a span. */
const OWN_FIELDS =
  /^(@timestamp|timestamp\.us|trace\.id|transaction\.(id|name|duration\.us)|span\.(id|name|duration\.us|links)|parent\.id|processor\.|data_stream\.|ecs\.|observer\.|event\.(ingested|outcome|success_count))/;
const USER_ACTIONS = new Set(['page-load', 'route-change', 'user-interaction']);
const BROWSER_AGENTS = new Set(['rum-js', 'js-base', 'opentelemetry/webjs', 'iOS/swift', 'android/java']);
const DATABASE_TYPES = new Set(['db', 'cache']);

/** Elastic's `outcome`; success is what is left when nothing failed. */
export function elasticStatus(outcome: Json | undefined): StatusCode {
  return outcome === 'failure' ? STATUS_ERROR : STATUS_UNSET;
}

/** How many stand behind a record of this sample rate, as Elastic's server says it; 0: those that were kept. */
export function representativeCount(sampleRate: number): number {
  return sampleRate > 0 && sampleRate <= 1 ? 1 / sampleRate : 0;
}

/** A page load is named as OpenTelemetry's browser instrumentation would name it. */
export function spanName(fields: ElasticFields, role: ElasticRole): string {
  const name = textOf(fields.get(`${role}.name`)) ?? '';
  const type = fields.get('transaction.type');
  const isPage = role === 'transaction' && (type === 'page-load' || type === 'route-change');
  return isPage ? `Navigation: ${name}` : name;
}

export function elasticKind(fields: ElasticFields, role: ElasticRole): SpanKind {
  const declared = parseKind(textOf(fields.get('span.kind')) ?? '') ?? 0;
  if (declared !== 0) return declared;
  const type = textOf(fields.get(`${role}.type`)) ?? '';
  if (role === 'transaction') {
    if (type === 'messaging') return KIND_CONSUMER;
    return USER_ACTIONS.has(type) || type === 'scheduled' || type === 'custom' ? KIND_INTERNAL : KIND_SERVER;
  }
  const action = textOf(fields.get('span.action')) ?? '';
  if (type === 'messaging') return /receive|poll|consume/.test(action) ? KIND_CLIENT : KIND_PRODUCER;
  return isExit(fields) ? KIND_CLIENT : KIND_INTERNAL;
}

/** The span leaves its service. */
function isExit(fields: ElasticFields): boolean {
  return (
    fields.has('span.destination.service.resource') ||
    fields.has('service.target.type') ||
    fields.has('service.target.name') ||
    /^(db|external|storage)$/.test(textOf(fields.get('span.type')) ?? '')
  );
}

/** Only applications have such transactions. */
export function isUserAction(fields: ElasticFields): boolean {
  return USER_ACTIONS.has(textOf(fields.get('transaction.type')) ?? '');
}

export function elasticResource(fields: ElasticFields): Resource {
  const bag = new AttributeBag().put('service.name', fields.get('service.name'));
  bag.put('service.instance.id', fields.get('service.node.name'));
  bag.put('k8s.pod.name', fields.get('kubernetes.pod.name'));
  bag.put('host.name', fields.get('host.name') ?? fields.get('host.hostname'));
  bag.put('deployment.environment.name', fields.get('service.environment'));
  for (const [key, value] of fields) if (placeOf(key) === 'resource') bag.put(key, value);
  const isApplication = BROWSER_AGENTS.has(textOf(fields.get('agent.name')) ?? '') || isUserAction(fields);
  if (isApplication) bag.put('headwater.application', true);
  return bag.toResource();
}

export function elasticAttributes(fields: ElasticFields, role: ElasticRole): AttributeBag {
  const bag = new AttributeBag();
  if (role === 'span') callAttributes(fields, bag);
  else bag.put('http.route', routeIn(textOf(fields.get('transaction.name'))));
  if (role === 'transaction' && fields.get('transaction.type') === 'messaging') {
    bag.put('messaging.destination.name', fields.get('transaction.message.queue.name'));
  }
  for (const [key, value] of fields) {
    if (placeOf(key) === 'attribute')
      bag.put(key, Array.isArray(value) && value.length === 1 ? value[0] : value);
  }
  return bag;
}

/** Whom the span calls. */
function callAttributes(fields: ElasticFields, bag: AttributeBag): void {
  const at = (key: string): string | undefined => textOf(fields.get(key));
  const type = at('span.type') ?? '';
  const subtype = at('span.subtype') ?? at('service.target.type');
  const resource = at('span.destination.service.resource') ?? at('service.target.name');
  const afterSlash = resource?.includes('/') ? resource.slice(resource.indexOf('/') + 1) : undefined;
  const target = at('service.target.name') ?? afterSlash;
  const address = at('destination.address') ?? at('span.destination.address') ?? at('server.address');
  if (DATABASE_TYPES.has(type)) {
    bag.put('db.system.name', subtype).put('headwater.database', true);
    bag.put('db.namespace', at('span.db.instance') ?? target).put('db.query.text', at('span.db.statement'));
    bag.put('server.address', address);
  } else if (type === 'messaging') {
    bag.put('messaging.system', subtype).put('messaging.operation.name', at('span.action'));
    bag.put('messaging.destination.name', at('span.message.queue.name') ?? target);
  } else if (isExit(fields)) {
    bag
      .put('url.full', at('url.original') ?? at('url.full'))
      .put('rpc.system', subtype === 'grpc' ? subtype : undefined);
    const [, host, port] = /^(?:[a-z]+:\/\/)?([^/:]+|\[[^\]]*\])(?::(\d+))?$/i.exec(resource ?? '') ?? [];
    bag.put('server.address', address ?? host).put('server.port', port);
  }
}
