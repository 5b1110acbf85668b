/** JSON that came from other people: what is in it, with types that make its readers look first. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object's own value of this key; never what it inherits. */
export function ownValue(object: unknown, key: string): Json | undefined {
  if (!isObject(object)) return undefined;
  const value = object[key];
  // Only functions and the prototype itself are inherited; JSON has no such values.
  return typeof value === 'function' || value === Object.prototype ? undefined : value;
}

/** The value at the end of these keys: `valueAt(record, 'http', 'request', 'method')`. */
export function valueAt(record: unknown, ...keys: readonly string[]): Json | undefined {
  let value: Json | undefined = isObject(record) ? record : undefined;
  for (const key of keys) value = ownValue(value, key);
  return value;
}

/** A text; numbers and booleans as text; undefined: anything else, or empty. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A text, or there is nothing: what a schema's optional text may be. */
export function isOptionalText(value: unknown): value is string | undefined {
  return typeof value === 'string' || value === undefined;
}

/** As isOptionalText; a number will do, too. */
export function isOptionalScalar(value: unknown): value is string | number | undefined {
  return typeof value === 'number' || isOptionalText(value);
}

/** A number, written as such or as text. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

export function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

export function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
