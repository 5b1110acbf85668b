import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import type { CauseRow, CausesAnswer } from '../../model/answers-spans.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf, describeShareOf } from '../../util/text.ts';
import type { NodeTabProps } from '../backtrace/node-tab-props.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { BreakableText } from '../parts/BreakableText.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { DetailsAnswer } from './DetailsAnswer.tsx';
import { exampleColumn } from './example-column.tsx';
import { DEFINITIONS } from '../definitions.ts';

/** In which service the causes of the failures lie: the step's own, or a callee further down. */
export function CausesTab(props: NodeTabProps): JSX.Element {
  const app = useApp();
  const answer = createAnswer('causes', () => ({
    target: props.backtrace.target,
    filter: app.filter(),
    path: props.path,
  }));
  return (
    <DetailsAnswer answer={answer} pending="Following the failures down …">
      {(latest) => <Causes answer={latest()} path={props.path} />}
    </DetailsAnswer>
  );
}

function Causes(props: { answer: CausesAnswer; path: ChainPath }): JSX.Element {
  const app = useApp();
  const own = () =>
    props.answer.causes.reduce((sum, cause) => sum + (cause.own ? cause.failedRequests : 0), 0);
  const behind = (count: number, cause: EvidenceSelection['cause'], text: JSX.Element) => (
    <EvidenceLink
      selection={{
        place: { kind: 'node', path: props.path },
        count: 'failedRequests',
        ...(cause && { cause }),
      }}
      count={count}
    >
      {text}
    </EvidenceLink>
  );
  const some = (count: number, isOwn: boolean) =>
    count === 0 ? 'none' : behind(count, { own: isOwn }, describeCount(count));
  const columns: readonly Column<CauseRow>[] = [
    {
      key: 'service',
      title: 'Cause in',
      hint: DEFINITIONS.cause,
      class: 'name-column',
      sortBy: (row) => row.service.name,
      cell: (row) => <ServiceName service={row.service} />,
    },
    exampleColumn(),
    {
      key: 'reason',
      title: 'Reason there',
      class: 'reason-column',
      sortBy: (row) => row.reason,
      cell: (row) => (
        <span class="reason-text" title={row.reason}>
          <BreakableText text={row.reason} />
        </span>
      ),
    },
    {
      key: 'where',
      title: 'Whose',
      sortBy: (row) => (row.own ? 'own' : 'callee'),
      cell: (row) => (row.own ? 'own' : 'of a callee'),
    },
    {
      key: 'failed',
      title: 'Failed requests',
      hint: DEFINITIONS.causeRequests,
      numeric: true,
      sortBy: (row) => row.failedRequests,
      cell: ({ own: isOwn, service, reason, failedRequests }) =>
        behind(failedRequests, { own: isOwn, service, reason }, describeCount(failedRequests)),
    },
    {
      key: 'share',
      title: 'Share',
      numeric: true,
      sortBy: (row) => row.failedRequests,
      cell: (row) => describeShareOf(row.failedRequests, props.answer.failedRequests),
    },
  ];
  return (
    <>
      <Show when={props.answer.failedRequests > 0}>
        <p>
          {behind(
            props.answer.failedRequests,
            undefined,
            describeCountOf(props.answer.failedRequests, 'failed request'),
          )}{' '}
          here: the cause of {some(own(), true)} lies in the service itself, of{' '}
          {some(props.answer.failedRequests - own(), false)} in a callee further down.
        </p>
      </Show>
      <Table
        label="Causes of failures"
        columns={columns}
        rows={props.answer.causes}
        sort={app.view().sort}
        defaultSort={{ column: 'failed', descending: true }}
        onSort={(sort) => app.navigate({ sort }, 'replace')}
        empty="No request failed."
      />
    </>
  );
}
