import { Show, createUniqueId } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import type { InstanceRow, InstanceTable as Instances } from '../../model/answers-distribution.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeDuration } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { NarrowTo } from '../filter/NarrowTo.tsx';
import { textIs } from '../filter/narrow.ts';
import { FailureRate } from '../parts/FailureRate.tsx';
import { Meter } from '../parts/Meter.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { DEFINITIONS } from '../definitions.ts';

export interface InstanceTableProps {
  readonly title: string;
  readonly table: Instances;
  /** The requests of an instance, or those of them that failed. */
  readonly selection: (instance: string, failed: boolean) => EvidenceSelection;
  /** The step whose instances they are: the target service first. */
  readonly path: ChainPath;
  /** A row narrows the target to its instance. */
  readonly narrows?: boolean;
}

/** From here on, an instance gets clearly more or less than its fair part. */
const UNEVEN = 1.5;

/** Requests, failures and response time of each instance of a service, and how even their load is. */
export function InstanceTable(props: InstanceTableProps): JSX.Element {
  const app = useApp();
  const id = createUniqueId();
  const behind = (row: InstanceRow, count: 'requests' | 'failedRequests', text: JSX.Element) => (
    <EvidenceLink selection={props.selection(row.name, count === 'failedRequests')} count={row[count]}>
      {text}
    </EvidenceLink>
  );
  const columns: readonly Column<InstanceRow>[] = [
    {
      key: 'name',
      title: 'Instance',
      class: 'name-column',
      sortBy: (row) => row.name,
      cell: (row) => (
        <Show
          when={props.narrows === true}
          fallback={
            <span class="elide" title={row.name}>
              {row.name}
            </span>
          }
        >
          <a
            class="elide"
            href={app.href({ instance: row.name })}
            title={`${row.name}: show this instance only`}
          >
            {row.name}
          </a>
        </Show>
      ),
    },
    {
      key: 'requests',
      title: 'Requests',
      hint: DEFINITIONS.instanceRequests,
      numeric: true,
      sortBy: (row) => row.requests,
      cell: (row) => behind(row, 'requests', describeCount(row.requests)),
    },
    {
      key: 'failureRate',
      title: 'Failure rate',
      hint: DEFINITIONS.failureRate,
      numeric: true,
      sortBy: (row) => (row.requests === 0 ? 0 : row.failedRequests / row.requests),
      cell: (row) =>
        behind(row, 'failedRequests', <FailureRate failed={row.failedRequests} of={row.requests} />),
    },
    {
      key: 'median',
      title: 'Median',
      hint: DEFINITIONS.median,
      numeric: true,
      sortBy: (row) => row.responseTime.median,
      cell: (row) => describeDuration(row.responseTime.median),
    },
    {
      key: 'p95',
      title: 'p95',
      hint: DEFINITIONS.p95,
      numeric: true,
      sortBy: (row) => row.responseTime.p95,
      cell: (row) => describeDuration(row.responseTime.p95),
    },
    {
      key: 'share',
      title: 'Share',
      hint: DEFINITIONS.instanceShare,
      numeric: true,
      class: 'col-share',
      sortBy: (row) => row.share,
      cell: (row) => <Meter share={row.share} />,
    },
    {
      key: 'timesFair',
      title: 'Times fair',
      hint: DEFINITIONS.timesFair,
      numeric: true,
      sortBy: (row) => row.timesFair,
      cell: (row) => (
        <>
          <Show when={row.timesFair >= UNEVEN || row.timesFair <= 1 / UNEVEN}>
            <span class="tag tag-warn">uneven</span>{' '}
          </Show>
          {row.timesFair.toFixed(2)}
        </>
      ),
    },
    {
      key: 'narrow',
      title: 'Filter',
      cell: (row) => <NarrowTo path={props.path} condition={textIs('request:instance', row.name)} />,
    },
  ];
  return (
    <section class="instances" aria-labelledby={id}>
      <h3 id={id}>{props.title}</h3>
      <Table
        label={props.title}
        columns={columns}
        rows={props.table.instances}
        sort={app.view().sort}
        defaultSort={{ column: 'requests', descending: true }}
        onSort={(sort) => app.navigate({ sort }, 'replace')}
        empty="No instance."
      />
    </section>
  );
}
