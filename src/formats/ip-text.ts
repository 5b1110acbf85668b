/** IP addresses from their bytes, as people write them. */

/** The base64 of 4 and of 16 bytes, with its padding. */
const BASE64_OF_IPV4 = /^[\w+/-]{6}==$/;
const BASE64_OF_IPV6 = /^[\w+/-]{22}==$/;

/** undefined: not the bytes of an address. */
export function ipv4Of(bytes: Uint8Array): string | undefined {
  return bytes.length === 4 ? bytes.join('.') : undefined;
}

/** As RFC 5952 writes it: the longest run of zeros left out. undefined: not the bytes of an address. */
export function ipv6Of(bytes: Uint8Array): string | undefined {
  if (bytes.length !== 16) return undefined;
  const words = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] << 8) | bytes[2 * i + 1]).toString(16));
  const text = words.join(':');
  const runs = [...text.matchAll(/(?<![^:])0(?::0)+(?![^:])/g)].toSorted((a, b) => b[0].length - a[0].length);
  if (runs.length === 0) return text;
  const [{ 0: run, index }] = runs;
  const before = text.slice(0, index).replace(/:$/, '');
  return `${before}::${text.slice(index + run.length).replace(/^:/, '')}`;
}

/** An address as protobuf-JSON writes its bytes, `CgAAAQ==` → `10.0.0.1`; any other text as it is. */
export function ipText(text: string): string {
  const isBase64 = BASE64_OF_IPV4.test(text) || BASE64_OF_IPV6.test(text);
  if (!isBase64) return text;
  const decoded = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(decoded, (c) => c.charCodeAt(0));
  return ipv4Of(bytes) ?? ipv6Of(bytes) ?? text;
}
