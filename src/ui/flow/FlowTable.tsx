import { createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import type { FlowNode } from '../../model/answers-flow.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeDuration, describeRatio, describeShareOf } from '../../util/text.ts';
import { pathOf } from '../backtrace/tree-index.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { DEFINITIONS } from '../definitions.ts';
import { FailureRate } from '../parts/FailureRate.tsx';
import { Meter } from '../parts/Meter.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { evidenceAt } from './flow-figures.ts';
import type { FlowSelection } from './flow-figures.ts';
import type { FlowIndex } from './flow-tree.ts';

export interface FlowTableProps {
  readonly index: FlowIndex;
  /** Whose flow it is: a node of the backtrace. */
  readonly path: ChainPath;
  readonly selected: number;
  readonly onSelect: (row: number) => void;
}

interface Row {
  readonly row: number;
  readonly node: FlowNode;
}

/** The same nodes as the picture. */
export function FlowTable(props: FlowTableProps): JSX.Element {
  const app = useApp();
  const rows = createMemo(() => props.index.entries.map(({ node }, row): Row => ({ row, node })));
  const down = (row: Row): ChainPath => pathOf(props.index, row.row);
  const by = (row: Row): string =>
    down(row)
      .slice(0, -1)
      .map((step) => step.name)
      .join(' → ');
  const behind: Behind = (row, selected, count, content) => (
    <EvidenceLink selection={evidenceAt({ path: props.path, down: down(row) }, selected)} count={count}>
      {content}
    </EvidenceLink>
  );
  const nameColumns: readonly Column<Row>[] = [
    {
      key: 'service',
      title: 'Service',
      class: 'name-column',
      sortBy: ({ node }) => node.service.name,
      cell: (row) => (
        <button
          type="button"
          class="flow-row-button"
          aria-pressed={row.row === props.selected}
          onClick={() => props.onSelect(row.row)}
        >
          <ServiceName service={row.node.service} others={row.node.others} />
        </button>
      ),
    },
    {
      key: 'by',
      title: 'Called by way of',
      class: 'flow-way-column',
      sortBy: by,
      cell: (row) => (
        <span class="elide" title={by(row)}>
          {by(row) || '–'}
        </span>
      ),
    },
  ];
  const columns = [...nameColumns, ...figureColumns(behind)];
  return (
    <Table
      label="Service flow"
      columns={columns}
      rows={rows()}
      sort={app.view().sort}
      defaultSort={{ column: 'time', descending: true }}
      onSort={(sort) => app.navigate({ sort }, 'replace')}
      empty="Nothing was called."
    />
  );
}

type Behind = (row: Row, selected: FlowSelection, count: number, content: JSX.Element) => JSX.Element;

function figureColumns(behind: Behind): readonly Column<Row>[] {
  return [
    {
      key: 'share',
      title: 'Requests that call',
      hint: DEFINITIONS.requestsThatCall,
      numeric: true,
      sortBy: ({ node }) => node.share,
      cell: (row) => behind(row, { count: 'calls' }, row.node.roots, <Meter share={row.node.share} />),
    },
    {
      key: 'perRequest',
      title: 'Calls per request',
      hint: DEFINITIONS.callsPerRequest,
      numeric: true,
      sortBy: ({ node }) => (node.roots === 0 ? 0 : node.calls / node.roots),
      cell: ({ node }) => describeRatio(node.calls, node.roots),
    },
    {
      key: 'calls',
      title: 'Calls',
      hint: DEFINITIONS.flowCalls,
      numeric: true,
      sortBy: ({ node }) => node.calls,
      cell: (row) => behind(row, { count: 'requests' }, row.node.calls, describeCount(row.node.calls)),
    },
    {
      key: 'failed',
      title: 'Failed calls',
      hint: DEFINITIONS.flowFailedCalls,
      numeric: true,
      sortBy: ({ node }) => (node.calls === 0 ? 0 : node.failedCalls / node.calls),
      value: ({ node }) => node.failedCalls,
      cell: (row) =>
        behind(
          row,
          { count: 'failedRequests' },
          row.node.failedCalls,
          <FailureRate failed={row.node.failedCalls} of={row.node.calls} />,
        ),
    },
    {
      key: 'time',
      title: 'Contribution',
      hint: DEFINITIONS.contribution,
      numeric: true,
      sortBy: ({ node }) => node.timeShare,
      cell: ({ node }) => <Meter share={node.timeShare} />,
    },
    {
      key: 'own',
      title: 'Own time',
      hint: DEFINITIONS.flowOwnTime,
      numeric: true,
      sortBy: ({ node }) => node.ownTimeMs,
      cell: ({ node }) => describeShareOf(node.ownTimeMs, node.timeMs),
    },
    {
      key: 'asynchronous',
      title: 'Async',
      hint: DEFINITIONS.asynchronous,
      numeric: true,
      sortBy: ({ node }) => node.asynchronous,
      cell: (row) =>
        row.node.asynchronous === 0
          ? '–'
          : behind(
              row,
              { count: 'requests', waits: 'asynchronous' },
              row.node.asynchronous,
              describeCount(row.node.asynchronous),
            ),
    },
    {
      key: 'median',
      title: 'Median',
      hint: DEFINITIONS.median,
      numeric: true,
      sortBy: ({ node }) => node.responseTime.median,
      cell: ({ node }) => describeDuration(node.responseTime.median),
    },
    {
      key: 'p95',
      title: 'p95',
      hint: DEFINITIONS.p95,
      numeric: true,
      sortBy: ({ node }) => node.responseTime.p95,
      cell: ({ node }) => describeDuration(node.responseTime.p95),
    },
  ];
}
