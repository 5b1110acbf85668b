import type { JSX } from 'solid-js';
import type { ChainChange, CompareAnswer } from '../../model/answers-compare.ts';
import { useApp } from '../../state/app.ts';
import { describeCount } from '../../util/text.ts';
import { ChainText } from '../backtrace/ChainText.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { SideLink } from './SideLink.tsx';
import { DEFINITIONS } from '../definitions.ts';

const columnsOf = (answer: CompareAnswer): readonly Column<ChainChange>[] => [
  {
    key: 'chain',
    title: 'Chain',
    class: 'reason-column',
    sortBy: (row) => row.chain.map((step) => step.name).join(' → '),
    cell: (row) => <ChainText path={row.chain.toReversed()} />,
  },
  {
    key: 'presence',
    title: 'Change',
    sortBy: (row) => row.presence,
    cell: (row) => <span class="tag">{row.presence === 'appeared' ? 'appeared in B' : 'vanished in B'}</span>,
  },
  {
    key: 'calls',
    title: 'Calls',
    hint: DEFINITIONS.chainCalls,
    numeric: true,
    sortBy: (row) => row.calls,
    cell: (row) => (
      <SideLink
        answer={answer}
        side={row.presence === 'appeared' ? 'b' : 'a'}
        endsAt={row.chain.toReversed()}
        count={row.calls}
      >
        {describeCount(row.calls)}
      </SideLink>
    ),
  },
  {
    key: 'chance',
    title: 'Beyond chance',
    hint: DEFINITIONS.chainBeyondChance,
    sortBy: (row) => row.chance,
    cell: (row) =>
      row.beyondChance ? (
        <span class="change-other">
          <Icon name="check" /> yes
        </span>
      ) : (
        <span class="quiet">may be chance</span>
      ),
  },
];

/** Whole chains that only one side has. */
export function ChainChanges(props: { answer: CompareAnswer }): JSX.Element {
  const app = useApp();
  return (
    <Table
      label="Chains that appeared or vanished"
      columns={columnsOf(props.answer)}
      rows={props.answer.chains}
      sort={app.view().sort}
      defaultSort={{ column: 'calls', descending: true }}
      onSort={(sort) => app.navigate({ sort }, 'replace')}
      empty="Both sides have the same chains of services, whatever ends them."
    />
  );
}
