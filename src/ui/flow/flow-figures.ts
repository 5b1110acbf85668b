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
import { responseTimeFigures } from '../service/figures.ts';
import type { Figure } from '../service/figures.ts';

export function evidenceAt(
  { path, down }: PlaceBelow,
  count: EvidenceSelection['count'],
  callee?: 'failed',
): EvidenceSelection {
  return { place: { kind: 'flow', path, down }, count, ...(callee === undefined ? {} : { callee }) };
}

/** `above`: the node that calls it; null: it is the first. */
export function flowFigures(node: FlowNode, above: FlowNode | null, place: PlaceBelow): readonly Figure[] {
  const root = place.down[0].name;
  const calls: Figure = {
    label: above === null ? 'Requests' : 'Calls',
    value: describeCount(node.calls),
    definition:
      above === null ? 'The requests that the flow begins with.' : 'Requests here, each called once.',
    evidence: { selection: evidenceAt(place, 'requests'), count: node.calls },
  };
  const failed: Figure = {
    label: above === null ? 'Failed requests' : 'Failed calls',
    value: describeCount(node.failedCalls),
    detail: `${describeShareOf(node.failedCalls, node.calls)} of them`,
    definition: 'Those that failed, and their part.',
    failure: node.failedCalls > 0,
    evidence: { selection: evidenceAt(place, 'failedRequests'), count: node.failedCalls },
  };
  return [
    ...(above === null ? [] : callFigures(node, above, place, root)),
    calls,
    failed,
    ...(above === null ? [] : hitFigures(node, place, root)),
    ...timeFigures(node, root),
    ...responseTimeFigures(node.responseTime),
  ];
}

function callFigures(node: FlowNode, above: FlowNode, place: PlaceBelow, root: string): readonly Figure[] {
  return [
    {
      label: 'Requests that call',
      value: describeShare(node.share),
      detail: `${describeCount(node.roots)} of ${root}`,
      definition: `Distinct requests of ${root} that led to a call here, and their part of all of them.`,
      evidence: { selection: evidenceAt(place, 'calls'), count: node.roots },
    },
    {
      label: 'Calls per request',
      value: describeRatio(node.calls, node.roots),
      detail: 'of those that call',
      definition: `Calls divided by the requests of ${root} that led to one.`,
    },
    {
      label: 'Of the caller',
      value: describeShareOf(node.callers, above.calls),
      detail: `${describeCount(node.callers)} of ${describeCount(above.calls)}`,
      definition: `Distinct requests of ${above.service.name}, on this path, that made these calls.`,
    },
  ];
}

function hitFigures(node: FlowNode, place: PlaceBelow, root: string): readonly Figure[] {
  return [
    {
      label: 'Requests hit',
      value: describeCount(node.hit),
      definition: `Distinct requests of ${root} that led to at least one failed call here.`,
      evidence: { selection: evidenceAt(place, 'calls', 'failed'), count: node.hit },
    },
    {
      label: 'Failed themselves',
      value: describeShareOf(node.hitFailed, node.hit),
      detail: `${describeCount(node.hitFailed)} of ${describeCount(node.hit)} hit`,
      definition: `Of the requests of ${root} that were hit, those that failed themselves.`,
      failure: node.hitFailed > 0,
      evidence: { selection: evidenceAt(place, 'failedCalls', 'failed'), count: node.hitFailed },
    },
  ];
}

function timeFigures(node: FlowNode, root: string): readonly Figure[] {
  return [
    {
      label: 'Contribution',
      value: describeShare(node.timeShare),
      detail: describeDuration(node.timeMs),
      definition: `Part of the response time of ${root} in which a call here was open; calls side by side count once.`,
    },
    {
      label: 'Own time',
      value: describeShareOf(node.ownTimeMs, node.timeMs),
      detail: describeDuration(node.ownTimeMs),
      definition: 'Part of that time in which none of the calls that it makes itself was open.',
    },
    ...(node.asynchronous === 0
      ? []
      : [
          {
            label: 'Asynchronous',
            value: describeCount(node.asynchronous),
            detail: `${describeShareOf(node.asynchronous, node.calls)} of calls`,
            definition: `Calls that ${root} does not wait for: they take none of its response time.`,
          },
        ]),
  ];
}
