/** §3 and §7: numbers, UUIDs, hex of 8 or more digits, dates and e-mail addresses become {id}. */

import { isIP, isIPv6 } from 'node:net';
import { GRPC_NAMES } from './grpc-names.ts';

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const UUID = /(?<![A-Za-z0-9])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![A-Za-z0-9])/gi;
const DATE =
  /(?<![A-Za-z0-9])\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![A-Za-z0-9])/g;
const HEX = /(?<![A-Za-z0-9])(?:0x)?[0-9a-fA-F]{8,}(?![A-Za-z0-9])/g;
const WHOLE_NUMBER = /(?<![A-Za-z0-9])\d+(?:\.\d+)?(?![A-Za-z0-9])/g;
const MEASURED_NUMBER = /(?<![A-Za-z0-9])\d+(?:\.\d+)?(?=(?:ns|us|µs|ms|s|m|h|[kKMG]?i?B)?(?![A-Za-z0-9]))/g;

function withoutLongIds(text: string): string {
  return text.replace(EMAIL, '{id}').replace(UUID, '{id}').replace(DATE, '{id}').replace(HEX, '{id}');
}

/** For paths: a number counts only as a whole word (`/3d-models` and `/v1` stay). */
export function idsOut(path: string): string {
  return withoutLongIds(path).replace(WHOLE_NUMBER, '{id}');
}

/** For names: ids are taken out only of names that hold a path. */
export function idsOutOfName(name: string): string {
  return name.includes('/') ? idsOut(name) : name;
}

/** What may be an address: of its own characters only, in brackets or not, with a port or not. */
const ADDRESS_LIKE =
  /\[[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:%\w+)?\](?::\d+)?|(?:(?<!\w)[0-9A-Fa-f]|[:.])[0-9A-Fa-f:.]*(?:%\w+)?/g;

function isAddress(text: string): boolean {
  const [, inBrackets] = /^\[(.*)\](?::\d{1,5})?$/.exec(text) ?? [];
  if (inBrackets !== undefined) return isIPv6(inBrackets.replace(/%\w+$/, ''));
  return isIP(text.replace(/:\d{1,5}$/, '')) === 4 || (/\d/.test(text) && isIPv6(text.replace(/%\w+$/, '')));
}

/** For messages of exceptions: `500ms` becomes `{id}ms`, an IP address with its port `{id}`. */
export function idsOutOfMessage(message: string): string {
  const withoutAddresses = withoutLongIds(message).replace(
    ADDRESS_LIKE,
    (text, at: number, whole: string) => {
      const [, colon, address, dots] = /^(:(?!:))?(.*?)([.:]*)$/.exec(text) ?? [];
      const touches =
        (colon === undefined && /[A-Za-z0-9_]$/.test(whole.slice(0, at))) ||
        /^\w/.test(whole.slice(at + text.length));
      if (!touches && isAddress(address)) return `${colon ?? ''}{id}${dots}`;
      return text;
    },
  );
  return withoutAddresses.replace(MEASURED_NUMBER, '{id}').trim();
}

/** Of an exception `14: 14 UNAVAILABLE: …` the type says the same as the message: that it is gRPC's. */
export function idsOutOfException(exception: string): string {
  const [, code, name, rest] = /^(\d+): \1 ([A-Z_]+)(:.*)$/s.exec(exception) ?? [];
  const isGrpc = name !== undefined && GRPC_NAMES[Number(code)] === name;
  return idsOutOfMessage(isGrpc ? `gRPC ${code} ${name}${rest}` : exception);
}
