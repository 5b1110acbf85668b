/** The figures of SEMANTICS.md §6 at a node, each with what it means in one sentence. */
import type { ChainPath, NodeFigures } from '../../model/answers.ts';
import type { EvidenceCount } from '../../model/answers-evidence.ts';
import { describeCount, describeShare, describeShareOf } from '../../util/text.ts';
import { responseTimeFigures } from '../service/figures.ts';
import type { Figure } from '../service/figures.ts';

/** At the root the node's requests are the calls themselves: what compares the two is left out. */
export function nodeFigures(figures: NodeFigures, target: string, path: ChainPath): readonly Figure[] {
  const behind = (count: CountOfNode): Pick<Figure, 'evidence'> => ({
    evidence: { selection: { place: { kind: 'node', path }, count }, count: figures[count] },
  });
  const counts: readonly Figure[] = [
    {
      label: 'Calls',
      ...behind('calls'),
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
      ...behind('failedCalls'),
      value: describeCount(figures.failedCalls),
      detail: `${describeShareOf(figures.failedCalls, figures.calls)} of calls`,
      definition: `Requests of ${target} through here that failed, and their part of the calls.`,
      failure: figures.failedCalls > 0,
    },
  ];
  return path.length === 1
    ? [...counts, ...responseTimeFigures(figures.responseTime)]
    : [...counts, ...callerFigures(figures, behind)];
}

/** Every count that evidence lists is a figure of the node. */
type CountOfNode = EvidenceCount & keyof NodeFigures;

function callerFigures(
  figures: NodeFigures,
  behind: (count: CountOfNode) => Pick<Figure, 'evidence'>,
): readonly Figure[] {
  return [
    {
      label: 'Requests',
      ...behind('requests'),
      value: describeCount(figures.requests),
      definition: 'Distinct requests here that led to those calls; one request can lead to many calls.',
    },
    {
      label: 'Failed requests',
      ...behind('failedRequests'),
      value: describeCount(figures.failedRequests),
      detail: `${describeShareOf(figures.failedRequests, figures.requests)} of requests`,
      definition: 'Distinct requests here that failed themselves, and their part of the requests.',
      failure: figures.failedRequests > 0,
    },
    {
      label: 'Hit',
      ...behind('hit'),
      value: describeCount(figures.hit),
      definition: 'Distinct requests here that led to at least one failed call.',
    },
    {
      label: 'Passed on',
      ...behind('hitFailed'),
      value: describeShareOf(figures.hitFailed, figures.hit),
      detail: `${describeCount(figures.hitFailed)} of ${describeCount(figures.hit)} hit`,
      definition:
        'Hit requests that failed themselves, and their part of those hit: 0 % is every failure handled at or below this step, 100 % is every one came through.',
      failure: figures.hitFailed > 0,
    },
    {
      label: 'Failure rate when not hit',
      ...behind('notHitFailed'),
      value: describeShareOf(figures.notHitFailed, figures.notHit),
      definition:
        'Failure rate of the requests here that led to successful calls only: what “passed on” is compared with.',
    },
    ...responseTimeFigures(figures.responseTime),
  ];
}
