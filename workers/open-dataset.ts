/** A dataset in memory, ready for questions. */
import type { Segment } from '../src/columns/segment.ts';
import type { DataRange } from '../src/model/answers.ts';
import type { DatasetCounts, DatasetSummary, SourceFile } from '../src/model/dataset.ts';
import type { FileCounts } from '../src/model/import-choice.ts';
import type { DatasetStore } from '../src/store/dataset-store.ts';
import type { SegmentPlace } from '../src/store/stored-types.ts';
import { SegmentsAtHand } from './segments-at-hand.ts';

export interface OpenDataset<Requests> {
  readonly summary: DatasetSummary;
  readonly requests: Requests;
  readonly segments: SegmentsAtHand;
}

/** Counts of what was assembled; the files add `records` and `rejected`. */
export type AssembledCounts = Omit<DatasetCounts, 'records' | 'rejected'>;

/** Takes segments in any order; `finish` gives the same whatever the order was. */
export interface Assembler<Requests> {
  /** `expected`: how many records there will be in all, about. */
  add(segment: Segment, place: SegmentPlace, expected?: number): void;
  finish(): {
    requests: Requests;
    fingerprint: string;
    counts: AssembledCounts;
    range: DataRange | null;
    /** By the number of the file; fewer where the last ones gave no span. */
    files?: readonly FileCounts[];
  };
}

/** Reads the requests, never the segments, unless an older version wrote them. Throws StoreError. */
export async function openDataset<Requests>(
  store: DatasetStore<Segment, Requests>,
  id: number,
  newAssembler: () => Assembler<Requests>,
): Promise<OpenDataset<Requests>> {
  const summary = await store.summary(id);
  const requests = await store.requests(id);
  return requests === null
    ? assembleAnew(store, summary, newAssembler())
    : { summary, requests, segments: new SegmentsAtHand() };
}

async function assembleAnew<Requests>(
  store: DatasetStore<Segment, Requests>,
  summary: DatasetSummary,
  assembler: Assembler<Requests>,
): Promise<OpenDataset<Requests>> {
  const { id, name, importedAt, files } = summary;
  const { records } = summary.counts;
  const segments = new SegmentsAtHand();
  for await (const { segment, place } of store.segments(id)) {
    assembler.add(segment, place, records);
    segments.add(place, segment);
  }
  const { requests, fingerprint, counts, range } = assembler.finish();
  const facts = { name, importedAt, files, fingerprint, counts: countRecords(counts, files), range };
  const pending = await store.begin({ label: name, into: id, fileBytes: 0 });
  return { summary: await store.commit(pending, id, { facts, requests }), requests, segments };
}

/** records = spans + duplicates + rejected. */
export function countRecords(counts: AssembledCounts, files: readonly SourceFile[]): DatasetCounts {
  const rejected = files.reduce((sum, file) => sum + file.rejected, counts.orphans ?? 0);
  return { ...counts, rejected, records: counts.spans + counts.duplicates + rejected };
}
