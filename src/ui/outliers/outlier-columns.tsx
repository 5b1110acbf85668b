import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ViewState } from '../../link/view-state.ts';
import type { ChainPath } from '../../model/answers.ts';
import type { OutlierRow, OutliersAnswer, OutlierValue } from '../../model/answers-outliers.ts';
import { describeCount, describeShareOf } from '../../util/text.ts';
import { DEFINITIONS } from '../definitions.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { DifferenceInterval } from '../impact/DifferenceInterval.tsx';
import { BreakableText } from '../parts/BreakableText.tsx';
import { Icon } from '../parts/Icon.tsx';
import { Meter } from '../parts/Meter.tsx';
import type { Column } from '../parts/Table.tsx';
import { valueEvidence } from './outlier-evidence.ts';
import type { Side } from './outlier-evidence.ts';
import { describeChance, describeField, describePair, describeValue, SET_NAMES } from './outlier-text.ts';

export interface OutlierColumns {
  /** The node whose requests were compared. */
  readonly path: ChainPath;
  readonly answer: OutliersAnswer;
  /** Narrows the view to the requests with the value; null: no filter says that. */
  readonly narrow: (value: OutlierValue) => Partial<ViewState> | null;
  readonly href: (patch: Partial<ViewState>) => string;
}

/** Adjusted chance below which a value is flagged (docs/figures.md, Outliers). */
const SIGNIFICANT = 0.05;

/** The chance is corrected for the number of values compared; the interval of a row is not. */
function isSignificant(row: OutlierRow): boolean {
  return row.chance < SIGNIFICANT;
}

export function outlierColumns(given: OutlierColumns): readonly Column<OutlierRow>[] {
  const { answer } = given;
  return [
    ...valueColumns,
    {
      key: 'filter',
      title: 'Filter',
      cell: (row) => (
        <Show when={given.narrow(row)}>
          {(patch) => (
            <a
              class="icon-button"
              href={given.href(patch())}
              title={`Filter by this: ${describePair(row)}`}
              aria-label={`Filter by this: ${describePair(row)}`}
            >
              <Icon name="filter" />
            </a>
          )}
        </Show>
      ),
    },
    shareColumn(given, 'inside', `Among the ${SET_NAMES[answer.set]}`),
    shareColumn(given, 'outside', 'Among the others'),
    ...effectColumns(answer),
  ];
}

const valueColumns: readonly Column<OutlierRow>[] = [
  {
    key: 'attribute',
    title: 'Attribute',
    class: 'outlier-key',
    sortBy: (row) => describeField(row.field),
    cell: (row) => (
      <>
        <BreakableText text={describeField(row.field)} />
        <Show when={row.field.kind === 'resource'}>
          {' '}
          <span class="tag">resource</span>
        </Show>
      </>
    ),
  },
  {
    key: 'value',
    title: 'Value',
    class: 'outlier-value',
    sortBy: describeValue,
    cell: (row) => (
      <>
        <span classList={{ quiet: row.value === null || row.value === '' }}>
          <BreakableText text={describeValue(row)} />
        </span>
        <Alike row={row} />
      </>
    ),
  },
];

/** Other values of the same requests: one of them may say more than the first. */
function Alike(props: { row: OutlierRow }): JSX.Element {
  return (
    <Show when={props.row.alike.length > 0}>
      <details class="outlier-alike">
        <summary>
          the same requests: {props.row.alike.length} more {props.row.alike.length === 1 ? 'value' : 'values'}
        </summary>
        <ul>
          <For each={props.row.alike}>{(value) => <li>{describePair(value)}</li>}</For>
        </ul>
      </details>
    </Show>
  );
}

function shareColumn(given: OutlierColumns, side: Side, title: string): Column<OutlierRow> {
  const all = side === 'inside' ? given.answer.outliers : given.answer.others;
  return {
    key: side,
    title,
    hint: side === 'inside' ? DEFINITIONS.outliersWith : DEFINITIONS.othersWith,
    numeric: true,
    class: 'outlier-share',
    sortBy: (row) => row[side],
    cell: (row) => {
      const selection = valueEvidence(given.path, given.answer, row, side);
      return (
        <>
          <Meter share={row[side] / all} />
          <span class="outlier-count">
            <EvidenceLink selection={selection} count={row[side]}>
              {describeCount(row[side])}
            </EvidenceLink>
          </span>
        </>
      );
    },
  };
}

function effectColumns({ set }: OutliersAnswer): readonly Column<OutlierRow>[] {
  const bearers = (row: OutlierRow) => row.inside + row.outside;
  return [
    {
      key: 'difference',
      title: 'Difference, 95 % interval',
      hint: DEFINITIONS.outlierDifference,
      class: 'outlier-difference',
      sortBy: (row) => row.difference,
      cell: (row) => (
        <DifferenceInterval difference={row.difference} interval={row.interval} beyond={isSignificant(row)} />
      ),
    },
    {
      key: 'rate',
      title: set === 'failed' ? 'Failure rate' : 'Slow of these',
      hint: DEFINITIONS.slowOfThese,
      numeric: true,
      sortBy: (row) => row.inside / bearers(row),
      cell: (row) => describeShareOf(row.inside, bearers(row)),
    },
    {
      key: 'chance',
      title: 'Chance',
      hint: DEFINITIONS.outlierChance,
      numeric: true,
      sortBy: (row) => row.chance,
      cell: (row) => (
        <span classList={{ 'outlier-beyond': isSignificant(row), quiet: !isSignificant(row) }}>
          {describeChance(row.chance)}
        </span>
      ),
    },
  ];
}
