/** Columns of the tree beside the service's name. */
import type { NodeFigures } from '../../model/answers.ts';
import type { EvidenceCount } from '../../model/answers-evidence.ts';
import { describeCounted, describeDuration, describeShareOf, nounFor } from '../../util/text.ts';
import { describeInData } from '../parts/estimates.ts';
import { DEFINITIONS } from '../definitions.ts';

export interface TreeColumn {
  readonly key: string;
  readonly title: string;
  readonly definition: string;
  readonly text: (figures: NodeFigures) => string;
  /** Explains this very value. */
  readonly hint?: (figures: NodeFigures) => string | undefined;
  /** Marked with an icon beside the colour. */
  readonly failure?: (figures: NodeFigures) => boolean;
  /** The count whose requests the number opens. */
  readonly evidence?: EvidenceCount & keyof NodeFigures;
  /** Why it says nothing at the root, the chosen service itself. */
  readonly trivialAtRoot?: string;
}

/** `12 (30 %)`, a dash where there is nothing it could be a part of. */
function failedCallsText(node: NodeFigures): string {
  const { calls, failedCalls } = node;
  if (calls === 0) return '–';
  if (failedCalls === 0) return '0';
  return `${describeCounted(failedCalls, node)} (${describeShareOf(failedCalls, calls)})`;
}

export const TREE_COLUMNS: readonly TreeColumn[] = [
  {
    key: 'calls',
    evidence: 'calls',
    title: 'Calls',
    definition: DEFINITIONS.calls,
    text: (node) => describeCounted(node.calls, node),
    hint: (node) => describeInData(node, 'calls'),
  },
  {
    key: 'failedCalls',
    evidence: 'failedCalls',
    title: 'Failed calls',
    definition: DEFINITIONS.failedCalls,
    text: failedCallsText,
    hint: (node) => describeInData(node, 'failedCalls'),
    failure: (node) => node.failedCalls > 0,
  },
  {
    key: 'requests',
    evidence: 'requests',
    title: 'Requests',
    definition: DEFINITIONS.requestsHere,
    text: (node) => describeCounted(node.requests, node),
    hint: (node) => describeInData(node, 'requests'),
  },
  {
    key: 'failureRate',
    evidence: 'failedRequests',
    title: 'Failure rate',
    definition: DEFINITIONS.failedRequestsHere,
    text: (node) => describeShareOf(node.failedRequests, node.requests),
    hint: (node) =>
      `${describeCounted(node.failedRequests, node)} of ${describeCounted(node.requests, node)} ${nounFor(node.requests, 'request')} failed`,
    failure: (node) => node.failedRequests > 0,
  },
  {
    key: 'passedOn',
    evidence: 'hitFailed',
    title: 'Passed on',
    definition: DEFINITIONS.passedOn,
    text: (node) => describeShareOf(node.hitFailed, node.hit),
    hint: passedOnHint,
    failure: (node) => node.hitFailed > 0,
    trivialAtRoot: DEFINITIONS.passedOnAtRoot,
  },
  {
    key: 'median',
    title: 'Median',
    definition: DEFINITIONS.median,
    text: (node) => (node.responseTime.count === 0 ? '–' : describeDuration(node.responseTime.median)),
  },
  {
    key: 'p95',
    title: 'p95',
    definition: DEFINITIONS.p95,
    text: (node) => (node.responseTime.count === 0 ? '–' : describeDuration(node.responseTime.p95)),
  },
];

function passedOnHint(node: NodeFigures): string {
  if (node.hit === 0) return 'No request here led to a failed call';
  const hit = `${describeCounted(node.hitFailed, node)} of ${describeCounted(node.hit, node)} hit ${nounFor(node.hit, 'request')} failed`;
  if (node.notHit === 0) return `${hit}; every request here was hit`;
  return `${hit}; of those not hit ${describeShareOf(node.notHitFailed, node.notHit)} failed`;
}
