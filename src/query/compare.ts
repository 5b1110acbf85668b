import type { RequestTable } from '../assembly/request-table.ts';
import type { Filter, NodeFigures, Target } from '../model/answers.ts';
import type {
  ChainChange,
  CompareAnswer,
  CompareNode,
  CompareSide,
  FigureChange,
  Presence,
} from '../model/answers-compare.ts';
import type { ServiceRef } from '../model/service.ts';
import { adjustForMany, fisherTwoSided, mannWhitney } from '../util/chance.ts';
import { compareText } from '../util/compare-text.ts';
import { sortNonNegative } from '../util/radix-sort.ts';
import { scratch } from '../util/scratch.ts';
import { sharedValues } from '../util/sorted.ts';
import { CallerFinder, figuresOf, rootRequests } from './backtrace-levels.ts';
import type { NodeRequests } from './backtrace-levels.ts';
import { serviceNumber, targetServices } from './chain-filter.ts';
import { servicesAt } from './places.ts';
import { responseTimeOfSorted } from './response-time.ts';
import { selectTargets } from './targets.ts';

const SIGNIFICANCE = 0.05;

export interface Compared {
  readonly table: RequestTable;
  readonly target: Target;
  readonly filter: Filter;
}

/** The backtraces of two sets of target requests, merged, of one dataset or of two (docs/figures.md, Compare). */
export function compareBacktraces(was: Compared, is: Compared): CompareAnswer {
  const a = new Side(was);
  const b = new Side(is);
  const root = openNode({ service: was.target.service, callee: null }, [a, a.root], [b, b.root]);
  const nodes: OpenNode[] = [];
  const pending = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    nodes.push(node);
    node.callers.push(...callersOf(node, a, b));
    pending.push(...node.callers);
  }
  fillChanges(nodes, a.total, b.total);
  const names = a.names();
  return {
    a: a.summary(names),
    b: b.summary(a.isOfServicesOf(b) ? names : b.names()),
    overlap: was.table.span === is.table.span ? sharedValues(a.rows, b.rows).length : null,
    root: { ...root.close(), ...servicesAt(was.target) },
    chains: chainChanges(nodes, a.total, b.total),
  };
}

/** One side at one node. */
interface SideNode {
  readonly requests: NodeRequests;
  readonly figures: NodeFigures;
}

class Side {
  readonly rows: Uint32Array;
  readonly root: NodeRequests;
  readonly #compared: Compared;
  readonly #services: readonly number[];
  readonly #finder: CallerFinder;
  readonly #found: boolean;
  readonly #unfiltered: number;
  readonly #memory = scratch((length) => new Float64Array(length));
  #durations = this.#memory(0);

  constructor(compared: Compared) {
    const { table, target, filter } = compared;
    const { found, rows, unfiltered } = selectTargets(table, target, filter);
    this.rows = rows;
    this.root = rootRequests(table, found ? serviceNumber(table, target.service) : 0, rows);
    this.#compared = compared;
    this.#services = targetServices(table, target);
    this.#finder = new CallerFinder(table);
    this.#found = found;
    this.#unfiltered = unfiltered;
  }

  get total(): number {
    return this.rows.length;
  }

  /** ns, ascending, of the node looked at last. */
  get durations(): Float64Array {
    return this.#durations;
  }

  /** null: this side has no such node. */
  at(requests: NodeRequests | null): SideNode | null {
    this.#durations = this.#memory(requests?.rows.length ?? 0);
    if (!requests) return null;
    const figures = figuresOf(this.#compared.table, requests, this.total, (inHand) => {
      this.#durations.set(inHand);
      return responseTimeOfSorted(sortNonNegative(this.#durations));
    });
    return { requests, figures };
  }

  /** By service. */
  callersOf(node: SideNode | null): Map<string, { service: ServiceRef; requests: NodeRequests }> {
    const callers = node ? this.#finder.callersOf(node.requests) : [];
    return new Map(
      callers.map((requests) => {
        const service = this.#compared.table.services[requests.service];
        return [`${service.type} ${service.name}`, { service, requests }];
      }),
    );
  }

  names(): Names {
    return namesOf(this.#compared.table, this.#services);
  }

  isOfServicesOf(other: Side): boolean {
    return (
      this.#compared.table.span === other.#compared.table.span &&
      this.#services.join() === other.#services.join()
    );
  }

  summary(names: Names): CompareSide {
    return {
      target: this.#compared.target,
      found: this.#found,
      requests: this.total,
      unfiltered: this.#unfiltered,
      ...names,
    };
  }
}

type Names = Pick<CompareSide, 'endpoints' | 'instances'>;

/** Those of all requests of the services. */
function namesOf(
  { service, endpoint, instance, texts, services: all, count }: RequestTable,
  services: readonly number[],
): Names {
  const isWanted = new Uint8Array(all.length);
  for (const number of services) isWanted[number] = 1;
  const endpoints = new Uint8Array(texts.length);
  const instances = new Uint8Array(texts.length);
  for (let row = 0; row < count; row++) {
    if (!isWanted[service[row]]) continue;
    endpoints[endpoint[row]] = 1;
    instances[instance[row]] = 1;
  }
  const marked = (marks: Uint8Array) => texts.filter((_, text) => marks[text] === 1).sort(compareText);
  return { endpoints: marked(endpoints), instances: marked(instances) };
}

const UNTESTED: FigureChange = { difference: null, chance: null, beyondChance: false };

type Changes = Pick<CompareNode, 'share' | 'failureRate' | 'callFailureRate' | 'responseTime'>;

type Place = Pick<OpenNode, 'service' | 'callee'>;

type SideRequests = readonly [side: Side, requests: NodeRequests | null];

/** Response times are compared while they are in hand: kept for all nodes, they would be most of the memory. */
function openNode(place: Place, [a, requestsOfA]: SideRequests, [b, requestsOfB]: SideRequests): OpenNode {
  const ofA = a.at(requestsOfA);
  const ofB = b.at(requestsOfB);
  const isTested = a.durations.length > 0 && b.durations.length > 0;
  return new OpenNode(place, ofA, ofB, isTested ? mannWhitney(a.durations, b.durations) : null);
}

/** A node under construction; changes are filled in when the chances of all nodes are known. */
class OpenNode {
  readonly callers: OpenNode[] = [];
  readonly changes: { -readonly [key in keyof Changes]: FigureChange } = {
    share: UNTESTED,
    failureRate: UNTESTED,
    callFailureRate: UNTESTED,
    responseTime: UNTESTED,
  };
  readonly service: ServiceRef;
  /** The node of the service that is called; null at the root. */
  readonly callee: OpenNode | null;
  readonly a: SideNode | null;
  readonly b: SideNode | null;
  /** Of the response times, before adjustment; null: not tested. */
  readonly timesChance: number | null;

  constructor(place: Place, a: SideNode | null, b: SideNode | null, timesChance: number | null) {
    this.service = place.service;
    this.callee = place.callee;
    this.a = a;
    this.b = b;
    this.timesChance = timesChance;
  }

  get shares(): number {
    return (this.a?.figures.share ?? 0) + (this.b?.figures.share ?? 0);
  }

  /** Nodes are as deep as chains are long: closed from the leaves, not by recursion. */
  close(): CompareNode {
    const order: OpenNode[] = [this];
    for (const node of order) order.push(...node.callers);
    const closed = new Map<OpenNode, CompareNode>();
    for (const node of order.reverse()) {
      closed.set(node, {
        service: node.service,
        presence: presenceOf(node.a?.figures.calls ?? 0, node.b?.figures.calls ?? 0),
        a: node.a?.figures ?? null,
        b: node.b?.figures ?? null,
        ...node.changes,
        callers: node.callers.flatMap((caller) => closed.get(caller) ?? []),
      });
    }
    return closed.get(this) ?? never();
  }
}

function never(): never {
  throw new Error('A node of the comparison was not closed.');
}

function presenceOf(callsA: number, callsB: number): Presence {
  if (callsA === 0 && callsB > 0) return 'appeared';
  return callsB === 0 && callsA > 0 ? 'vanished' : 'both';
}

function callersOf(node: OpenNode, a: Side, b: Side): OpenNode[] {
  const ofA = a.callersOf(node.a);
  const ofB = b.callersOf(node.b);
  const callers = [...new Map([...ofA, ...ofB])].map(([key, { service }]) =>
    openNode(
      { service, callee: node },
      [a, ofA.get(key)?.requests ?? null],
      [b, ofB.get(key)?.requests ?? null],
    ),
  );
  return callers.sort(
    (x, y) =>
      y.shares - x.shares ||
      compareText(x.service.name, y.service.name) ||
      compareText(x.service.type, y.service.type),
  );
}

/** What of a node's figures is tested: the difference and its chance before adjustment. */
type Measure = (node: OpenNode) => { difference: number | null; chance: number | null };

function fillChanges(nodes: readonly OpenNode[], totalA: number, totalB: number): void {
  const measures: Record<keyof Changes, Measure> = {
    share: ({ a, b }) => {
      if (totalA === 0 || totalB === 0) return UNTESTED;
      const callsA = a?.figures.calls ?? 0;
      const callsB = b?.figures.calls ?? 0;
      return {
        difference: callsB / totalB - callsA / totalA,
        chance: fisherTwoSided(totalA, callsA, totalB, callsB),
      };
    },
    failureRate: rateMeasure(({ requests, failedRequests }) => ({ all: requests, marked: failedRequests })),
    callFailureRate: rateMeasure(({ calls, failedCalls }) => ({ all: calls, marked: failedCalls })),
    responseTime: ({ a, b, timesChance }) => {
      if (!a || !b || timesChance === null) return UNTESTED;
      const difference = b.figures.responseTime.median - a.figures.responseTime.median;
      return { difference, chance: timesChance };
    },
  };
  for (const name of ['share', 'failureRate', 'callFailureRate', 'responseTime'] as const) {
    const measured = nodes.map(measures[name]);
    // The root's share is 1 on both sides: nothing to test, and no part of the many.
    const tested = measured.map(({ chance }, i) =>
      name === 'share' && nodes[i].callee === null ? null : chance,
    );
    adjustForMany(tested).forEach((chance, i) => {
      const { difference } = measured[i];
      nodes[i].changes[name] = { difference, chance, beyondChance: chance !== null && chance < SIGNIFICANCE };
    });
  }
}

function rateMeasure(countsOf: (figures: NodeFigures) => { all: number; marked: number }): Measure {
  return ({ a, b }) => {
    const ofA = a && countsOf(a.figures);
    const ofB = b && countsOf(b.figures);
    if (!ofA || !ofB || ofA.all === 0 || ofB.all === 0) return UNTESTED;
    return {
      difference: ofB.marked / ofB.all - ofA.marked / ofA.all,
      chance: fisherTwoSided(ofA.all, ofA.marked, ofB.all, ofB.marked),
    };
  };
}

/** Whole chains that only one side has: they end at the node. */
function chainChanges(nodes: readonly OpenNode[], totalA: number, totalB: number): ChainChange[] {
  const chains = nodes
    .map((node) => ({ node, a: callsEnding(node.a), b: callsEnding(node.b) }))
    .filter(({ a, b }) => a + b > 0);
  const chances = adjustForMany(chains.map(({ a, b }) => fisherTwoSided(totalA, a, totalB, b)));
  const changes = chains.flatMap(({ node, a, b }, i): ChainChange[] => {
    const presence = presenceOf(a, b);
    const chance = chances[i] ?? 1;
    if (presence === 'both') return [];
    return [{ chain: chainOf(node), presence, calls: a + b, chance, beyondChance: chance < SIGNIFICANCE }];
  });
  return changes.sort((x, y) => y.calls - x.calls);
}

function callsEnding(node: SideNode | null): number {
  if (!node) return 0;
  const { userAction, entryPoint, callerMissing } = node.figures.ends;
  return userAction + entryPoint + callerMissing;
}

/** From the end of the chain, which is at this node, to the target. */
function chainOf(end: OpenNode): ServiceRef[] {
  const chain: ServiceRef[] = [];
  for (let at: OpenNode | null = end; at; at = at.callee) chain.push(at.service);
  return chain;
}
