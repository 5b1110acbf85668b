import type { JSX } from 'solid-js';
import type { EvidencePlace, EvidenceSelection } from '../../model/answers-evidence.ts';
import type { Hop } from '../../model/answers-impact.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeShare } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { DifferenceInterval } from './DifferenceInterval.tsx';
import { DEFINITIONS } from '../definitions.ts';

type Cell = 'calleeFailed' | 'calleeFailedCallerFailed' | 'calleeFine' | 'calleeFineCallerFailed';

const SELECTED: Readonly<Record<Cell, Pick<EvidenceSelection, 'count' | 'callee'>>> = {
  calleeFailed: { count: 'requests', callee: 'failed' },
  calleeFailedCallerFailed: { count: 'failedRequests', callee: 'failed' },
  calleeFine: { count: 'requests', callee: 'fine' },
  calleeFineCallerFailed: { count: 'failedRequests', callee: 'fine' },
};

function placeOf(row: Hop): EvidencePlace {
  return { kind: 'hop', caller: row.caller, callee: row.callee };
}

/** A count of the 2×2 table, which opens its requests. */
function countOf(row: Hop, cell: Cell): JSX.Element {
  return (
    <EvidenceLink selection={{ place: placeOf(row), ...SELECTED[cell] }} count={row[cell]}>
      {describeCount(row[cell])}
    </EvidenceLink>
  );
}

/** `100 %  22 of 22` */
function shareOf(row: Hop, share: number | null, [part, whole]: readonly [Cell, Cell]): JSX.Element {
  return (
    <>
      {share === null ? '–' : describeShare(share)}{' '}
      <span class="hop-counts">
        {countOf(row, part)} of {countOf(row, whole)}
      </span>
    </>
  );
}

const COLUMNS: readonly Column<Hop>[] = [
  {
    key: 'caller',
    title: 'Caller',
    sortBy: (row) => row.caller.name,
    cell: (row) => <ServiceName service={row.caller} />,
  },
  {
    key: 'callee',
    title: 'Callee',
    sortBy: (row) => row.callee.name,
    cell: (row) => <ServiceName service={row.callee} />,
  },
  {
    key: 'requests',
    title: 'Caller requests',
    hint: DEFINITIONS.hopRequests,
    numeric: true,
    sortBy: (row) => row.calleeFailed + row.calleeFine,
    cell: (row) => (
      <EvidenceLink
        selection={{ place: placeOf(row), count: 'requests' }}
        count={row.calleeFailed + row.calleeFine}
      >
        {describeCount(row.calleeFailed + row.calleeFine)}
      </EvidenceLink>
    ),
  },
  {
    key: 'failsIfFailed',
    title: 'P(fail | callee failed)',
    hint: DEFINITIONS.failsIfFailed,
    numeric: true,
    sortBy: (row) => row.failsIfFailed ?? -1,
    cell: (row) => shareOf(row, row.failsIfFailed, ['calleeFailedCallerFailed', 'calleeFailed']),
  },
  {
    key: 'failsIfFine',
    title: 'P(fail | callee fine)',
    hint: DEFINITIONS.failsIfFine,
    numeric: true,
    sortBy: (row) => row.failsIfFine ?? -1,
    cell: (row) => shareOf(row, row.failsIfFine, ['calleeFineCallerFailed', 'calleeFine']),
  },
  {
    key: 'difference',
    title: 'Difference, 95 % interval',
    hint: DEFINITIONS.hopDifference,
    sortBy: (row) => row.difference ?? -2,
    cell: (row) => <DifferenceInterval difference={row.difference} interval={row.interval} />,
  },
];

/** Of each hop caller → callee: how failures of the two go together. */
export function HopTable(props: { hops: readonly Hop[] }): JSX.Element {
  const app = useApp();
  return (
    <Table
      label="Hops"
      columns={COLUMNS}
      rows={props.hops}
      sort={app.view().sort}
      defaultSort={{ column: 'requests', descending: true }}
      onSort={(sort) => app.navigate({ sort }, 'replace')}
      empty="No caller is in the data."
    />
  );
}
