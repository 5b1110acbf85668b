/** Colours of failure: one scale for every picture, readable without red and green. */
import type { ChartTheme } from './theme.ts';

/** Upper borders of the steps of the failure scale (failure rate 0..1); above the last: the strongest. */
const FAILURE_STEPS: readonly number[] = [0, 0.05, 0.25, 0.6];

/** 0: nothing failed … 4: most failed. */
export type FailureLevel = 0 | 1 | 2 | 3 | 4;

export function failureLevel(failed: number, all: number): FailureLevel {
  const rate = all > 0 ? failed / all : 0;
  const step = FAILURE_STEPS.findIndex((border) => rate <= border);
  return (step < 0 ? FAILURE_STEPS.length : step) as FailureLevel;
}

export const FAILURE_LEVEL_LABELS: readonly string[] = [
  'none failed',
  'up to 5 %',
  'up to 25 %',
  'up to 60 %',
  'more',
];

export function failureColor(theme: ChartTheme, level: FailureLevel): string {
  return theme.failure[level];
}

/** Text on the failure colours: chosen per theme so that it keeps its contrast. */
export function failureTextColor(theme: ChartTheme, level: FailureLevel): string {
  return theme.failureText[level];
}

/** Hatching that grows denser with the failure level, so that colour is never the only sign. */
export interface FailurePattern {
  readonly symbol: 'rect';
  readonly color: string;
  readonly dashArrayX: [number, number];
  readonly dashArrayY: [number, number];
  readonly rotation: number;
}

const SPACING: readonly number[] = [0, 14, 10, 7, 5];

/** null: nothing failed, no hatching. */
export function failurePattern(theme: ChartTheme, level: FailureLevel): FailurePattern | null {
  if (level === 0) return null;
  return {
    symbol: 'rect',
    color: level === 4 ? theme.hatchingStrong : theme.hatching,
    dashArrayX: [1, 0],
    dashArrayY: [1.5, SPACING[level]],
    rotation: -Math.PI / 4,
  };
}
