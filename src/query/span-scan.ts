/** The columns of the spans that stand for requests, segment by segment: no object is made per span. */
import type { RequestTable } from '../assembly/request-table.ts';
import { FLAG_PARTIAL } from '../columns/segment.ts';
import { scratch } from '../util/scratch.ts';
import { perDataset } from './per-dataset.ts';
import { readRuns } from './segment-runs.ts';
import { scanPart } from './scan-parts.ts';
import type { ScanPart } from './scan-parts.ts';
import type { SpanData } from './span-forest.ts';

/** Record i is row `rows[i]` of the part; it is of the request at `places[i]` of the scanned list. */
export interface ScannedRecords {
  readonly part: ScanPart;
  readonly rows: Uint32Array;
  readonly places: Uint32Array;
  /** 1: it completes the span, so that what earlier records of the place say wins (SEMANTICS §1). */
  readonly later: Uint8Array;
}

export interface SpanScan {
  /** By place: 1 where several records make up the span. */
  readonly completed: Uint8Array;
  /**
   * Every record once for each of its places, those of one span in the order in which they complete it: canonical
   * order, but partial records behind all others.
   */
  readonly segments: () => AsyncGenerator<ScannedRecords>;
}

/** `requests`: distinct rows of the request table. Reads every segment that holds one of their spans, once. */
export function scanSpans(data: SpanData, requests: Uint32Array): SpanScan {
  const rounds = roundsOf(data.table, requests);
  const completed = new Uint8Array(requests.length);
  for (const { places, later } of rounds) {
    for (let at = 0; at < places.length; at++) if (later[at]) completed[places[at]] = 1;
  }
  async function* segments(): AsyncGenerator<ScannedRecords> {
    for (const { records, places, later } of rounds) {
      const parts = readRuns(data.table, records, (segment) => scanPart(data, segment));
      for await (const [{ firstRecord, from, to }, part] of parts) {
        yield {
          part,
          rows: rowsOf(records.subarray(from, to), firstRecord),
          places: places.subarray(from, to),
          later: later.subarray(from, to),
        };
      }
    }
  }
  return { completed, segments };
}

function rowsOf(records: Uint32Array, firstRecord: number): Uint32Array {
  const rows = new Uint32Array(records.length);
  for (let i = 0; i < rows.length; i++) rows[i] = records[i] - firstRecord;
  return rows;
}

/** The record only adds to a span: where it was written is not where the span ran, and its resource says nothing. */
export function isPartial({ part, rows }: ScannedRecords, at: number): boolean {
  return (part.flags[rows[at]] & FLAG_PARTIAL) !== 0;
}

interface Records {
  readonly records: Uint32Array;
  readonly places: Uint32Array;
  readonly later: Uint8Array;
}

const NO_PLACE = -1;

/** The records of all requests, whose places are their rows. */
export const recordsOfAll = perDataset((table) => recordsOf(table));

const placesOfRows = scratch((length) => new Int32Array(length));

/** Those of some requests: the spans themselves, or picked out of all, which are in order already. */
function roundsOf(table: RequestTable, requests: Uint32Array): readonly Records[] {
  const opening = openingsInOrder(table, requests);
  if (opening) return [opening];
  const rounds = recordsOfAll(table);
  if (requests.length === table.count && requests.every((row, place) => row === place)) return rounds;
  const placeOf = placesOfRows(table.count).fill(NO_PLACE);
  for (let place = 0; place < requests.length; place++) placeOf[requests[place]] = place;
  return rounds.map((round) => pick(round, placeOf));
}

/** null: the requests are in another order than their spans, or some span has several records. */
function openingsInOrder({ span, laterRecords }: RequestTable, requests: Uint32Array): Records | null {
  if (laterRecords.length > 0) return null;
  const { length } = requests;
  const records = new Uint32Array(length);
  const places = new Uint32Array(length);
  for (let place = 0; place < length; place++) {
    records[place] = span[requests[place]];
    places[place] = place;
    if (place > 0 && records[place] < records[place - 1]) return null;
  }
  return { records, places, later: new Uint8Array(length) };
}

function pick(round: Records, placeOf: Int32Array): Records {
  const records = new Uint32Array(round.places.length);
  const places = new Uint32Array(round.places.length);
  const later = new Uint8Array(round.places.length);
  let count = 0;
  for (let from = 0; from < round.places.length; from++) {
    const place = placeOf[round.places[from]];
    if (place === NO_PLACE) continue;
    records[count] = round.records[from];
    places[count] = place;
    later[count++] = round.later[from];
  }
  return {
    records: records.subarray(0, count),
    places: places.subarray(0, count),
    later: later.subarray(0, count),
  };
}

/** First all that complete their span in canonical order, then those that stand before it in the files. */
function recordsOf({ span, laterRecords, recordTrace }: RequestTable): readonly Records[] {
  const laterOf = new Map<number, number[]>();
  for (let at = 0; at < laterRecords.length; at += 2) {
    const known = laterOf.get(laterRecords[at]);
    if (known) known.push(laterRecords[at + 1]);
    else laterOf.set(laterRecords[at], [laterRecords[at + 1]]);
  }
  /** Record and place, alternately. */
  const inOrder: number[] = [];
  const behind: number[] = [];
  if (laterOf.size > 0) {
    span.forEach((opening, place) => {
      let last = opening;
      for (const record of laterOf.get(opening) ?? []) {
        (record > last ? inOrder : behind).push(record, place);
        // Behind one that came behind, all do: the order within the span stays.
        last = record > last ? record : Infinity;
      }
    });
  }
  const count = recordTrace.length;
  const first = sortByRecord(count, span, inOrder);
  return behind.length === 0 ? [first] : [first, sortByRecord(count, new Uint32Array(), behind)];
}

/** Counted out instead of compared: all requests of a dataset may be asked for. Those of one record by place. */
function sortByRecord(recordCount: number, openings: Uint32Array, laters: readonly number[]): Records {
  const next = new Uint32Array(recordCount + 1);
  for (const opening of openings) next[opening + 1]++;
  for (let i = 0; i < laters.length; i += 2) next[laters[i] + 1]++;
  for (let record = 1; record <= recordCount; record++) next[record] += next[record - 1];
  const count = next[recordCount];
  const records = new Uint32Array(count);
  const places = new Uint32Array(count);
  const later = new Uint8Array(count);
  for (let place = 0; place < openings.length; place++) {
    const at = next[openings[place]]++;
    records[at] = openings[place];
    places[at] = place;
  }
  for (let i = 0; i < laters.length; i += 2) {
    const at = next[laters[i]]++;
    records[at] = laters[i];
    places[at] = laters[i + 1];
    later[at] = 1;
  }
  return { records, places, later };
}
