import { Show, createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import type { TopPlace } from '../../model/answers-evidence.ts';
import { MEASURES } from '../../model/answers-top.ts';
import type { Measure, Split, SplitValue, TopAnswer, TopFigures } from '../../model/answers-top.ts';
import { useApp } from '../../state/app.ts';
import { describeCountOf } from '../../util/text.ts';
import { DEFINITIONS } from '../definitions.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { Count } from '../parts/Count.tsx';
import { countedInData } from '../parts/estimates.ts';
import { FailureRate } from '../parts/FailureRate.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Meter } from '../parts/Meter.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { narrowToGroup } from './narrow-to-group.ts';
import { describeFigure, describeSplit, describeSplitValue } from './split-words.ts';
import { measureOf } from './top-figures.ts';

interface Row extends TopFigures {
  readonly is: 'group' | 'rest' | 'all';
  /** null: it is no group. */
  readonly values: readonly SplitValue[] | null;
  readonly title: string;
}

/** The groups, then the rest and all: what the groups and the rest add up to. */
export function TopTable(props: { answer: TopAnswer }): JSX.Element {
  const app = useApp();
  const rows = createMemo((): readonly Row[] => {
    const { rows: told, rest, all } = props.answer;
    return [
      ...told.map((row) => ({ ...row, is: 'group' as const, title: '' })),
      ...(rest
        ? [
            {
              ...rest,
              is: 'rest' as const,
              values: null,
              title: `the other ${describeCountOf(rest.groups, 'group')}`,
            },
          ]
        : []),
      { ...all, is: 'all', values: null, title: 'all together' },
    ];
  });
  const columns = createMemo((): readonly Column<Row>[] => [
    ...props.answer.choice.splits.map((split, at) => splitColumn(split, at)),
    ...MEASURES.map((measure) => measureColumn(measure, props.answer)),
    {
      key: 'narrow',
      title: 'Filter',
      cell: (row) => (
        <Show when={row.values && narrowToGroup(app.view(), props.answer.choice.splits, row.values)}>
          {(narrowed) => (
            <a class="button small" href={app.href(narrowed().patch)}>
              <Icon name={narrowed().toBacktrace ? 'backtrace' : 'filter'} />
              {narrowed().toBacktrace ? 'Backtrace' : 'Only these'}
            </a>
          )}
        </Show>
      ),
    },
  ]);
  return (
    <Table
      label="Top requests"
      columns={columns()}
      rows={rows()}
      sort={{ column: props.answer.choice.measure, descending: true }}
      defaultSort={{ column: props.answer.choice.measure, descending: true }}
      onSort={({ column }) =>
        app.navigate({ measure: MEASURES.find((measure) => measure === column) ?? null }, 'push')
      }
      empty="No request."
    />
  );
}

function splitColumn(split: Split, at: number): Column<Row> {
  return {
    key: `split${at}`,
    title: describeSplit(split),
    class: 'top-value',
    value: (row) => (row.values ? csvValue(split, row.values[at]) : at === 0 ? row.title : ''),
    cell: (row) => (
      <Show when={row.values} fallback={<span class="quiet">{at === 0 ? row.title : ''}</span>}>
        {(values) => <Value split={split} value={values()[at]} />}
      </Show>
    ),
  };
}

function csvValue(split: Split, value: SplitValue): string {
  const text = describeSplitValue(split, value);
  return value.service === null || value.service.name === value.value
    ? text
    : `${text} (${value.service.name})`;
}

function Value(props: { split: Split; value: SplitValue }): JSX.Element {
  const isService = () => props.value.service !== null && props.value.service.name === props.value.value;
  return (
    <>
      <Show when={!isService() || props.value.service === null}>
        <span classList={{ quiet: props.value.value === null }}>
          {describeSplitValue(props.split, props.value)}
        </span>
      </Show>
      <Show when={props.value.service}>
        {(service) => (
          <span class={isService() ? 'top-service' : 'top-of quiet'}>
            <ServiceName service={service()} />
          </span>
        )}
      </Show>
    </>
  );
}

const SHORT_TITLES: Readonly<Record<Measure, string>> = {
  requests: 'Requests',
  failedRequests: 'Failed',
  failureRate: 'Failure rate',
  average: 'Average',
  median: 'Median',
  p95: 'p95',
  sum: 'Sum',
  share: 'Share of time',
  perMinute: 'Per minute',
};

const HINTS: Readonly<Record<Measure, string>> = {
  requests: DEFINITIONS.topRequests,
  failedRequests: DEFINITIONS.topFailedRequests,
  failureRate: DEFINITIONS.failureRate,
  average: DEFINITIONS.average,
  median: DEFINITIONS.median,
  p95: DEFINITIONS.p95,
  sum: DEFINITIONS.sumOfTimes,
  share: DEFINITIONS.topShare,
  perMinute: DEFINITIONS.perMinute,
};

/** The heading chooses the measure: by what the groups are ranked. The rest and all stay below. */
function measureColumn(measure: Measure, answer: TopAnswer): Column<Row> {
  const lowest = (row: Row) => (row.values === null ? -Infinity : measureOf(row, measure));
  return {
    key: measure,
    title: SHORT_TITLES[measure],
    hint: HINTS[measure],
    numeric: true,
    sortBy: lowest,
    value: (row) => exportedMeasure(row, measure),
    cell: (row) => <Figure row={row} measure={measure} answer={answer} />,
  };
}

/** Exported tables count what is in the data. */
function exportedMeasure(row: Row, measure: Measure): number {
  const value = measureOf(row, measure);
  if (measure === 'perMinute')
    return row.requests === 0 ? 0 : (value * countedInData(row).requests) / row.requests;
  return measure === 'requests' || measure === 'failedRequests' ? countedInData(row)[measure] : value;
}

function placeOf({ is, values }: Row, { choice }: TopAnswer): TopPlace {
  if (is === 'rest') return { kind: 'rest', choice };
  const { kind: of, splits } = choice;
  return { kind: 'top', of, splits: values ? splits : [], values: values ?? [] };
}

function Figure(props: { row: Row; measure: Measure; answer: TopAnswer }): JSX.Element {
  const counted = (count: 'requests' | 'failedRequests', text: JSX.Element) => (
    <EvidenceLink
      selection={{ place: placeOf(props.row, props.answer), count }}
      count={countedInData(props.row)[count]}
    >
      {text}
    </EvidenceLink>
  );
  switch (props.measure) {
    case 'requests':
    case 'failedRequests':
      return counted(props.measure, <Count row={props.row} of={props.measure} />);
    case 'failureRate':
      return counted(
        'failedRequests',
        <FailureRate failed={props.row.failedRequests} of={props.row.requests} />,
      );
    case 'share':
      return <Meter share={props.row.share} />;
    default:
      return <>{describeFigure(props.measure, measureOf(props.row, props.measure), props.row)}</>;
  }
}
