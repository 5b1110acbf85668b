/** The sunburst of a comparison: area = both sides together, colour and sign = what differs. */
import type { NodeFigures } from '../model/answers.ts';
import type { CompareNode } from '../model/answers-compare.ts';
import { describeDuration, describeShare, describeShareOf } from '../util/text.ts';
import type { ChartOption, ChartSize } from './chart-option.ts';
import { describeDifference, differenceLevel, differencePaint } from './difference.ts';
import type { Difference } from './difference.ts';
import { arcName } from './sunburst.ts';
import type { SunburstArc, SunburstLayout } from './sunburst-layout.ts';
import { drawSunburst } from './sunburst-picture.ts';
import type { ChartTheme } from './theme.ts';
import type { TooltipText } from './tooltip.ts';
import type { UnionNode } from './union-tree.ts';

type Arc = SunburstArc<UnionNode>;

export const PRESENCE_LABELS = { both: null, appeared: 'only in B', vanished: 'only in A' } as const;

const FIGURES: Readonly<Record<Difference, readonly [name: string, text: (figures: NodeFigures) => string]>> =
  {
    share: ['share of calls', ({ share }) => describeShare(share)],
    rate: ['failure rate', ({ failedRequests, requests }) => describeShareOf(failedRequests, requests)],
    time: [
      'median response time',
      ({ responseTime }) => (responseTime.count === 0 ? '–' : describeDuration(responseTime.median)),
    ],
  };

export function differenceOption(
  layout: SunburstLayout<UnionNode>,
  difference: Difference,
  theme: ChartTheme,
  size: ChartSize,
): ChartOption {
  const paint = (arc: Arc) =>
    arc.kind === 'step'
      ? differencePaint(arc.node.compared, difference, theme)
      : { fill: theme.other, text: theme.text, decal: null };
  const label = (arc: Arc) => differenceLabel(arc, difference);
  return drawSunburst({ layout, paint, label, tooltip: differenceTooltip }, theme, size);
}

/** Where it differs by how much, before the name, so that the sign does not hang on the colour nor on the room. */
export function differenceLabel(arc: Arc, difference: Difference): string {
  const level = arc.kind === 'step' ? differenceLevel(arc.node.compared, difference) : null;
  if (level === null || level === 0) return arcName(arc);
  const by = describeDifference(arc.node.compared, difference).replace(' points', '');
  return `${by} ${arcName(arc)}`;
}

export function differenceTooltip(arc: Arc): TooltipText {
  const title = arc.kind === 'end' && arc.parent ? `${arcName(arc.parent)}: ${arcName(arc)}` : arcName(arc);
  if (arc.kind !== 'step') return { title, rows: [['of both sides', describeShare(arc.calls)]] };
  const { compared } = arc.node;
  const rows = (Object.keys(FIGURES) as Difference[]).map((name): readonly [string, string] => [
    FIGURES[name][0],
    describeBoth(compared, name),
  ]);
  const presence = PRESENCE_LABELS[compared.presence];
  return { title, rows, ...(presence === null ? {} : { note: presence }) };
}

/** `4 % → 14 % (+10 points)` */
function describeBoth(node: CompareNode, name: Difference): string {
  const side = (figures: NodeFigures | null) => (figures === null ? '–' : FIGURES[name][1](figures));
  return `${side(node.a)} → ${side(node.b)} (${describeDifference(node, name)})`;
}
