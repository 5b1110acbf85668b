/** The list of requests that was asked for last: people scroll through one, and a download walks all of it. */
import type { RequestTable } from '../assembly/request-table.ts';
import type { Sampled } from '../model/answers-spans.ts';
import { SortedList } from './sorted-page.ts';

export interface EvidenceList {
  readonly found: boolean;
  readonly list: SortedList;
  /** null: no spans had to be read. */
  readonly sampled: Sampled | null;
}

const last = new WeakMap<RequestTable, { readonly key: string; readonly made: EvidenceList }>();

/** null: another one, or none, was asked for last. `params`: all that decides on its rows, as plain data. */
export function knownList(table: RequestTable, params: object): EvidenceList | null {
  const known = last.get(table);
  return known?.key === keyOf(params) ? known.made : null;
}

export function rememberList(
  table: RequestTable,
  params: object,
  { found, rows }: { readonly found: boolean; readonly rows: Uint32Array },
  sampled: Sampled | null = null,
): EvidenceList {
  const made = { found, list: new SortedList(table, rows), sampled };
  last.set(table, { key: keyOf(params), made });
  return made;
}

function keyOf(params: object): string {
  return JSON.stringify(params, (_, value: unknown) => (typeof value === 'bigint' ? `${value}n` : value));
}
