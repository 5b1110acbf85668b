/** Key figures as people read them: name, value with unit, and what it means in one sentence. */
import type { ResponseTime } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import { describeDuration } from '../../util/text.ts';
import { DEFINITIONS } from '../definitions.ts';

export interface Figure {
  readonly label: string;
  readonly value: string;
  readonly definition: string;
  /** Smaller, below the value. */
  readonly detail?: string;
  /** Something failed: marked with an icon. */
  readonly failure?: boolean;
  /** The requests behind it, and how many they are. */
  readonly evidence?: { readonly selection: EvidenceSelection; readonly count: number };
}

const TIMES = [
  ['Average', 'average', DEFINITIONS.average],
  ['Median', 'median', DEFINITIONS.median],
  ['75th percentile', 'p75', DEFINITIONS.p75],
  ['90th percentile', 'p90', DEFINITIONS.p90],
  ['95th percentile', 'p95', DEFINITIONS.p95],
  ['99th percentile', 'p99', DEFINITIONS.p99],
  ['Slowest', 'max', DEFINITIONS.slowest],
] as const;

/** A dash where no request has a time. */
export function responseTimeFigures(times: ResponseTime): readonly Figure[] {
  return TIMES.map(([label, key, definition]) => ({
    label,
    value: times.count === 0 ? '–' : describeDuration(times[key]),
    definition,
  }));
}
