/** Where the spans behind the requests are found: kept with the requests, so that no segment needs reading for it. */
import { NONE } from './span-table.ts';
import type { SpanTable } from './span-table.ts';

export interface SpanDirectory {
  /** By request, 2 words: id of its opening span. */
  readonly spanIds: Uint32Array<ArrayBuffer>;
  /** By record number: number of the record's trace; short ids are joined to full ones. */
  readonly recordTrace: Uint32Array<ArrayBuffer>;
  /** By trace number: its id, 4 big-endian words. */
  readonly traceIds: Uint32Array<ArrayBuffer>;
  /** Segments in canonical order, 4 words each: file, part and seq of its place, and its spans. */
  readonly segments: Uint32Array<ArrayBuffer>;
  /**
   * Records that complete the opening spans (SEMANTICS §1), 2 words each: record of the opening span, later
   * record. Each span once, however many requests it stands for; its later records in canonical order.
   */
  readonly laterRecords: Uint32Array<ArrayBuffer>;
}

export interface DirectorySegment {
  readonly place: { readonly file: number; readonly part: number; readonly seq: number };
  readonly spanCount: number;
}

/** `openings`: record numbers of the requests' opening spans; `segments`: in canonical order. */
export function spanDirectory(
  table: SpanTable,
  openings: Uint32Array,
  segments: readonly DirectorySegment[],
): SpanDirectory {
  const spanIds = new Uint32Array(openings.length * 2);
  openings.forEach((record, request) => {
    spanIds[request * 2] = table.spanIds[record * 2];
    spanIds[request * 2 + 1] = table.spanIds[record * 2 + 1];
  });
  return {
    spanIds,
    recordTrace: table.trace.slice(),
    traceIds: table.traceIndex.ids(),
    segments: Uint32Array.from(
      segments.flatMap(({ place, spanCount }) => [place.file, place.part, place.seq, spanCount]),
    ),
    laterRecords: Uint32Array.from(laterRecordsOf(table, openings)),
  };
}

function laterRecordsOf({ nextRecord }: SpanTable, openings: Uint32Array): number[] {
  const completed = new Set(openings.filter((record) => nextRecord[record] !== NONE));
  return [...completed].flatMap((opening) => {
    const pairs: number[] = [];
    for (let later = nextRecord[opening]; later !== NONE; later = nextRecord[later]) {
      pairs.push(opening, later);
    }
    return pairs;
  });
}
