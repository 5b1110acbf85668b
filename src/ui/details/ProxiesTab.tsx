import type { JSX } from 'solid-js';
import type { ProxiesAnswer, ProxyRow, ProxySign } from '../../model/answers-spans.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCountOf } from '../../util/text.ts';
import type { NodeTabProps } from '../backtrace/node-tab-props.ts';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { countColumns } from './count-columns.tsx';
import { DetailsAnswer } from './DetailsAnswer.tsx';
import { DEFINITIONS } from '../definitions.ts';
import { SampleNote } from './SampleNote.tsx';

const SIGNS: Readonly<Record<ProxySign, string>> = {
  'proxy span': 'a span of its own',
  'forwarded header': 'forwarded header',
  'via header': 'Via header',
  'product header': 'header that this product adds',
  'client and peer address differ': 'the client is not the peer',
};

const COLUMNS: readonly Column<ProxyRow>[] = [
  {
    key: 'proxy',
    title: 'Proxy',
    hint: DEFINITIONS.proxy,
    class: 'name-column',
    sortBy: (row) => row.proxy,
    cell: (row) => <span class="reason-text">{row.proxy}</span>,
  },
  { key: 'sign', title: 'Known from', sortBy: (row) => row.sign, cell: (row) => SIGNS[row.sign] },
  { key: 'where', title: 'Where', sortBy: (row) => row.where, cell: (row) => row.where },
  ...countColumns<ProxyRow>(),
];

/** What stood between the requests at the selected step and their callers, as far as the data tells. */
export function ProxiesTab(props: NodeTabProps): JSX.Element {
  const app = useApp();
  const answer = createAnswer('proxies', () => ({
    target: props.backtrace.target,
    filter: app.filter(),
    path: props.path,
  }));
  return (
    <DetailsAnswer answer={answer} pending="Looking for proxies …">
      {(latest) => (
        <>
          <SampleNote sampled={latest().sampled} what="at this step" />
          <Table
            label="Proxies"
            columns={COLUMNS}
            rows={latest().rows}
            sort={app.view().sort}
            defaultSort={{ column: 'requests', descending: true }}
            onSort={(sort) => app.navigate({ sort }, 'replace')}
            empty="None of these requests bears a sign of a proxy."
          />
          <p class="quiet">
            {describeSigns(latest())} A request may show several signs and counts with each.
          </p>
        </>
      )}
    </DetailsAnswer>
  );
}

/** How far the data can tell. */
function describeSigns({ without, withHeaders }: ProxiesAnswer): string {
  const none =
    without === 0 ? 'Every request shows a sign.' : `${describeCountOf(without, 'request')} without a sign.`;
  const recorded =
    withHeaders === 0
      ? 'No request header was recorded: of a proxy that records no span of its own the data cannot tell.'
      : `${describeCountOf(withHeaders, 'request')} had any request header recorded: for all others the data cannot tell whether a proxy passed them on.`;
  return `${none} ${recorded}`;
}
