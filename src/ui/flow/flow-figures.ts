/** The figures of docs/figures.md (Service flow) at a node, each with what it means in one sentence. */
import type { FlowNode } from '../../model/answers-flow.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import {
  describeCount,
  describeDuration,
  describeRatio,
  describeShare,
  describeShareOf,
} from '../../util/text.ts';
import type { PlaceBelow } from '../backtrace/backtrace-through.ts';
import { DEFINITIONS } from '../definitions.ts';
import { responseTimeFigures } from '../service/figures.ts';
import type { Figure } from '../service/figures.ts';

export type FlowSelection = Pick<EvidenceSelection, 'count' | 'callee' | 'calling' | 'waits'>;

export function evidenceAt({ path, down }: PlaceBelow, selected: FlowSelection): EvidenceSelection {
  return { place: { kind: 'flow', path, down }, ...selected };
}

/** `above`: the node that calls it; null: it is the first. */
export function flowFigures(node: FlowNode, above: FlowNode | null, place: PlaceBelow): readonly Figure[] {
  const root = place.down[0].name;
  const calls: Figure = {
    label: above === null ? 'Requests' : 'Calls',
    value: describeCount(node.calls),
    definition: above === null ? DEFINITIONS.flowRequests : DEFINITIONS.flowCalls,
    evidence: { selection: evidenceAt(place, { count: 'requests' }), count: node.calls },
  };
  const failed: Figure = {
    label: above === null ? 'Failed requests' : 'Failed calls',
    value: describeCount(node.failedCalls),
    detail: `${describeShareOf(node.failedCalls, node.calls)} of them`,
    definition: DEFINITIONS.flowFailedCalls,
    failure: node.failedCalls > 0,
    evidence: { selection: evidenceAt(place, { count: 'failedRequests' }), count: node.failedCalls },
  };
  return [
    ...(above === null ? [] : callFigures(node, above, place, root)),
    calls,
    failed,
    ...(above === null ? [] : hitFigures(node, place)),
    ...timeFigures(node, place),
    ...responseTimeFigures(node.responseTime),
  ];
}

function callFigures(node: FlowNode, above: FlowNode, place: PlaceBelow, root: string): readonly Figure[] {
  return [
    {
      label: 'Requests that call',
      value: describeShare(node.share),
      detail: `${describeCount(node.roots)} of ${root}`,
      definition: DEFINITIONS.requestsThatCall,
      evidence: { selection: evidenceAt(place, { count: 'calls' }), count: node.roots },
    },
    {
      label: 'Calls per request',
      value: describeRatio(node.calls, node.roots),
      detail: 'of those that call',
      definition: DEFINITIONS.callsPerRequest,
    },
    {
      label: 'Of the caller',
      value: describeShareOf(node.callers, above.calls),
      detail: `${describeCount(node.callers)} of ${describeCount(above.calls)}`,
      definition: DEFINITIONS.ofTheCaller,
      evidence: {
        selection: evidenceAt(
          { path: place.path, down: place.down.slice(0, -1) },
          { count: 'requests', calling: node.service },
        ),
        count: node.callers,
      },
    },
  ];
}

function hitFigures(node: FlowNode, place: PlaceBelow): readonly Figure[] {
  return [
    {
      label: 'Requests hit',
      value: describeCount(node.hit),
      definition: DEFINITIONS.flowHit,
      evidence: { selection: evidenceAt(place, { count: 'calls', callee: 'failed' }), count: node.hit },
    },
    {
      label: 'Failed themselves',
      value: describeShareOf(node.hitFailed, node.hit),
      detail: `${describeCount(node.hitFailed)} of ${describeCount(node.hit)} hit`,
      definition: DEFINITIONS.flowHitFailed,
      failure: node.hitFailed > 0,
      evidence: {
        selection: evidenceAt(place, { count: 'failedCalls', callee: 'failed' }),
        count: node.hitFailed,
      },
    },
  ];
}

function timeFigures(node: FlowNode, place: PlaceBelow): readonly Figure[] {
  return [
    {
      label: 'Contribution',
      value: describeShare(node.timeShare),
      detail: describeDuration(node.timeMs),
      definition: DEFINITIONS.contribution,
    },
    {
      label: 'Own time',
      value: describeShareOf(node.ownTimeMs, node.timeMs),
      detail: describeDuration(node.ownTimeMs),
      definition: DEFINITIONS.flowOwnTime,
    },
    ...(node.asynchronous === 0
      ? []
      : [
          {
            label: 'Asynchronous',
            value: describeCount(node.asynchronous),
            detail: `${describeShareOf(node.asynchronous, node.calls)} of calls`,
            definition: DEFINITIONS.asynchronous,
            evidence: {
              selection: evidenceAt(place, { count: 'requests', waits: 'asynchronous' }),
              count: node.asynchronous,
            },
          },
        ]),
  ];
}
