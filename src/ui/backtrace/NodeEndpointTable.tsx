import type { JSX } from 'solid-js';
import type { ChainPath, NodeEndpointRow } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeDuration } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { NarrowTo } from '../filter/NarrowTo.tsx';
import { textIs } from '../filter/narrow.ts';
import { Count } from '../parts/Count.tsx';
import { countedInData } from '../parts/estimates.ts';
import { FailureRate } from '../parts/FailureRate.tsx';
import { nameColumn } from '../parts/name-column.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { DEFINITIONS } from '../definitions.ts';

type CountOfEndpoint = 'requests' | 'failedRequests' | 'calls' | 'failedCalls';

/** Endpoints, or user actions, of the selected step; each count opens its requests. */
export function NodeEndpointTable(props: {
  title: string;
  rows: readonly NodeEndpointRow[];
  path: ChainPath;
}): JSX.Element {
  const app = useApp();
  const behind = (row: NodeEndpointRow, count: CountOfEndpoint, text: JSX.Element) => (
    <EvidenceLink
      selection={{ place: { kind: 'node', path: props.path }, count, endpoint: row.name }}
      count={row[count]}
    >
      {text}
    </EvidenceLink>
  );
  const columns: readonly Column<NodeEndpointRow>[] = [
    nameColumn('Name'),
    {
      key: 'requests',
      title: 'Requests',
      hint: DEFINITIONS.requestsHere,
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
      sortBy: (row) => rate(row.failedRequests, row.requests),
      cell: (row) =>
        behind(row, 'failedRequests', <FailureRate failed={row.failedRequests} of={row.requests} />),
    },
    {
      key: 'calls',
      title: 'Calls',
      hint: DEFINITIONS.calls,
      numeric: true,
      sortBy: (row) => row.calls,
      cell: (row) => behind(row, 'calls', <Count row={row} of="calls" />),
      value: (row) => countedInData(row).calls,
    },
    {
      key: 'callFailureRate',
      title: 'Calls failed',
      hint: DEFINITIONS.callFailureRate,
      numeric: true,
      sortBy: (row) => rate(row.failedCalls, row.calls),
      cell: (row) => behind(row, 'failedCalls', <FailureRate failed={row.failedCalls} of={row.calls} />),
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
      key: 'narrow',
      title: 'Filter',
      cell: (row) => <NarrowTo path={props.path} condition={textIs('request:endpoint', row.name)} />,
    },
  ];
  return (
    <Table
      label={props.title}
      columns={columns}
      rows={props.rows}
      sort={app.view().sort}
      defaultSort={{ column: 'requests', descending: true }}
      onSort={(sort) => app.navigate({ sort }, 'replace')}
      empty="No request."
    />
  );
}

function rate(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
