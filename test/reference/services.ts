/** SEMANTICS.md §2 and the applications of §5: services, their types, instances. */
import type { ServiceRef, ServiceType } from '../../src/model/service.ts';
import { first, textOf } from './attributes.ts';
import { groupBy } from './group.ts';
import type { MergedSpan } from './spans.ts';

const PROXY_WORDS = ['nginx', 'envoy', 'apache', 'httpd', 'haproxy', 'traefik', 'kong'];

/** Traced services of the data: what a span's service is called and which type it has. */
export type ServiceOf = (span: MergedSpan) => ServiceRef;

function keyOf(span: MergedSpan): string {
  return JSON.stringify([span.serviceNamespace, span.serviceName]);
}

export function nameServices(spans: readonly MergedSpan[]): ServiceOf {
  const namespaces = new Map<string, Set<string>>();
  for (const span of spans) {
    const known = namespaces.get(span.serviceName) ?? new Set();
    namespaces.set(span.serviceName, known.add(span.serviceNamespace));
  }
  const refs = new Map<string, ServiceRef>();
  for (const [key, group] of groupBy(spans, keyOf)) {
    const { serviceName, serviceNamespace } = group[0];
    const ambiguous = (namespaces.get(serviceName)?.size ?? 0) > 1 && serviceNamespace !== '';
    const name = ambiguous ? `${serviceNamespace}/${serviceName}` : serviceName;
    refs.set(key, { name, type: typeOf(serviceName, group) });
  }
  return (span) => refs.get(keyOf(span)) as ServiceRef;
}

function typeOf(serviceName: string, spans: readonly MergedSpan[]): ServiceType {
  if (spans.some(isOfApplication)) return 'application';
  if (isProxyName(serviceName) || isProxy(spans)) return 'web server';
  return 'service';
}

/** Words of a name, split at everything that is no letter, lower-case. */
export function words(name: string): string[] {
  return name
    .toLowerCase()
    .split(/\P{L}+/u)
    .filter((word) => word !== '');
}

function isProxyName(name: string): boolean {
  const parts = words(name);
  return (
    parts.some((word) => PROXY_WORDS.includes(word)) ||
    parts.some((word, i) => word === 'istio' && parts[i + 1] === 'ingressgateway')
  );
}

function isProxy(spans: readonly MergedSpan[]): boolean {
  return spans.every((span) => {
    const nodeId = first(span, ['node_id']);
    return first(span, ['component']) === 'proxy' && (nodeId === null || nodeId.startsWith('router~'));
  });
}

function isOfApplication(span: MergedSpan): boolean {
  const keys = [...span.resource.keys()];
  const language = textOf(span.resource.get('telemetry.sdk.language'));
  const os = textOf(span.resource.get('os.name'));
  return (
    keys.some((key) => key.startsWith('browser.')) ||
    language === 'webjs' ||
    language === 'swift' ||
    ((os === 'Android' || os === 'iOS') && keys.some((key) => key.startsWith('device.')))
  );
}

export const UNKNOWN_INSTANCE = 'unknown instance';

export function instanceOf(span: MergedSpan): string {
  const resource = { attributes: span.resource };
  const named = first(resource, ['service.instance.id', 'k8s.pod.name']);
  if (named !== null) return named;
  const host = first(resource, ['host.name']);
  const pid = first(resource, ['process.pid']);
  if (host !== null) return pid === null ? host : `${host}:${pid}`;
  return first(resource, ['hostname', 'ip', 'zipkin.local_endpoint']) ?? UNKNOWN_INSTANCE;
}
