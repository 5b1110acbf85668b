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
import { type ColumnName, loadColumns, type ScannedColumn } from './scanned-columns.ts';
import type { SpanData } from './span-forest.ts';

/** By the very object of the filter that asked: held as long as the filter is. */
const prepared = perDataset(() => new WeakMap<object, FieldColumn>());

/** Reads what the filters need, in one pass over the segments; at once where they need nothing. */
export async function prepareFilters(data: SpanData, filters: readonly Filter[]): Promise<void> {
  const asked = filters.flatMap(askedOfSpans);
  if (asked.length === 0) return;
  const columns = await loadColumns(
    data,
    asked.flatMap(({ names }) => names),
  );
  let at = 0;
  for (const { owner, names, read } of asked) {
    const column = read(data.table, columns.slice(at, (at += names.length)));
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
  readonly names: readonly ColumnName[];
  /** `columns`: those of the names, in their order. null: the duration. */
  readonly read: (table: RequestTable, columns: readonly ScannedColumn[]) => FieldColumn | null;
}

function askedOfSpans({ where, chains, zones }: Filter): readonly Asked[] {
  const conditions = [where, ...chains.flatMap(({ steps }) => steps)];
  const fields = conditions.flatMap((condition) => (condition ? fieldsOf(condition) : []));
  const ofFields = fields.filter((field) => columnNamesOf(field).length > 0);
  return [
    ...zones.map((zone): Asked => ({ owner: zone, names: [{ kind: 'resources' }], read: zoneReader(zone) })),
    ...ofFields.map((field): Asked => ({
      owner: field,
      names: columnNamesOf(field),
      read: (table, columns) => readField(table, field, columns),
    })),
  ];
}

function zoneReader({ key }: ZoneFilter): Asked['read'] {
  return (_table, [column]) => (column.kind === 'resources' ? column.resources.zone(key) : null);
}
