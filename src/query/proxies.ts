import type { RequestTable } from '../assembly/request-table.ts';
import { NO_CALLER } from '../assembly/request-table.ts';
import { NONE } from '../assembly/span-table.ts';
import type { NodeParams, ProxiesAnswer, ProxyRow, ProxySign } from '../model/answers-spans.ts';
import type { Span } from '../model/span.ts';
import { compareText } from '../util/compare-text.ts';
import { firstOf } from './exceptions-of-span.ts';
import { nodeRows } from './node-rows.ts';
import { hasHeaders, headerOf, headerValues } from './request-headers.ts';
import { sampleForest } from './sampled-forest.ts';
import type { SpanData, SpanForest } from './span-forest.ts';

interface Sign {
  readonly proxy: string;
  readonly sign: ProxySign;
  readonly where: string;
}

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
  const { forest, samples } = await sampleForest(data, [rows]);
  const proxies = new Map<string, ProxyRow & { requests: number; failedRequests: number }>();
  let without = 0;
  let withHeaders = 0;
  for (const request of samples[0]) {
    const row = forest.rowOf(table.span[request]);
    const span = forest.spanAt(row);
    if (hasHeaders(span.attributes)) withHeaders++;
    const signs = signsOf(table, forest, request, row, span);
    if (signs.size === 0) without++;
    for (const [key, sign] of signs) {
      const known = proxies.get(key) ?? { ...sign, requests: 0, failedRequests: 0 };
      proxies.set(key, known);
      known.requests++;
      known.failedRequests += table.failed[request];
    }
  }
  return {
    found,
    sampled: { requests: rows.length, looked: samples[0].length },
    rows: [...proxies.values()].sort((a, b) => b.requests - a.requests || compareText(a.proxy, b.proxy)),
    without,
    withHeaders,
  };
}

function signsOf(
  table: RequestTable,
  forest: SpanForest,
  request: number,
  row: number,
  span: Span,
): Map<string, Sign> {
  const signs = new Map<string, Sign>();
  const add = (found: Sign | null): void => {
    if (found) signs.set(JSON.stringify(found), found);
  };
  add(callerSign(table, request));
  add(meshSign(span));
  const parent = forest.tree.parent[row];
  if (parent !== NONE) add(meshSign(forest.spanAt(parent)));
  for (const sign of headerSigns(span)) add(sign);
  if (![...signs.values()].some(({ sign }) => sign === 'forwarded header')) add(addressSign(span));
  return signs;
}

/** The caller is a service of the type web server or proxy (SEMANTICS §2). */
function callerSign({ caller, service, services }: RequestTable, request: number): Sign | null {
  if (caller[request] === NO_CALLER) return null;
  const { name, type } = services[service[caller[request]]];
  return type === 'web server' ? { proxy: name, sign: 'proxy span', where: `service ${name}` } : null;
}

/** A span that a proxy or the sidecar of a mesh wrote, often under the application's own name. */
function meshSign(span: Span): Sign | null {
  const { attributes, scope, resource } = span;
  const service = firstOf(resource.attributes, ['service.name']);
  const named = (proxy: string): Sign => ({ proxy, sign: 'proxy span', where: `service ${service}` });
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

function headerSigns({ attributes }: Span): Sign[] {
  const signs: Sign[] = [];
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

function addressSign({ attributes }: Span): Sign | null {
  const client = firstOf(attributes, ['client.address', 'http.client_ip']);
  const peer = peerOf(attributes);
  if (client === '' || peer === '' || client === peer) return null;
  return { proxy: peer, sign: 'client and peer address differ', where: 'network.peer.address' };
}
