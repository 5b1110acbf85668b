/** E-mail addresses, UUIDs, dates, and hex of 8 or more digits. */
const LONG_IDS = [
  /[^\s/@<>"']+@[^\s/@<>"']+\.[A-Za-z]{2,}/g,
  /(?<![0-9A-Za-z])[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?![0-9A-Za-z])/g,
  /(?<![0-9A-Za-z])\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![0-9A-Za-z])/g,
  /(?<![0-9A-Za-z])(?:0x)?[0-9A-Fa-f]{8,}(?![0-9A-Za-z])/g,
];
const OCTET = String.raw`(?:25[0-5]|2[0-4]\d|1?\d?\d)`;
const IPV4 = String.raw`(?:${OCTET}\.){3}${OCTET}`;
/** Eight groups, or fewer around a `::`; the last two may be an IPv4 address. */
const IPV6_GROUPS = String.raw`(?=[0-9A-Fa-f:.]{0,45}?(?:::|(?::[0-9A-Fa-f]{1,4}){7}))(?:[0-9A-Fa-f]{0,4}:){2,8}(?:${IPV4}|[0-9A-Fa-f]{1,4})?(?:%\w+)?`;
/** Addresses with their port. One without brackets must bear a digit: `::` also parts the names of C++ and Rust. */
const ADDRESSES = [
  new RegExp(String.raw`\[${IPV6_GROUPS}\](?::\d{1,5}(?!\w))?`, 'g'),
  new RegExp(String.raw`(?<![\w.:])(?=[A-Fa-f:]{0,45}\d)${IPV6_GROUPS}(?![\w:]|\.\d)`, 'g'),
  new RegExp(String.raw`(?<![0-9A-Za-z_]|\d\.)${IPV4}(?::\d{1,5})?(?![0-9A-Za-z_]|\.\d)`, 'g'),
];
const WHOLE_NUMBER = /(?<![0-9A-Za-z])\d+(?:\.\d+)?(?![0-9A-Za-z])/g;
const LEADING_NUMBER = /(?<![0-9A-Za-z])\d+(?:\.\d+)?/g;

function replaced(text: string, patterns: readonly RegExp[]): string {
  return patterns.reduce((rest, pattern) => rest.replace(pattern, '{id}'), text);
}

/**
 * Takes ids out of a path so that equal kinds of work get one name: e-mail addresses, UUIDs, dates,
 * hex of 8 or more digits and numbers become `{id}` (SEMANTICS §3). A digit within a word (`v2`) stays.
 */
export function withoutIds(path: string): string {
  return /\d|@|[0-9A-Fa-f]{8}/.test(path) ? replaced(path, [...LONG_IDS, WHOLE_NUMBER]) : path;
}

/**
 * The same for messages (SEMANTICS §7), where a number may bear its unit (`500ms` becomes `{id}ms`) and an IP
 * address with its port is one id.
 */
export function messageWithoutIds(message: string): string {
  if (!/\d|@|::|[0-9A-Fa-f]{8}/.test(message)) return message.trim();
  return replaced(message, [...LONG_IDS, ...ADDRESSES, LEADING_NUMBER]).trim();
}
