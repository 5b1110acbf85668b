/** The figures of SEMANTICS.md §6 at a node, each with what it means in one sentence. */
import type { ChainPath, NodeFigures } from '../../model/answers.ts';
import type { EvidenceCount } from '../../model/answers-evidence.ts';
import { describeCounted, describeShare, describeShareOf } from '../../util/text.ts';
import { describeInData } from '../parts/estimates.ts';
import { responseTimeFigures } from '../service/figures.ts';
import type { Figure } from '../service/figures.ts';
import { DEFINITIONS } from '../definitions.ts';

/** At the root the node's requests are the calls themselves: what compares the two is left out. */
export function nodeFigures(figures: NodeFigures, path: ChainPath): readonly Figure[] {
  const behind = (count: CountOfNode): Pick<Figure, 'evidence'> => ({
    evidence: { selection: { place: { kind: 'node', path }, count }, count: figures[count] },
  });
  const counted = (count: 'calls' | 'failedCalls') => describeCounted(figures[count], figures);
  const counts: readonly Figure[] = [
    {
      label: 'Calls',
      ...behind('calls'),
      value: counted('calls'),
      detail: describeInData(figures, 'calls'),
      definition: DEFINITIONS.calls,
    },
    {
      label: 'Share',
      value: describeShare(figures.share),
      definition: DEFINITIONS.callShare,
    },
    {
      label: 'Failed calls',
      ...behind('failedCalls'),
      value: counted('failedCalls'),
      detail: joined(
        `${describeShareOf(figures.failedCalls, figures.calls)} of calls`,
        describeInData(figures, 'failedCalls'),
      ),
      definition: DEFINITIONS.failedCalls,
      failure: figures.failedCalls > 0,
    },
  ];
  return path.length === 1
    ? [...counts, ...responseTimeFigures(figures.responseTime)]
    : [...counts, ...callerFigures(figures, behind)];
}

function joined(...details: readonly (string | undefined)[]): string {
  return details.filter((detail) => detail !== undefined).join(', ');
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
      value: describeCounted(figures.requests, figures),
      detail: describeInData(figures, 'requests'),
      definition: DEFINITIONS.requestsHere,
    },
    {
      label: 'Failed requests',
      ...behind('failedRequests'),
      value: describeCounted(figures.failedRequests, figures),
      detail: joined(
        `${describeShareOf(figures.failedRequests, figures.requests)} of requests`,
        describeInData(figures, 'failedRequests'),
      ),
      definition: DEFINITIONS.failedRequestsHere,
      failure: figures.failedRequests > 0,
    },
    {
      label: 'Hit',
      ...behind('hit'),
      value: describeCounted(figures.hit, figures),
      definition: DEFINITIONS.hit,
    },
    {
      label: 'Passed on',
      ...behind('hitFailed'),
      value: describeShareOf(figures.hitFailed, figures.hit),
      detail: `${describeCounted(figures.hitFailed, figures)} of ${describeCounted(figures.hit, figures)} hit`,
      definition: DEFINITIONS.passedOn,
      failure: figures.hitFailed > 0,
    },
    {
      label: 'Failure rate when not hit',
      ...behind('notHitFailed'),
      value: describeShareOf(figures.notHitFailed, figures.notHit),
      definition: DEFINITIONS.rateWhenNotHit,
    },
    ...responseTimeFigures(figures.responseTime),
  ];
}
