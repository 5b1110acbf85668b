/** Rows of the CSV that Kibana's and OpenSearch Dashboards' Discover exports → documents as their index holds them. */
import { isObject, type Json, type JsonObject } from './json-value.ts';

/** What stands for a field that a document lacks. */
const NOTHING: ReadonlySet<Json | undefined> = new Set(['-', '(empty)', '(null)', '__missing__']);
/** `1,234,567` */
const GROUPED = /^-?\d{1,3}(,\d{3})+(\.\d+)?$/;

/** Columns are dotted names; numbers come with separators of thousands. */
export function discoverRow(row: Json): JsonObject {
  const fields: Record<string, Json> = Object.create(null);
  for (const [key, value] of Object.entries(isObject(row) ? row : {})) {
    if (value === undefined || NOTHING.has(value)) continue;
    const isGrouped = typeof value === 'string' && GROUPED.test(value);
    fields[key] = isGrouped ? value.replaceAll(',', '') : value;
  }
  return fields;
}

/** The fields whose columns begin so (`resource.attributes.`), without that beginning. */
export function fieldsBelow(row: Json, prefix: string): JsonObject {
  const fields: Record<string, Json> = Object.create(null);
  if (!isObject(row)) return fields;
  for (const [key, value] of Object.entries(row)) {
    if (key.startsWith(prefix) && value !== undefined) fields[key.slice(prefix.length)] = value;
  }
  return fields;
}
