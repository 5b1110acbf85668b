/** Choosing among the zones of the data. */
import type { ZoneFilter } from '../../model/answers.ts';
import type { ZoneRow } from '../../model/answers-filters.ts';
import { describeKey } from './describe-filter.ts';

export interface OfferedZone {
  readonly key: string;
  /** requests: null where the data's offer does not tell. */
  readonly values: readonly { readonly value: string; readonly requests: number | null }[];
  /** How many different values there are. */
  readonly total: number;
}

/** What is chosen stands in the list even where the data does not offer it. */
export function withChosen(rows: readonly ZoneRow[], chosen: readonly ZoneFilter[]): readonly OfferedZone[] {
  const completed = rows.map((row) => {
    const wanted = chosen.find(({ key }) => key === row.key)?.values ?? [];
    const missing = wanted.filter((value) => !row.values.some((one) => one.value === value));
    if (missing.length === 0) return row;
    return { ...row, values: [...row.values, ...missing.map((value) => ({ value, requests: null }))] };
  });
  const others = chosen.filter(({ key }) => !rows.some((row) => row.key === key));
  const added = others.map(({ key, values }) => ({
    key,
    values: values.map((value) => ({ value, requests: null })),
    total: values.length,
  }));
  return [...added, ...completed];
}

/** Adds the value to those of its key, or takes it away; a key without values is no filter. */
export function withToggled(zones: readonly ZoneFilter[], key: string, value: string): readonly ZoneFilter[] {
  const zone = zones.find((one) => one.key === key);
  if (zone === undefined) return [...zones, { key, values: [value] }];
  const values = zone.values.includes(value)
    ? zone.values.filter((one) => one !== value)
    : [...zone.values, value];
  return values.length === 0
    ? zones.filter((one) => one !== zone)
    : zones.map((one) => (one === zone ? { key, values } : one));
}

/** A key that matches keeps all its values, else those that match. */
export function searchZones(rows: readonly OfferedZone[], search: string): readonly OfferedZone[] {
  const wanted = search.trim().toLowerCase();
  const holds = (text: string) => text.toLowerCase().includes(wanted);
  return rows.flatMap((row) => {
    if (holds(row.key) || holds(describeKey(row.key))) return [row];
    const values = row.values.filter(({ value }) => holds(value));
    return values.length === 0 ? [] : [{ ...row, values, total: values.length }];
  });
}
