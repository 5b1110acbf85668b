/**
 * The sunburst of a backtrace: centre = chosen service, rings = callers outward, area = calls,
 * colour and hatching = call failure rate, marks at the rim = ends of chains.
 */
import { nameOfServices } from '../model/service.ts';
import type { ChainEnd } from '../model/service.ts';
import { describeCounted, describeCountOf, describeShare, nounFor } from '../util/text.ts';
import type { ChartOption, ChartSize } from './chart-option.ts';
import { failureColor, failureLevel, failurePattern, failureTextColor } from './palette.ts';
import type { SunburstArc, SunburstLayout, SunburstNode } from './sunburst-layout.ts';
import { drawSunburst } from './sunburst-picture.ts';
import type { ArcPaint } from './sunburst-picture.ts';
import type { ChartTheme } from './theme.ts';
import type { TooltipText } from './tooltip.ts';

export const CHAIN_END_LABELS: Readonly<Record<ChainEnd, string>> = {
  userAction: 'user action',
  entryPoint: 'entry point',
  callerMissing: 'caller missing',
};

/** Data item i is arc i of the layout. */
export function sunburstOption(layout: SunburstLayout, theme: ChartTheme, size: ChartSize): ChartOption {
  const paint = (arc: SunburstArc) => failurePaint(arc, theme);
  return drawSunburst({ layout, paint, label: arcName, tooltip: arcTooltip }, theme, size);
}

function failurePaint(arc: SunburstArc, theme: ChartTheme): ArcPaint {
  const level = failureLevel(arc.failedCalls, arc.calls);
  return {
    fill: arc.kind === 'other' && level === 0 ? theme.other : failureColor(theme, level),
    text: failureTextColor(theme, level),
    decal: failurePattern(theme, level),
  };
}

export function arcName<N extends SunburstNode>(arc: SunburstArc<N>): string {
  switch (arc.kind) {
    case 'step':
      return nameOfServices(arc.node);
    case 'end':
      return arc.end === null ? '' : CHAIN_END_LABELS[arc.end];
    case 'other':
      return `other (${describeCountOf(arc.chains, 'chain')})`;
    case 'deeper':
      return `further callers (${describeCountOf(arc.chains, 'chain')})`;
  }
}

/** What the tooltip of an arc says. */
export function arcTooltip(arc: SunburstArc): TooltipText {
  if (arc.kind === 'end') {
    return {
      title: `${arc.parent === null ? '' : arcName(arc.parent)}: ${arcName(arc)}`,
      rows: [['chains end here', `${describeCounted(arc.calls, arc.node)} ${nounFor(arc.calls, 'call')}`]],
    };
  }
  const failures = `${describeCounted(arc.failedCalls, arc.node)} (${describeShare(rate(arc.failedCalls, arc.calls))})`;
  const rows: [string, string][] = [
    ['calls', describeCounted(arc.calls, arc.node)],
    ['failed calls', failures],
  ];
  if (arc.kind !== 'step') return { title: arcName(arc), rows };
  rows.push(
    ['requests', describeCounted(arc.node.requests, arc.node)],
    ['share', describeShare(arc.node.share)],
  );
  return { title: arcName(arc), rows, note: arc.node.service.type };
}

function rate(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
