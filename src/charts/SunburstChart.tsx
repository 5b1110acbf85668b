import { createMemo } from 'solid-js';
import type { JSX } from 'solid-js';
import type { BacktraceNode } from '../model/answers.ts';
import { nameOfServices } from '../model/service.ts';
import { describeCounted, describeShare, describeShareOf } from '../util/text.ts';
import { Chart } from './Chart.tsx';
import type { ChartHandle } from './Chart.tsx';
import { ChartFigure } from './ChartFigure.tsx';
import { arcName, sunburstOption } from './sunburst.ts';
import { layoutSunburst } from './sunburst-layout.ts';
import type { SunburstArc } from './sunburst-layout.ts';
import { SunburstLegend } from './SunburstLegend.tsx';

export interface SunburstChartProps {
  readonly root: BacktraceNode;
  /** Nodes to lift out. */
  readonly highlighted: readonly BacktraceNode[];
  /** Node under the pointer; null: none. */
  readonly onHover: (node: BacktraceNode | null) => void;
  readonly onSelect: (node: BacktraceNode) => void;
  readonly ref?: (handle: ChartHandle) => void;
}

/** The backtrace as a sunburst; the same steps are rows of the tree beside it. */
export function SunburstChart(props: SunburstChartProps): JSX.Element {
  const layout = createMemo(() => layoutSunburst(props.root));
  const has = (kind: SunburstArc['kind']) => layout().arcs.some((arc) => arc.kind === kind);
  const highlighted = () => {
    const nodes = new Set(props.highlighted);
    return layout().arcs.flatMap((arc, at) => (arc.kind === 'step' && nodes.has(arc.node) ? [at] : []));
  };
  const nodeAt = (dataIndex: number | null) =>
    dataIndex === null ? null : (layout().arcs[dataIndex]?.node ?? null);
  const select = (dataIndex: number) => {
    const node = nodeAt(dataIndex);
    if (node !== null) props.onSelect(node);
  };
  return (
    <ChartFigure
      title="Chains of callers"
      note={`Centre: ${props.root.others ? 'the chosen services' : 'the chosen service'}. Outward: callers. Area: calls.`}
      table={{
        headings: ['Chain', 'Calls', 'Share', 'Call failure rate'],
        rows: () => layout().arcs.map(arcRow),
      }}
    >
      <Chart
        class="chart-sunburst"
        label={`Sunburst of the callers of ${nameOfServices(props.root)}; the tree holds the same steps`}
        option={(theme, size) => sunburstOption(layout(), theme, size)}
        highlighted={highlighted()}
        onHover={(dataIndex) => props.onHover(nodeAt(dataIndex))}
        onSelect={select}
        ref={props.ref}
      />
      <SunburstLegend other={has('other')} deeper={has('deeper')} />
    </ChartFigure>
  );
}

/** A row of the table: the chain caller first, as everywhere. */
function arcRow(arc: SunburstArc): readonly string[] {
  const names: string[] = [];
  for (let at: SunburstArc | null = arc; at !== null; at = at.parent) names.push(arcName(at));
  const whole = arc.to - arc.from;
  const failures = arc.kind === 'end' ? '–' : describeShareOf(arc.failedCalls, arc.calls);
  return [names.join(' → '), describeCounted(arc.calls, arc.node), describeShare(whole), failures];
}
