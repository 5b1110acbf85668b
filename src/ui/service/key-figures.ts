/** Key figures of a service (screen 3). */
import type { ServiceAnswer } from '../../model/answers.ts';
import { describeCount, describeCounted, describeShareOf } from '../../util/text.ts';
import { describeInData } from '../parts/estimates.ts';
import { responseTimeFigures } from './figures.ts';
import type { Figure } from './figures.ts';
import { DEFINITIONS } from '../definitions.ts';

export function keyFigures(answer: ServiceAnswer): readonly Figure[] {
  const place = { kind: 'node', path: [answer.target.service] } as const;
  const all = { selection: { place, count: 'requests' }, count: answer.requests } as const;
  const failed = { selection: { place, count: 'failedRequests' }, count: answer.failedRequests } as const;
  const failure = answer.failedRequests > 0;
  const shown = ['Median', '95th percentile', '99th percentile', 'Slowest'];
  return [
    {
      label: 'Requests',
      evidence: all,
      value: describeCounted(answer.requests, answer),
      detail: describeInData(answer, 'requests'),
      definition: DEFINITIONS.requests,
    },
    {
      label: 'Failure rate',
      value: describeShareOf(answer.failedRequests, answer.requests),
      definition: DEFINITIONS.failureRate,
      failure,
    },
    {
      label: 'Failed requests',
      evidence: failed,
      value: describeCounted(answer.failedRequests, answer),
      detail: describeInData(answer, 'failedRequests'),
      definition: DEFINITIONS.failedRequests,
      failure,
    },
    ...responseTimeFigures(answer.responseTime).filter((figure) => shown.includes(figure.label)),
    {
      label: 'Instances',
      value: describeCount(answer.instances),
      definition: DEFINITIONS.instances,
    },
  ];
}
