import type { RequestTable } from '../assembly/request-table.ts';
import { isNearEpoch, startOf } from '../assembly/starts.ts';
import type { TimeBucket, TimeSeries } from '../model/answers.ts';
import { scratch } from '../util/scratch.ts';
import { countOf, failedOf, inDataOf, timesOf } from './extrapolation.ts';

const MS = 1_000_000n;
const SECOND = 1000n * MS;
const MINUTE = 60n * SECOND;
const HOUR = 60n * MINUTE;
const DAY = 24n * HOUR;

/** Bar widths that people can read off an axis. */
const WIDTHS: readonly bigint[] = [
  ...[1n, 2n, 5n, 10n, 20n, 50n, 100n, 200n, 500n].map((n) => n * MS),
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((n) => n * SECOND),
  ...[1n, 2n, 5n, 10n, 15n, 30n].map((n) => n * MINUTE),
  ...[1n, 2n, 3n, 6n, 12n].map((n) => n * HOUR),
  ...[1n, 2n, 7n, 14n, 30n, 91n, 365n, 3650n].map((n) => n * DAY),
];
const MOST_BUCKETS = 60n;

/** Requests by start over [from, to), in at most about 60 bars of a readable width. */
export function timeSeriesOf(table: RequestTable, rows: Uint32Array, from: bigint, to: bigint): TimeSeries {
  const bars = timeBars(from, to);
  const members = rowsInBars(table, rows, bars);
  const buckets = bars.starts.map((start, i): TimeBucket => {
    const { median, p95 } = timesOf(table, members[i]);
    const inData = inDataOf(table, members[i]);
    return {
      from: start,
      requests: countOf(table, members[i]),
      failedRequests: failedOf(table, members[i]),
      median: members[i].length === 0 ? null : median,
      p95: members[i].length === 0 ? null : p95,
      ...(inData && { inData }),
    };
  });
  const undrawn = undrawnOf(table, rows, bars.starts[0]);
  return { widthNs: bars.widthNs, buckets, ...(undrawn > 0 && { undrawn }) };
}

/** Those near 1970 that the first bar does not reach. */
function undrawnOf({ starts }: RequestTable, rows: Uint32Array, firstBar: bigint): number {
  let undrawn = 0;
  for (const row of rows) if (isNearEpoch(starts, row) && startOf(starts, row) < firstBar) undrawn++;
  return undrawn;
}

export interface TimeBars {
  readonly widthNs: bigint;
  readonly starts: readonly bigint[];
}

/** At most about 60 of a readable width that hold [from, to). */
export function timeBars(from: bigint, to: bigint): TimeBars {
  const widthNs = widthFor(to - from);
  const first = (from / widthNs) * widthNs;
  const count = Math.max(1, Number((to - first + widthNs - 1n) / widthNs));
  return { widthNs, starts: Array.from({ length: count }, (_, i) => first + BigInt(i) * widthNs) };
}

/** Outside of the bars, or without a time. */
export const NO_BAR = -1;

/** Gives the number of the bar that a request starts in. */
export function barFinder({ starts }: RequestTable, bars: TimeBars): (row: number) => number {
  const count = bars.starts.length;
  const firstHi = Number(bars.starts[0] >> 32n);
  const firstLo = Number(bars.starts[0] & 0xffff_ffffn);
  const widthNs = Number(bars.widthNs);
  return (row) => {
    const hi = starts[row * 2];
    const lo = starts[row * 2 + 1];
    if (hi === 0 && lo === 0) return NO_BAR;
    // Exact up to 104 days from the first bar, and within 2 ns of a bar's edge up to 208.
    const bar = Math.floor(((hi - firstHi) * 4_294_967_296 + (lo - firstLo)) / widthNs);
    return bar >= 0 && bar < count ? bar : NO_BAR;
  };
}

/** Rows by bar; those outside or without a time are left out. */
export function rowsInBars(table: RequestTable, rows: Uint32Array, bars: TimeBars): Uint32Array[] {
  const grouped = groupByBucket(table, rows, bars);
  return bars.starts.map((_, i) => grouped.rows.subarray(grouped.starts[i], grouped.starts[i + 1]));
}

function widthFor(range: bigint): bigint {
  return WIDTHS.find((width) => range <= width * MOST_BUCKETS) ?? WIDTHS[WIDTHS.length - 1];
}

const bucketsOfRows = scratch((length) => new Int32Array(length));

/** Rows sorted into buckets by counting; those outside or without a time are left out. */
function groupByBucket(
  table: RequestTable,
  rows: Uint32Array,
  bars: TimeBars,
): { rows: Uint32Array; starts: Uint32Array } {
  const bucketOf = barFinder(table, bars);
  const count = bars.starts.length;
  const buckets = bucketsOfRows(rows.length);
  const ends = new Uint32Array(count + 1);
  for (let i = 0; i < rows.length; i++) {
    buckets[i] = bucketOf(rows[i]);
    if (buckets[i] !== NO_BAR) ends[buckets[i] + 1]++;
  }
  for (let i = 0; i < count; i++) ends[i + 1] += ends[i];
  const sorted = new Uint32Array(ends[count]);
  const next = ends.slice();
  for (let i = 0; i < rows.length; i++) if (buckets[i] !== NO_BAR) sorted[next[buckets[i]]++] = rows[i];
  return { rows: sorted, starts: ends };
}
