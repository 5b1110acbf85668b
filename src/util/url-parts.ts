export interface UrlParts {
  /** Without port and credentials; '' where the text names none. */
  readonly host: string;
  /** '' where it names none. */
  readonly port: string;
  /** Without query and fragment; begins with '/'. */
  readonly path: string;
}

/** Takes a URL, or a bare path, apart; tolerant: what is no URL is taken for a path. */
export function urlParts(text: string): UrlParts {
  const match = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]*)(?::(\d*))?([^?#]*)/.exec(
    text,
  );
  const path = match ? match[3] : (/^[^?#]*/.exec(text)?.[0] ?? '');
  return {
    host: (match?.[1] ?? '').replace(/^\[|\]$/g, ''),
    port: match?.[2] ?? '',
    path: path.startsWith('/') ? path : `/${path}`,
  };
}

/** An IPv4 address, or something with the colons of an IPv6 one. */
export function isIpAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || /^[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*$/.test(host);
}

/** A host without its port; an IPv6 address without its brackets. */
export function withoutPort(host: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(host);
  if (bracketed) return bracketed[1];
  return isIpAddress(host) ? host : host.replace(/:\d+$/, '');
}

/** The port of `host:port`, '' where there is none. */
export function portOf(host: string): string {
  if (isIpAddress(host)) return '';
  return /:(\d+)$/.exec(host)?.[1] ?? '';
}

const INTERNAL_SUFFIXES = ['.local', '.internal', '.svc', '.cluster.local', '.lan'];
const PRIVATE_ADDRESS =
  /^(10\.|127\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|0\.)/;

/** Could the host be reached from anywhere? Single labels, private addresses and internal zones could not. */
export function isPublicHost(host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (isIpAddress(name)) {
    if (name.includes(':')) return !/^(::1?$|f[cd]|fe[89ab])/.test(name);
    return !PRIVATE_ADDRESS.test(name);
  }
  if (!name.includes('.')) return false;
  return !INTERNAL_SUFFIXES.some((suffix) => name.endsWith(suffix));
}
