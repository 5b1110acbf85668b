import type { JSX } from 'solid-js';
import type { ChainPath, EndpointRow } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { Icon } from '../parts/Icon.tsx';
import { describeDuration } from '../../util/text.ts';
import { Count } from '../parts/Count.tsx';
import { countedInData } from '../parts/estimates.ts';
import { FailureRate } from '../parts/FailureRate.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { DEFINITIONS } from '../definitions.ts';

/** Endpoints of the service; choosing one narrows the target to it. */
export function EndpointTable(props: {
  rows: readonly EndpointRow[];
  /** The service, as a step: the target service alone. */
  path: ChainPath;
}): JSX.Element {
  const app = useApp();
  const behind = (row: EndpointRow, count: 'requests' | 'failedRequests', text: JSX.Element) => (
    <EvidenceLink
      selection={{ place: { kind: 'node', path: props.path }, count, endpoint: row.name }}
      count={countedInData(row)[count]}
    >
      {text}
    </EvidenceLink>
  );
  const columns: readonly Column<EndpointRow>[] = [
    {
      key: 'name',
      title: 'Endpoint',
      class: 'name-column',
      sortBy: (row) => row.name,
      cell: (row) => (
        <a
          class="elide"
          href={app.href({ endpoint: row.name })}
          title={`${row.name}: show this endpoint only`}
        >
          {row.name === '' ? '(no name)' : row.name}
        </a>
      ),
    },
    {
      key: 'requests',
      title: 'Requests',
      numeric: true,
      sortBy: (row) => row.requests,
      cell: (row) => behind(row, 'requests', <Count row={row} of="requests" />),
      value: (row) => countedInData(row).requests,
    },
    {
      key: 'failureRate',
      title: 'Failure rate',
      hint: DEFINITIONS.failureRate,
      numeric: true,
      sortBy: (row) => (row.requests === 0 ? 0 : row.failedRequests / row.requests),
      cell: (row) =>
        behind(row, 'failedRequests', <FailureRate failed={row.failedRequests} of={row.requests} />),
    },
    {
      key: 'median',
      title: 'Median',
      hint: DEFINITIONS.median,
      numeric: true,
      sortBy: (row) => row.responseTime.median,
      cell: (row) => describeDuration(row.responseTime.median),
    },
    {
      key: 'p95',
      title: '95th percentile',
      hint: DEFINITIONS.p95,
      numeric: true,
      sortBy: (row) => row.responseTime.p95,
      cell: (row) => describeDuration(row.responseTime.p95),
    },
    {
      key: 'backtrace',
      title: 'Backtrace',
      cell: (row) => (
        <a
          class="icon-button"
          href={app.href({ view: 'backtrace', endpoint: row.name })}
          aria-label={`Backtrace of ${row.name === '' ? '(no name)' : row.name}`}
          title="Backtrace from this endpoint"
        >
          <Icon name="backtrace" />
        </a>
      ),
    },
  ];
  return (
    <Table
      label="Endpoints"
      columns={columns}
      rows={props.rows}
      sort={app.view().sort}
      defaultSort={{ column: 'requests', descending: true }}
      onSort={(sort) => app.navigate({ sort }, 'replace')}
      empty="No endpoint."
    />
  );
}
