/** The unit of a duration column that does not bear it in its name, told from the first rows (FORMATS.md §3.28). */
import type { ColumnMapping, TimeUnit } from './column-mapping.ts';
import { NS_POWER, parseInstant } from './instants.ts';

/** Smallest first: a duration that is too long shows, one that is too short does not. */
const UNITS: readonly TimeUnit[] = ['ns', 'us', 'ms', 's'];
/** Share of the children that must lie within their parents. */
const MOST = 0.9;
const FEWEST_PAIRS = 3;
/** An hour: half of the calls of a table are shorter. */
const LONGEST_CALL_MS = 3_600_000;

interface TimedRow {
  readonly parent: string;
  readonly startNs: number;
  readonly duration: number;
}

/** By the mapping, else guessed. */
export function durationUnitOf(
  mapping: ColumnMapping,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): TimeUnit {
  return mapping.durationUnit ?? guessDurationUnit(mapping, columns, rows).unit;
}

/** By children that must fit into their parents, else the unit of the start times; of dates ms, if they may be. */
export function guessDurationUnit(
  mapping: ColumnMapping,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): { readonly unit: TimeUnit; readonly reason: 'nesting' | 'starts' | 'length' | 'dates' } {
  const nested = unitByNesting(timedRows(mapping, columns, rows));
  if (nested) return { unit: nested, reason: 'nesting' };
  const cell = (row: readonly string[] | undefined, role: string | undefined): string =>
    row?.[columns.indexOf(role ?? '')] ?? '';
  const start = cell(rows[0], mapping.columns.start);
  const { startUnit } = mapping;
  const isBesideOne = startUnit ? startUnit !== 's' : Number(start) > 1e11;
  if (isBesideOne) return { unit: unitBeside(startUnit, start), reason: 'starts' };
  const durations = rows.map((row) => Number(cell(row, mapping.columns.duration)));
  return isTooLong(durations) ? { unit: 'ns', reason: 'length' } : { unit: 'ms', reason: 'dates' };
}

/** Calls do not mostly take hours: then it is ns, which is what the writers of such numbers count in. */
function isTooLong(durations: readonly number[]): boolean {
  const sorted = durations.filter((ms) => ms > 0).toSorted((a, b) => a - b);
  return sorted.length > 0 && sorted[sorted.length >> 1] > LONGEST_CALL_MS;
}

function timedRows(
  { columns: roles, startUnit }: ColumnMapping,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
): Map<string, TimedRow> {
  const at = (role: string | undefined): number => (role === undefined ? -1 : columns.indexOf(role));
  const [trace, span, parent] = [at(roles.traceId), at(roles.spanId), at(roles.parentSpanId)];
  const [start, duration] = [at(roles.start), at(roles.duration)];
  const timed = new Map<string, TimedRow>();
  for (const row of rows) {
    const startNs = parseInstant(row[start], startUnit ?? undefined);
    const length = Number(row[duration]);
    if (startNs === null || !Number.isFinite(length)) continue;
    // A double is exact enough to compare with.
    timed.set(`${row[trace]} ${row[span]}`, {
      parent: `${row[trace]} ${row[parent]}`,
      startNs: Number(startNs),
      duration: length,
    });
  }
  return timed;
}

/** The smallest unit in which the children end before their parents do. */
function unitByNesting(rows: ReadonlyMap<string, TimedRow>): TimeUnit | null {
  const pairs = [...rows.values()].flatMap((child) => {
    const parent = rows.get(child.parent);
    const offsetNs = parent ? child.startNs - parent.startNs : 0;
    return parent && offsetNs > 0 ? [{ offsetNs, spare: parent.duration - child.duration }] : [];
  });
  if (pairs.length < FEWEST_PAIRS) return null;
  const fits = (unit: TimeUnit): number =>
    pairs.filter(({ offsetNs, spare }) => spare * 10 ** NS_POWER[unit] >= offsetNs).length;
  return UNITS.find((unit) => fits(unit) >= pairs.length * MOST) ?? null;
}

/**
 * The unit of a duration beside a start: that of the start's number, which is told or puts it between 2001 and
 * 2100; of seconds and of anything else, dates for one, ms: people write it beside them.
 */
export function unitBeside(startUnit: TimeUnit | null | undefined, start: unknown): TimeUnit {
  if (startUnit) return startUnit === 's' ? 'ms' : startUnit;
  const size = Number(start);
  if (!(size > 1e11)) return 'ms';
  if (size < 1e14) return 'ms';
  return size < 1e17 ? 'us' : 'ns';
}
