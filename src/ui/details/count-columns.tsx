import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import type { EvidenceSelection, Sighting } from '../../model/answers-evidence.ts';
import type { Column } from '../parts/Table.tsx';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { FailureRate } from '../parts/FailureRate.tsx';
import { describeCount } from '../../util/text.ts';
import { DEFINITIONS } from '../definitions.ts';

interface Counted {
  readonly seenAs: readonly string[];
  readonly requests: number;
  readonly failedRequests: number;
}

/** Where the requests of a table that is read from spans are. */
export interface SeenPlace {
  readonly table: Sighting['in'];
  /** The selected step. */
  readonly path: ChainPath;
}

/** A row of the table; without texts those that are in none of its rows. */
export function seenAt(
  { table, path }: SeenPlace,
  seenAs: readonly string[],
  count: 'requests' | 'failedRequests' = 'requests',
): EvidenceSelection {
  return { place: { kind: 'node', path }, count, seen: { in: table, as: seenAs } };
}

/** Requests at the selected step, and which part of them failed; both open them. */
export function countColumns<Row extends Counted>(place: () => SeenPlace): readonly Column<Row>[] {
  const behind = (row: Row, count: 'requests' | 'failedRequests', text: JSX.Element) => (
    <EvidenceLink selection={seenAt(place(), row.seenAs, count)} count={row[count]}>
      {text}
    </EvidenceLink>
  );
  return [
    {
      key: 'requests',
      title: 'Requests',
      hint: DEFINITIONS.lookedAt,
      numeric: true,
      sortBy: (row) => row.requests,
      cell: (row) => behind(row, 'requests', describeCount(row.requests)),
    },
    {
      key: 'failureRate',
      title: 'Failure rate',
      hint: DEFINITIONS.lookedAtFailureRate,
      numeric: true,
      sortBy: (row) => (row.requests === 0 ? 0 : row.failedRequests / row.requests),
      cell: (row) =>
        behind(row, 'failedRequests', <FailureRate failed={row.failedRequests} of={row.requests} />),
    },
  ];
}
