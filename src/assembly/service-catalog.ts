import type { ServiceRef, ServiceType } from '../model/service.ts';
import type { NamedService } from './resource-table.ts';
import { NONE } from './span-table.ts';
import type { SpanTable } from './span-table.ts';

const PROXY_WORDS = new Set(['nginx', 'envoy', 'apache', 'httpd', 'haproxy', 'traefik', 'kong']);

/** Words of a name: split at everything that is no letter, in lower case. */
export function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/\P{L}+/u)
    .filter((word) => word !== '');
}

/** The traced services of the data with their types and the names they are shown by (SEMANTICS §2). */
export function tracedServices(table: SpanTable): ServiceRef[] {
  const { services } = table.resourceTable;
  const types = serviceTypes(table);
  const namespaces = new Map<string, number>();
  for (const { name } of services) namespaces.set(name, (namespaces.get(name) ?? 0) + 1);
  return services.map((service, i) => ({ name: shownName(service, namespaces), type: types[i] }));
}

function shownName({ namespace, name }: NamedService, namespaces: ReadonlyMap<string, number>): string {
  return namespace !== '' && (namespaces.get(name) ?? 0) > 1 ? `${namespace}/${name}` : name;
}

function serviceTypes(table: SpanTable): ServiceType[] {
  const { resourceTable, resources, primary } = table;
  const { services } = resourceTable;
  const isApplication = new Uint8Array(services.length);
  for (let row = 0; row < resourceTable.count; row++) {
    if (resourceTable.isApplication(row)) isApplication[resourceTable.service(row)] = 1;
  }
  const spans = new Uint32Array(services.length);
  const proxySpans = new Uint32Array(services.length);
  for (let row = 0; row < table.count; row++) {
    if (!primary[row]) continue;
    const service = resourceTable.service(resources[row]);
    // A service with a span that is no proxy's is none: the rest need not be looked at.
    if (proxySpans[service] === spans[service]++ && isProxySpan(table, row)) proxySpans[service]++;
  }
  return services.map(({ name }, i) => {
    if (isApplication[i]) return 'application';
    const isProxy = isProxyName(name) || (spans[i] > 0 && proxySpans[i] === spans[i]);
    return isProxy ? 'web server' : 'service';
  });
}

function isProxyName(name: string): boolean {
  const words = wordsOf(name);
  return words.some(
    (word, i) => PROXY_WORDS.has(word) || (word === 'istio' && words[i + 1] === 'ingressgateway'),
  );
}

/** Envoy marks its spans; a node id that is not a router's is a sidecar's. */
function isProxySpan(table: SpanTable, row: number): boolean {
  if (table.text(row, 'component') !== 'proxy') return false;
  const nodeId = table.text(row, 'envoyNodeId');
  return nodeId === '' || nodeId.startsWith('router~');
}

/** Of spans that name none, and of inferred requests. */
export const UNKNOWN_INSTANCE = 'unknown instance';

/** Dataset text number of the instance that a span's records name (SEMANTICS §2). */
export function instanceNames(table: SpanTable): (row: number) => number {
  const { texts } = table;
  const unknown = texts.numberOf(UNKNOWN_INSTANCE);
  const byResource: number[] = [];
  const compute = (row: number): number => {
    const named = table.resourceValue(row, 'instanceId') || table.resourceValue(row, 'podName');
    if (named !== 0) return named;
    const host = table.resourceValue(row, 'hostName');
    const pid = table.resourceValue(row, 'processPid');
    if (host !== 0) return pid === 0 ? host : texts.numberOf(`${texts.text(host)}:${texts.text(pid)}`);
    return (
      table.resourceValue(row, 'jaegerHostname') ||
      table.resourceValue(row, 'jaegerIp') ||
      table.resourceValue(row, 'localEndpoint') ||
      unknown
    );
  };
  return (row) => {
    if (table.nextRecord[row] !== NONE) return compute(row);
    return (byResource[table.resources[row]] ??= compute(row));
  };
}
