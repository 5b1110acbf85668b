/** How much two sides differ at a node, on one diverging scale: orange for more, blue for less, and the sign. */
import type { CompareNode, FigureChange } from '../model/answers-compare.ts';
import { describeDuration, describePoints } from '../util/text.ts';
import type { ArcPaint } from './sunburst-picture.ts';
import type { ChartTheme } from './theme.ts';

export const DIFFERENCES = ['share', 'rate', 'time'] as const;
/** What the colours tell: share of calls, failure rate of the requests, median response time. */
export type Difference = (typeof DIFFERENCES)[number];

export function changeOf(node: CompareNode, difference: Difference): FigureChange {
  return { share: node.share, rate: node.failureRate, time: node.responseTime }[difference];
}

/** −3 (much less) … 0 (about the same) … 3 (much more); what is beyond chance is at least 1. */
export type DifferenceLevel = -3 | -2 | -1 | 0 | 1 | 2 | 3;

/** Upper borders of levels 0, 1 and 2: points of a share or rate (1 = 100), and times of a duration. */
const POINT_STEPS = [0.01, 0.05, 0.2] as const;
const TIMES_STEPS = [1.1, 1.5, 3] as const;

export const DIFFERENCE_LEVEL_LABELS: Readonly<Record<Difference, readonly string[]>> = {
  share: ['up to 1 point', 'up to 5 points', 'up to 20 points', 'more than 20 points'],
  rate: ['up to 1 point', 'up to 5 points', 'up to 20 points', 'more than 20 points'],
  time: ['up to 1.1 times', 'up to 1.5 times', 'up to 3 times', 'more than 3 times'],
};

/** null: one side has no such figure. */
export function differenceLevel(node: CompareNode, difference: Difference): DifferenceLevel | null {
  const { difference: by, beyondChance } = changeOf(node, difference);
  if (by === null) return null;
  const [size, steps] = difference === 'time' ? [timesOf(node), TIMES_STEPS] : [Math.abs(by), POINT_STEPS];
  const step = steps.findIndex((border) => size <= border);
  const level = Math.max(step < 0 ? steps.length : step, beyondChance && by !== 0 ? 1 : 0);
  return (by < 0 && level > 0 ? -level : level) as DifferenceLevel;
}

/** How many times the shorter median fits into the longer. */
function timesOf({ a, b }: CompareNode): number {
  const medians = [a?.responseTime.median ?? 0, b?.responseTime.median ?? 0];
  const shorter = Math.min(...medians);
  const longer = Math.max(...medians);
  if (longer === 0) return 1;
  return shorter === 0 ? Infinity : longer / shorter;
}

/** With its sign: `+12.5 points`, `−3.2 ms`; a dash where a side lacks it. */
export function describeDifference(node: CompareNode, difference: Difference): string {
  const { difference: by } = changeOf(node, difference);
  if (by === null) return '–';
  if (difference === 'time') return `${by > 0 ? '+' : ''}${describeDuration(by)}`;
  return `${describePoints(by)} points`;
}

/** Colour by size and direction; hatching, falling for more and rising for less, only beyond chance. */
export function differencePaint(node: CompareNode, difference: Difference, theme: ChartTheme): ArcPaint {
  const level = differenceLevel(node, difference);
  const dashed = node.presence !== 'both';
  if (level === null || level === 0) return { fill: theme.other, text: theme.text, decal: null, dashed };
  const step = Math.abs(level) - 1;
  const colors = level > 0 ? theme.more : theme.less;
  const texts = level > 0 ? theme.moreText : theme.lessText;
  const decal = changeOf(node, difference).beyondChance ? hatching(level, theme) : null;
  return { fill: colors[step], text: texts[step], decal, dashed };
}

const SPACING = [10, 7, 5] as const;

function hatching(level: number, theme: ChartTheme): object {
  return {
    symbol: 'rect',
    color: theme.hatching,
    dashArrayX: [1, 0],
    dashArrayY: [1.5, SPACING[Math.abs(level) - 1]],
    rotation: (Math.PI / 4) * Math.sign(-level),
  };
}
