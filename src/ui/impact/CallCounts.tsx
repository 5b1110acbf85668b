/** What the panels of retries and of disagreement have in common: counts of the target's requests that open them. */
import type { JSX } from 'solid-js';
import type { Target } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import type { ServiceRef } from '../../model/service.ts';
import { useApp } from '../../state/app.ts';
import { describeCount } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';

/** What is asked of the target's requests to be counted. */
type Asked = Pick<EvidenceSelection, 'operation' | 'agreement' | 'calledBy' | 'endpoint'>;

export interface CallCountProps {
  readonly target: Target;
  readonly asked: Asked;
  readonly count: number;
  /** The number in its words; left out: the number alone. */
  readonly text?: string;
}

/** A number that opens the requests of the target that it counts. */
export function CallCount(props: CallCountProps): JSX.Element {
  return (
    <EvidenceLink
      selection={{ place: { kind: 'node', path: [props.target.service] }, count: 'calls', ...props.asked }}
      count={props.count}
    >
      {props.text ?? describeCount(props.count)}
    </EvidenceLink>
  );
}

/** Requests of the target that one service made at one endpoint, with their counts. */
type CallRow<Key extends string> = Readonly<Record<Key, number>> & {
  readonly caller: ServiceRef;
  readonly endpoint: string;
};

export interface CallTableProps<Key extends string> {
  readonly label: string;
  readonly target: Target;
  readonly rows: readonly CallRow<Key>[];
  /** Key, title and definition of each count; most of `first` come first. */
  readonly counts: readonly (readonly [Key, string, string])[];
  readonly first: Key;
  readonly asked: (key: Key) => Asked;
}

/** The same counts by caller and endpoint. */
export function CallTable<Key extends string>(props: CallTableProps<Key>): JSX.Element {
  const app = useApp();
  const columns = (): readonly Column<CallRow<Key>>[] => [
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
    ...props.counts.map(([key, title, hint]): Column<CallRow<Key>> => ({
      key,
      title,
      hint,
      numeric: true,
      sortBy: (row) => row[key],
      cell: (row) => (
        <CallCount
          target={props.target}
          asked={{ calledBy: row.caller, endpoint: row.endpoint, ...props.asked(key) }}
          count={row[key]}
        />
      ),
    })),
  ];
  return (
    <Table
      label={props.label}
      columns={columns()}
      rows={props.rows}
      sort={app.view().sort}
      defaultSort={{ column: props.first, descending: true }}
      onSort={(sort) => app.navigate({ sort }, 'replace')}
      empty=""
    />
  );
}
