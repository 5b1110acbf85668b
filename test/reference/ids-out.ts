/** §3 and §7: numbers, UUIDs, hex of 8 or more digits, dates and e-mail addresses become {id}. */

const EMAIL = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;
const UUID = /(?<![A-Za-z0-9])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![A-Za-z0-9])/gi;
const DATE =
  /(?<![A-Za-z0-9])\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![A-Za-z0-9])/g;
const HEX = /(?<![A-Za-z0-9])(?:0x)?[0-9a-fA-F]{8,}(?![A-Za-z0-9])/g;
const WHOLE_NUMBER = /(?<![A-Za-z0-9])\d+(?:\.\d+)*(?![A-Za-z0-9])/g;
const MEASURED_NUMBER = /(?<![A-Za-z0-9])\d+(?:\.\d+)*(?=(?:ns|us|µs|ms|s|m|h|[kKMG]?i?B)?(?![A-Za-z0-9]))/g;

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

/** For messages of exceptions: `500ms` becomes `{id}ms`. */
export function idsOutOfMessage(message: string): string {
  return withoutLongIds(message).replace(MEASURED_NUMBER, '{id}').trim();
}
