/** What the spans of requests tell, as rows of a table that each count the requests in which they were seen. */
import type { RequestTable } from '../assembly/request-table.ts';
import type { Sampled } from '../model/answers-spans.ts';

export interface Seen {
  /** The texts that tell a row from the others. */
  readonly seenAs: readonly string[];
}

export interface Sightings<Row extends Seen = Seen> {
  /** Requests that the table is about. */
  readonly requests: number;
  /** Those of them whose spans were read, ascending. */
  readonly looked: Uint32Array;
  /** Rows of the table that a request counts in; one that was seen several times as often. */
  readonly seenIn: (request: number) => readonly Row[];
}

export interface CountedRow<Row extends Seen> {
  /** As it was seen first. */
  readonly row: Row;
  readonly requests: number;
  readonly failedRequests: number;
  /** How often it was seen. */
  readonly times: number;
}

type OpenRow<Row extends Seen> = { -readonly [Key in keyof CountedRow<Row>]: CountedRow<Row>[Key] } & {
  last: number;
};

const NONE = -1;

/** `without`: requests that were looked at and are in no row. */
export function countSightings<Row extends Seen>(
  { failed }: RequestTable,
  { looked, seenIn }: Sightings<Row>,
): { readonly rows: readonly CountedRow<Row>[]; readonly without: number } {
  const rows = new Map<string, OpenRow<Row>>();
  let without = 0;
  for (const request of looked) {
    const seen = seenIn(request);
    if (seen.length === 0) without++;
    for (const row of seen) {
      const key = JSON.stringify(row.seenAs);
      const known = rows.get(key) ?? { row, requests: 0, failedRequests: 0, times: 0, last: NONE };
      rows.set(key, known);
      known.times++;
      if (known.last === request) continue;
      known.last = request;
      known.requests++;
      known.failedRequests += failed[request];
    }
  }
  return { rows: [...rows.values()].sort((a, b) => b.requests - a.requests), without };
}

/** Of those that were looked at, the requests that count in the row; without texts those that count in none. */
export function requestsSeen({ looked, seenIn }: Sightings, seenAs: readonly string[]): Uint32Array {
  const wanted = JSON.stringify(seenAs);
  return looked.filter((request) => {
    const seen = seenIn(request);
    return seenAs.length === 0
      ? seen.length === 0
      : seen.some((row) => JSON.stringify(row.seenAs) === wanted);
  });
}

export function sampledOf({ requests, looked }: Sightings): Sampled {
  return { requests, looked: looked.length };
}
