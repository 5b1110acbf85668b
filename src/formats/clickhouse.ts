/**
 * ClickHouse's otel_traces (collector-contrib clickhouseexporter, HyperDX, otlp2parquet): JSONEachRow, JSON,
 * JSONCompact, JSONEachRowWithProgress, CSV and TSV with names (FORMATS.md §3.22); those whose rows are lists or
 * whose columns are (JSONCompactEachRowWithNames, JSONColumns) come as rows of json-matrix.ts.
 * Not supported: CSV and TSV without names; ClickHouse's Native and RowBinary.
 */
import * as z from 'zod';
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import type { Span } from '../model/span.ts';
import { decodeBytes } from '../util/bytes.ts';
import { listIn, mapIn, partOf } from './column-values.ts';
import { parseDuration } from './durations.ts';
import {
  parentIdField,
  soundParentId,
  soundSpanId,
  soundTraceId,
  spanIdField,
  traceIdField,
} from './foreign-ids.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, ownValue } from './json-value.ts';
import { describeIssue, hasKeys, type RecordContext } from './record-format.ts';
import { plainText, setAll, setValue, SpanDraft, textIn } from './span-draft.ts';
import { parseKind, parseStatus } from './span-words.ts';
import { tableFormat } from './table-format.ts';

const SIGNS = ['TraceId', 'SpanId', 'SpanName'];
const COMPACT = /"name"\s*:\s*"SpanName"/;

export const clickhouse = tableFormat<Json>({
  id: 'clickhouse',
  label: 'ClickHouse otel_traces',
  lists: ['meta', 'data'],
  innerListIsRecord: true,
  matchesJson: (head) =>
    !hasKeys(head, ['TraceId[]'], ['', 'data.']) &&
    (hasKeys(head, SIGNS, ['', 'data[].', 'row.']) ||
      (hasKeys(head, ['meta']) && COMPACT.test(decodeBytes(head.bytes)))),
  matchesColumns: (columns) => SIGNS.every((name) => columns.has(name)),
  schema: z.custom<Json>(),
  open: () => new ClickHouseReader().read,
});

const idFields = z.object({ TraceId: traceIdField, SpanId: spanIdField, ParentSpanId: parentIdField });

/** Keeps the columns that JSONCompact names before its rows. */
class ClickHouseReader {
  readonly #columns: string[] = [];

  readonly read = (record: Json, context: RecordContext): readonly Span[] => {
    if (Array.isArray(record)) {
      const cells = this.#columns.map((name, i) => [name, record[i] as Json | undefined] as const);
      return readClickHouseRow(Object.fromEntries(cells), context);
    }
    if (!isObject(record)) return [];
    if (isColumn(record)) this.#columns.push(textIn(record, 'name'));
    else if (isObject(record.row)) return readClickHouseRow(record.row, context);
    else if (!isObject(record.progress)) return readClickHouseRow(record, context);
    return [];
  };
}

function isColumn(record: Json): boolean {
  return isObject(record) && record.TraceId === undefined && Object.keys(record).join() === 'name,type';
}

/** A row with the columns of otel_traces. */
export function readClickHouseRow(row: Json, context: RecordContext): readonly Span[] {
  const TraceId = soundTraceId(ownValue(row, 'TraceId'));
  const SpanId = soundSpanId(ownValue(row, 'SpanId'));
  const ParentSpanId = soundParentId(ownValue(row, 'ParentSpanId'));
  if (TraceId !== undefined && SpanId !== undefined && ParentSpanId !== undefined) {
    return [spanOfClickHouseRow(row, { TraceId, SpanId, ParentSpanId })];
  }
  const ids = idFields.safeParse(row);
  if (ids.success) return [spanOfClickHouseRow(row, ids.data)];
  context.note('record-invalid', 'rejected', describeIssue(ids.error));
  return [];
}

/** Said by the span's own fields. Materialised copies (…Keys, __hdx_…) and sizes are not of interest. */
const OWN = new Set([
  'Timestamp',
  'TimestampTime',
  'TraceId',
  'SpanId',
  'ParentSpanId',
  'SpanName',
  'SpanKind',
  'ServiceName',
  'ResourceAttributes',
  'SpanAttributes',
  'ScopeName',
  'ScopeVersion',
  'Duration',
  'StatusCode',
  'StatusMessage',
  'TraceState',
]);
const DERIVED = /^(__hdx_|Events|Links)|Keys$|^(EndTimestamp|StatusCodeNumber)$/;

function spanOfClickHouseRow(row: Json, ids: z.infer<typeof idFields>): Span {
  const span = new SpanDraft({ traceId: ids.TraceId, spanId: ids.SpanId, parentSpanId: ids.ParentSpanId });
  span.name = textIn(row, 'SpanName');
  span.kind = parseKind(textIn(row, 'SpanKind')) ?? 0;
  span.startUnixNano = parseInstant(ownValue(row, 'Timestamp'));
  span.durationNs = parseDuration(ownValue(row, 'Duration'), 'ns');
  span.status = parseStatus(textIn(row, 'StatusCode')) ?? 0;
  span.statusMessage = textIn(row, 'StatusMessage');
  span.scope = { name: textIn(row, 'ScopeName'), version: textIn(row, 'ScopeVersion') };
  span.setResource('service.name', ownValue(row, 'ServiceName'));
  setAll(span.resource, mapIn(ownValue(row, 'ResourceAttributes')));
  setAll(span.attributes, mapIn(ownValue(row, 'SpanAttributes')));
  span.set(TRACE_STATE_KEY, ownValue(row, 'TraceState'));
  for (const key of Object.keys(row ?? {})) {
    if (isOther(key)) setValue(span.attributes, key, ownValue(row, key));
  }
  readEvents(span, row);
  readLinks(span, row);
  return span.finish();
}

const others = new Map<string, boolean>();

/** A column that people have added. */
function isOther(key: string): boolean {
  let other = others.get(key);
  if (other === undefined) {
    other = !OWN.has(key) && !DERIVED.test(key);
    if (others.size < 1000) others.set(key, other);
  }
  return other;
}

/** A Nested column: `Events.Name` and others side by side, or `Events` as a list of objects. */
function nested(row: Json, { column, fields }: NestedColumn): readonly unknown[][] {
  const whole = ownValue(row, column);
  if (whole !== undefined) {
    const objects = listIn(whole);
    if (objects.length > 0) return objects.map((item) => fields.map(({ name }) => partOf(item, name)));
  }
  const lists: (readonly unknown[])[] = [];
  for (const { dotted, joined } of fields) {
    const value = ownValue(row, dotted) ?? ownValue(row, joined);
    const list = value === undefined || value === '[]' ? NOTHING : listIn(value);
    // The first of them is empty where there is nothing.
    if (lists.length === 0 && list.length === 0) return NOTHING;
    lists.push(list);
  }
  return lists[0].map((_, i) => lists.map((list) => list[i]));
}

interface NestedColumn {
  readonly column: string;
  readonly fields: readonly { readonly name: string; readonly dotted: string; readonly joined: string }[];
}

const NOTHING: readonly never[] = [];
const EVENTS = nestedColumn('Events', ['Timestamp', 'Name', 'Attributes']);
const LINKS = nestedColumn('Links', ['TraceId', 'SpanId']);

function nestedColumn(column: string, names: readonly string[]): NestedColumn {
  const fields = names.map((name) => ({ name, dotted: `${column}.${name}`, joined: `${column}${name}` }));
  return { column, fields };
}

function readEvents(span: SpanDraft, row: Json): void {
  for (const [time, name, values] of nested(row, EVENTS)) {
    const attributes: Parameters<typeof setAll>[0] = new Map();
    setAll(attributes, mapIn(values));
    span.event(plainText(name), parseInstant(time), attributes);
  }
}

function readLinks(span: SpanDraft, row: Json): void {
  for (const [traceId, spanId] of nested(row, LINKS)) span.link(traceId, spanId);
}
