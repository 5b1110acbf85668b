import type { RequestTable } from '../assembly/request-table.ts';
import type { Filter, Target, Timeframe } from '../model/answers.ts';
import type { ConditionField } from '../model/conditions.ts';
import { scratch } from '../util/scratch.ts';
import { chainTests, serviceNumber, targetServices, UNKNOWN_SERVICE } from './chain-filter.ts';
import { columnTest, compileCondition } from './conditions.ts';
import type { RowTest } from './conditions.ts';
import { preparedField, preparedZone } from './prepare-filters.ts';

/**
 * Compiles a filter that was prepared (prepare-filters.ts). The cheapest tests come first. `roots`: the services
 * of the target, where it has several.
 */
export function compileFilter(
  table: RequestTable,
  { timeframe, chains, where, zones }: Filter,
  roots: readonly number[] = [],
): RowTest {
  const read = (field: ConditionField) => preparedField(table, field);
  const tests = [withinTimeframe(table, timeframe)];
  for (const zone of zones) {
    const values = new Set(zone.values);
    tests.push(columnTest(preparedZone(table, zone), (text) => text !== null && values.has(text)));
  }
  tests.push(...chainTests(table, chains, roots, (condition) => compileCondition(table, condition, read)));
  if (where) tests.push(compileCondition(table, where, read));
  return tests.length === 1 ? tests[0] : (row) => tests.every((test) => test(row));
}

/** Half-open [from, to). A request without a time is in no timeframe but the one open on both sides. */
export function withinTimeframe({ starts }: RequestTable, { from, to }: Timeframe): RowTest {
  if (from === null && to === null) return () => true;
  const [fromHi, fromLo] = words(from ?? 0n);
  const [toHi, toLo] = words(to ?? 2n ** 64n - 1n);
  return (row) => {
    const hi = starts[row * 2];
    const lo = starts[row * 2 + 1];
    if (hi === 0 && lo === 0) return false;
    return (hi > fromHi || (hi === fromHi && lo >= fromLo)) && (hi < toHi || (hi === toHi && lo < toLo));
  };
}

/** An instant as two unsigned 32-bit words; what is out of range is moved to its edge. */
function words(instant: bigint): readonly [number, number] {
  const clamped = instant < 0n ? 0n : instant >= 2n ** 64n ? 2n ** 64n - 1n : instant;
  return [Number(clamped >> 32n), Number(clamped & 0xffff_ffffn)];
}

/** Rows that are being gathered. */
export const rowsInHand = scratch((length) => new Uint32Array(length));

export interface TargetRows {
  /** The data holds the service; of several the one that stands for all. */
  readonly found: boolean;
  /** Target requests that pass the filter, ascending. */
  readonly rows: Uint32Array;
  /** Target requests before the filter. */
  readonly unfiltered: number;
}

/** Rows of the target requests (SEMANTICS §6, T). */
export function selectTargets(table: RequestTable, target: Target, filter: Filter): TargetRows {
  if (serviceNumber(table, target.service) === UNKNOWN_SERVICE)
    return { found: false, rows: new Uint32Array(), unfiltered: 0 };
  const services = targetServices(table, target);
  const isWanted = new Uint8Array(table.services.length);
  for (const service of services) isWanted[service] = 1;
  const endpoint = textNumber(table, target.endpoint);
  const instance = textNumber(table, target.instance);
  const passes = compileFilter(table, filter, services);
  const rows = rowsInHand(table.count);
  let count = 0;
  let unfiltered = 0;
  for (let row = 0; row < table.count; row++) {
    if (!isWanted[table.service[row]]) continue;
    if (endpoint !== null && table.endpoint[row] !== endpoint) continue;
    if (instance !== null && table.instance[row] !== instance) continue;
    unfiltered++;
    if (passes(row)) rows[count++] = row;
  }
  return { found: true, rows: rows.slice(0, count), unfiltered };
}

/** null: any; −1: a text that no request bears. */
function textNumber(table: RequestTable, text: string | null): number | null {
  return text === null ? null : table.texts.indexOf(text);
}
