import type { RequestTable } from '../assembly/request-table.ts';
import { NO_CALLER } from '../assembly/request-table.ts';
import { NONE } from '../assembly/span-table.ts';
import type { NodeParams, ProxiesAnswer, ProxyRow } from '../model/answers-spans.ts';
import type { Span } from '../model/span.ts';
import { compareText } from '../util/compare-text.ts';
import { firstOf } from './exceptions-of-span.ts';
import { nodeRows } from './node-rows.ts';
import { hasHeaders, headerOf, headerValues } from './request-headers.ts';
import { sampleForest } from './sampled-forest.ts';
import { countSightings, sampledOf } from './sightings.ts';
import type { Sightings } from './sightings.ts';
import type { SpanData, SpanForest } from './span-forest.ts';

type Sign = Omit<ProxyRow, 'requests' | 'failedRequests'>;
type Unkeyed = Omit<Sign, 'seenAs'>;

/** Headers that one product adds (FORMATS §4.10). */
const PRODUCT_HEADERS: readonly (readonly [header: string, product: string])[] = [
  ['cf-ray', 'Cloudflare'],
  ['cf-connecting-ip', 'Cloudflare'],
  ['x-amzn-trace-id', 'AWS load balancer or API gateway'],
  ['x-amz-cf-id', 'Amazon CloudFront'],
  ['x-azure-ref', 'Azure Front Door'],
  ['x-cloud-trace-context', 'Google Cloud load balancer'],
  ['x-served-by', 'Fastly'],
  ['x-envoy-external-address', 'Envoy'],
  ['x-envoy-internal', 'Envoy'],
  ['x-envoy-expected-rq-timeout-ms', 'Envoy'],
  ['x-envoy-attempt-count', 'Envoy'],
  ['x-kong-request-id', 'Kong'],
  ['l5d-client-id', 'Linkerd'],
];

/** What stood between the requests at a node and their callers, as far as spans tell (docs/figures.md, Proxies). */
export async function describeProxies(data: SpanData, params: NodeParams): Promise<ProxiesAnswer> {
  const { table } = data;
  const { found, rows } = nodeRows(table, params);
  const { proxies, headers } = await readProxies(data, rows);
  const counted = countSightings(table, proxies);
  return {
    found,
    sampled: sampledOf(proxies),
    rows: counted.rows
      .map(({ row, requests, failedRequests }): ProxyRow => ({ ...row, requests, failedRequests }))
      .sort((a, b) => b.requests - a.requests || compareText(a.proxy, b.proxy)),
    without: counted.without,
    withHeaders: headers.looked.length - countSightings(table, headers).without,
  };
}

/** The signs of proxies, and whether any header was recorded. */
export async function readProxies(
  data: SpanData,
  rows: Uint32Array,
): Promise<{ readonly proxies: Sightings<Sign>; readonly headers: Sightings }> {
  const { table } = data;
  const { forest, samples } = await sampleForest(data, [rows]);
  const of = { requests: rows.length, looked: samples[0] };
  const spanOf = (request: number) => forest.spanAt(forest.rowOf(table.span[request]));
  return {
    proxies: { ...of, seenIn: (request) => signsOf(table, forest, request) },
    headers: {
      ...of,
      seenIn: (request) => (hasHeaders(spanOf(request).attributes) ? [{ seenAs: ['recorded'] }] : []),
    },
  };
}

/** Each once. */
function signsOf(table: RequestTable, forest: SpanForest, request: number): readonly Sign[] {
  const row = forest.rowOf(table.span[request]);
  const span = forest.spanAt(row);
  const signs = new Map<string, Sign>();
  const add = (found: Unkeyed | null): void => {
    if (!found) return;
    const seenAs = [found.proxy, found.sign, found.where];
    signs.set(JSON.stringify(seenAs), { ...found, seenAs });
  };
  add(callerSign(table, request));
  add(meshSign(span));
  const parent = forest.tree.parent[row];
  if (parent !== NONE) add(meshSign(forest.spanAt(parent)));
  for (const sign of headerSigns(span)) add(sign);
  if (![...signs.values()].some(({ sign }) => sign === 'forwarded header')) add(addressSign(span));
  return [...signs.values()];
}

/** The caller is a service of the type web server or proxy (SEMANTICS §2). */
function callerSign({ caller, service, services }: RequestTable, request: number): Unkeyed | null {
  if (caller[request] === NO_CALLER) return null;
  const { name, type } = services[service[caller[request]]];
  return type === 'web server' ? { proxy: name, sign: 'proxy span', where: `service ${name}` } : null;
}

/** A span that a proxy or the sidecar of a mesh wrote, often under the application's own name. */
function meshSign(span: Span): Unkeyed | null {
  const { attributes, scope, resource } = span;
  const service = firstOf(resource.attributes, ['service.name']);
  const named = (proxy: string): Unkeyed => ({ proxy, sign: 'proxy span', where: `service ${service}` });
  if (firstOf(attributes, ['component']) === 'proxy' || scope.name === 'envoy') {
    return named(attributes.has('istio.canonical_service') ? 'Istio sidecar (Envoy)' : 'Envoy');
  }
  for (const key of attributes.keys()) {
    if (key.startsWith('traefik.')) return named('Traefik');
    if (key.startsWith('kong.')) return named('Kong');
    if (key.startsWith('nginx.')) return named('nginx');
    if (key.startsWith('linkerd')) return named('Linkerd');
  }
  const system = firstOf(attributes, ['gcp.load_balancing', 'aws.api_gateway.stage', '_dd.inferred_span']);
  return system === '' ? null : named('gateway');
}

function headerSigns({ attributes }: Span): Unkeyed[] {
  const signs: Unkeyed[] = [];
  for (const via of headerValues(attributes, 'via').flatMap((value) => value.split(','))) {
    if (via.trim() !== '') signs.push({ proxy: proxyOfVia(via), sign: 'via header', where: 'Via' });
  }
  for (const [name, title] of [
    ['forwarded', 'Forwarded'],
    ['x-forwarded-for', 'X-Forwarded-For'],
  ]) {
    const hops = headerValues(attributes, name).flatMap((value) => value.split(','));
    if (hops.length === 0) continue;
    const count = hops.length === 1 ? 'one proxy or more' : `${hops.length} proxies or more`;
    signs.push({ proxy: `${count} (${lastProxy(attributes)})`, sign: 'forwarded header', where: title });
  }
  for (const [header, product] of PRODUCT_HEADERS) {
    if (headerOf(attributes, header) !== '')
      signs.push({ proxy: product, sign: 'product header', where: header });
  }
  return signs;
}

/** `1.1 varnish (Varnish/6.0)` → `varnish (Varnish/6.0)`. */
function proxyOfVia(via: string): string {
  return via.trim().replace(/^(?:[A-Za-z]+\/)?[\d.]+\s+/, '');
}

/** The last proxy is not in the header's list: it is the peer. */
function lastProxy(attributes: Span['attributes']): string {
  const peer = peerOf(attributes);
  return peer === '' ? 'address of the last one not recorded' : `the last one at ${peer}`;
}

function peerOf(attributes: Span['attributes']): string {
  return firstOf(attributes, ['network.peer.address', 'net.sock.peer.addr', 'net.peer.ip']);
}

function addressSign({ attributes }: Span): Unkeyed | null {
  const client = firstOf(attributes, ['client.address', 'http.client_ip']);
  const peer = peerOf(attributes);
  if (client === '' || peer === '' || client === peer) return null;
  return { proxy: peer, sign: 'client and peer address differ', where: 'network.peer.address' };
}
