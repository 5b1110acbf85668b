/**
 * Zipkin's endpoints, `{"serviceName":…,"ipv4":…,"port":…}`: few in a file and written the same way each time,
 * so one is recognised by its bytes.
 */
import { ByteRun, CLOSE_BRACE, latin1, OPEN_BRACE } from '../util/bytes.ts';
import type { JsonCursor } from '../util/json-cursor.ts';
import { END, ObjectLayout } from '../util/json-layout.ts';
import type { ResourceSlot, SpanSink, TextId } from '../model/sink.ts';
import { ipText } from './ip-text.ts';
import { NO_SLOT } from './json-levels.ts';

const SERVICE_NAME = 2;
const IPV4 = 3;
const IPV6 = 4;
const PORT = 5;

const NOTHING = new Uint8Array(0);
const GUESSES = 8;
const ENDPOINTS_KEPT = 10_000;
const LONGEST_RUN = 1000;

export interface ZipkinEndpoint {
  readonly run: ByteRun;
  /** UTF-8; empty: not named. */
  readonly serviceName: Uint8Array;
  /** `ip:port`, `[ipv6]:port`, or without the port; '': unknown. */
  readonly address: string;
  /** The rest is valid in this epoch of the sink. */
  epoch: number;
  nameId: TextId;
  addressId: TextId;
  /** The resource of its service; NO_SLOT: not described yet. */
  slot: ResourceSlot;
  readonly isApplication: boolean;
  /** The same place as one that is known to be a browser. */
  asApplication: ZipkinEndpoint | null;
}

export class ZipkinEndpoints {
  /** Where a span names none. */
  readonly nowhere: ZipkinEndpoint = newEndpoint(NOTHING, NOTHING, '');
  readonly #cursor: JsonCursor;
  readonly #sink: SpanSink;
  readonly #layout = new ObjectLayout({ serviceName: SERVICE_NAME, ipv4: IPV4, ipv6: IPV6, port: PORT });
  readonly #latest: ZipkinEndpoint[] = [];
  readonly #known = new Map<string, ZipkinEndpoint>();

  constructor(cursor: JsonCursor, sink: SpanSink) {
    this.#cursor = cursor;
    this.#sink = sink;
  }

  /** The endpoint at the cursor; anything but an object is stepped over. Its ids are of this epoch. */
  read(): ZipkinEndpoint {
    const cursor = this.#cursor;
    if (cursor.peek() !== OPEN_BRACE) {
      cursor.skipValue();
      return this.nowhere;
    }
    const endpoint = this.#guess() ?? this.#find();
    this.renew(endpoint);
    return endpoint;
  }

  /** Tells the rest of the program that this place is a browser. */
  application(endpoint: ZipkinEndpoint): ZipkinEndpoint {
    endpoint.asApplication ??= { ...endpoint, epoch: -1, isApplication: true };
    return endpoint.asApplication;
  }

  /** Makes the ids those of this epoch. */
  renew(endpoint: ZipkinEndpoint): void {
    const sink = this.#sink;
    if (endpoint.epoch === sink.epoch) return;
    endpoint.epoch = sink.epoch;
    endpoint.nameId = sink.text(endpoint.serviceName, 0, endpoint.serviceName.length);
    endpoint.addressId = sink.textOf(endpoint.address);
    endpoint.slot = NO_SLOT;
  }

  #guess(): ZipkinEndpoint | null {
    const latest = this.#latest;
    for (let i = 0; i < latest.length; i++) {
      const guess = latest[i];
      if (!this.#cursor.matches(guess.run)) continue;
      if (i > 0) {
        latest[i] = latest[i - 1];
        latest[i - 1] = guess;
      }
      return guess;
    }
    return null;
  }

  #find(): ZipkinEndpoint {
    const cursor = this.#cursor;
    const from = cursor.pos;
    const { repairs } = cursor;
    // Most end at the first brace: strings with braces in them are taken apart each time.
    const close = cursor.bytes.indexOf(CLOSE_BRACE, from) + 1;
    const isNear = close > from && close <= cursor.end && close - from <= LONGEST_RUN;
    const id = isNear ? latin1(cursor.bytes, from, close) : '';
    const known = isNear ? this.#known.get(id) : undefined;
    if (known) {
      cursor.pos = close;
      this.#suggest(known);
      return known;
    }
    const endpoint = this.#read(from);
    if (isNear && cursor.pos === close && cursor.repairs === repairs && this.#known.size < ENDPOINTS_KEPT) {
      this.#known.set(id, endpoint);
      this.#suggest(endpoint);
    }
    return endpoint;
  }

  #suggest(endpoint: ZipkinEndpoint): void {
    if (this.#latest.length === GUESSES) this.#latest.pop();
    this.#latest.unshift(endpoint);
  }

  #read(start: number): ZipkinEndpoint {
    const cursor = this.#cursor;
    const layout = this.#layout;
    let serviceName = NOTHING;
    const texts = ['', '', '', '', '', ''];
    cursor.pos = start + 1;
    for (let member = layout.next(cursor, layout.start); member.code !== END;) {
      const c = member.quoted ? 0 : cursor.peek();
      if (member.code < SERVICE_NAME || c === OPEN_BRACE || c === 0x5b) cursor.skipValue(member.quoted);
      else {
        if (member.quoted) cursor.string();
        else cursor.scalar();
        if (c !== 0x6e) {
          texts[member.code] = latin1(cursor.text, cursor.from, cursor.to);
          if (member.code === SERVICE_NAME) serviceName = cursor.text.slice(cursor.from, cursor.to);
        }
      }
      member = layout.next(cursor, member);
    }
    const address = addressOf(ipText(texts[IPV4]), ipText(texts[IPV6]), texts[PORT]);
    return newEndpoint(cursor.bytes.slice(start, cursor.pos), serviceName, address);
  }
}

function newEndpoint(run: Uint8Array, serviceName: Uint8Array, address: string): ZipkinEndpoint {
  const none = { epoch: -1, nameId: 0, addressId: 0, slot: NO_SLOT };
  return { run: new ByteRun(run), serviceName, address, ...none, isApplication: false, asApplication: null };
}

/** `10.0.0.1:8080`, `[fe80::1]:8080`, `10.0.0.1`, ''. */
export function addressOf(ipv4: string, ipv6: string, port: string): string {
  const ip = ipv4 !== '' ? ipv4 : ipv6;
  if (ip === '' || port === '' || port === '0') return ip;
  return ipv4 === '' ? `[${ip}]:${port}` : `${ip}:${port}`;
}
