/** Every field that a condition may name, as a column. */
import { END_CODES, NO_CALLER, STATUS_MASK } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import { GRPC_STATUS_NAMES, NO_GRPC_STATUS } from '../failure/grpc-status.ts';
import { ATTRIBUTE_KEYS } from '../model/attribute-keys.ts';
import type { ConditionField, Intrinsic } from '../model/conditions.ts';
import { hexOfWords } from '../util/hex.ts';
import { firstOf } from './field-column.ts';
import type { FieldColumn } from './field-column.ts';
import { endFinder } from './places.ts';
import type { ColumnName, ScannedColumn } from './scanned-columns.ts';

/** By number, as TraceQL names them (model/span.ts). */
const KINDS = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer'];
const STATUSES = ['unset', 'ok', 'error'];
/** What a request that bears another code is said to bear. */
export const OTHER_GRPC_NAME = 'other';
const HTTP_STATUSES = 1 << 16;

/** All but the duration, which is a number. */
export type TextIntrinsic = Exclude<Intrinsic, 'span:duration'>;

/** What has to be read from spans before the field can be read; empty: the request table holds it. */
export function columnNamesOf(field: ConditionField): readonly ColumnName[] {
  if (field.kind === 'intrinsic') {
    if (field.name === 'span:name') return [{ kind: 'name' }];
    if (field.name === 'request:method')
      return ATTRIBUTE_KEYS.httpMethod.map((key) => ({ kind: 'attribute', key }));
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
  // Of several spellings the first that the span bears.
  const scanned = columns.flatMap((column) => (column.kind === 'field' ? [column.column] : []));
  if (scanned.length > 0) return scanned.reduce(firstOf);
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
    case 'request:httpStatus':
      return {
        code: (row) => table.httpStatus[row],
        size: HTTP_STATUSES,
        text: (status) => (status === 0 ? null : String(status)),
      };
    case 'request:grpcStatus':
      return grpcColumn(table);
    case 'request:caller':
    case 'request:end':
    case 'request:userAction':
    case 'request:application':
      return chainColumn(table, name);
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
    case 'request:method':
      throw new Error(`${name} is read from spans`);
  }
}

function grpcColumn({ grpcStatus }: RequestTable): FieldColumn {
  const names = [...GRPC_STATUS_NAMES, OTHER_GRPC_NAME];
  return {
    code: (row) => {
      const status = grpcStatus[row];
      return status === NO_GRPC_STATUS ? 0 : 1 + Math.min(status, GRPC_STATUS_NAMES.length);
    },
    size: 1 + names.length,
    text: (code) => (code === 0 ? null : names[code - 1]),
  };
}

type OfChain = 'request:caller' | 'request:end' | 'request:userAction' | 'request:application';

/** Who called, and how the chain ends. */
function chainColumn(table: RequestTable, name: OfChain): FieldColumn {
  const { texts, services, service, caller, ends, endpoint } = table;
  const endOf = endFinder(table);
  const ofAction = (row: number, column: Uint32Array): number => {
    const end = endOf(row);
    return END_CODES[ends[end] - 1] === 'userAction' ? 1 + column[end] : 0;
  };
  const ofServices = (code: FieldColumn['code']): FieldColumn => ({
    code,
    size: 1 + services.length,
    text: (number) => (number === 0 ? null : services[number - 1].name),
  });
  switch (name) {
    case 'request:caller':
      return ofServices((row) => (caller[row] === NO_CALLER ? 0 : 1 + service[caller[row]]));
    case 'request:application':
      return ofServices((row) => ofAction(row, service));
    case 'request:end':
      return {
        code: (row) => ends[endOf(row)],
        size: 1 + END_CODES.length,
        text: (code) => END_CODES[code - 1] ?? null,
      };
    case 'request:userAction':
      return {
        code: (row) => ofAction(row, endpoint),
        size: 1 + texts.length,
        text: (code) => (code === 0 ? null : texts[code - 1]),
      };
  }
}
