import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import type { ProxiesAnswer, ProxyRow, ProxySign } from '../../model/answers-spans.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCountOf } from '../../util/text.ts';
import type { NodeTabProps } from '../backtrace/node-tab-props.ts';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { countColumns, seenAt } from './count-columns.tsx';
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

const NAME_COLUMNS: readonly Column<ProxyRow>[] = [
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
];

/** What stood between the requests at the selected step and their callers, as far as the data tells. */
export function ProxiesTab(props: NodeTabProps): JSX.Element {
  const app = useApp();
  const answer = createAnswer('proxies', () => ({
    target: props.backtrace.target,
    filter: app.filter(),
    path: props.path,
  }));
  const place = () => ({ table: 'proxies', path: props.path }) as const;
  const columns = [...NAME_COLUMNS, ...countColumns<ProxyRow>(place)];
  return (
    <DetailsAnswer answer={answer} pending="Looking for proxies …">
      {(latest) => (
        <>
          <SampleNote sampled={latest().sampled} what="at this step" />
          <Table
            label="Proxies"
            columns={columns}
            rows={latest().rows}
            sort={app.view().sort}
            defaultSort={{ column: 'requests', descending: true }}
            onSort={(sort) => app.navigate({ sort }, 'replace')}
            empty="None of these requests bears a sign of a proxy."
          />
          <p class="quiet">
            <Signs answer={latest()} path={props.path} /> A request may show several signs and counts with
            each.
          </p>
        </>
      )}
    </DetailsAnswer>
  );
}

/** How far the data can tell. */
function Signs(props: { answer: ProxiesAnswer; path: ChainPath }): JSX.Element {
  const count = (table: 'proxies' | 'headers', seenAs: readonly string[], requests: number) => (
    <EvidenceLink selection={seenAt({ table, path: props.path }, seenAs)} count={requests}>
      {describeCountOf(requests, 'request')}
    </EvidenceLink>
  );
  return (
    <>
      <Show when={props.answer.without > 0} fallback="Every request shows a sign.">
        {count('proxies', [], props.answer.without)} without a sign.
      </Show>{' '}
      <Show
        when={props.answer.withHeaders > 0}
        fallback="No request header was recorded: of a proxy that records no span of its own the data cannot tell."
      >
        {count('headers', ['recorded'], props.answer.withHeaders)} had any request header recorded: for all
        others the data cannot tell whether a proxy passed them on.
      </Show>
    </>
  );
}
