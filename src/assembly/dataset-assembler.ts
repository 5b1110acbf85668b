import type { Segment } from '../columns/segment.ts';
import type { DataRange } from '../model/answers.ts';
import type { DatasetCounts } from '../model/dataset.ts';
import type { FileCounts } from '../model/import-choice.ts';
import { isInferred } from '../model/service.ts';
import { joinDuplicates } from './duplicates.ts';
import { DatasetTexts } from './dataset-texts.ts';
import { countByFile } from './file-counts.ts';
import { Fingerprint } from './fingerprint.ts';
import { RecordColumns } from './record-columns.ts';
import { buildRequests } from './request-builder.ts';
import type { RequestTable } from './request-table.ts';
import { ResourceTable } from './resource-table.ts';
import { factsOfSegment } from './segment-facts.ts';
import { spanDirectory } from './span-directory.ts';
import { SpanTable } from './span-table.ts';
import { isNearEpoch, startRange } from './starts.ts';
import { growSpanTree } from './span-tree.ts';
import type { SpanTree } from './span-tree.ts';

/** Where a segment stands in canonical order: files as given, parts of a file, segments of a part. */
export interface SegmentPlace {
  readonly file: number;
  readonly part: number;
  readonly seq: number;
}

export interface AssembledDataset {
  readonly requests: RequestTable;
  /** 32 hex digits. */
  readonly fingerprint: string;
  /** What the spans say; `records` are those that arrived here, `rejected` the orphans of them. */
  readonly counts: DatasetCounts;
  readonly range: DataRange | null;
  /** By the number of the file. */
  readonly files: readonly FileCounts[];
}

/** Takes segments in any order of arrival and makes the requests of the whole dataset of them. */
export class DatasetAssembler {
  readonly #texts = new DatasetTexts();
  readonly #resources = new ResourceTable(this.#texts);
  /** In the order of arrival, as the rows of `#records`. */
  readonly #segments: { readonly place: SegmentPlace; readonly spanCount: number; readonly first: number }[] =
    [];
  #records = new RecordColumns();
  /** Of all records; that of the spans where each is one. */
  readonly #fingerprint = new Fingerprint(this.#resources);

  /**
   * Keeps what assembly needs; the segment itself may be dropped afterwards. `expected`: how many records there will be
   * in all, about; 0: not known.
   */
  add(segment: Segment, place: SegmentPlace, expected = 0): void {
    const facts = factsOfSegment(segment, this.#texts, this.#resources);
    this.#segments.push({ place, spanCount: facts.spanCount, first: this.#records.count });
    this.#records.append(facts, expected);
    this.#fingerprint.addRecords(facts);
  }

  /** Assembles everything added. Nothing can be added afterwards. */
  finish(): AssembledDataset {
    const segments = this.#segments.toSorted((a, b) => comparePlaces(a.place, b.place));
    if (segments.some((segment, i) => segment !== this.#segments[i])) {
      this.#records.rearrange(
        segments.map(({ first, spanCount }) => ({ from: first, to: first + spanCount })),
      );
    }
    const table = new SpanTable(this.#records, this.#texts, this.#resources);
    // They go with the table.
    this.#records = new RecordColumns();
    const { tree, duplicates, orphans } = hangTogether(table);
    const built = buildRequests(table, tree);
    const requests = { ...built, ...spanDirectory(table, built.span, segments) };
    return {
      requests,
      fingerprint: String(duplicates + orphans.length === 0 ? this.#fingerprint : fingerprintOf(table)),
      counts: countsOf(table, tree, requests, { duplicates, orphans: orphans.length }),
      range: startRange(requests.starts, requests.service.keys()),
      files: countByFile(table, segments, new Set(orphans)),
    };
  }
}

/** A function of its own, so that the index of the spans is gone before the requests are made. */
function hangTogether(table: SpanTable) {
  const { index, duplicates, orphans } = joinDuplicates(table);
  return { tree: growSpanTree(table, index), duplicates, orphans };
}

/** Where some records complete others, or none. */
function fingerprintOf(table: SpanTable): Fingerprint {
  const fingerprint = new Fingerprint(table.resourceTable);
  fingerprint.addSpans(table);
  return fingerprint;
}

function comparePlaces(a: SegmentPlace, b: SegmentPlace): number {
  return a.file - b.file || a.part - b.part || a.seq - b.seq;
}

function countsOf(
  table: SpanTable,
  tree: SpanTree,
  requests: RequestTable,
  { duplicates, orphans }: { duplicates: number; orphans: number },
): DatasetCounts {
  const traces = new Uint8Array(table.traceIndex.count);
  let spansWithoutTime = 0;
  let spansWithoutDuration = 0;
  let spansNearEpoch = 0;
  let clockProblems = 0;
  for (let row = 0; row < table.count; row++) {
    if (!table.primary[row]) continue;
    traces[table.trace[row]] = 1;
    if (table.starts[row * 2] === 0 && table.starts[row * 2 + 1] === 0) spansWithoutTime++;
    if (Number.isNaN(table.durations[row])) spansWithoutDuration++;
    if (isNearEpoch(table.starts, row)) spansNearEpoch++;
    clockProblems += table.reversed[row];
  }
  const inferredRequests = requests.service.reduce(
    (sum, service) => sum + (isInferred(requests.services[service].type) ? 1 : 0),
    0,
  );
  return {
    records: table.count,
    spans: table.count - duplicates - orphans,
    duplicates,
    rejected: orphans,
    orphans,
    traces: traces.reduce((sum, seen) => sum + seen, 0),
    services: requests.services.length,
    requests: requests.count - inferredRequests,
    inferredRequests,
    spansWithoutTime,
    spansWithoutDuration,
    spansNearEpoch,
    brokenParents: tree.brokenParents,
    clockProblems,
    linksNotFound: tree.linksNotFound,
    loopsCut: tree.loopsCut,
  };
}
