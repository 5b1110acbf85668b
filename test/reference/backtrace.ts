/** SEMANTICS.md §6: the backtrace of a service, and the table of services. */
import type {
  BacktraceAnswer,
  BacktraceNode,
  ChainPath,
  Filter,
  ServiceRow,
  Target,
  Timeframe,
} from '../../src/model/answers.ts';
import type { ChainEnd, ServiceRef } from '../../src/model/service.ts';
import { fits, isInZone } from './conditions.ts';
import { compareText, groupBy } from './group.ts';
import { impactOf } from './impact.ts';
import type { ReferenceData, Request } from './requests.ts';
import { responseTimeOf, sumNs } from './statistics.ts';

export const NO_FILTER: Filter = { timeframe: { from: null, to: null }, chains: [], where: null, zones: [] };

export function sameRef(a: ServiceRef, b: ServiceRef): boolean {
  return a.name === b.name && a.type === b.type;
}

export function compareRefs(a: ServiceRef, b: ServiceRef): number {
  return compareText(a.name, b.name) || compareText(a.type, b.type);
}

/** A request, its caller, its caller's caller, … to the end of the chain. */
export function chainBackwards(request: Request): Request[] {
  const chain: Request[] = [];
  for (let at: Request | null = request; at; at = at.caller) chain.push(at);
  return chain;
}

/** A request without a start is in no timeframe but the one that is open on both sides. */
export function isWithin(timeframe: Timeframe, start: bigint | null): boolean {
  const { from, to } = timeframe;
  if (start === null) return from === null && to === null;
  return (from === null || start >= from) && (to === null || start < to);
}

function beginsWith(chain: readonly Request[], path: ChainPath): boolean {
  return path.every((service, i) => {
    const step = chain[i];
    return step !== undefined && sameRef(step.service, service);
  });
}

function servicesOf({ service, others = [] }: Target): readonly ServiceRef[] {
  return [service, ...others];
}

/** Of a target of several services, a path may begin with any of them. */
export function matches(request: Request, filter: Filter, target?: Target): boolean {
  const roots = target ? servicesOf(target) : [];
  const isRoot = (service: ServiceRef): boolean => roots.some((root) => sameRef(root, service));
  if (!isWithin(filter.timeframe, request.startUnixNano)) return false;
  const chain = chainBackwards(request);
  return (
    (filter.where === null || fits(request, filter.where)) &&
    filter.zones.every((zone) => isInZone(request, zone)) &&
    filter.chains.every(({ path, exclude, steps }) => {
      const fitsAll = path.every((_, i) => !steps[i] || !chain[i] || fits(chain[i], steps[i]));
      const standsFor =
        isRoot(path[0]) && isRoot(request.service) ? [request.service, ...path.slice(1)] : path;
      return (beginsWith(chain, standsFor) && fitsAll) !== exclude;
    })
  );
}

export function targetRequests(data: ReferenceData, target: Target): Request[] {
  return data.requests.filter(
    (request) =>
      servicesOf(target).some((service) => sameRef(request.service, service)) &&
      (target.endpoint === null || request.endpoint === target.endpoint) &&
      (target.instance === null || request.instance === target.instance),
  );
}

/** Distinct requests at a node of the backtrace. */
export function requestsAt(
  data: ReferenceData,
  target: Target,
  filter: Filter,
  path: ChainPath = [target.service],
): Request[] {
  const chains = targetRequests(data, target)
    .filter((request) => matches(request, filter, target))
    .map(chainBackwards)
    .filter((chain) => path.every((step, at) => at === 0 || (chain[at] && sameRef(chain[at].service, step))));
  return [...new Set(chains.map((chain) => chain[path.length - 1]))];
}

export function backtrace(data: ReferenceData, target: Target, filter: Filter = NO_FILTER): BacktraceAnswer {
  const unfiltered = targetRequests(data, target);
  const targets = unfiltered.filter((request) => matches(request, filter, target));
  const chains = targets.map(chainBackwards);
  const root = nodeAt(target.service, chains, 0, targets.length);
  const { others = [] } = target;
  return {
    target,
    found: data.requests.some((request) => sameRef(request.service, target.service)),
    root: others.length > 0 ? { ...root, others } : root,
    impact: impactOf(targets),
    unfiltered: unfiltered.length,
  };
}

/** The node at step `depth` of `chains`: those that share the path up to here. */
function nodeAt(
  service: ServiceRef,
  chains: readonly Request[][],
  depth: number,
  total: number,
): BacktraceNode {
  const at = (chain: readonly Request[]): Request => chain[depth];
  const failedChains = chains.filter((chain) => chain[0]?.failed);
  const requests = [...new Set(chains.map(at))];
  const hit = new Set(failedChains.map(at));
  const notHit = requests.filter((request) => !hit.has(request));
  const ending = chains.filter((chain) => chain.length === depth + 1);
  const going = chains.filter((chain) => chain.length > depth + 1);
  const endsOf = (kind: ChainEnd): number => ending.filter((chain) => at(chain).end === kind).length;
  const byCaller = groupBy(going, (chain) => JSON.stringify(callerRef(chain, depth)));
  return {
    service,
    calls: chains.length,
    failedCalls: failedChains.length,
    requests: requests.length,
    failedRequests: requests.filter((request) => request.failed).length,
    share: total === 0 ? 0 : chains.length / total,
    hit: hit.size,
    hitFailed: [...hit].filter((request) => request.failed).length,
    notHit: notHit.length,
    notHitFailed: notHit.filter((request) => request.failed).length,
    ends: {
      userAction: endsOf('userAction'),
      entryPoint: endsOf('entryPoint'),
      callerMissing: endsOf('callerMissing'),
    },
    responseTime: responseTimeOf(requests.map((request) => request.durationNs)),
    callers: [...byCaller.values()]
      .map((group) => nodeAt(group[0][depth + 1].service, group, depth + 1, total))
      .sort((a, b) => b.calls - a.calls || compareRefs(a.service, b.service)),
  };
}

function callerRef(chain: readonly Request[], depth: number): [string, string] {
  const { name, type } = chain[depth + 1].service;
  return [name, type];
}

/** Sorted by name, then type. Only services with a request that matches the filter. */
export function services(data: ReferenceData, filter: Filter = NO_FILTER): ServiceRow[] {
  const requests = data.requests.filter((request) => matches(request, filter));
  const totalNs = Number(sumNs(requests.map((request) => request.durationNs)));
  const groups = groupBy(requests, ({ service }) => JSON.stringify([service.name, service.type]));
  return [...groups.values()]
    .map((group) => rowOf(group, totalNs, data))
    .sort((a, b) => compareRefs(a.service, b.service));
}

function rowOf(group: readonly Request[], totalNs: number, data: ReferenceData): ServiceRow {
  const { service, inferred } = group[0];
  const durations = group.map((request) => request.durationNs);
  const { median, p95 } = responseTimeOf(durations);
  return {
    service,
    requests: group.length,
    failedRequests: group.filter((request) => request.failed).length,
    median,
    p95,
    shareOfTime: totalNs === 0 ? 0 : Number(sumNs(durations)) / totalNs,
    tracedTwin: inferred && hasTracedTwin(service, data),
  };
}

function hasTracedTwin(service: ServiceRef, data: ReferenceData): boolean {
  const isNamed = data.requests.some(
    (request) =>
      !request.inferred &&
      (request.service.name === service.name || request.opening.serviceName === service.name),
  );
  return isNamed || data.tracedAddresses.has(service.name);
}
