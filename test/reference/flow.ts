/** Issue 4, item 3: what the requests of a target call, downwards; from docs/figures.md, Service flow. */
import type { ServiceRef } from '../../src/model/service.ts';
import { compareRefs } from './backtrace.ts';
import { groupBy } from './group.ts';
import type { ReferenceData, Request } from './requests.ts';
import { responseTimeOf } from './statistics.ts';

/** A call as seen from its root request. */
export interface ReferenceCall {
  readonly request: Request;
  readonly root: Request;
  /** When the root waits for it, ns since the epoch; null: never. */
  readonly wait: Interval | null;
  readonly asynchronous: boolean;
}

interface Interval {
  readonly from: bigint;
  readonly to: bigint;
}

export interface ReferenceFlowNode {
  readonly service: ServiceRef;
  readonly depth: number;
  readonly calls: readonly ReferenceCall[];
  readonly callees: readonly ReferenceFlowNode[];
}

export function flow(data: ReferenceData, service: ServiceRef, roots: readonly Request[]): ReferenceFlowNode {
  const calls = roots.map((request): ReferenceCall => ({
    request,
    root: request,
    wait: intervalOf(request),
    asynchronous: false,
  }));
  return nodeAt(data, service, calls, 0);
}

function nodeAt(
  data: ReferenceData,
  service: ServiceRef,
  calls: readonly ReferenceCall[],
  depth: number,
): ReferenceFlowNode {
  const below = calls.flatMap((caller) =>
    data.requests
      .filter((request) => request.caller === caller.request)
      .map((request) => callFrom(caller, request)),
  );
  const groups = groupBy(below, ({ request }) =>
    JSON.stringify([request.service.name, request.service.type]),
  );
  const callees = [...groups.values()]
    .sort((a, b) => b.length - a.length || compareRefs(a[0].request.service, b[0].request.service))
    .map((group) => nodeAt(data, group[0].request.service, group, depth + 1));
  return { service, depth, calls, callees };
}

function callFrom(caller: ReferenceCall, request: Request): ReferenceCall {
  const nobodyWaits = request.opening.kind === 5 || caller.request.service.type === 'queue';
  const asynchronous = caller.asynchronous || nobodyWaits;
  const wait = asynchronous ? null : overlap(caller.wait, intervalOf(request));
  return { request, root: caller.root, wait, asynchronous };
}

function intervalOf({ startUnixNano, durationNs }: Request): Interval | null {
  return startUnixNano === null ? null : { from: startUnixNano, to: startUnixNano + BigInt(durationNs) };
}

function overlap(a: Interval | null, b: Interval | null): Interval | null {
  if (a === null || b === null) return null;
  const from = a.from > b.from ? a.from : b.from;
  const to = a.to < b.to ? a.to : b.to;
  return from < to ? { from, to } : null;
}

/** ms in which the root requests wait for at least one of the calls: instant by instant. */
export function waitedMs(calls: readonly ReferenceCall[]): number {
  let total = 0n;
  for (const group of groupBy(calls, ({ root }) => root).values()) {
    const waits = group.flatMap(({ wait }) => (wait === null ? [] : [wait]));
    const edges = [...new Set(waits.flatMap(({ from, to }) => [from, to]))].sort((a, b) => (a < b ? -1 : 1));
    edges.slice(1).forEach((to, i) => {
      const from = edges[i];
      if (waits.some((wait) => wait.from <= from && to <= wait.to)) total += to - from;
    });
  }
  return Number(total) / 1e6;
}

/** Root requests that led to one of the calls. */
export function rootsOf(calls: readonly ReferenceCall[]): Request[] {
  return [...new Set(calls.map(({ root }) => root))];
}

/** The figures of all nodes, each followed by those below it. */
export function flowFigures(first: ReferenceFlowNode): object[] {
  const total = { roots: first.calls.length, timeMs: waitedMs(first.calls) };
  const list = (node: ReferenceFlowNode, parent: number, before: object[]): object[] => {
    const place = before.length;
    let all = [...before, figures(node, parent, total)];
    for (const callee of node.callees) all = list(callee, place, all);
    return all;
  };
  return list(first, -1, []);
}

function figures(
  { service, depth, calls, callees }: ReferenceFlowNode,
  parent: number,
  total: { roots: number; timeMs: number },
): object {
  const failed = calls.filter(({ request }) => request.failed);
  const hit = rootsOf(failed);
  const timeMs = waitedMs(calls);
  return {
    service,
    parent,
    depth,
    calls: calls.length,
    failedCalls: failed.length,
    callers: new Set(calls.map(({ request }) => (depth === 0 ? request : request.caller))).size,
    roots: rootsOf(calls).length,
    share: total.roots === 0 ? 0 : rootsOf(calls).length / total.roots,
    hit: hit.length,
    hitFailed: hit.filter((root) => root.failed).length,
    asynchronous: calls.filter(({ asynchronous }) => asynchronous).length,
    timeMs,
    ownTimeMs: timeMs - waitedMs(callees.flatMap((callee) => callee.calls)),
    timeShare: total.timeMs === 0 ? 0 : timeMs / total.timeMs,
    responseTime: responseTimeOf(calls.map(({ request }) => request.durationNs)),
  };
}
