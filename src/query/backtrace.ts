import type { RequestTable } from '../assembly/request-table.ts';
import type { BacktraceAnswer, BacktraceNode, Filter, Target } from '../model/answers.ts';
import type { ServiceRef } from '../model/service.ts';
import { compareText } from '../util/compare-text.ts';
import { CallerFinder, figuresOf, rootRequests } from './backtrace-levels.ts';
import type { NodeRequests } from './backtrace-levels.ts';
import { serviceNumber } from './chain-filter.ts';
import { countOf } from './extrapolation.ts';
import { ChainEndTally } from './impact.ts';
import { selectTargets } from './targets.ts';

/** A node under construction: callers are filled in when their level is reached. */
type OpenNode = BacktraceNode & { readonly callers: BacktraceNode[] };

/**
 * The service-level backtrace (SEMANTICS §6): goes up level by level from the target requests,
 * merging at each, so the cost is targets × depth. Works off a list, not the call stack: chains may
 * be as deep as somebody's recursion.
 */
export function backtrace(table: RequestTable, target: Target, filter: Filter): BacktraceAnswer {
  const { found, rows, unfiltered } = selectTargets(table, target, filter);
  const total = countOf(table, rows);
  const finder = new CallerFinder(table);
  const ends = new ChainEndTally(table);
  const open = (requests: NodeRequests, service: ServiceRef): OpenNode => ({
    service,
    ...figuresOf(table, requests, total),
    callers: [],
  });
  const rootRows = rootRequests(table, found ? serviceNumber(table, target.service) : 0, rows);
  const root = open(rootRows, target.service);
  const pending = [{ node: root, requests: rootRows }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    ends.add(next.requests);
    for (const requests of finder.callersOf(next.requests)) {
      const node = open(requests, table.services[requests.service]);
      next.node.callers.push(node);
      pending.push({ node, requests });
    }
    next.node.callers.sort(compareNodes);
  }
  return { target, found, root, impact: ends.impact(), unfiltered };
}

/** By calls descending, then name, then type. */
function compareNodes(a: BacktraceNode, b: BacktraceNode): number {
  return (
    b.calls - a.calls ||
    compareText(a.service.name, b.service.name) ||
    compareText(a.service.type, b.service.type)
  );
}
