import { Show, createMemo, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { PRESENCE_LABELS } from '../../charts/difference-sunburst.ts';
import type { NodeFigures } from '../../model/answers.ts';
import type { CompareNode, FigureChange } from '../../model/answers-compare.ts';
import { describeDuration, describePoints, describeShare, describeShareOf } from '../../util/text.ts';
import { Icon } from '../parts/Icon.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { CHANGES, directionOf, stands } from './compare-rows.ts';
import type { CompareRow } from './compare-rows.ts';
import { DEFINITIONS } from '../definitions.ts';

type ChangeName = (typeof CHANGES)[number];

interface ChangeText {
  readonly title: string;
  readonly hint: string;
  readonly figure: (figures: NodeFigures) => string;
  readonly difference: (difference: number) => string;
}

const points = (difference: number) => `${describePoints(difference)} points`;

const TEXTS: Readonly<Record<ChangeName, ChangeText>> = {
  share: {
    title: 'Share of calls',
    hint: DEFINITIONS.compareShare,
    figure: (node) => describeShare(node.share),
    difference: points,
  },
  failureRate: {
    title: 'Failure rate',
    hint: DEFINITIONS.compareFailureRate,
    figure: (node) => describeShareOf(node.failedRequests, node.requests),
    difference: points,
  },
  callFailureRate: {
    title: 'Calls failed',
    hint: DEFINITIONS.compareCallFailureRate,
    figure: (node) => describeShareOf(node.failedCalls, node.calls),
    difference: points,
  },
  responseTime: {
    title: 'Median response time',
    hint: DEFINITIONS.compareMedian,
    figure: (node) => (node.responseTime.count === 0 ? '–' : describeDuration(node.responseTime.median)),
    difference: (ms) => `${ms > 0 ? '+' : ''}${describeDuration(ms)}`,
  },
};

/** Steps deeper than this are not indented further: the name needs its room. */
const MAX_INDENT = 12;

const CHANGE_COLUMNS: readonly Column<CompareRow>[] = CHANGES.map((name) => ({
  key: name,
  title: TEXTS[name].title,
  hint: TEXTS[name].hint,
  numeric: true,
  value: (row) => row.node[name].difference ?? '',
  cell: (row) => <Change name={name} node={row.node} />,
}));

export interface CompareTreeProps {
  readonly rows: readonly CompareRow[];
  readonly chosen: CompareRow | null;
  readonly onChoose: (row: CompareRow) => void;
  /** Row under the pointer here or in the sunburst; null: none. */
  readonly hovered: CompareRow | null;
  readonly onHover: (row: CompareRow | null) => void;
}

/** The merged tree, its root the chosen service, each node with both sides and their difference. */
export function CompareTree(props: CompareTreeProps): JSX.Element {
  const [onlyStanding, setOnlyStanding] = createSignal(false);
  const rows = createMemo(() =>
    onlyStanding() ? props.rows.filter(({ node }) => stands(node)) : props.rows,
  );
  const name: Column<CompareRow> = {
    key: 'service',
    title: 'Service and its callers',
    value: (row) => row.chain(),
    cell: (row) => (
      <span class="compare-name" title={row.depth > 0 ? row.chain() : undefined}>
        <span class="tree-indent" style={{ '--steps': Math.min(MAX_INDENT, row.depth) }} />
        <button
          type="button"
          class="compare-step"
          aria-pressed={row === props.chosen}
          onClick={() => props.onChoose(row)}
          onFocus={() => props.onHover(row)}
          onBlur={() => props.onHover(null)}
        >
          <ServiceName service={row.node.service} others={row.node.others} />
        </button>
        <Show when={PRESENCE_LABELS[row.node.presence]}>
          {(presence) => <span class="tag tag-warn">{presence()}</span>}
        </Show>
      </span>
    ),
  };
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={onlyStanding()}
          onChange={(event) => setOnlyStanding(event.currentTarget.checked)}
        />
        Only steps that differ beyond chance or are on one side only
      </label>
      <Table
        label="Differences by step"
        columns={[name, ...CHANGE_COLUMNS]}
        rows={rows()}
        sort={null}
        defaultSort={{ column: 'none', descending: false }}
        onSort={() => {}}
        empty="No step differs beyond chance or is on one side only."
        marks={props}
      />
    </>
  );
}

function Change(props: { name: ChangeName; node: CompareNode }): JSX.Element {
  const text = () => TEXTS[props.name];
  const change = (): FigureChange => props.node[props.name];
  const direction = () => directionOf(props.name, change());
  const side = (figures: NodeFigures | null) => (figures === null ? '–' : text().figure(figures));
  return (
    <span class="change" title={describeChance(change())}>
      <span class="quiet">
        {side(props.node.a)} → {side(props.node.b)}
      </span>{' '}
      <span class={`change-difference change-${direction() ?? 'none'}`}>
        <Show when={direction() === 'worse'}>
          <Icon name="failure" />
        </Show>
        <Show when={direction() === 'better'}>
          <Icon name="check" />
        </Show>
        <Show when={direction() === 'other'}>
          <Icon name="info" />
        </Show>
        {change().difference === null ? '' : text().difference(change().difference ?? 0)}
      </span>
    </span>
  );
}

function describeChance({ chance, beyondChance }: FigureChange): string {
  if (chance === null) return 'Not tested: too little to compare';
  const rounded = chance < 0.001 ? 'below 0.1 %' : `${(chance * 100).toFixed(1)} %`;
  return `${beyondChance ? 'Beyond chance' : 'May be chance'}: adjusted p ${rounded}`;
}
