/** What filters can be made of: attribute keys, values of fields, zones (docs/figures.md, Filters). */
import type { AttributeScope } from './conditions.ts';

export interface FieldValue {
  readonly value: string;
  /** Requests of the dataset that bear it. */
  readonly requests: number;
}

export interface AttributeKeyRow {
  readonly scope: Exclude<AttributeScope, 'any'>;
  readonly key: string;
  /** Requests of the dataset whose span, or whose resource, bears it. */
  readonly requests: number;
}

/** Most requests first, then by key; at most 2000. */
export interface AttributeKeysAnswer {
  readonly keys: readonly AttributeKeyRow[];
}

export interface FieldValuesAnswer {
  /** Of those that begin with the prefix, whatever the case: most requests first, then by value; at most 100. */
  readonly values: readonly FieldValue[];
  /** How many different values begin with the prefix. */
  readonly total: number;
}

/** A resource attribute by which the data can be narrowed. */
export interface ZoneRow {
  readonly key: string;
  /** Most requests first, then by value; at most 100. */
  readonly values: readonly FieldValue[];
  /** How many different values there are. */
  readonly total: number;
}

/** In the order of zone-keys.ts; of equal rank those with few values first. */
export interface ZonesAnswer {
  readonly zones: readonly ZoneRow[];
}
