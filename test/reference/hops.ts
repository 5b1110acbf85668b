/** Issue 4, item 6: does a failure pass from callee to caller? Per node of the backtrace, and per pair of services. */
import type { Filter, Target } from '../../src/model/answers.ts';
import type { ServiceRef } from '../../src/model/service.ts';
import { chainBackwards, compareRefs, matches, NO_FILTER, sameRef, targetRequests } from './backtrace.ts';
import { groupBy } from './group.ts';
import type { ReferenceData, Request } from './requests.ts';

export interface ReferenceHop {
  readonly calleeFailed: number;
  readonly calleeFailedCallerFailed: number;
  readonly calleeFine: number;
  readonly calleeFineCallerFailed: number;
}

export interface ReferenceHopNode {
  readonly service: ServiceRef;
  readonly hop: ReferenceHop | null;
  readonly callers: readonly ReferenceHopNode[];
}

export function hops(
  data: ReferenceData,
  target: Target,
  filter: Filter = NO_FILTER,
): { root: ReferenceHopNode; pairs: (ReferenceHop & { caller: ServiceRef; callee: ServiceRef })[] } {
  const targets = targetRequests(data, target).filter((request) => matches(request, filter));
  const chains = targets.map(chainBackwards);
  const onChains = [...new Set(chains.flat())].filter((request) => request.caller !== null);
  const byPair = groupBy(onChains, ({ service, caller }) =>
    JSON.stringify([caller?.service.name, caller?.service.type, service.name, service.type]),
  );
  const pairs = [...byPair.values()].map((callees) => ({
    caller: callees[0].caller?.service ?? callees[0].service,
    callee: callees[0].service,
    ...tableOf(callees),
  }));
  return { root: nodeAt(target.service, chains, 0), pairs };
}

/** Over the distinct callers of some requests. */
function tableOf(callees: readonly Request[]): ReferenceHop {
  const callers = [...new Set(callees.map((request) => request.caller))].filter((caller) => caller !== null);
  const calleeFailed = callers.filter((caller) =>
    callees.some((request) => request.caller === caller && request.failed),
  );
  const calleeFine = callers.filter((caller) => !calleeFailed.includes(caller));
  return {
    calleeFailed: calleeFailed.length,
    calleeFailedCallerFailed: calleeFailed.filter((caller) => caller.failed).length,
    calleeFine: calleeFine.length,
    calleeFineCallerFailed: calleeFine.filter((caller) => caller.failed).length,
  };
}

function nodeAt(service: ServiceRef, chains: readonly Request[][], depth: number): ReferenceHopNode {
  const going = chains.filter((chain) => chain.length > depth + 1);
  const groups = groupBy(going, (chain) => {
    const { name, type } = chain[depth + 1].service;
    return JSON.stringify([name, type]);
  });
  const callers = [...groups.values()]
    .sort((a, b) => b.length - a.length || compareRefs(a[0][depth + 1].service, b[0][depth + 1].service))
    .map((group) => ({
      ...nodeAt(group[0][depth + 1].service, group, depth + 1),
      hop: tableOf([...new Set(group.map((chain) => chain[depth]))]),
    }));
  return { service, hop: null, callers };
}

export function samePair(
  a: { caller: ServiceRef; callee: ServiceRef },
  b: { caller: ServiceRef; callee: ServiceRef },
): boolean {
  return sameRef(a.caller, b.caller) && sameRef(a.callee, b.callee);
}
