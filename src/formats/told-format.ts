/** What people have told about a file takes the place of what was found in it. */
import type { ColumnMapping, TimeUnit } from '../model/column-mapping.ts';
import type { FileFinding, ImportOptions } from '../model/import-choice.ts';
import type { Detection } from './detect.ts';
import { guessDurationUnit } from './duration-unit.ts';
import { findingOf } from './file-finding.ts';
import { jsonTable } from './json-rows.ts';
import { FORMATS } from './registry.ts';
import { describeUnits } from './unit-words.ts';
import { GENERIC_TABLE_ID, type TableShape, tableShape } from './table-mapping.ts';
import type { Head } from './trace-format.ts';

export interface ToldFormat {
  readonly found: Detection;
  readonly finding: FileFinding;
  readonly mapping: ColumnMapping | null;
  /** As ReadHints.durationUnit. */
  readonly durationUnit: TimeUnit | null;
}

/** `name` is the file's in the summary; `whole` gives its content, null: too much to be looked at. */
export async function heedTold(
  found: Detection,
  head: Omit<Head, 'outline'>,
  { name, options, whole }: { name: string; options: ImportOptions; whole: () => Promise<Blob | null> },
): Promise<ToldFormat> {
  const toldId = options.formats.find((told) => told.name === name)?.formatId;
  const told = FORMATS.find(({ id }) => id === toldId) ?? null;
  const heeded: Detection = told ? { format: told, refusal: null } : found;
  const shape = await mappableTable(heeded, head.bytes, whole);
  const finding = findingOf(heeded.format, head, { byHand: told !== null, table: shape });
  const { table } = finding;
  const mapping = options.mappings.find(({ shapeKey }) => shapeKey === table?.shapeKey)?.mapping ?? null;
  if (!table || !mapping) {
    const units = shape && heeded.format ? describeUnits(shape, shape.mapping, false) : [];
    return { found: heeded, finding: { ...finding, units }, mapping: null, durationUnit: unitOfRows(shape) };
  }
  const format = heeded.format?.tableOf ? heeded.format : FORMATS.find(({ id }) => id === GENERIC_TABLE_ID);
  if (!format) return { found: heeded, finding, mapping: null, durationUnit: null };
  const evidence = 'It is a table with columns that you have mapped.';
  return {
    found: { format, refusal: null },
    finding: {
      ...finding,
      formatId: format.id,
      evidence,
      units: shape ? describeUnits(shape, mapping, true) : [],
      table: { ...table, mapping, missing: [] },
    },
    mapping,
    durationUnit: unitOfRows(shape, mapping),
  };
}

/** Of rows of JSON, whose file may be read in parts; null: only their own start times tell it. */
function unitOfRows(shape: TableShape | null, mapping = shape?.mapping): TimeUnit | null {
  if (!shape?.isJson || !mapping) return null;
  const { unit, reason } = guessDurationUnit(mapping, shape.columns, shape.rows);
  return reason === 'nesting' || reason === 'length' ? unit : null;
}

/** null: no table, or one of a format that knows its columns. */
async function mappableTable(
  found: Detection,
  head: Uint8Array,
  whole: () => Promise<Blob | null>,
): Promise<TableShape | null> {
  const { format } = found;
  if (format === null || format.id === GENERIC_TABLE_ID) {
    const mayBeRows = found.format !== null || found.mayBeRows;
    return tableShape(head) ?? (mayBeRows ? jsonTable(head) : null);
  }
  const file = format.tableOf ? await whole() : null;
  return file && format.tableOf ? format.tableOf(file) : null;
}
