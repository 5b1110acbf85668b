import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type {
  AgreementRow,
  AttemptRow,
  DisagreementAnswer,
  RetriesAnswer,
} from '../../model/answers-calls.ts';
import type { Target } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { DEFINITIONS } from '../definitions.ts';

function Behind(props: {
  target: Target;
  part: Pick<EvidenceSelection, 'operation' | 'agreement'>;
  count: number;
}): JSX.Element {
  return (
    <EvidenceLink
      selection={{
        place: { kind: 'node', path: [props.target.service] },
        count: 'calls',
        ...props.part,
      }}
      count={props.count}
    >
      {describeCount(props.count)}
    </EvidenceLink>
  );
}

function countColumn<Row>(key: keyof Row & string, title: string, hint: string): Column<Row> {
  return {
    key,
    title,
    hint,
    numeric: true,
    sortBy: (row) => Number(row[key]),
    cell: (row) => describeCount(Number(row[key])),
  };
}

function rowHead<Row extends { caller: AttemptRow['caller']; endpoint: string }>(): readonly Column<Row>[] {
  return [
    {
      key: 'caller',
      title: 'Caller',
      sortBy: (row) => row.caller.name,
      cell: (row) => <ServiceName service={row.caller} />,
    },
    {
      key: 'endpoint',
      title: 'Endpoint',
      class: 'name-column',
      sortBy: (row) => row.endpoint,
      cell: (row) => <span class="elide">{row.endpoint}</span>,
    },
  ];
}

const ATTEMPT_COLUMNS: readonly Column<AttemptRow>[] = [
  ...rowHead<AttemptRow>(),
  countColumn('operations', 'Operations', DEFINITIONS.operations),
  countColumn('attempts', 'Attempts', DEFINITIONS.attempts),
  countColumn('retried', 'Retried', DEFINITIONS.retried),
  countColumn('recovered', 'Recovered', DEFINITIONS.recovered),
  countColumn('exhausted', 'Exhausted', DEFINITIONS.exhausted),
  countColumn('notRetried', 'Failed once', DEFINITIONS.notRetried),
];

/** Attempts per operation: what callers tried again, and whether it helped. */
export function RetriesPanel(props: { answer: RetriesAnswer }): JSX.Element {
  const app = useApp();
  const behind = (operation: 'recovered' | 'exhausted' | 'notRetried') => (
    <Behind target={props.answer.target} part={{ operation }} count={props.answer[operation]} />
  );
  return (
    <>
      <p>
        <Show
          when={props.answer.retried > 0}
          fallback={
            <Show when={props.answer.operations > 0} fallback="No operation is known.">
              Of {describeCountOf(props.answer.operations, 'operation')} none was retried;{' '}
              {behind('notRetried')} failed at the only attempt.
            </Show>
          }
        >
          Of {describeCountOf(props.answer.operations, 'operation')} {describeCount(props.answer.retried)}{' '}
          {props.answer.retried === 1 ? 'was' : 'were'} retried: {behind('recovered')} recovered,{' '}
          {behind('exhausted')} failed to the end. Another {behind('notRetried')} failed at the only attempt.
        </Show>
        <Show when={props.answer.withoutCaller > 0}>
          {' '}
          {describeCountOf(props.answer.withoutCaller, 'request begins', 'requests begin')} a chain: no caller
          is known to have tried {props.answer.withoutCaller === 1 ? 'it' : 'them'}.
        </Show>
      </p>
      {/* rows of zeros tell nothing more */}
      <Show when={props.answer.retried > 0 || props.answer.notRetried > 0}>
        <Table
          label="Attempts by caller and endpoint"
          columns={ATTEMPT_COLUMNS}
          rows={props.answer.rows}
          sort={app.view().sort}
          defaultSort={{ column: 'retried', descending: true }}
          onSort={(sort) => app.navigate({ sort }, 'replace')}
          empty=""
        />
      </Show>
    </>
  );
}

const AGREEMENT_COLUMNS: readonly Column<AgreementRow>[] = [
  ...rowHead<AgreementRow>(),
  countColumn('callerOnly', 'Failed to the caller only', DEFINITIONS.callerOnly),
  countColumn('callerOnlyBy4xx', '… by HTTP 4xx', DEFINITIONS.callerOnlyBy4xx),
  countColumn('serviceOnly', 'Failed to the service only', DEFINITIONS.serviceOnly),
  countColumn('bothFailed', 'Failed to both', DEFINITIONS.bothAgree),
  countColumn('bothFine', 'Fine to both', DEFINITIONS.bothAgree),
];

/** Where the two sides of a call see it differently. */
export function DisagreementPanel(props: { answer: DisagreementAnswer }): JSX.Element {
  const app = useApp();
  return (
    <>
      <p>
        <Behind
          target={props.answer.target}
          part={{ agreement: 'callerOnly' }}
          count={props.answer.callerOnly}
        />{' '}
        failed to the caller only,{' '}
        <Behind
          target={props.answer.target}
          part={{ agreement: 'serviceOnly' }}
          count={props.answer.serviceOnly}
        />{' '}
        to the service only; both agree on{' '}
        {describeCountOf(props.answer.bothFine + props.answer.bothFailed, 'request')}.
        <Show when={props.answer.withoutView > 0}>
          {' '}
          {describeCount(props.answer.withoutView)} {props.answer.withoutView === 1 ? 'was' : 'were'} called
          without a client span, so only the service’s view is known.
        </Show>
      </p>
      <Show when={props.answer.rows.length > 0}>
        <Table
          label="Disagreement by caller and endpoint"
          columns={AGREEMENT_COLUMNS}
          rows={props.answer.rows}
          sort={app.view().sort}
          defaultSort={{ column: 'callerOnly', descending: true }}
          onSort={(sort) => app.navigate({ sort }, 'replace')}
          empty=""
        />
      </Show>
    </>
  );
}
