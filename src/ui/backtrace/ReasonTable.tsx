import type { JSX } from 'solid-js';
import type { ReasonRow } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { NarrowTo } from '../filter/NarrowTo.tsx';
import { textIs } from '../filter/narrow.ts';
import { BreakableText } from '../parts/BreakableText.tsx';
import { Count } from '../parts/Count.tsx';
import { countedInData } from '../parts/estimates.ts';
import { Meter } from '../parts/Meter.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import type { ReasonListProps } from '../service/ReasonList.tsx';
import { DEFINITIONS } from '../definitions.ts';

/** Why requests failed, as a table; choosing a reason lists its requests. */
export function ReasonTable(props: ReasonListProps): JSX.Element {
  const app = useApp();
  const behind = (row: ReasonRow, text: JSX.Element) => (
    <EvidenceLink
      selection={{ place: { kind: 'node', path: props.path }, count: 'failedRequests', reason: row.reason }}
      count={row.failedRequests}
    >
      {text}
    </EvidenceLink>
  );
  const share = (row: ReasonRow) => row.failedRequests / Math.max(1, props.failedRequests);
  const columns: readonly Column<ReasonRow>[] = [
    {
      key: 'reason',
      title: 'Reason',
      hint: DEFINITIONS.reason,
      class: 'reason-column',
      sortBy: (row) => row.reason,
      cell: (row) => behind(row, <BreakableText text={row.reason} />),
    },
    {
      key: 'failedRequests',
      title: 'Failed requests',
      hint: DEFINITIONS.reasonRequests,
      numeric: true,
      sortBy: (row) => row.failedRequests,
      cell: (row) => behind(row, <Count row={row} of="failedRequests" />),
      value: (row) => countedInData(row).failedRequests,
    },
    {
      key: 'share',
      title: 'Share',
      hint: DEFINITIONS.reasonShare,
      numeric: true,
      class: 'col-share',
      sortBy: share,
      cell: (row) => <Meter share={share(row)} />,
    },
    {
      key: 'narrow',
      title: 'Filter',
      cell: (row) => <NarrowTo path={props.path} condition={textIs('request:reason', row.reason)} />,
    },
  ];
  return (
    <Table
      label="Reasons for failed requests"
      columns={columns}
      rows={props.reasons}
      sort={app.view().sort}
      defaultSort={{ column: 'failedRequests', descending: true }}
      onSort={(sort) => app.navigate({ sort }, 'replace')}
      empty="No request failed."
    />
  );
}
