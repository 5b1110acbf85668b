/**
 * What filters ask of spans, read before a question: the questions themselves are answered from the request
 * table without waiting, and look up here what was read.
 */
import type { RequestTable } from '../assembly/request-table.ts';
import type { Filter, ZoneFilter } from '../model/answers.ts';
import type { ConditionField } from '../model/conditions.ts';
import { fieldsOf } from './conditions.ts';
import { columnNamesOf, readField } from './field-readers.ts';
import type { FieldColumn } from './field-column.ts';
import { perDataset } from './per-dataset.ts';
import { loadColumns } from './scanned-columns.ts';
import type { SpanData } from './span-forest.ts';

/** By the very object of the filter that asked: held as long as the filter is. */
const prepared = perDataset(() => new WeakMap<object, FieldColumn>());

/** Reads what the filters need, in one pass over the segments; at once where they need nothing. */
export async function prepareFilters(data: SpanData, filters: readonly Filter[]): Promise<void> {
  const asked = filters.flatMap(askedOfSpans);
  if (asked.length === 0) return;
  const columns = await loadColumns(
    data,
    asked.flatMap(({ field }) => columnNamesOf(field)),
  );
  let at = 0;
  for (const { owner, field } of asked) {
    const own = columns.slice(at, (at += columnNamesOf(field).length));
    const column = readField(data.table, field, own);
    if (column) prepared(data.table).set(owner, column);
  }
}

/** null: the duration. */
export function preparedField(table: RequestTable, field: ConditionField): FieldColumn | null {
  return columnNamesOf(field).length === 0 ? readField(table, field, []) : preparedColumn(table, field);
}

export function preparedZone(table: RequestTable, zone: ZoneFilter): FieldColumn {
  return preparedColumn(table, zone);
}

function preparedColumn(table: RequestTable, owner: object): FieldColumn {
  const column = prepared(table).get(owner);
  if (!column) throw new Error(`prepareFilters was not called for ${JSON.stringify(owner)}`);
  return column;
}

interface Asked {
  readonly owner: object;
  readonly field: ConditionField;
}

function askedOfSpans({ where, chains, zones }: Filter): readonly Asked[] {
  const conditions = [where, ...chains.flatMap(({ steps }) => steps)];
  const fields = conditions.flatMap((condition) => (condition ? fieldsOf(condition) : []));
  const ofZones = zones.map((zone): Asked => ({
    owner: zone,
    field: { kind: 'attribute', scope: 'resource', key: zone.key },
  }));
  const ofFields = fields.filter((field) => columnNamesOf(field).length > 0);
  return [...ofZones, ...ofFields.map((field): Asked => ({ owner: field, field }))];
}
