import type { RequestTable } from '../assembly/request-table.ts';
import type { BacktraceAnswer, BacktraceNode, Filter, Target } from '../model/answers.ts';
import type { NamedServices } from '../model/service.ts';
import { compareText } from '../util/compare-text.ts';
import { CallerFinder, figuresOf, rootRequests } from './backtrace-levels.ts';
import type { NodeRequests } from './backtrace-levels.ts';
import { serviceNumber } from './chain-filter.ts';
import { countOf } from './extrapolation.ts';
import { ChainEndTally } from './impact.ts';
import { servicesAt } from './places.ts';
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
  const opened: OpenNode[] = [];
  // Figures and callers of a node one after the other: its requests are at hand then.
  const open = (requests: NodeRequests, named: NamedServices): OpenNode => {
    const node = { ...named, ...figuresOf(table, requests, total), callers: [] };
    if (Object.values(node.ends).some((calls) => calls > 0)) ends.add(requests);
    for (const callers of finder.callersOf(requests)) pending.push({ requests: callers, into: node });
    opened.push(node);
    return node;
  };
  const pending: { readonly requests: NodeRequests; readonly into: OpenNode }[] = [];
  const root = open(
    rootRequests(table, found ? serviceNumber(table, target.service) : 0, rows),
    servicesAt(target),
  );
  for (let next = pending.pop(); next; next = pending.pop()) {
    next.into.callers.push(open(next.requests, { service: table.services[next.requests.service] }));
  }
  for (const { callers } of opened) callers.sort(compareNodes);
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
