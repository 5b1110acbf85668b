/** Values as hyparquet gives them → what JSON could have held: the mappings of rows know no others. */
import type { ParquetParsers } from 'hyparquet';
import { setOwn } from '../util/set-own.ts';
import type { Json } from './json-value.ts';

/** Instants as ns, exactly; the parser's own give Dates, which end at ms. */
export const PARSERS: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (ms) => ms * 1_000_000n,
  timestampFromMicroseconds: (us) => us * 1000n,
  timestampFromNanoseconds: (ns) => ns,
};

/** Deeper than any schema of spans. */
const DEEPEST = 16;

export function plainRow(row: unknown): Json {
  return plainValue(row, 0);
}

function plainValue(value: unknown, depth: number): Json {
  if (value === null || value === undefined || depth > DEEPEST) return null;
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object') return typeof value === 'function' ? null : (value as Json);
  if (value instanceof Uint8Array) return hex(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((item) => plainValue(item, depth + 1));
  return plainObject(value as Readonly<Record<string, unknown>>, depth);
}

function plainObject(object: Readonly<Record<string, unknown>>, depth: number): Json {
  const plain: Record<string, Json> = {};
  for (const key of Object.keys(object)) {
    const inner = object[key];
    if (inner !== null && inner !== undefined) setOwn(plain, key, plainValue(inner, depth + 1));
  }
  return plain;
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
