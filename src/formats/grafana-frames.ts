/**
 * Data frames of a trace as Grafana's panels have them, a list of values for each field: the answer of its query
 * API (`results.A.frames`), what a panel's inspector shows as “Panel data” or “DataFrame JSON”, or gives as CSV,
 * snapshots.
 * https://grafana.com/docs/grafana/latest/developers/plugins/data-frames/, packages/grafana-data/src/types/trace.ts
 * Not supported: resources of other spans than each service's first where Grafana left them out.
 */
import * as z from 'zod';
import type { Span } from '../model/span.ts';
import { decodeBytes } from '../util/bytes.ts';
import { parseDuration } from './durations.ts';
import { parentIdField, spanIdField, traceIdField } from './foreign-ids.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, type JsonObject, listOf, ownValue, valueAt } from './json-value.ts';
import { parseTextExactly } from './parse-text.ts';
import { describeIssue, hasKeys, type RecordContext } from './record-format.ts';
import { entriesOf, plainText, setAll, SpanDraft, textIn } from './span-draft.ts';
import { parseKind, parseStatus } from './span-words.ts';
import { tableFormat } from './table-format.ts';

const ids = z.object({ traceID: traceIdField, spanID: spanIdField, parentSpanID: parentIdField });

/** Columns of the inspector's CSV, whose lists are JSON. */
const COLUMNS = ['traceID', 'spanID', 'operationName', 'serviceTags', 'tags'];
const LISTS = ['serviceTags', 'tags', 'logs', 'references'];

export const grafanaFrames = tableFormat<Json>({
  id: 'grafana-frames',
  label: 'Grafana data frames',
  matchesJson: (head) =>
    (hasKeys(head, ['schema.fields[].name', 'data.values[]']) ||
      hasKeys(head, ['fields[].name', 'fields[].values|fields[].values[]'])) &&
    /"name"\s*:\s*"spanID"/.test(decodeBytes(head.bytes)),
  matchesColumns: (columns) => COLUMNS.every((column) => columns.has(column)),
  unwrapRow: withLists,
  lists: [],
  recordKeys: ['schema', 'data', 'fields'],
  schema: z.custom<Json>(),
  open: () => (record, context) => {
    const isRow = isObject(record) && record.spanID !== undefined;
    return (isRow ? [record] : rowsOf(record)).flatMap((row) => spanOfRow(row, context));
  },
});

function withLists(row: Json): Json {
  if (!isObject(row)) return row;
  const lists = LISTS.map((name) => [name, listIn(row[name])] as const);
  return { ...row, ...(Object.fromEntries(lists) as JsonObject) };
}

function listIn(cell: Json | undefined): Json {
  try {
    return typeof cell === 'string' ? parseTextExactly(cell) : [];
  } catch {
    return [];
  }
}

/** Columns of a frame → its rows. */
function rowsOf(frame: Json): JsonObject[] {
  const fields = listOf(valueAt(frame, 'schema', 'fields') ?? ownValue(frame, 'fields'));
  const values = listOf(valueAt(frame, 'data', 'values'));
  const columns = fields.map((field, i) => ({
    name: textIn(field, 'name'),
    // Older versions have a list within.
    cells: listOf(values[i] ?? valueAt(field, 'values', 'buffer') ?? ownValue(field, 'values')),
  }));
  const length = Math.max(0, ...columns.map(({ cells }) => cells.length));
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(columns.map(({ name, cells }) => [name, cells[row] ?? null])),
  );
}

function spanOfRow(row: JsonObject, { note }: RecordContext): Span[] {
  const read = ids.safeParse(row);
  if (!read.success) {
    note('record-invalid', 'rejected', describeIssue(read.error));
    return [];
  }
  const { traceID: traceId, spanID: spanId, parentSpanID: parentSpanId } = read.data;
  const span = new SpanDraft({ traceId, spanId, parentSpanId });
  span.name = textIn(row, 'operationName');
  span.startUnixNano = parseInstant(row.startTime, 'ms');
  span.durationNs = parseDuration(row.duration, 'ms');
  span.scope = {
    name: textIn(row, 'instrumentationLibraryName'),
    version: textIn(row, 'instrumentationLibraryVersion'),
  };
  setAll(span.resource, pairsOf(row.serviceTags));
  span.setResource('service.name', row.serviceName);
  const tags = pairsOf(row.tags);
  span.kind = parseKind(textIn(row, 'kind') || plainText(tags.get('span.kind'))) ?? 0;
  const failed = plainText(tags.get('error')) === 'true' ? 2 : 0;
  span.status = (parseStatus(plainText(row.statusCode)) ?? 0) || failed;
  span.statusMessage = textIn(row, 'statusMessage');
  setAll(span.attributes, tags);
  for (const log of listOf(row.logs)) readLog(span, log);
  for (const reference of listOf(row.references)) {
    const isParent = spanIdOf(reference) === plainText(row.parentSpanID);
    if (!isParent) span.link(ownValue(reference, 'traceID'), spanIdOf(reference));
  }
  return [span.finish()];
}

function spanIdOf(reference: Json): string {
  return textIn(reference, 'spanID');
}

function readLog(span: SpanDraft, log: Json): void {
  const fields = pairsOf(ownValue(log, 'fields'));
  const time = parseInstant(ownValue(log, 'timestamp'));
  const name = textIn(log, 'name') || plainText(fields.get('event')) || plainText(fields.get('message'));
  const attributes: Parameters<typeof setAll>[0] = new Map();
  setAll(attributes, fields);
  span.event(
    fields.has('exception.type') || fields.has('exception.message') ? 'exception' : name,
    time,
    attributes,
  );
}

/** `[{"key":…,"value":…}]`, or an object. */
function pairsOf(list: Json | undefined): Map<string, unknown> {
  if (!isObject(list) && !Array.isArray(list)) return new Map();
  return new Map(
    isObject(list)
      ? entriesOf(list)
      : listOf(list).map((pair) => [textIn(pair, 'key'), ownValue(pair, 'value')] as const),
  );
}
