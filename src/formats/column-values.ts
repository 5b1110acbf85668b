/** Maps and lists in the cells of tables and of JSON rows, however they are written. */
import { parseLiteral } from './clickhouse-literal.ts';
import { ownValue } from './json-value.ts';

/** An object, or JSON or a ClickHouse map in a text taken apart: for entriesOf and setAll. */
export function mapIn(value: unknown): unknown {
  return typeof value === 'string' ? parseLiteral(value) : value;
}

/** Elements of a list, of JSON or a ClickHouse list in a text. */
export function listIn(value: unknown): readonly unknown[] {
  const found = mapIn(value);
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}

/** A key of an object or a Map. */
export function partOf(value: unknown, key: string): unknown {
  return value instanceof Map ? value.get(key) : ownValue(value, key);
}
