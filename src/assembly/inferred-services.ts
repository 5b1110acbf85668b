import type { AttributeField, KeyPrefix } from '../model/attribute-keys.ts';
import type { ServiceRef, ServiceType } from '../model/service.ts';
import { KIND_CLIENT, KIND_PRODUCER } from '../model/span.ts';
import { isIpAddress, isPublicHost, portOf, urlParts, withoutPort } from '../util/url-parts.ts';
import { httpMethods, nameWithoutIds, rpcNames } from './endpoint.ts';
import { wordsOf } from './service-catalog.ts';
import type { SpanTable } from './span-table.ts';

/** What an outgoing call that led to no traced request is a request of (SEMANTICS §4, the table). */
export interface InferredTarget {
  readonly service: ServiceRef;
  readonly endpoint: string;
}

const DATABASE_WORDS = new Set([
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
]);

/** Reads calls: `nest` has the call's own span first (OutgoingCalls.nest). */
export class CallReader {
  readonly #table: SpanTable;
  readonly #method: (row: number) => number;
  readonly #rpc: (row: number) => number;

  constructor(table: SpanTable) {
    this.#table = table;
    this.#method = httpMethods(table);
    this.#rpc = rpcNames(table);
  }

  /** null: none of the table's rows fits; the span is just part of its request. */
  infer(nest: readonly number[]): InferredTarget | null {
    const kind = this.#table.kinds[nest[0]];
    if (this.#isDatabase(nest)) return this.#database(nest);
    if (kind === KIND_PRODUCER || this.#hasPrefix(nest, 'messaging')) return this.queue([nest]);
    return this.#isRemote(nest) ? this.#remote(nest) : null;
  }

  /** A queue; `sources`: where its destination is looked for, in this order; the call's own nest first. */
  queue(sources: readonly (readonly number[])[]): InferredTarget {
    const nest = sources[0] ?? [];
    let destination = '';
    for (const source of sources) destination ||= this.#text(source, 'messagingDestination');
    const name =
      destination ||
      this.#text(nest, 'messagingSystem') ||
      this.#peerName(nest) ||
      this.#peerAddress(nest) ||
      'unknown queue';
    const endpoint = this.#text(nest, 'messagingOperation') || this.#spanName(nest);
    return { service: { name, type: 'queue' }, endpoint };
  }

  #text(nest: readonly number[], field: AttributeField): string {
    for (const row of nest) {
      const value = this.#table.value(row, field);
      if (value !== 0) return this.#table.texts.text(value);
    }
    return '';
  }

  #hasPrefix(nest: readonly number[], prefix: KeyPrefix): boolean {
    return nest.some((row) => this.#table.hasPrefix(row, prefix));
  }

  #spanName(nest: readonly number[]): string {
    return nameWithoutIds(this.#table.texts.text(this.#table.names[nest[0]]));
  }

  #peerName(nest: readonly number[]): string {
    return this.#text(nest, 'peerService') || this.#text(nest, 'remoteEndpoint');
  }

  #serverAddress(nest: readonly number[]): string {
    return this.#text(nest, 'serverAddress') || this.#text(nest, 'netPeerName');
  }

  #isDatabase(nest: readonly number[]): boolean {
    if (this.#text(nest, 'dbSystem') || this.#text(nest, 'dbType') || this.#text(nest, 'dbSign')) return true;
    if (this.#hasPrefix(nest, 'jdbc')) return true;
    if (this.#table.kinds[nest[0]] !== KIND_CLIENT) return false;
    const names = [
      this.#text(nest, 'peerService'),
      this.#text(nest, 'remoteEndpoint'),
      this.#serverAddress(nest),
    ];
    return names.some((name) => {
      const words = wordsOf(name);
      return DATABASE_WORDS.has(words[0]) || DATABASE_WORDS.has(words[words.length - 1]);
    });
  }

  #database(nest: readonly number[]): InferredTarget {
    const name =
      this.#text(nest, 'dbNamespace') ||
      this.#peerName(nest) ||
      this.#serverAddress(nest) ||
      this.#text(nest, 'dbSystem') ||
      this.#text(nest, 'dbType') ||
      'unknown database';
    return { service: { name, type: 'database' }, endpoint: this.#statement(nest) };
  }

  #statement(nest: readonly number[]): string {
    const operation = this.#text(nest, 'dbOperation');
    if (operation) return [operation, this.#text(nest, 'dbCollection')].filter(Boolean).join(' ');
    const keyword = /^\s*(\p{L}+)/u.exec(this.#text(nest, 'dbStatement'))?.[1];
    return keyword?.toUpperCase() ?? this.#spanName(nest);
  }

  #isRemote(nest: readonly number[]): boolean {
    return (
      this.#text(nest, 'rpcSystem') !== '' ||
      this.#hasPrefix(nest, 'http') ||
      this.#peerName(nest) !== '' ||
      this.#host(nest) !== ''
    );
  }

  #remote(nest: readonly number[]): InferredTarget {
    const host = this.#host(nest);
    const name = this.#peerName(nest) || host || this.#text(nest, 'rpcService') || 'unknown host';
    const known = host || this.#text(nest, 'remoteEndpoint');
    const type: ServiceType =
      known !== '' && isPublicHost(withoutPort(known)) ? 'third-party' : 'unmonitored';
    return { service: { name, type }, endpoint: this.#remoteEndpoint(nest) };
  }

  /** server.address, net.peer.name, URL host, http.host, peer IP; without a port unless it is an IP address. */
  #host(nest: readonly number[]): string {
    const address = this.#serverAddress(nest);
    if (address) return hostName(address, this.#text(nest, 'serverPort'));
    for (const row of nest) {
      const { host, port } = urlParts(this.#table.text(row, 'urlFull'));
      if (host) return hostName(host, port);
    }
    const header = this.#text(nest, 'httpHost');
    return header ? hostName(header, this.#text(nest, 'serverPort')) : this.#peerAddress(nest);
  }

  #peerAddress(nest: readonly number[]): string {
    const ip = this.#text(nest, 'peerIp');
    return ip ? hostName(ip, this.#text(nest, 'peerPort')) : this.#text(nest, 'remoteAddress');
  }

  #remoteEndpoint(nest: readonly number[]): string {
    const { texts } = this.#table;
    const method = firstNumber(nest, this.#method);
    if (method === 0) return texts.text(firstNumber(nest, this.#rpc)) || this.#spanName(nest);
    return [texts.text(method), this.#text(nest, 'clientRoute')].filter(Boolean).join(' ');
  }
}

function firstNumber(nest: readonly number[], read: (row: number) => number): number {
  for (const row of nest) {
    const number = read(row);
    if (number !== 0) return number;
  }
  return 0;
}

/** `written` may bear a port itself; `elsewhere` is the port another attribute names, '' for none. */
function hostName(written: string, elsewhere: string): string {
  const host = withoutPort(written);
  const port = portOf(written) || elsewhere;
  if (port === '' || !isIpAddress(host)) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
