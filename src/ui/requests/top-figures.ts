import type { Measure, TopFigures } from '../../model/answers-top.ts';

/** The figure that the measure names. */
export function measureOf(
  { requests, failedRequests, responseTime, sum, share, perMinute }: TopFigures,
  measure: Measure,
): number {
  switch (measure) {
    case 'requests':
      return requests;
    case 'failedRequests':
      return failedRequests;
    case 'failureRate':
      return requests === 0 ? 0 : failedRequests / requests;
    case 'sum':
      return sum;
    case 'share':
      return share;
    case 'perMinute':
      return perMinute ?? 0;
    case 'average':
    case 'median':
    case 'p95':
      return responseTime[measure];
  }
}
