/** Looking into the attributes of a plain span. */
import type { Attributes, AttributeValue } from '../model/span.ts';

/** All but those whose keys it leaves out. */
export function without(attributes: Attributes, leavesOut: (key: string) => boolean): Attributes {
  const kept = new Map<string, AttributeValue>();
  for (const [key, value] of attributes) if (!leavesOut(key)) kept.set(key, value);
  return kept;
}

/** As text; undefined: there is none, or an empty one. */
export function textAt(attributes: Attributes, key: string): string | undefined {
  const text = String(attributes.get(key)?.value ?? '');
  return text === '' ? undefined : text;
}
