/** Why a file was taken for what it is: a sentence made of what the format's own test looked at. */
import type { FileFinding, TableFinding } from '../model/import-choice.ts';
import { decodeBytes } from '../util/bytes.ts';
import { JsonOutline } from './json-outline.ts';
import type { TableShape } from './table-mapping.ts';
import { readTableHead } from './table-head.ts';
import type { Head, TraceFormat } from './trace-format.ts';

const MOST_KEYS = 4;
const MOST_COLUMNS = 6;
const ROWS_SHOWN = 5;
const LONGEST_CELL = 80;
/** Exports that end at such a number of rows were probably cut there. */
const CUT_AT: readonly number[] = [1000, 5000, 10_000, 50_000, 100_000];
const GRAFANA_KEYS = /"batches"\s*:\s*\[\s*\{\s*"resource"/;

/** Remembers which of its keys were asked for and found. */
class WatchedOutline extends JsonOutline {
  readonly found = new Set<string>();

  override has(path: string): boolean {
    const has = super.has(path);
    if (has) this.#keep(path);
    return has;
  }

  override matches(pattern: RegExp): boolean {
    const path = this.find(pattern);
    if (path !== null) this.#keep(path);
    return path !== null;
  }

  #keep(path: string): void {
    const key = path.replaceAll('[]', '').replace(/^\.+/, '');
    if (key !== '') this.found.add(key);
  }
}

/** `head` is that of the content, its containers taken off; `table` what it is as a table, if it is one. */
export function findingOf(
  format: TraceFormat | null,
  head: Omit<Head, 'outline'>,
  { byHand, table }: { byHand: boolean; table: TableShape | null },
): FileFinding {
  return {
    formatId: format?.id ?? null,
    evidence: format === null ? null : byHand ? 'You chose this format.' : evidenceOf(format, head),
    byHand,
    warnings: format === null ? [] : warningsOf(head.bytes),
    table: table && tableFinding(table),
  };
}

function evidenceOf(format: TraceFormat, head: Omit<Head, 'outline'>): string {
  if (format.isBinary) return 'Its first bytes are those of this format.';
  const sign = format.signIn?.(head.bytes) ?? null;
  if (sign !== null) return `It has lines such as “${sign}”.`;
  const columns = readTableHead(head.bytes)?.columns.filter((name) => name !== '');
  if (columns) return `It is a table with the columns ${list(columns, MOST_COLUMNS)}`;
  const start = documentStart(head.bytes);
  const outline = new WatchedOutline(head.bytes.subarray(start));
  format.matches({ ...head, outline });
  if (outline.found.size === 0) return 'Its first records have the fields of this format.';
  const keys = outline.found.size === 1 ? 'key' : 'keys';
  return `Its first records have the ${keys} ${list([...outline.found], MOST_KEYS)}`;
}

/** What comes before the first document is a logger's, or a record separator. */
function documentStart(bytes: Uint8Array): number {
  return Math.max(
    0,
    bytes.findIndex((c) => c === 0x7b || c === 0x5b),
  );
}

/** The end of a sentence. */
function list(names: readonly string[], most: number): string {
  const shown = names.slice(0, most).map((name) => `“${name}”`);
  return names.length > most ? `${shown.join(', ')}\u00a0…` : `${shown.join(', ')}.`;
}

/** Sources of which it is known what they leave out (FORMATS.md §3.9). */
function warningsOf(bytes: Uint8Array): string[] {
  const start = decodeBytes(bytes, 0, Math.min(bytes.length, 64 * 1024));
  // Numbers where Tempo itself writes text: Grafana's download.
  if (!GRAFANA_KEYS.test(start) || !/"startTimeUnixNano"\s*:\s*\d/.test(start)) return [];
  return [
    'Grafana’s download keeps the resource of each service’s first span only: there are no instances, and hosts and versions may be those of another span.',
  ];
}

/** Said of an export with so many records; null: nothing. */
export function describeCut(records: number): string | null {
  return CUT_AT.includes(records)
    ? `It holds exactly ${records.toLocaleString('en')} records, a usual limit of exports: it is probably cut there.`
    : null;
}

function tableFinding({ columns, shapeKey, mapping, missing, ...shape }: TableShape): TableFinding {
  const rows = shape.rows.slice(0, ROWS_SHOWN).map((row) => row.map((cell) => cell.slice(0, LONGEST_CELL)));
  return { columns, rows, shapeKey, mapping, missing };
}
