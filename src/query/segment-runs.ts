import type { RequestTable } from '../assembly/request-table.ts';

/** The disk gives several segments at once in less time than one by one; a SpanSource holds as many. */
const AT_ONCE = 3;

/** Records [from, to) of a list, which one segment holds. */
export interface SegmentRun {
  /** Its number in canonical order. */
  readonly segment: number;
  readonly firstRecord: number;
  readonly from: number;
  readonly to: number;
}

/**
 * What is read of each segment that holds some of the records, which ascend. Reads the next ones while one is looked
 * at; rejects as the store does.
 */
export async function* readRuns<Read>(
  table: RequestTable,
  records: Uint32Array,
  read: (segment: number) => Promise<Read>,
): AsyncGenerator<readonly [run: SegmentRun, read: Read]> {
  const runs = segmentRuns(table, records);
  const reading: Promise<Read>[] = [];
  let next = 0;
  for (const run of runs) {
    while (reading.length < AT_ONCE && next < runs.length) {
      const begun = read(runs[next++].segment);
      // Told when its turn comes.
      begun.catch(() => undefined);
      reading.push(begun);
    }
    const [first] = reading.splice(0, 1);
    yield [run, await first];
  }
}

function segmentRuns({ segments }: RequestTable, records: Uint32Array): SegmentRun[] {
  const runs: SegmentRun[] = [];
  let from = 0;
  let firstRecord = 0;
  for (let segment = 0; segment * 4 < segments.length; segment++) {
    const end = firstRecord + segments[segment * 4 + 3];
    let to = from;
    while (to < records.length && records[to] < end) to++;
    if (to > from) runs.push({ segment, firstRecord, from, to });
    from = to;
    firstRecord = end;
  }
  return runs;
}
