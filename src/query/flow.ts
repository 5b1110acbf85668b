import type { RequestTable } from '../assembly/request-table.ts';
import type { FlowAnswer, FlowNode } from '../model/answers-flow.ts';
import type { NodeParams } from '../model/answers-spans.ts';
import { compareText } from '../util/compare-text.ts';
import { serviceNumber } from './chain-filter.ts';
import { callsOf, rootCalls, splitByService, timeOf } from './flow-levels.ts';
import type { FlowCalls } from './flow-levels.ts';
import { nodeRows } from './node-rows.ts';
import { durationsOf, responseTimeOf } from './response-time.ts';

const NS_PER_MS = 1e6;

interface Pending {
  readonly calls: FlowCalls;
  readonly parent: number;
  readonly depth: number;
}

/**
 * What the requests at a node of the backtrace call, merged by the path of services (docs/figures.md). Goes down
 * level by level, so the cost is what they call; works off a list, as calls may be nested as deep as somebody's
 * recursion.
 */
export function describeFlow(table: RequestTable, params: NodeParams): FlowAnswer {
  const { target, path } = params;
  const service = path.at(-1) ?? target.service;
  const { rows } = nodeRows(table, params);
  const root = rootCalls(table, serviceNumber(table, service), rows);
  const time = timeOf(root);
  const order = (a: FlowCalls, b: FlowCalls): number => compareCalls(table, a, b);
  const nodes: FlowNode[] = [];
  const pending: Pending[] = [{ calls: root, parent: -1, depth: 0 }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { calls, parent, depth } = next;
    const below = callsOf(table, calls, rows);
    const place = nodes.length;
    nodes.push({
      service: parent < 0 ? service : table.services[calls.service],
      parent,
      depth,
      ...countsOf(table, calls, rows),
      ...timesOf(timeOf(calls), timeOf(below), time),
      responseTime: responseTimeOf(durationsOf(table.durations, calls.rows)),
    });
    // The last one is taken next: the first in order.
    for (const called of splitByService(table, below).sort(order).toReversed())
      pending.push({ calls: called, parent: place, depth: depth + 1 });
  }
  return { target, path, found: rows.length > 0, nodes };
}

type Counts = Pick<
  FlowNode,
  'calls' | 'failedCalls' | 'callers' | 'roots' | 'share' | 'hit' | 'hitFailed' | 'asynchronous'
>;

function countsOf({ failed }: RequestTable, node: FlowCalls, rootRows: Uint32Array): Counts {
  const { rows, callers, roots } = node;
  const counts = { failedCalls: 0, callers: 0, roots: 0, hit: 0, hitFailed: 0, asynchronous: 0 };
  let lastHit = -1;
  for (let i = 0; i < rows.length; i++) {
    counts.asynchronous += node.asynchronous[i];
    if (i === 0 || callers[i] !== callers[i - 1]) counts.callers++;
    if (i === 0 || roots[i] !== roots[i - 1]) counts.roots++;
    if (!failed[rows[i]]) continue;
    counts.failedCalls++;
    if (roots[i] === lastHit) continue;
    lastHit = roots[i];
    counts.hit++;
    counts.hitFailed += failed[rootRows[lastHit]];
  }
  const share = rootRows.length === 0 ? 0 : counts.roots / rootRows.length;
  return { calls: rows.length, ...counts, share };
}

/** In: ns. */
function timesOf(
  time: number,
  below: number,
  ofRoots: number,
): Pick<FlowNode, 'timeMs' | 'ownTimeMs' | 'timeShare'> {
  return {
    timeMs: time / NS_PER_MS,
    ownTimeMs: (time - below) / NS_PER_MS,
    timeShare: ofRoots === 0 ? 0 : time / ofRoots,
  };
}

/** By calls descending, then name, then type. */
function compareCalls({ services }: RequestTable, a: FlowCalls, b: FlowCalls): number {
  return (
    b.rows.length - a.rows.length ||
    compareText(services[a.service].name, services[b.service].name) ||
    compareText(services[a.service].type, services[b.service].type)
  );
}
