/** What an Application Insights dependency calls, in OpenTelemetry's words (FORMATS.md §3.18). */
import { KIND_CLIENT, KIND_INTERNAL, KIND_PRODUCER } from '../model/span.ts';
import type { SpanDraft } from './span-draft.ts';

export interface AzureDependency {
  readonly type: string;
  readonly target: string;
  readonly data: string;
  readonly name: string;
  readonly resultCode: string;
}

const DATABASES: ReadonlyMap<string, string> = new Map([
  ['sql', 'mssql'],
  ['azure documentdb', 'azure.cosmosdb'],
  ['azure table', 'azure.table'],
]);
const DATABASE =
  /^(sql|mssql|mysql|mariadb|postgres(ql)?|mongodb|redis|cassandra|oracle|sqlite|memcached|elasticsearch|azure documentdb|azure table|cosmosdb)$/;
const QUEUE =
  /^queue message|azure (event hubs|service bus|queue)|kafka|rabbitmq|activemq|^(microsoft\.)?(servicebus|eventhub)/;
const RECEIVES = /receive|complete|settle|peek|process/i;
const WEB = /^(http|https|ajax|fetch|aspnet|wcf|grpc|web ?service)\b/;

export function describeDependency(span: SpanDraft, call: AzureDependency): void {
  const type = call.type.trim().toLowerCase();
  span.kind = KIND_CLIENT;
  if (type === 'inproc' || type.startsWith('inproc ')) span.kind = KIND_INTERNAL;
  const inner = type.split('|').at(-1)?.trim() ?? '';
  if (DATABASE.test(type)) describeDatabase(span, call, type);
  else if (QUEUE.test(type)) describeQueue(span, call, inner);
  else if (WEB.test(type) || /^https?:/.test(call.data)) describeWeb(span, call);
  else if (span.kind !== KIND_INTERNAL) span.set('server.address', hostOf(call.target));
}

/** Target: `server | database`. */
function describeDatabase(span: SpanDraft, { target, data, name }: AzureDependency, type: string): void {
  const [server, database] = target.split('|').map((part) => part.trim());
  span.set('db.system.name', DATABASES.get(type) ?? type);
  span.set('db.namespace', database);
  span.set('server.address', server);
  span.set('db.query.text', data === name ? '' : data);
}

/** Target: `namespace/queue`, or the destination alone. */
function describeQueue(span: SpanDraft, { target, name }: AzureDependency, system: string): void {
  if (!RECEIVES.test(name)) span.kind = KIND_PRODUCER;
  span.set('messaging.system', system.replace(/^azure /, '').replaceAll(' ', ''));
  span.set('messaging.destination.name', target.split(/[/|]/).at(-1)?.trim());
}

function describeWeb(span: SpanDraft, { target, data, name, resultCode }: AzureDependency): void {
  if (/^https?:/.test(data)) span.set('url.full', data);
  span.set('server.address', hostOf(target));
  span.set('http.request.method', /^([A-Z]{3,7}) /.exec(name)?.[1]);
  if (/^[1-5]\d\d$/.test(resultCode)) span.set('http.response.status_code', Number(resultCode));
}

/** `host:443 | cid-v1:…` (a component that is traced, too) → `host`. */
function hostOf(target: string): string {
  return target.split('|')[0].trim();
}
