/** Every field that a condition may name, as a column. */
import { STATUS_MASK } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { ConditionField, Intrinsic } from '../model/conditions.ts';
import { hexOfWords } from '../util/hex.ts';
import { firstOf } from './field-column.ts';
import type { FieldColumn } from './field-column.ts';
import type { ColumnName, ScannedColumn } from './scanned-columns.ts';

/** By number, as TraceQL names them (model/span.ts). */
const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUSES = ['unset', 'ok', 'error'];

/** All but the duration, which is a number. */
export type TextIntrinsic = Exclude<Intrinsic, 'span:duration'>;

/** What has to be read from spans before the field can be read; empty: the request table holds it. */
export function columnNamesOf(field: ConditionField): readonly ColumnName[] {
  if (field.kind === 'intrinsic') {
    if (field.name === 'span:name') return [{ kind: 'name' }];
    return field.name === 'span:statusMessage' ? [{ kind: 'statusMessage' }] : [];
  }
  const ofSpan: ColumnName = { kind: 'attribute', key: field.key };
  if (field.scope === 'span') return [ofSpan];
  return field.scope === 'resource' ? [{ kind: 'resources' }] : [ofSpan, { kind: 'resources' }];
}

/** `columns`: those of columnNamesOf, in its order. null: the duration. */
export function readField(
  table: RequestTable,
  field: ConditionField,
  columns: readonly ScannedColumn[],
): FieldColumn | null {
  if (field.kind === 'attribute') {
    return columns
      .map((column) => (column.kind === 'resources' ? column.resources.field(field.key) : column.column))
      .reduce(firstOf);
  }
  const [scanned] = columns;
  if (scanned?.kind === 'field') return scanned.column;
  return field.name === 'span:duration' ? null : tableColumn(table, field.name);
}

function tableColumn(table: RequestTable, name: TextIntrinsic): FieldColumn {
  const { texts, services, span, recordTrace, traceIds, spanIds } = table;
  const present = (code: FieldColumn['code'], names: readonly string[]): FieldColumn => ({
    code,
    size: names.length,
    text: (number) => names[number],
  });
  /** Text number 0 says that there is none. */
  const optional = (column: Uint32Array): FieldColumn => ({
    code: (row) => column[row],
    size: texts.length,
    text: (number) => (number === 0 ? null : texts[number]),
  });
  switch (name) {
    case 'span:kind':
      return present((row) => table.kind[row], KINDS);
    case 'span:status':
      return present((row) => table.status[row] & STATUS_MASK, STATUSES);
    case 'request:failed':
      return present((row) => table.failed[row], ['false', 'true']);
    case 'request:endpoint':
      return present((row) => table.endpoint[row], texts);
    case 'request:instance':
      return present((row) => table.instance[row], texts);
    case 'request:service':
      return present(
        (row) => table.service[row],
        services.map((service) => service.name),
      );
    case 'request:reason':
      return optional(table.reason);
    case 'request:exception':
      return optional(table.exception);
    case 'trace:id':
      return {
        code: (row) => recordTrace[span[row]],
        size: traceIds.length / 4,
        text: (trace) => hexOfWords(traceIds, trace * 4, 4),
      };
    case 'span:id':
      return {
        code: (row) => row,
        size: table.count,
        text: (row) => hexOfWords(spanIds, row * 2, 2),
      };
    case 'span:name':
    case 'span:statusMessage':
      throw new Error(`${name} is read from spans`);
  }
}
