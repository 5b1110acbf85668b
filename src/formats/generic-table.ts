/**
 * Spans as rows of any table (CSV, TSV, semicolons) or as flat JSON objects, columns recognised by alias or
 * told by people (FORMATS.md §3.28): Nezha, AIOpsLab, AnoMod, GAIA, RCAEval, New Relic, spreadsheets.
 * Not supported: rows that stand for several spans; times relative to something else than 1970.
 */
import * as z from 'zod';
import type { Span } from '../model/span.ts';
import { type ColumnMapping, guessMapping, type MappingGuess, type TimeUnit } from './column-mapping.ts';
import { durationUnitOf } from './duration-unit.ts';
import { flatRow, ROW_LISTS } from './json-rows.ts';
import { isObject, type Json } from './json-value.ts';
import { spanOfRow } from './mapped-row.ts';
import type { RecordContext } from './record-format.ts';
import { PeekedSource, tableFormat } from './table-format.ts';
import { GENERIC_TABLE_ID, GENERIC_TABLE_LABEL } from './table-mapping.ts';
import { HEAD_BYTES, readTableHead, type TableHead } from './table-head.ts';
import type { Head, TraceFormat } from './trace-format.ts';

const ROW_PREFIXES = ['', '[].', ...ROW_LISTS.map((list) => `${list}[].`)];

/** The last resort: it claims only what none of the others does. */
export function genericTable(others: readonly TraceFormat[]): TraceFormat {
  return {
    id: GENERIC_TABLE_ID,
    label: GENERIC_TABLE_LABEL,
    matches: (head) => isReadable(guessOf(head)) && !others.some((format) => format.matches(head)),
    async read(source, sink, notes, hints) {
      const peeked = new PeekedSource(source);
      const table = readTableHead(await peeked.peek(HEAD_BYTES));
      const mapping = hints?.mapping ?? (table ? guessMapping(table.columns).mapping : null);
      const format = rowFormat(table && mapping ? withUnit(mapping, table) : mapping, hints?.durationUnit);
      await tableFormat(format).read(peeked, sink, notes);
    },
  };
}

/** Ids and a time are in log lines, too: a span has a length or a parent besides. */
function isReadable(guess: MappingGuess | null): boolean {
  if (!guess || guess.missing.length > 0) return false;
  const { duration, end, parentSpanId } = guess.mapping.columns;
  return duration !== undefined || end !== undefined || parentSpanId !== undefined;
}

function guessOf(head: Head): MappingGuess | null {
  const table = readTableHead(head.bytes);
  if (table) return guessMapping(table.columns);
  if (!head.outline) return null;
  for (const prefix of ROW_PREFIXES) {
    const guess = guessMapping(head.outline.keysBelow(prefix));
    // Columns that are lists are no row.
    const isRow = !head.outline.has(`${prefix}${guess.mapping.columns.traceId ?? ''}[]`);
    if (isRow && isReadable(guess)) return guess;
  }
  return null;
}

function withUnit(mapping: ColumnMapping, { columns, rows }: TableHead): ColumnMapping {
  return { ...mapping, durationUnit: durationUnitOf(mapping, columns, rows) };
}

/** null: the mapping is guessed from the keys of the objects; `unit` is that of durations that do not bear one. */
function rowFormat(
  mapping: ColumnMapping | null,
  unit: TimeUnit | null = null,
): Parameters<typeof tableFormat<Json>>[0] {
  return {
    id: GENERIC_TABLE_ID,
    label: GENERIC_TABLE_LABEL,
    lists: ROW_LISTS,
    matchesJson: () => true,
    matchesColumns: () => true,
    schema: z.custom<Json>(),
    quick: (record) => record,
    open: () => new RowReader(mapping, unit).read,
  };
}

/** Reads rows one after another, by a mapping or by the keys that they have. */
export class RowReader {
  #mapping: ColumnMapping | null;
  readonly #isGiven: boolean;
  readonly #unit: TimeUnit | null;
  readonly #keys = new Set<string>();

  /** `unit` is that of durations whose column does not bear one; null: that of the row's start. */
  constructor(mapping: ColumnMapping | null, unit: TimeUnit | null = null) {
    this.#mapping = mapping && withUnitOf(mapping, unit);
    this.#unit = unit;
    this.#isGiven = mapping !== null;
  }

  readonly read = (record: Json, context: RecordContext): readonly Span[] => {
    const row = this.#isGiven && !hasObjects(record) ? record : flatRow(record);
    const span = spanOfRow(row, this.#mappingFor(row));
    if (typeof span !== 'string') return [span];
    context.note('record-invalid', 'rejected', `A row is not as expected: ${span}.`);
    return [];
  };

  /** Objects may lack keys: all keys seen so far are the header. */
  #mappingFor(row: Json): ColumnMapping {
    if (this.#isGiven && this.#mapping) return this.#mapping;
    const before = this.#keys.size;
    if (isObject(row)) for (const key of Object.keys(row)) this.#keys.add(key);
    if (!this.#mapping || this.#keys.size > before) {
      this.#mapping = withUnitOf(guessMapping([...this.#keys]).mapping, this.#unit);
    }
    return this.#mapping;
  }
}

/** Unless the column bears another one. */
function withUnitOf(mapping: ColumnMapping, unit: TimeUnit | null): ColumnMapping {
  return mapping.durationUnit === null && unit !== null ? { ...mapping, durationUnit: unit } : mapping;
}

function hasObjects(record: Json): boolean {
  if (!isObject(record)) return false;
  for (const key in record) if (isObject(record[key])) return true;
  return false;
}
