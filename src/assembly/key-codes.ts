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

/** How a meaning is found among a row's attributes. */
export interface FieldLookup {
  /** Rank of every key code; UNRANKED: not a key of the field. */
  readonly ranks: Uint8Array;
  /** The field's bit among those a set of facts has: which of its words, and the bit in it. */
  readonly word: number;
  readonly bit: number;
}

function lookupOf(keys: readonly string[], position: number): FieldLookup {
  const ranks = new Uint8Array(codes.size + 1).fill(UNRANKED);
  keys.forEach((key, rank) => (ranks[codeOfKey(key)] = rank));
  return { ranks, word: position >>> 5, bit: 1 << (position % 32) };
}

/** Words that a bit for each field fills. */
export const FIELD_WORDS = Math.ceil(Object.keys(ATTRIBUTE_KEYS).length / 32);

export const FIELD_LOOKUPS = Object.fromEntries(
  Object.entries(ATTRIBUTE_KEYS).map(([field, keys], i) => [field, lookupOf(keys, i)]),
) as Readonly<Record<AttributeField, FieldLookup>>;

/** By word and key code: the bits of the fields that the key belongs to. */
export const CODE_BITS: readonly Uint32Array[] = Array.from(
  { length: FIELD_WORDS },
  () => new Uint32Array(codes.size + 1),
);
for (const { ranks, word, bit } of Object.values(FIELD_LOOKUPS)) {
  ranks.forEach((rank, code) => {
    if (rank !== UNRANKED) CODE_BITS[word][code] |= bit;
  });
}

export const PREFIX_MARKS: Readonly<Record<KeyPrefix, number>> = {
  browser: 1,
  device: 2,
  messaging: 4,
  jdbc: 8,
  http: 16,
  exception: 32,
};

/** Bits of PREFIX_MARKS. */
export function marksOfKey(key: string): number {
  let marks = 0;
  for (const [prefix, begin] of Object.entries(KEY_PREFIXES) as [KeyPrefix, string][]) {
    if (key.startsWith(begin)) marks |= PREFIX_MARKS[prefix];
  }
  return marks;
}
