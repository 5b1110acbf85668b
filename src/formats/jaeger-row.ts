/**
 * Jaeger's documents as rows of a table → as Elasticsearch holds them: the CSV of Discover, tables of data sets.
 * What is a list in the document is JSON (or Python's or ClickHouse's notation of it) in one cell, or its fields are
 * columns of their own (`references.spanID`), values joined by commas.
 */
import { parseLiteral } from './clickhouse-literal.ts';
import { discoverRow, fieldsBelow } from './discover-row.ts';
import { isObject, type Json, type JsonObject, textOf } from './json-value.ts';
import { parseTextExactly } from './parse-text.ts';

/** The table has a column for the process and one for the references. */
export function hasJaegerColumns(columns: ReadonlySet<string>): boolean {
  return (
    ['traceID', 'spanID', 'operationName'].every((column) => columns.has(column)) &&
    (columns.has('process') || columns.has('process.serviceName')) &&
    (columns.has('references') || columns.has('references.spanID'))
  );
}

/** The document that the row was. */
export function jaegerRow(row: Json): Json {
  const fields = discoverRow(row);
  const process = jsonIn(fields.process);
  return {
    ...fields,
    startTime: fields.startTime ?? usOfMillis(fields.startTimeMillis),
    references: objectsIn(fields, 'references', ['refType', 'traceID', 'spanID']),
    tags: objectsIn(fields, 'tags', ['key', 'type', 'value']),
    tag: fieldsBelow(fields, 'tag.'),
    logs: objectsIn(fields, 'logs', []),
    process: isObject(process)
      ? process
      : {
          serviceName: textOf(fields['process.serviceName']) ?? textOf(process),
          tags: objectsIn(fields, 'process.tags', ['key', 'type', 'value']),
          tag: fieldsBelow(fields, 'process.tag.'),
        },
  };
}

/** A number of ms, or a date. */
function usOfMillis(value: Json | undefined): Json | undefined {
  const text = textOf(value);
  return text !== undefined && /^\d+$/.test(text) ? `${text}000` : value;
}

/** The objects of a list that is in the column, or whose fields are in columns below it. */
function objectsIn(row: JsonObject, column: string, names: readonly string[]): readonly Json[] {
  const whole = jsonIn(row[column]);
  if (Array.isArray(whole)) return (whole as readonly Json[]).map(withoutLists);
  if (isObject(whole)) return [withoutLists(whole)];
  const cells = names.map((name) => (textOf(row[`${column}.${name}`]) ?? '').split(/,\s*/));
  // A value with a comma of its own leaves nobody knowing which belong together.
  const [first] = cells;
  if (!first || first[0] === '' || cells.some((cell) => cell.length !== first.length)) return [];
  return first.map((_, i) => Object.fromEntries(names.map((name, at) => [name, cells[at][i]])));
}

/** Elasticsearch's `fields` have a list for every value. */
function withoutLists(object: Json): Json {
  if (!isObject(object)) return object;
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      const only = Array.isArray(value) && value.length === 1 ? (value as readonly Json[])[0] : value;
      return [key, isObject(only) ? value : only];
    }),
  );
}

/** A value that is JSON in a text, or several objects one after another; anything else as it is. */
function jsonIn(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string' || !/^\s*[{[]/.test(value)) return value;
  for (const text of [value, `[${value}]`]) {
    try {
      return parseTextExactly(text);
    } catch {
      const literal = parseLiteral(text);
      if (literal) return plainJson(literal);
    }
  }
  return value;
}

function plainJson(value: unknown): Json {
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, inner]) => [String(key), plainJson(inner)]));
  }
  return Array.isArray(value) ? value.map(plainJson) : (textOf(value) ?? null);
}
