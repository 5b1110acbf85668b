import { createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import { nameOfServices } from '../model/service.ts';
import type { CompareAnswer, CompareNode } from '../model/answers-compare.ts';
import { Chart } from './Chart.tsx';
import { ChartFigure } from './ChartFigure.tsx';
import type { Difference } from './difference.ts';
import { DIFFERENCES, describeDifference } from './difference.ts';
import { differenceOption, PRESENCE_LABELS } from './difference-sunburst.ts';
import { DifferenceLegend } from './DifferenceLegend.tsx';
import { arcName } from './sunburst.ts';
import { layoutSunburst } from './sunburst-layout.ts';
import type { SunburstArc } from './sunburst-layout.ts';
import { unionTree } from './union-tree.ts';
import type { UnionNode } from './union-tree.ts';

export interface DifferenceSunburstProps {
  readonly answer: CompareAnswer;
  /** What the colours tell. */
  readonly difference: Difference;
  /** Nodes to lift out. */
  readonly highlighted: readonly CompareNode[];
  /** Node under the pointer; null: none. */
  readonly onHover: (node: CompareNode | null) => void;
  readonly onSelect: (node: CompareNode) => void;
}

/** Two backtraces as one sunburst; the same steps are rows of the tree beside it. */
export function DifferenceSunburst(props: DifferenceSunburstProps): JSX.Element {
  const layout = createMemo(() =>
    layoutSunburst(unionTree(props.answer.root, props.answer.a.requests, props.answer.b.requests)),
  );
  const has = (kind: SunburstArc<UnionNode>['kind']) => layout().arcs.some((arc) => arc.kind === kind);
  const highlighted = () => {
    const nodes = new Set(props.highlighted);
    return layout().arcs.flatMap((arc, at) =>
      arc.kind === 'step' && nodes.has(arc.node.compared) ? [at] : [],
    );
  };
  const nodeAt = (dataIndex: number | null) =>
    dataIndex === null ? null : (layout().arcs[dataIndex]?.node.compared ?? null);
  const select = (dataIndex: number) => {
    const node = nodeAt(dataIndex);
    if (node !== null) props.onSelect(node);
  };
  return (
    <ChartFigure
      title="Both sides as one"
      note="Centre: the chosen service. Outward: its callers. Area: mean of their shares in A and in B."
      table={{
        headings: ['Chain', 'Only in', 'Share', 'Failure rate', 'Median response time'],
        rows: () => layout().arcs.map(arcRow),
      }}
    >
      <Chart
        class="chart-sunburst"
        label={`Sunburst of the differences at ${nameOfServices(props.answer.root)} and the callers; the tree holds the same steps`}
        option={(theme, size) => differenceOption(layout(), props.difference, theme, size)}
        highlighted={highlighted()}
        onHover={(dataIndex) => props.onHover(nodeAt(dataIndex))}
        onSelect={select}
      />
      <DifferenceLegend difference={props.difference} other={has('other')} deeper={has('deeper')} />
    </ChartFigure>
  );
}

/** A row of the table: the chain caller first, as everywhere. */
function arcRow(arc: SunburstArc<UnionNode>): readonly string[] {
  const names: string[] = [];
  for (let at: SunburstArc<UnionNode> | null = arc; at !== null; at = at.parent) names.push(arcName(at));
  const chain = names.join(' → ');
  if (arc.kind !== 'step') return [chain, '–', '–', '–', '–'];
  const { compared } = arc.node;
  return [
    chain,
    PRESENCE_LABELS[compared.presence] ?? 'both',
    ...DIFFERENCES.map((difference) => describeDifference(compared, difference)),
  ];
}
