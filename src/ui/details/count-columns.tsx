import type { Column } from '../parts/Table.tsx';
import { FailureRate } from '../parts/FailureRate.tsx';
import { describeCount } from '../../util/text.ts';
import { DEFINITIONS } from '../definitions.ts';

interface Counted {
  readonly requests: number;
  readonly failedRequests: number;
}

/** Requests at the selected step, and which part of them failed. */
export function countColumns<Row extends Counted>(): readonly Column<Row>[] {
  return [
    {
      key: 'requests',
      title: 'Requests',
      hint: DEFINITIONS.lookedAt,
      numeric: true,
      sortBy: (row) => row.requests,
      cell: (row) => describeCount(row.requests),
    },
    {
      key: 'failureRate',
      title: 'Failure rate',
      hint: DEFINITIONS.lookedAtFailureRate,
      numeric: true,
      sortBy: (row) => (row.requests === 0 ? 0 : row.failedRequests / row.requests),
      cell: (row) => <FailureRate failed={row.failedRequests} of={row.requests} />,
    },
  ];
}
