import type { AttributeField, KeyPrefix } from '../model/attribute-keys.ts';
import type { ServiceType } from '../model/service.ts';
import { KIND_CLIENT, KIND_PRODUCER } from '../model/span.ts';
import { isIpAddress, isPublicHost, portOf, urlParts, withoutPort } from '../util/url-parts.ts';
import { perText, perTextPair } from './dataset-texts.ts';
import { httpMethods, nameWithoutIds, rpcNames, textJoiner } from './endpoint.ts';
import { numberPerSet, perSignature } from './per-fact-set.ts';
import { wordsOf } from './service-catalog.ts';
import type { SpanTable } from './span-table.ts';

/** What an outgoing call that led to no traced request is a request of (SEMANTICS §4, the table). */
export interface InferredTarget {
  readonly type: ServiceType;
  /** Dataset text numbers. */
  readonly name: number;
  readonly endpoint: number;
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
  /** Host of a URL and of a written address, as dataset text numbers; 0: none. */
  readonly #urlHost: (url: number) => number;
  readonly #hostName: (written: number, port: number) => number;
  readonly #spaced: (left: number, right: number) => number;
  /** Of a span's name and of a statement: without ids, its keyword in capitals; 0: none. */
  readonly #cleanName: (name: number) => number;
  readonly #keyword: (statement: number) => number;
  readonly #namesDatabase: (name: number) => boolean;
  readonly #isPublic: (host: number) => boolean;
  /** Of calls without a nest: nearly all. */
  readonly #inferAlone: (row: number) => InferredTarget | null;
  readonly #addressAlone: (row: number) => number;

  constructor(table: SpanTable) {
    const { texts } = table;
    this.#table = table;
    this.#urlHost = perText((url) => {
      const { host, port } = urlParts(url);
      return texts.numberOf(hostName(host, port));
    }, texts);
    this.#hostName = perTextPair((written, port) => texts.numberOf(hostName(written, port)), texts);
    this.#spaced = textJoiner(table, ' ');
    this.#cleanName = perText((name) => texts.numberOf(nameWithoutIds(name)), texts);
    this.#keyword = perText((text) => texts.numberOf(keywordOf(text)), texts);
    this.#namesDatabase = perText(namesDatabase, texts);
    this.#isPublic = perText((host) => isPublicHost(withoutPort(host)), texts);
    this.#method = httpMethods(table);
    this.#rpc = rpcNames(table);
    this.#inferAlone = perSignature(table, (row) => this.#infer([row]));
    this.#addressAlone = numberPerSet(table, (row) => this.#addressOf([row]));
  }

  /** null: none of the table's rows fits; the span is just part of its request. */
  infer(nest: readonly number[]): InferredTarget | null {
    return nest.length === 1 ? this.#inferAlone(nest[0]) : this.#infer(nest);
  }

  #infer(nest: readonly number[]): InferredTarget | null {
    const kind = this.#table.kinds[nest[0]];
    if (this.#isDatabase(nest)) return this.#database(nest);
    if (kind === KIND_PRODUCER || this.#hasPrefix(nest, 'messaging')) return this.queue(nest);
    return this.#isRemote(nest) ? this.#remote(nest) : null;
  }

  /**
   * A queue that `sender` (and its nest) sends to. `nests`: where its name is looked for, in this order.
   * `consumer`: names it by its destination alone, before what the nests say of system and remote endpoint.
   */
  queue(
    sender: readonly number[],
    nests: readonly (readonly number[])[] = [sender],
    consumer: readonly number[] = [],
  ): InferredTarget {
    const name =
      firstNumber([...nests, consumer], (source) => this.#value(source, 'messagingDestination')) ||
      firstNumber(nests, (source) => this.#value(source, 'messagingSystem')) ||
      firstNumber(nests, (source) => this.#peerName(source)) ||
      firstNumber(nests, (source) => this.#peerAddress(source));
    const endpoint = this.#value(sender, 'messagingOperation') || this.#spanName(sender);
    return { type: 'queue', name: name || this.#numberOf('unknown queue'), endpoint };
  }

  /** Dataset text number of the name or address that a remote call went to; 0: none is given. */
  addressOf(nest: readonly number[]): number {
    return nest.length === 1 ? this.#addressAlone(nest[0]) : this.#addressOf(nest);
  }

  #addressOf(nest: readonly number[]): number {
    return this.#peerName(nest) || this.#host(nest) || this.#value(nest, 'rpcService');
  }

  /** An attribute missing on the outermost span is looked for in its nest. */
  #value(nest: readonly number[], field: AttributeField): number {
    return firstNumber(nest, (row) => this.#table.value(row, field));
  }

  #numberOf(text: string): number {
    return this.#table.texts.numberOf(text);
  }

  #hasPrefix(nest: readonly number[], prefix: KeyPrefix): boolean {
    return nest.some((row) => this.#table.hasPrefix(row, prefix));
  }

  #spanName(nest: readonly number[]): number {
    return this.#cleanName(this.#table.names[nest[0]]);
  }

  #peerName(nest: readonly number[]): number {
    return this.#value(nest, 'peerService') || this.#value(nest, 'remoteEndpoint');
  }

  #serverAddress(nest: readonly number[]): number {
    return this.#value(nest, 'serverAddress') || this.#value(nest, 'netPeerName');
  }

  #isDatabase(nest: readonly number[]): boolean {
    if (this.#value(nest, 'dbSystem') || this.#value(nest, 'dbType') || this.#value(nest, 'dbSign'))
      return true;
    if (this.#hasPrefix(nest, 'jdbc')) return true;
    if (this.#table.kinds[nest[0]] !== KIND_CLIENT) return false;
    return [
      this.#value(nest, 'peerService'),
      this.#value(nest, 'remoteEndpoint'),
      this.#serverAddress(nest),
    ].some(this.#namesDatabase);
  }

  #database(nest: readonly number[]): InferredTarget {
    const name =
      this.#value(nest, 'dbNamespace') ||
      this.#peerName(nest) ||
      this.#serverAddress(nest) ||
      this.#value(nest, 'dbSystem') ||
      this.#value(nest, 'dbType');
    return {
      type: 'database',
      name: name || this.#numberOf('unknown database'),
      endpoint: this.#statement(nest),
    };
  }

  #statement(nest: readonly number[]): number {
    const operation = this.#value(nest, 'dbOperation');
    const collection = operation === 0 ? 0 : this.#value(nest, 'dbCollection');
    if (collection !== 0) return this.#spaced(operation, collection);
    return operation || this.#keyword(this.#value(nest, 'dbStatement')) || this.#spanName(nest);
  }

  #isRemote(nest: readonly number[]): boolean {
    return (
      this.#hasPrefix(nest, 'http') ||
      this.#value(nest, 'rpcSystem') !== 0 ||
      this.#peerName(nest) !== 0 ||
      this.#host(nest) !== 0
    );
  }

  #remote(nest: readonly number[]): InferredTarget {
    const host = this.#host(nest) || this.#value(nest, 'remoteEndpoint');
    const type: ServiceType = host !== 0 && this.#isPublic(host) ? 'third-party' : 'unmonitored';
    const name = this.#addressOf(nest) || this.#numberOf('unknown host');
    return { type, name, endpoint: this.#remoteEndpoint(nest) };
  }

  /** server.address, net.peer.name, URL host, http.host, peer IP; without a port unless it is an IP address. */
  #host(nest: readonly number[]): number {
    const address = this.#serverAddress(nest);
    if (address) return this.#hostName(address, this.#value(nest, 'serverPort'));
    const urlHost = firstNumber(nest, (row) => this.#urlHost(this.#table.value(row, 'urlFull')));
    if (urlHost) return urlHost;
    const header = this.#value(nest, 'httpHost');
    return header ? this.#hostName(header, this.#value(nest, 'serverPort')) : this.#peerAddress(nest);
  }

  #peerAddress(nest: readonly number[]): number {
    const ip = this.#value(nest, 'peerIp');
    return ip ? this.#hostName(ip, this.#value(nest, 'peerPort')) : this.#value(nest, 'remoteAddress');
  }

  #remoteEndpoint(nest: readonly number[]): number {
    const method = firstNumber(nest, this.#method);
    if (method === 0) return firstNumber(nest, this.#rpc) || this.#spanName(nest);
    const route = this.#value(nest, 'clientRoute');
    return route === 0 ? method : this.#spaced(method, route);
  }
}

/** The first word of a statement in capitals; '' where it begins with none. */
function keywordOf(statement: string): string {
  return /^\s*(\p{L}+)/u.exec(statement)?.[1].toUpperCase() ?? '';
}

function namesDatabase(name: string): boolean {
  const words = wordsOf(name);
  return DATABASE_WORDS.has(words[0]) || DATABASE_WORDS.has(words[words.length - 1]);
}

/** The first number that is not 0. */
function firstNumber<T>(sources: readonly T[], read: (source: T) => number): number {
  for (const source of sources) {
    const number = read(source);
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
