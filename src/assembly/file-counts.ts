import type { FileCounts, SpansNearEpoch } from '../model/import-choice.ts';
import { hexOfWords } from '../util/hex.ts';
import type { SpanTable } from './span-table.ts';
import { isNearEpoch, startOf } from './starts.ts';

/** Traces and services that each file has a share in; by the number of the file. Duplicates count as spans too, orphans do not. */
export function countByFile(
  table: SpanTable,
  segments: readonly { readonly place: { readonly file: number }; readonly spanCount: number }[],
  orphans: ReadonlySet<number>,
): FileCounts[] {
  const lastFile = new Int32Array(table.traceIndex.count).fill(-1);
  const counts: OpenCounts[] = [];
  let row = 0;
  for (const { place, spanCount } of segments) {
    while (counts.length <= place.file)
      counts.push({ spans: 0, orphans: 0, traces: 0, services: new Set(), early: 0, firstEarly: -1 });
    const count = counts[place.file];
    for (const end = row + spanCount; row < end; row++) {
      if (orphans.has(row)) {
        count.orphans++;
        continue;
      }
      count.spans++;
      if (isNearEpoch(table.starts, row) && count.early++ === 0) count.firstEarly = row;
      count.services.add(table.service(row));
      const trace = table.trace[row];
      if (lastFile[trace] === place.file) continue;
      lastFile[trace] = place.file;
      count.traces++;
    }
  }
  return counts.map(({ services, early, firstEarly, ...count }) => ({
    ...count,
    services: services.size,
    ...(early > 0 && { nearEpoch: { count: early, first: describeSpan(table, firstEarly) } }),
  }));
}

interface OpenCounts {
  spans: number;
  orphans: number;
  traces: number;
  services: Set<number>;
  early: number;
  /** Row; −1: none. */
  firstEarly: number;
}

function describeSpan(table: SpanTable, row: number): SpansNearEpoch['first'] {
  const traceId = hexOfWords(table.traceIndex.idOf(table.trace[row]), 0, 4);
  return { name: table.texts.text(table.names[row]), traceId, start: startOf(table.starts, row) };
}
