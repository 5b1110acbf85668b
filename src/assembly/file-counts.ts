import type { FileCounts } from '../model/import-choice.ts';
import type { SpanTable } from './span-table.ts';

/** Traces and services that each file has a share in; by the number of the file. Duplicates count as spans too, orphans do not. */
export function countByFile(
  table: SpanTable,
  segments: readonly { readonly place: { readonly file: number }; readonly spanCount: number }[],
  orphans: ReadonlySet<number>,
): FileCounts[] {
  const lastFile = new Int32Array(table.traceIndex.count).fill(-1);
  const counts: { spans: number; orphans: number; traces: number; services: Set<number> }[] = [];
  let row = 0;
  for (const { place, spanCount } of segments) {
    while (counts.length <= place.file) counts.push({ spans: 0, orphans: 0, traces: 0, services: new Set() });
    const count = counts[place.file];
    for (const end = row + spanCount; row < end; row++) {
      if (orphans.has(row)) {
        count.orphans++;
        continue;
      }
      count.spans++;
      count.services.add(table.service(row));
      const trace = table.trace[row];
      if (lastFile[trace] === place.file) continue;
      lastFile[trace] = place.file;
      count.traces++;
    }
  }
  return counts.map((count) => ({ ...count, services: count.services.size }));
}
