import { createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import type { BacktraceNode, ChainPath } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { Count } from '../parts/Count.tsx';
import { FailureRate } from '../parts/FailureRate.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { ChainText } from './ChainText.tsx';
import { indexTree, pathOf, rowOf } from './tree-index.ts';
import { DEFINITIONS } from '../definitions.ts';

interface FailedChain {
  readonly path: ChainPath;
  readonly node: BacktraceNode;
}

/** Where chains end that led through the selected node to a failed request of the chosen service. */
export function FailedChains(props: { root: BacktraceNode; path: ChainPath }): JSX.Element {
  const app = useApp();
  const rows = createMemo(() => failedChains(props.root, props.path));
  const failedCalls = (row: FailedChain, text: JSX.Element) => (
    <EvidenceLink
      selection={{ place: { kind: 'node', path: row.path }, count: 'failedCalls' }}
      count={row.node.failedCalls}
    >
      {text}
    </EvidenceLink>
  );
  const columns: readonly Column<FailedChain>[] = [
    {
      key: 'chain',
      title: 'Chain',
      class: 'reason-column',
      sortBy: (row) => row.path.map((step) => step.name).join(' '),
      cell: (row) => <ChainText path={row.path} />,
    },
    {
      key: 'failedCalls',
      title: 'Failed calls',
      hint: DEFINITIONS.failedCalls,
      numeric: true,
      sortBy: (row) => row.node.failedCalls,
      cell: (row) => failedCalls(row, <Count row={row.node} of="failedCalls" />),
    },
    {
      key: 'callFailureRate',
      title: 'Calls failed',
      hint: DEFINITIONS.callFailureRate,
      numeric: true,
      sortBy: (row) => row.node.failedCalls / Math.max(1, row.node.calls),
      cell: (row) => failedCalls(row, <FailureRate failed={row.node.failedCalls} of={row.node.calls} />),
    },
    {
      key: 'endFailed',
      title: 'Failed at the end',
      hint: DEFINITIONS.passedOnAtEnd,
      numeric: true,
      sortBy: (row) => row.node.hitFailed,
      cell: (row) => (
        <EvidenceLink
          selection={{ place: { kind: 'node', path: row.path }, count: 'hitFailed' }}
          count={row.node.hitFailed}
        >
          <FailureRate failed={row.node.hitFailed} of={row.node.hit} />
        </EvidenceLink>
      ),
    },
  ];
  return (
    <Table
      label="Affected chains"
      columns={columns}
      rows={rows()}
      sort={app.view().sort}
      defaultSort={{ column: 'failedCalls', descending: true }}
      onSort={(sort) => app.navigate({ sort }, 'replace')}
      empty="No chain led to a failed request."
    />
  );
}

/** Nodes at or above the selected one where a chain ends, with failed calls. */
export function failedChains(root: BacktraceNode, path: ChainPath): readonly FailedChain[] {
  const index = indexTree(root);
  const start = rowOf(index, path);
  if (start < 0) return [];
  const chains: FailedChain[] = [];
  const pending = [start];
  for (let row = pending.pop(); row !== undefined; row = pending.pop()) {
    const { node } = index.entries[row];
    const ends = node.ends.userAction + node.ends.entryPoint + node.ends.callerMissing;
    if (ends > 0 && node.failedCalls > 0) chains.push({ path: pathOf(index, row), node });
    pending.push(...index.children[row]);
  }
  return chains;
}
