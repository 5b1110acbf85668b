/** The columns of the spans that stand for requests, segment by segment: no object is made per span. */
import type { RequestTable } from '../assembly/request-table.ts';
import type { Segment } from '../columns/segment.ts';
import type { SpanData } from './span-forest.ts';

/** Record i is row `rows[i]` of the segment; it is of the request at `places[i]` of the scanned list. */
export interface ScannedRecords {
  readonly segment: Segment;
  readonly rows: Uint32Array;
  readonly places: Uint32Array;
  /** 1: it completes the span, so that what earlier records of the place say wins (SEMANTICS §1). */
  readonly later: Uint8Array;
}

export interface SpanScan {
  /** By place: 1 where several records make up the span. */
  readonly completed: Uint8Array;
  /** Every record once for each of its places, in canonical order: the first of a span comes first. */
  readonly segments: () => AsyncGenerator<ScannedRecords>;
}

/** `requests`: rows of the request table. Reads every segment that holds one of their spans, once. */
export function scanSpans({ table, spans }: SpanData, requests: Uint32Array): SpanScan {
  const { records, places, later } = recordsOf(table, requests);
  const completed = new Uint8Array(requests.length);
  later.forEach((isLater, at) => {
    if (isLater) completed[places[at]] = 1;
  });
  async function* segments(): AsyncGenerator<ScannedRecords> {
    for (let from = 0; from < records.length;) {
      const { segment, firstRecord } = await spans.segment(spans.segmentOf(records[from]));
      const end = firstRecord + segment.spanCount;
      let to = from;
      while (to < records.length && records[to] < end) to++;
      yield {
        segment,
        rows: records.slice(from, to).map((record) => record - firstRecord),
        places: places.subarray(from, to),
        later: later.subarray(from, to),
      };
      from = to;
    }
  }
  return { completed, segments };
}

interface Records {
  readonly records: Uint32Array;
  readonly places: Uint32Array;
  readonly later: Uint8Array;
}

/** By record number; those of one record by place. */
function recordsOf({ span, laterRecords }: RequestTable, requests: Uint32Array): Records {
  const laterOf = new Map<number, number[]>();
  for (let at = 0; at < laterRecords.length; at += 2) {
    const known = laterOf.get(laterRecords[at]);
    if (known) known.push(laterRecords[at + 1]);
    else laterOf.set(laterRecords[at], [laterRecords[at + 1]]);
  }
  // One number for each pair, which typed arrays sort without a comparison.
  const width = requests.length;
  const firsts = Float64Array.from(requests, (request, place) => span[request] * width + place);
  const laters: number[] = [];
  if (laterOf.size > 0) {
    requests.forEach((request, place) => {
      for (const record of laterOf.get(span[request]) ?? []) laters.push(record * width + place);
    });
  }
  const pairs = laters.length === 0 ? firsts : Float64Array.from([...firsts, ...laters]);
  pairs.sort();
  const records = Uint32Array.from(pairs, (pair) => Math.floor(pair / width));
  const places = Uint32Array.from(pairs, (pair) => pair % width);
  return {
    records,
    places,
    later: Uint8Array.from(records, (record, at) => (record === span[requests[places[at]]] ? 0 : 1)),
  };
}
