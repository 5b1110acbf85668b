/** Issue 4, item 3, hotspots: where the response time goes, by recursion over plain requests, in exact ns. */
import type { ChainPath, Filter, Target } from '../../src/model/answers.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import { requestsAt } from './backtrace.ts';
import { groupBy } from './group.ts';
import type { ReferenceData, Request } from './requests.ts';

interface Interval {
  readonly from: bigint;
  readonly to: bigint;
}

/** A request that a target waited for, with the callees that it waited for, first one first. */
interface Waited extends Interval {
  readonly request: Request;
  readonly ownNs: bigint;
  readonly callees: readonly Waited[];
}

export interface ReferencePlace {
  readonly path: readonly ServiceRef[];
  readonly requests: number;
  readonly failedRequests: number;
  readonly waitedFor: number;
  readonly timeNs: bigint;
  readonly ownNs: bigint;
  /** ns and whole, by target that took time and has time here. */
  readonly shares: readonly number[];
}

export interface ReferenceFinding {
  readonly kind: 'repeated' | 'sequential' | 'statement';
  readonly services: readonly ServiceRef[];
  readonly endpoint: string;
  readonly requests: readonly Request[];
  readonly calls: number;
  readonly timeNs: bigint;
}

const endOf = (request: Request): bigint => (request.startUnixNano ?? 0n) + BigInt(request.durationNs);

/** Follows what `request` waited for in [from, to), which lies within it. */
function follow(data: ReferenceData, request: Request, { from, to }: Interval): Waited {
  const inside = data.requests
    .filter((callee) => callee.caller === request && callee.startUnixNano !== null && !isAsynchronous(callee))
    .map((callee) => ({
      callee,
      from: max(from, callee.startUnixNano ?? 0n),
      to: min(to, endOf(callee)),
    }))
    .filter((one) => one.to > one.from);
  const callees: Waited[] = [];
  let ownNs = 0n;
  let at = to;
  for (;;) {
    const ended = inside.filter((one) => one.to <= at);
    const latest = ended.reduce((last, { to: end }) => max(last, end), from);
    const longest = ended
      .filter((one) => one.to === latest)
      .reduce((first, { from: begin }) => min(first, begin), latest);
    const next = ended.find((one) => one.to === latest && one.from === longest);
    ownNs += at - latest;
    if (!next) return { request, from, to, ownNs, callees };
    callees.unshift(follow(data, next.callee, next));
    at = next.from;
  }
}

/** Nobody waits for it. */
function isAsynchronous({ opening, inferred, caller }: Request): boolean {
  return (opening.kind === 5 && !inferred) || caller?.service.type === 'queue';
}

function max(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}

function min(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function waitOf(data: ReferenceData, target: Request): Waited {
  const from = target.startUnixNano ?? 0n;
  return follow(data, target, { from, to: from + BigInt(target.durationNs) });
}

/** A target or request below it, and the path of services that leads down to it. */
interface Below {
  readonly target: Request;
  readonly request: Request;
  readonly path: readonly ServiceRef[];
}

function requestsBelow(data: ReferenceData, targets: readonly Request[]): Below[] {
  const all = targets.map((target): Below => ({ target, request: target, path: [target.service] }));
  for (const { target, request, path } of all) {
    for (const callee of data.requests.filter(({ caller }) => caller === request)) {
      all.push({ target, request: callee, path: [...path, callee.service] });
    }
  }
  return all;
}

const keyOf = (path: readonly ServiceRef[]): string => JSON.stringify(path.map((s) => [s.name, s.type]));

/** Every place at or below the target, in no particular order. */
/** `path`: of the requests at this node of the backtrace; left out: of the targets. */
export function places(
  data: ReferenceData,
  target: Target,
  filter: Filter,
  path?: ChainPath,
): ReferencePlace[] {
  const targets = requestsAt(data, target, filter, path);
  const waits = targets.map((request) => flatten(waitOf(data, request)));
  const groups = groupBy(requestsBelow(data, targets), ({ path }) => keyOf(path));
  return [...groups.values()].map((group) => {
    const [{ path }] = group;
    const requests = group.map(({ request }) => request);
    const here = waits.map((stops) => stops.filter((stop) => keyOf(stop.path) === keyOf(path)));
    const isRoot = path.length === 1;
    const timeOf = ({ from, to, ownNs }: Waited): bigint => (isRoot ? ownNs : to - from);
    return {
      path,
      requests: requests.length,
      failedRequests: requests.filter((request) => request.failed).length,
      waitedFor: here.flat().filter(({ waited }) => waited.to > waited.from).length,
      timeNs: sum(here.flat().map(({ waited }) => waited.to - waited.from)),
      ownNs: sum(here.flat().map(({ waited }) => waited.ownNs)),
      shares: targets.flatMap((request, i) =>
        request.durationNs > 0
          ? [Number(sum(here[i].map(({ waited }) => timeOf(waited)))) / request.durationNs]
          : [],
      ),
    };
  });
}

function flatten(root: Waited): { path: readonly ServiceRef[]; waited: Waited }[] {
  const all = [{ path: [root.request.service], waited: root }];
  for (const { path, waited } of all) {
    for (const callee of waited.callees)
      all.push({ path: [...path, callee.request.service], waited: callee });
  }
  return all;
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n);
}

/** All findings, also the small ones. */
export function findings(data: ReferenceData, target: Target, filter: Filter): ReferenceFinding[] {
  const seen = new Set<Request>();
  const looked: Waited[] = [];
  for (const request of requestsAt(data, target, filter)) {
    for (const { waited } of flatten(waitOf(data, request))) {
      if (waited.callees.length === 0 || seen.has(waited.request)) continue;
      seen.add(waited.request);
      looked.push(waited);
    }
  }
  const single = looked.flatMap((waited) => [
    ...repeats(waited),
    ...sequences(waited),
    ...statements(waited),
  ]);
  const groups = groupBy(single, (one) => JSON.stringify([one.kind, keyOf(one.services), one.endpoint]));
  return [...groups.values()].map((group) => ({
    ...group[0],
    requests: [...new Set(group.flatMap((one) => one.requests))],
    calls: group.reduce((total, one) => total + one.calls, 0),
    timeNs: sum(group.map((one) => one.timeNs)),
  }));
}

function repeats({ request, callees }: Waited): ReferenceFinding[] {
  const groups = groupBy(callees, (one) =>
    JSON.stringify([keyOf([one.request.service]), one.request.endpoint]),
  );
  return [...groups.values()]
    .filter((calls) => calls.filter((_, i) => !(i > 0 && calls[i - 1].request.failed)).length >= 5)
    .map((calls) => ({
      kind: 'repeated',
      services: [request.service, calls[0].request.service],
      endpoint: calls[0].request.endpoint,
      requests: [request],
      calls: calls.length,
      timeNs: sum(calls.map(({ from, to }) => to - from)),
    }));
}

function sequences({ request, callees }: Waited): ReferenceFinding[] {
  return callees.slice(1).flatMap((second, i) => {
    const first = callees[i];
    const pair = [first.request.service, second.request.service];
    if (keyOf([pair[0]]) === keyOf([pair[1]]) || first.request.failed) return [];
    return [
      {
        kind: 'sequential' as const,
        services: [request.service, ...pair],
        endpoint: '',
        requests: [request],
        calls: 1,
        timeNs: min(first.to - first.from, second.to - second.from),
      },
    ];
  });
}

function statements({ callees }: Waited): ReferenceFinding[] {
  return callees
    .filter(({ request }) => request.service.type === 'database')
    .map(({ request, from, to }) => ({
      kind: 'statement' as const,
      services: [request.service],
      endpoint: request.endpoint,
      requests: [request],
      calls: 1,
      timeNs: to - from,
    }));
}

/** Distinct requests below the targets that reach out of their caller's time, or have none. */
export function uncounted(
  data: ReferenceData,
  target: Target,
  filter: Filter,
): { outside: number; withoutTime: number } {
  const below = new Set(
    requestsBelow(data, requestsAt(data, target, filter))
      .filter(({ path }) => path.length > 1)
      .map(({ request }) => request),
  );
  const withoutTime = [...below].filter(({ startUnixNano }) => startUnixNano === null);
  const outside = [...below].filter((callee) => {
    const { caller, startUnixNano } = callee;
    if (startUnixNano === null || caller === null || caller.startUnixNano === null) return false;
    return !isAsynchronous(callee) && (startUnixNano < caller.startUnixNano || endOf(callee) > endOf(caller));
  });
  return { outside: outside.length, withoutTime: withoutTime.length };
}
