/** What people have told about a file takes the place of what was found in it. */
import type { ColumnMapping } from '../model/column-mapping.ts';
import type { FileFinding, ImportOptions } from '../model/import-choice.ts';
import type { Detection } from './detect.ts';
import { findingOf } from './file-finding.ts';
import { FORMATS } from './registry.ts';
import { GENERIC_TABLE_ID } from './table-mapping.ts';
import type { Head } from './trace-format.ts';

export interface ToldFormat {
  readonly found: Detection;
  readonly finding: FileFinding;
  readonly mapping: ColumnMapping | null;
}

/** `name` is the file's in the summary. */
export function heedTold(
  found: Detection,
  head: Omit<Head, 'outline'>,
  { name, options }: { name: string; options: ImportOptions },
): ToldFormat {
  const toldId = options.formats.find((told) => told.name === name)?.formatId;
  const told = FORMATS.find(({ id }) => id === toldId) ?? null;
  const finding = findingOf(told ?? found.format, head, told !== null);
  const heeded: Detection = told ? { format: told, refusal: null } : found;
  const { table } = finding;
  const mapping = options.mappings.find(({ shapeKey }) => shapeKey === table?.shapeKey)?.mapping ?? null;
  if (!table || !mapping) return { found: heeded, finding, mapping: null };
  const format = FORMATS.find(({ id }) => id === GENERIC_TABLE_ID);
  if (!format) return { found: heeded, finding, mapping: null };
  const evidence = 'It is a table with columns that you have mapped.';
  return {
    found: { format, refusal: null },
    finding: { ...finding, formatId: GENERIC_TABLE_ID, evidence, table: { ...table, mapping, missing: [] } },
    mapping,
  };
}
