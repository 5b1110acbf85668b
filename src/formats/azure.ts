/**
 * Azure Application Insights: query results (`tables` of columns and rows), diagnostic settings (`records`, lines),
 * lists of items, events of its REST API, CSV exports of the portal (FORMATS.md §3.18; Azure Monitor table reference, 2024).
 * Not supported: the continuous export that ended in 2024; log lines, metrics, events and timings are left out.
 */
import * as z from 'zod';
import type { Span } from '../model/span.ts';
import { decodeBytes } from '../util/bytes.ts';
import { itemOfEvent } from './azure-event.ts';
import {
  azureIds,
  exceptionIds,
  exceptionRecord,
  kindOf,
  plainAzureName,
  soundIds,
  spanOfItem,
  usePlainIds,
} from './azure-item.ts';
import { isObject, type Json, type JsonObject } from './json-value.ts';
import { describeIssue, hasKeys, type RecordContext } from './record-format.ts';
import { textIn } from './span-draft.ts';
import { tableFormat } from './table-format.ts';

const PLACES = ['', 'records[].', 'value[].'];
const COLUMN_NAMES = /"name"\s*:\s*"(operation_Id|OperationId)"/;

export const azure = tableFormat<Json>({
  id: 'azure-application-insights',
  label: 'Azure Application Insights',
  lists: ['tables[].columns', 'tables[].rows', 'Tables[].Columns', 'Tables[].Rows', 'records', 'value'],
  innerListIsRecord: true,
  matchesJson: (head) =>
    hasKeys(head, ['operation_Id', 'itemType|cloud_RoleName|operation_ParentId'], PLACES) ||
    hasKeys(
      head,
      ['operation.id', 'type', 'cloud.roleName', 'request.id|dependency.id|exception.problemId'],
      PLACES,
    ) ||
    hasKeys(head, ['OperationId', 'AppRoleName|AppRoleInstance|ResourceGUID|ParentId'], PLACES) ||
    (hasKeys(head, ['tables|Tables']) && COLUMN_NAMES.test(decodeBytes(head.bytes))),
  matchesColumns: (columns) =>
    (columns.has('operation_Id') && (columns.has('itemType') || columns.has('operation_ParentId'))) ||
    (columns.has('OperationId') && (columns.has('AppRoleName') || columns.has('ParentId'))),
  schema: z.custom<Json>(),
  quick: (record) => record,
  open: () => new AzureReader().read,
});

/** Keeps the columns of the table whose rows are read. */
class AzureReader {
  #columns: string[] = [];
  #hasRows = false;

  readonly read = (record: Json, context: RecordContext): readonly Span[] => {
    if (Array.isArray(record)) return this.#row(record, context);
    if (!isObject(record)) return [];
    if (isColumn(record)) {
      if (this.#hasRows) this.#columns = [];
      this.#hasRows = false;
      this.#columns.push(textIn(record, 'name', 'ColumnName'));
      return [];
    }
    const item = itemOfEvent(record) ?? record;
    return readItem(Object.keys(item), Object.values(item), context);
  };

  #row(cells: readonly Json[], context: RecordContext): readonly Span[] {
    this.#hasRows = true;
    const filled = cells.map((cell) => (cell === null || cell === '' ? undefined : cell));
    return readItem(this.#columns, filled, context);
  }
}

/** `{"name":"timestamp","type":"datetime"}` */
function isColumn(record: JsonObject): boolean {
  const keys = Object.keys(record);
  return keys.length <= 4 && keys.every((key) => /^(name|type|ColumnName|ColumnType|DataType)$/.test(key));
}

function readItem(
  names: readonly string[],
  values: readonly (Json | undefined)[],
  context: RecordContext,
): readonly Span[] {
  const item: Record<string, Json | undefined> = {};
  // Plain names have no underscores, so none is `__proto__`.
  names.forEach((name, i) => {
    if (values[i] !== undefined) item[plainAzureName(name)] = values[i];
  });
  const kind = kindOf(item);
  if (kind === null) {
    context.note('not-a-span', 'skipped', 'Log lines, metrics, events and timings were left out.');
    return [];
  }
  usePlainIds(item);
  const fields = { names, values };
  const sound = kind === 'exception' ? undefined : soundIds(item);
  if (sound) return [spanOfItem({ item, kind, ids: sound, fields })];
  const schema = kind === 'exception' ? exceptionIds : azureIds;
  const ids = schema.safeParse(item);
  if (!ids.success) context.note('record-invalid', 'rejected', describeIssue(ids.error));
  else if ('id' in ids.data) return [spanOfItem({ item, kind, ids: ids.data, fields })];
  else return [exceptionRecord(item, ids.data)];
  return [];
}
