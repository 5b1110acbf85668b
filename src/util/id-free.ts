/** E-mail addresses, UUIDs, dates, and hex of 8 or more digits. */
const LONG_IDS = [
  /[^\s/@<>"']+@[^\s/@<>"']+\.[A-Za-z]{2,}/g,
  /(?<![0-9A-Za-z])[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}(?![0-9A-Za-z])/g,
  /(?<![0-9A-Za-z])\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![0-9A-Za-z])/g,
  /(?<![0-9A-Za-z])(?:0x)?[0-9A-Fa-f]{8,}(?![0-9A-Za-z])/g,
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

/** The same for messages, where a number may bear its unit: `500ms` becomes `{id}ms` (SEMANTICS §7). */
export function messageWithoutIds(message: string): string {
  return replaced(message, [...LONG_IDS, LEADING_NUMBER]).trim();
}
