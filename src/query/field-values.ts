import { EVERYTHING } from '../model/answers.ts';
import type { Target } from '../model/answers.ts';
import type { FieldValue, FieldValuesAnswer } from '../model/answers-filters.ts';
import type { ConditionField } from '../model/conditions.ts';
import { compareText } from '../util/compare-text.ts';
import { columnNamesOf, readField } from './field-readers.ts';
import { loadColumns } from './scanned-columns.ts';
import type { SpanData } from './span-forest.ts';
import { selectTargets } from './targets.ts';

/** Values that are told of one field. */
const MOST_VALUES = 100;

export interface FieldValuesParams {
  readonly field: ConditionField;
  readonly prefix: string;
  /** Of these requests alone; left out: of all. */
  readonly target?: Target;
}

/** The values of a field that begin with the prefix. The duration, a number, has none. */
export async function listFieldValues(
  data: SpanData,
  { field, prefix, target }: FieldValuesParams,
): Promise<FieldValuesAnswer> {
  const columns = await loadColumns(data, columnNamesOf(field));
  const column = readField(data.table, field, columns);
  if (!column) return { values: [], total: 0 };
  const counts = new Uint32Array(column.size);
  const rows = target ? selectTargets(data.table, target, EVERYTHING).rows : null;
  if (rows) for (const row of rows) counts[column.code(row)]++;
  else for (let row = 0; row < data.table.count; row++) counts[column.code(row)]++;
  const wanted = prefix.toLowerCase();
  const requests = new Map<string, number>();
  counts.forEach((count, code) => {
    const text = count === 0 ? null : column.text(code);
    if (text === null || !text.toLowerCase().startsWith(wanted)) return;
    requests.set(text, (requests.get(text) ?? 0) + count);
  });
  return { values: mostFrequent(requests), total: requests.size };
}

/** Most requests first, then by value. Of many values few are put in order: those that may still be told. */
export function mostFrequent(requests: ReadonlyMap<string, number>): FieldValue[] {
  const best: FieldValue[] = [];
  let last: FieldValue | null = null;
  for (const [value, count] of requests) {
    const row = { value, requests: count };
    if (last !== null && byFrequency(row, last) > 0) continue;
    best.push(row);
    if (best.length < 2 * MOST_VALUES) continue;
    best.sort(byFrequency).length = MOST_VALUES;
    last = best[MOST_VALUES - 1];
  }
  return best.sort(byFrequency).slice(0, MOST_VALUES);
}

function byFrequency(a: FieldValue, b: FieldValue): number {
  return b.requests - a.requests || compareText(a.value, b.value);
}
