import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import type { MethodRow, MethodsAnswer } from '../../model/answers-hotspots.ts';
import { useApp } from '../../state/app.ts';
import { describeCount, describeCountOf, describeDuration } from '../../util/text.ts';
import { seenAt } from '../details/count-columns.tsx';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { SampleNote } from '../details/SampleNote.tsx';
import { Meter } from '../parts/Meter.tsx';
import { nameColumn } from '../parts/name-column.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { SPAN_KINDS } from '../traces/span-kinds.ts';
import { exampleColumn } from '../details/example-column.tsx';
import { DEFINITIONS } from '../definitions.ts';

const OWN_CODE = { true: 'own', false: 'library', null: '' } as const;

const SPAN_COLUMNS: readonly Column<MethodRow>[] = [
  nameColumn('Span'),
  {
    key: 'code',
    title: 'Code',
    hint: DEFINITIONS.codeFunction,
    class: 'name-column',
    sortBy: (row) => row.code,
    cell: (row) => (
      <span class="elide" title={[row.code, row.place].filter((part) => part !== '').join(' in ')}>
        {row.code === '' ? '–' : row.code}
      </span>
    ),
  },
  {
    key: 'own',
    title: 'Own code',
    hint: DEFINITIONS.ownCode,
    sortBy: (row) => OWN_CODE[`${row.own}`],
    cell: (row) => (
      <Show when={row.own !== null} fallback="–">
        <span class="tag">{OWN_CODE[`${row.own}`]}</span>
      </Show>
    ),
  },
  {
    key: 'kind',
    title: 'Kind',
    hint: DEFINITIONS.spanKind,
    sortBy: (row) => SPAN_KINDS[row.kind],
    cell: (row) => SPAN_KINDS[row.kind],
  },
];

/** Self time of the spans within the requests, by name and code. */
export function MethodTable(props: { answer: MethodsAnswer; path: ChainPath }): JSX.Element {
  const app = useApp();
  const share = (row: MethodRow) => (props.answer.selfNs === 0 ? 0 : row.selfNs / props.answer.selfNs);
  const columns: readonly Column<MethodRow>[] = [
    ...SPAN_COLUMNS,
    {
      key: 'share',
      title: 'Share',
      hint: DEFINITIONS.selfTimeShare,
      numeric: true,
      class: 'col-share',
      sortBy: share,
      cell: (row) => <Meter share={share(row)} />,
    },
    {
      key: 'self',
      title: 'Self time',
      hint: DEFINITIONS.selfTime,
      numeric: true,
      sortBy: (row) => row.selfNs / 1e6,
      cell: (row) => describeDuration(row.selfNs / 1e6),
    },
    {
      key: 'critical',
      title: 'On critical path',
      hint: DEFINITIONS.onCriticalPath,
      numeric: true,
      sortBy: (row) => row.criticalNs / 1e6,
      cell: (row) => describeDuration(row.criticalNs / 1e6),
    },
    {
      key: 'spans',
      title: 'Spans',
      numeric: true,
      sortBy: (row) => row.spans,
      cell: (row) => describeCount(row.spans),
    },
    {
      key: 'requests',
      title: 'Requests',
      hint: DEFINITIONS.methodRequests,
      numeric: true,
      sortBy: (row) => row.requests,
      cell: (row) => (
        <EvidenceLink
          selection={seenAt({ table: 'methods', path: props.path }, row.seenAs)}
          count={row.requests}
        >
          {describeCount(row.requests)}
        </EvidenceLink>
      ),
    },
    exampleColumn('longest'),
  ];
  return (
    <>
      <p>
        These are recorded spans, not samples of a profiler: what code does without a span of its own is part
        of the span around it.
      </p>
      <SampleNote sampled={props.answer.sampled} what="whose spans were read" />
      <Table
        label="Self time by span and code"
        columns={columns}
        rows={props.answer.rows}
        sort={app.view().sort}
        defaultSort={{ column: 'self', descending: true }}
        onSort={(sort) => app.navigate({ sort }, 'replace')}
        empty="No span."
      />
      <Show when={props.answer.leftOut > 0}>
        <p class="quiet">
          {describeCountOf(props.answer.leftOut, 'further group', 'further groups')} with less self time{' '}
          {props.answer.leftOut === 1 ? 'is' : 'are'} not shown.
        </p>
      </Show>
    </>
  );
}
