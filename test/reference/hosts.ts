/** SEMANTICS.md §4: the host a call went to, and whether it is public. */
import { firstOfNest, KEYS, type Carrier } from './attributes.ts';

const INTERNAL_ENDINGS = ['.local', '.internal', '.svc', '.cluster.local', '.lan'];

/** server.address, net.peer.name, URL host, http.host, peer IP; no port unless the host is an IP address. */
export function hostOf(nest: readonly Carrier[]): string | null {
  const named = firstOfNest(nest, KEYS.serverAddress) ?? firstOfNest(nest, KEYS.peerName);
  if (named !== null) return withPort(named, firstOfNest(nest, KEYS.serverPort));
  for (const span of nest) {
    for (const key of KEYS.url) {
      const host = authorityOf(firstOfNest([span], [key]) ?? '');
      if (host !== null) return withPort(host, null);
    }
  }
  const header = firstOfNest(nest, KEYS.httpHost);
  return header === null ? peerAddress(nest) : withPort(header, firstOfNest(nest, KEYS.serverPort));
}

/** The peer's IP:port. */
export function peerAddress(nest: readonly Carrier[]): string | null {
  const ip = firstOfNest(nest, KEYS.peerIp);
  return ip === null ? firstOfNest(nest, KEYS.remoteAddress) : withPort(ip, firstOfNest(nest, KEYS.peerPort));
}

/** `host[:port]` of an absolute URL. */
function authorityOf(url: string): string | null {
  const authority = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/?#]*@)?([^/?#]+)/.exec(url)?.[1];
  return authority ?? null;
}

function isIpv4(host: string): boolean {
  return /^\d{1,3}(?:\.\d{1,3}){3}$/.test(host);
}

function isIpv6(host: string): boolean {
  return /^[0-9a-f:]*:[0-9a-f:.]*:[0-9a-f:.]*$/i.test(host);
}

function splitPort(host: string): [string, string | null] {
  const bracketed = /^\[([^\]]*)\](?::(\d+))?$/.exec(host);
  if (bracketed) return [bracketed[1] ?? '', bracketed[2] ?? null];
  if (isIpv6(host)) return [host, null];
  const plain = /^(.*):(\d+)$/.exec(host);
  return plain ? [plain[1] ?? '', plain[2] ?? null] : [host, null];
}

function withPort(written: string, portElsewhere: string | null): string {
  const [host, ownPort] = splitPort(written);
  const port = ownPort ?? portElsewhere;
  if (port === null) return host;
  if (isIpv4(host)) return `${host}:${port}`;
  return isIpv6(host) ? `[${host}]:${port}` : host;
}

/** Not: single label, private address, or an ending of an internal network. */
export function isPublicHost(written: string): boolean {
  const [host] = splitPort(written);
  if (isIpv4(host)) return !isPrivateIpv4(host);
  if (isIpv6(host)) return !isPrivateIpv6(host);
  const name = host.toLowerCase();
  return name.includes('.') && !INTERNAL_ENDINGS.some((ending) => name.endsWith(ending));
}

function isPrivateIpv4(ip: string): boolean {
  const [a = 0, b = 0] = ip.split('.').map(Number);
  return (
    a === 10 ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    a === 127 ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127)
  );
}

/** fc00::/7, fe80::/10, ::1 */
function isPrivateIpv6(ip: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return isPrivateIpv4(mapped);
  return /^f[cd][0-9a-f]{2}:/i.test(ip) || /^fe[89ab][0-9a-f]:/i.test(ip) || ip === '::1';
}
