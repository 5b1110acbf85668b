/** The figures of SEMANTICS.md §6 at a node, each with what it means in one sentence. */
import type { NodeFigures } from '../../model/answers.ts';
import { describeCount, describeShare, describeShareOf } from '../../util/text.ts';
import { responseTimeFigures } from '../service/figures.ts';
import type { Figure } from '../service/figures.ts';

/** At the root the node's requests are the calls themselves: what compares the two is left out. */
export function nodeFigures(figures: NodeFigures, target: string, isRoot: boolean): readonly Figure[] {
  const counts: readonly Figure[] = [
    {
      label: 'Calls',
      value: describeCount(figures.calls),
      definition: `Requests of ${target} whose chain passes through here.`,
    },
    {
      label: 'Share',
      value: describeShare(figures.share),
      definition: `Calls divided by all requests of ${target} under analysis.`,
    },
    {
      label: 'Failed calls',
      value: describeCount(figures.failedCalls),
      detail: `${describeShareOf(figures.failedCalls, figures.calls)} of calls`,
      definition: `Requests of ${target} through here that failed, and their part of the calls.`,
      failure: figures.failedCalls > 0,
    },
  ];
  return isRoot
    ? [...counts, ...responseTimeFigures(figures.responseTime)]
    : [...counts, ...callerFigures(figures)];
}

function callerFigures(figures: NodeFigures): readonly Figure[] {
  return [
    {
      label: 'Requests',
      value: describeCount(figures.requests),
      definition: 'Distinct requests here that led to those calls; one request can lead to many calls.',
    },
    {
      label: 'Failed requests',
      value: describeCount(figures.failedRequests),
      detail: `${describeShareOf(figures.failedRequests, figures.requests)} of requests`,
      definition: 'Distinct requests here that failed themselves, and their part of the requests.',
      failure: figures.failedRequests > 0,
    },
    {
      label: 'Hit',
      value: describeCount(figures.hit),
      definition: 'Distinct requests here that led to at least one failed call.',
    },
    {
      label: 'Passed on',
      value: describeShareOf(figures.hitFailed, figures.hit),
      detail: `${describeCount(figures.hitFailed)} of ${describeCount(figures.hit)} hit`,
      definition:
        'Hit requests that failed themselves, and their part of those hit: 0 % is every failure handled at or below this step, 100 % is every one came through.',
      failure: figures.hitFailed > 0,
    },
    {
      label: 'Failure rate when not hit',
      value: describeShareOf(figures.notHitFailed, figures.notHit),
      definition:
        'Failure rate of the requests here that led to successful calls only: what “passed on” is compared with.',
    },
    ...responseTimeFigures(figures.responseTime),
  ];
}
