/** Request headers as spans carry them (FORMATS §4.2, §4.10). */
import type { Attributes, AttributeValue } from '../model/span.ts';
import { memo } from '../util/memo.ts';

const PREFIXES = ['http.request.header.', 'http.request.headers.', 'http.headers.', 'request_header.'];

/** First value of a header, by its lower-case name with dashes; '' where it is not recorded. */
export function headerOf(attributes: Attributes, name: string): string {
  return headerValues(attributes, name)[0] ?? '';
}

/** All values: a header's list, or lists, one after another. */
export function headerValues(attributes: Attributes, name: string): readonly string[] {
  for (const key of keysOf(name)) {
    const value = attributes.get(key);
    if (value) return valuesOf(value);
  }
  return [];
}

/** Where a header may be recorded, by its name; looked for in every span. */
const keysOf = memo((name: string): readonly string[] => {
  const underscored = name.replaceAll('-', '_');
  const written = [name, underscored, titled(name)];
  return [...PREFIXES.flatMap((prefix) => written.map((header) => prefix + header)), `http.${underscored}`];
});

/** Has any request header been recorded? */
export function hasHeaders(attributes: Attributes): boolean {
  return [...attributes.keys()].some((key) => PREFIXES.some((prefix) => key.startsWith(prefix)));
}

/** A list as JSON, or one text. */
function valuesOf(value: AttributeValue): readonly string[] {
  const text = String(value.value);
  if (value.type !== 'json' && !text.startsWith('[')) return text === '' ? [] : [text];
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed.map(String).filter((each) => each !== '') : [text];
  } catch {
    // An IPv6 address in brackets begins like a list.
    return [text];
  }
}

function titled(name: string): string {
  return name.replace(/(?:^|-)[a-z]/g, (letters) => letters.toUpperCase());
}
