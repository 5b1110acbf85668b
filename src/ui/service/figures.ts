/** Key figures as people read them: name, value with unit, and what it means in one sentence. */
import type { ResponseTime } from '../../model/answers.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import { describeDuration } from '../../util/text.ts';

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
  ['Average', 'average', 'Mean of the response times.'],
  ['Median', 'median', 'Half of the requests took no longer than this.'],
  ['75th percentile', 'p75', '75 % of the requests took no longer than this.'],
  ['90th percentile', 'p90', '90 % of the requests took no longer than this.'],
  ['95th percentile', 'p95', '95 % of the requests took no longer than this.'],
  ['99th percentile', 'p99', '99 % of the requests took no longer than this.'],
  ['Slowest', 'max', 'The longest response time of a request.'],
] as const;

/** A dash where no request has a time. */
export function responseTimeFigures(times: ResponseTime): readonly Figure[] {
  return TIMES.map(([label, key, definition]) => ({
    label,
    value: times.count === 0 ? '–' : describeDuration(times[key]),
    definition,
  }));
}
