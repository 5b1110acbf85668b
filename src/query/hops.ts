import { NO_CALLER } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { Filter, Target } from '../model/answers.ts';
import type { Hop, HopFigures, HopNode, HopsAnswer } from '../model/answers-impact.ts';
import { differenceInterval } from '../util/proportion.ts';
import { compareText } from '../util/compare-text.ts';
import { CallerFinder, rootRequests, sumOf } from './backtrace-levels.ts';
import type { NodeRequests } from './backtrace-levels.ts';
import { serviceNumber } from './chain-filter.ts';
import { perDataset } from './per-dataset.ts';
import { rowsInHand, selectTargets } from './targets.ts';

/** Whether failures pass from callee to caller, for every hop of the target's chains (docs/figures.md, Hops). */
export function describeHops(table: RequestTable, target: Target, filter: Filter): HopsAnswer {
  const { found, rows } = selectTargets(table, target, filter);
  const root = rootRequests(table, found ? serviceNumber(table, target.service) : 0, rows);
  return { target, found, hops: hopsOf(table, rows), root: hopTree(table, target, root) };
}

type OpenNode = HopNode & { readonly callers: HopNode[] };

function hopTree(table: RequestTable, target: Target, rootRows: NodeRequests): HopNode {
  const finder = new CallerFinder(table);
  const marks = new FailedCallees(table);
  const root: OpenNode = { service: target.service, hop: null, callers: [] };
  const pending = [{ node: root, requests: rootRows }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    marks.mark(next.requests.rows);
    const above = finder.callersOf(next.requests).map((requests) => {
      const service = table.services[requests.service];
      const node: OpenNode = { service, hop: marks.figures(requests.rows), callers: [] };
      return { node, requests, calls: sumOf(requests.calls) };
    });
    above.sort((a, b) => b.calls - a.calls || compareNodes(a.node, b.node));
    next.node.callers.push(...above.map(({ node }) => node));
    pending.push(...above);
  }
  return root;
}

type Named = Pick<HopNode, 'service'>;

function compareNodes(a: Named, b: Named): number {
  return compareText(a.service.name, b.service.name) || compareText(a.service.type, b.service.type);
}

/** By row, the round in which it was marked last. They only ever grow, so nothing needs clearing. */
const roundsOf = perDataset(({ count }) => ({
  failed: new Uint32Array(count),
  seen: new Uint32Array(count),
  round: 0,
}));

/** Which callers of some requests had a failed one among them. One at a time of a dataset. */
class FailedCallees {
  readonly #table: RequestTable;
  readonly #rounds: ReturnType<typeof roundsOf>;

  constructor(table: RequestTable) {
    this.#table = table;
    this.#rounds = roundsOf(table);
  }

  mark(callees: Uint32Array): void {
    const { caller, failed } = this.#table;
    const round = ++this.#rounds.round;
    for (let i = 0; i < callees.length; i++) {
      const row = callees[i];
      if (failed[row] && caller[row] !== NO_CALLER) this.#rounds.failed[caller[row]] = round;
    }
  }

  /** Each caller of the requests marked last once, in the order in which they are first met; until the next are asked for. */
  callersOf(callees: Uint32Array): Uint32Array {
    const { caller } = this.#table;
    const { seen, round } = this.#rounds;
    const callers = rowsInHand(callees.length);
    let count = 0;
    for (let i = 0; i < callees.length; i++) {
      const row = caller[callees[i]];
      if (seen[row] === round) continue;
      seen[row] = round;
      callers[count++] = row;
    }
    return callers.subarray(0, count);
  }

  /** The table over the callers, in terms of the requests marked last. */
  figures(callers: Uint32Array): HopFigures {
    const { failed } = this.#table;
    const marks = this.#rounds;
    let calleeFailed = 0;
    let both = 0;
    let callerFailed = 0;
    for (let i = 0; i < callers.length; i++) {
      const row = callers[i];
      callerFailed += failed[row];
      if (marks.failed[row] !== marks.round) continue;
      calleeFailed++;
      both += failed[row];
    }
    return hopFigures({
      calleeFailed,
      calleeFailedCallerFailed: both,
      calleeFine: callers.length - calleeFailed,
      calleeFineCallerFailed: callerFailed - both,
    });
  }
}

type Counts = Pick<
  HopFigures,
  'calleeFailed' | 'calleeFailedCallerFailed' | 'calleeFine' | 'calleeFineCallerFailed'
>;

function hopFigures(counts: Counts): HopFigures {
  const ifFailed = { marked: counts.calleeFailedCallerFailed, all: counts.calleeFailed };
  const ifFine = { marked: counts.calleeFineCallerFailed, all: counts.calleeFine };
  const isComparable = ifFailed.all > 0 && ifFine.all > 0;
  return {
    ...counts,
    failsIfFailed: ifFailed.all > 0 ? ifFailed.marked / ifFailed.all : null,
    failsIfFine: ifFine.all > 0 ? ifFine.marked / ifFine.all : null,
    difference: isComparable ? ifFailed.marked / ifFailed.all - ifFine.marked / ifFine.all : null,
    interval: isComparable ? differenceInterval(ifFailed, ifFine) : null,
  };
}

/** Every pair of services on the chains (hopKey), each with its distinct requests of the callee. */
export function hopCallees(table: RequestTable, targets: Uint32Array): Map<number, Uint32Array> {
  const { caller, chain } = table;
  const pairs = chainPairs(table);
  const seen = new Uint8Array(table.count);
  const sizes = new Uint32Array(pairs.keys.length);
  const onChains = new Uint32Array(table.count);
  let count = 0;
  for (let i = 0; i < targets.length; i++) {
    for (let row = targets[i]; !seen[row] && caller[row] !== NO_CALLER; row = caller[row]) {
      seen[row] = 1;
      sizes[pairs.ofChain[chain[row]]]++;
      onChains[count++] = row;
    }
  }
  const callees = Array.from(sizes, (size) => new Uint32Array(size));
  const filled = new Uint32Array(sizes.length);
  for (let i = 0; i < count; i++) {
    const pair = pairs.ofChain[chain[onChains[i]]];
    callees[pair][filled[pair]++] = onChains[i];
  }
  const all = callees.map((rows, pair): [number, Uint32Array] => [pairs.keys[pair], rows]);
  return new Map(all.filter(([, rows]) => rows.length > 0));
}

/** The last two services of every chain, as pairs numbered from 0: there are few chains, but many requests. */
function chainPairs(table: RequestTable): { keys: number[]; ofChain: Int32Array } {
  const { chainCaller, chainService } = table;
  const keys: number[] = [];
  const known = new Map<number, number>();
  const ofChain = Int32Array.from(chainCaller, (above, chain) => {
    if (above === NO_CALLER) return -1;
    const key = hopKey(table, chainService[above], chainService[chain]);
    const pair = known.get(key) ?? keys.push(key) - 1;
    known.set(key, pair);
    return pair;
  });
  return { keys, ofChain };
}

/** Caller and callee service as one number. */
export function hopKey(table: RequestTable, caller: number, callee: number): number {
  return caller * table.services.length + callee;
}

function hopsOf(table: RequestTable, targets: Uint32Array): Hop[] {
  const marks = new FailedCallees(table);
  const hops = [...hopCallees(table, targets)].map(([key, rows]): Hop => {
    marks.mark(rows);
    const count = table.services.length;
    return {
      caller: table.services[Math.floor(key / count)],
      callee: table.services[key % count],
      ...marks.figures(marks.callersOf(rows)),
    };
  });
  const callers = (hop: Hop): number => hop.calleeFailed + hop.calleeFine;
  return hops.sort(
    (a, b) =>
      callers(b) - callers(a) ||
      compareNodes({ service: a.caller }, { service: b.caller }) ||
      compareNodes({ service: a.callee }, { service: b.callee }),
  );
}
