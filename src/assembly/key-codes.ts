/**
 * The attribute keys of the model as small numbers, and each meaning as a ranking of those numbers:
 * one pass over a span's attributes finds the best key of a meaning.
 */
import { ATTRIBUTE_KEYS, KEY_PREFIXES } from '../model/attribute-keys.ts';
import type { AttributeField, KeyPrefix } from '../model/attribute-keys.ts';

/** A key that the analysis does not read. */
export const NO_CODE = 0;
/** Ranks are 0 = first of the list; this one = not a key of the field. */
export const UNRANKED = 255;

const codes = new Map<string, number>();
for (const keys of Object.values(ATTRIBUTE_KEYS)) {
  for (const key of keys) if (!codes.has(key)) codes.set(key, codes.size + 1);
}

/** 0 where the analysis does not read the key. */
export function codeOfKey(key: string): number {
  return codes.get(key) ?? NO_CODE;
}

const ranks = new Map<AttributeField, Uint8Array>();
for (const [field, keys] of Object.entries(ATTRIBUTE_KEYS) as [AttributeField, readonly string[]][]) {
  const rank = new Uint8Array(codes.size + 1).fill(UNRANKED);
  keys.forEach((key, i) => (rank[codeOfKey(key)] = i));
  ranks.set(field, rank);
}

/** Rank by key code. */
export function ranksOf(field: AttributeField): Uint8Array {
  return ranks.get(field) ?? new Uint8Array();
}

export const PREFIX_MARKS: Readonly<Record<KeyPrefix, number>> = {
  browser: 1,
  device: 2,
  messaging: 4,
  jdbc: 8,
  http: 16,
  exception: 32,
};

/** Beside PREFIX_MARKS: the record has events. */
export const HAS_EVENTS = 64;

/** Bits of PREFIX_MARKS. */
export function marksOfKey(key: string): number {
  let marks = 0;
  for (const [prefix, begin] of Object.entries(KEY_PREFIXES) as [KeyPrefix, string][]) {
    if (key.startsWith(begin)) marks |= PREFIX_MARKS[prefix];
  }
  return marks;
}
