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
import type { ServiceRef } from '../../model/service.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { DEFINITIONS } from '../definitions.ts';

type Part = Pick<EvidenceSelection, 'operation' | 'agreement' | 'calledBy' | 'endpoint'>;

function Behind(props: { target: Target; part: Part; count: number; children: JSX.Element }): JSX.Element {
  return (
    <EvidenceLink
      selection={{
        place: { kind: 'node', path: [props.target.service] },
        count: 'calls',
        ...props.part,
      }}
      count={props.count}
    >
      {props.children}
    </EvidenceLink>
  );
}

interface CallRow {
  readonly caller: ServiceRef;
  readonly endpoint: string;
}

/** A count of the target requests that one service made at one endpoint, which it opens. */
function countColumn<Key extends string, Row extends CallRow & Readonly<Record<Key, number>>>(
  target: Target,
  [key, title, hint]: readonly [Key, string, string],
  part: Part,
): Column<Row> {
  return {
    key,
    title,
    hint,
    numeric: true,
    sortBy: (row) => row[key],
    cell: (row) => (
      <Behind
        target={target}
        part={{ calledBy: row.caller, endpoint: row.endpoint, ...part }}
        count={row[key]}
      >
        {describeCount(row[key])}
      </Behind>
    ),
  };
}

function rowHead<Row extends CallRow>(): readonly Column<Row>[] {
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

const ATTEMPT_COUNTS = [
  ['operations', 'Operations', DEFINITIONS.operations],
  ['attempts', 'Attempts', DEFINITIONS.attempts],
  ['retried', 'Retried', DEFINITIONS.retried],
  ['recovered', 'Recovered', DEFINITIONS.recovered],
  ['exhausted', 'Exhausted', DEFINITIONS.exhausted],
  ['notRetried', 'Failed once', DEFINITIONS.notRetried],
] as const;

function attemptColumns(target: Target): readonly Column<AttemptRow>[] {
  const counts = ATTEMPT_COUNTS.map((count) =>
    // Every request with a caller is an attempt.
    countColumn<(typeof count)[0], AttemptRow>(
      target,
      count,
      count[0] === 'attempts' ? {} : { operation: count[0] },
    ),
  );
  return [...rowHead<AttemptRow>(), ...counts];
}

/** Attempts per operation: what callers tried again, and whether it helped. */
export function RetriesPanel(props: { answer: RetriesAnswer }): JSX.Element {
  const app = useApp();
  const behind = (
    operation: NonNullable<EvidenceSelection['operation']>,
    text: (count: number) => string = describeCount,
  ) => (
    <Behind target={props.answer.target} part={{ operation }} count={props.answer[operation]}>
      {text(props.answer[operation])}
    </Behind>
  );
  const operations = () => behind('operations', (count) => describeCountOf(count, 'operation'));
  return (
    <>
      <p>
        <Show
          when={props.answer.retried > 0}
          fallback={
            <Show when={props.answer.operations > 0} fallback="No operation is known.">
              Of {operations()} none was retried; {behind('notRetried')} failed at the only attempt.
            </Show>
          }
        >
          Of {operations()} {behind('retried')} {props.answer.retried === 1 ? 'was' : 'were'} retried:{' '}
          {behind('recovered')} recovered, {behind('exhausted')} failed to the end.
          <Show when={props.answer.notRetried > 0}>
            {' '}
            Another {behind('notRetried')} failed at the only attempt.
          </Show>
        </Show>
        <Show when={props.answer.withoutCaller > 0}>
          {' '}
          {behind('withoutCaller', (count) => describeCountOf(count, 'request begins', 'requests begin'))} a
          chain: no caller is known to have tried {props.answer.withoutCaller === 1 ? 'it' : 'them'}.
        </Show>
      </p>
      {/* rows of zeros tell nothing more */}
      <Show when={props.answer.retried > 0 || props.answer.notRetried > 0}>
        <Table
          label="Attempts by caller and endpoint"
          columns={attemptColumns(props.answer.target)}
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

const AGREEMENT_COUNTS = [
  ['callerOnly', 'Failed to the caller only', DEFINITIONS.callerOnly],
  ['callerOnlyBy4xx', '… by HTTP 4xx', DEFINITIONS.callerOnlyBy4xx],
  ['serviceOnly', 'Failed to the service only', DEFINITIONS.serviceOnly],
  ['bothFailed', 'Failed to both', DEFINITIONS.bothAgree],
  ['bothFine', 'Fine to both', DEFINITIONS.bothAgree],
] as const;

function agreementColumns(target: Target): readonly Column<AgreementRow>[] {
  const counts = AGREEMENT_COUNTS.map((count) =>
    countColumn<(typeof count)[0], AgreementRow>(target, count, { agreement: count[0] }),
  );
  return [...rowHead<AgreementRow>(), ...counts];
}

/** Where the two sides of a call see it differently. */
export function DisagreementPanel(props: { answer: DisagreementAnswer }): JSX.Element {
  const app = useApp();
  const behind = (
    agreement: NonNullable<EvidenceSelection['agreement']>,
    count: number,
    text = describeCount(count),
  ) => (
    <Behind target={props.answer.target} part={{ agreement }} count={count}>
      {text}
    </Behind>
  );
  const agreed = () => props.answer.bothFine + props.answer.bothFailed;
  return (
    <>
      <p>
        {behind('callerOnly', props.answer.callerOnly)} failed to the caller only,{' '}
        {behind('serviceOnly', props.answer.serviceOnly)} to the service only; both agree on{' '}
        {behind('agreed', agreed(), describeCountOf(agreed(), 'request'))}.
        <Show when={props.answer.withoutView > 0}>
          {' '}
          {behind('withoutView', props.answer.withoutView)} {props.answer.withoutView === 1 ? 'was' : 'were'}{' '}
          called without a client span, so only the service’s view is known.
        </Show>
      </p>
      <Show when={props.answer.rows.length > 0}>
        <Table
          label="Disagreement by caller and endpoint"
          columns={agreementColumns(props.answer.target)}
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
