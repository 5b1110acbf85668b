import type { RequestTable } from '../assembly/request-table.ts';
import { growableF64 } from '../columns/growable.ts';
import type { FlowAnswer, FlowNode } from '../model/answers-flow.ts';
import type { NodeParams } from '../model/answers-spans.ts';
import { UnionSum } from '../util/intervals.ts';
import { serviceNumber } from './chain-filter.ts';
import { walkFlow } from './flow-walk.ts';
import type { FlowCall } from './flow-walk.ts';
import { nodeRows } from './node-rows.ts';
import { servicesAt } from './places.ts';
import { responseTimeOf } from './response-time.ts';
import { ServicePaths } from './service-paths.ts';

const NS_PER_MS = 1e6;
const NONE = -1;
const ROOT = 0;

/** What the requests at a node of the backtrace call, merged by the path of services (docs/figures.md). */
export function describeFlow(table: RequestTable, params: NodeParams): FlowAnswer {
  const { target, path } = params;
  const named = servicesAt(target, path);
  const { rows } = nodeRows(table, params);
  const paths = new ServicePaths(table, serviceNumber(table, named.service));
  const places = [new FlowPlace()];
  walkFlow(table, { below: (caller, row) => paths.below(caller, row) }, rows, (call) => {
    if (call.place === places.length) places.push(new FlowPlace());
    places[call.place].count(call, table, rows);
    if (call.callerPlace !== NONE) places[call.callerPlace].below.add(call.root, call.from, call.to);
  });
  const time = places[ROOT].open.total();
  const nodes: FlowNode[] = [];
  for (const { place, parent } of paths.inOrder((a, b) => places[b].calls - places[a].calls)) {
    nodes.push({
      ...(place === ROOT ? named : { service: table.services[paths.services[place]] }),
      parent,
      depth: parent === NONE ? 0 : nodes[parent].depth + 1,
      ...places[place].figures(rows.length, time),
    });
  }
  return { target, path, found: rows.length > 0, nodes };
}

/** The calls at one node; those of one root request come together, and of these those of one caller. */
class FlowPlace {
  calls = 0;
  /** Time of the root requests in which a call here was open, and in which one that these make was. */
  readonly open = new UnionSum();
  readonly below = new UnionSum();
  /** ns */
  readonly #durations = growableF64(16);
  #failedCalls = 0;
  #callers = 0;
  #roots = 0;
  #hit = 0;
  #hitFailed = 0;
  #asynchronous = 0;
  #lastCaller = NONE;
  #lastRoot = NONE;
  #lastHit = NONE;

  count(call: FlowCall, { failed, durations }: RequestTable, rootRows: Uint32Array): void {
    this.calls++;
    this.#durations.push(durations[call.row]);
    if (call.isAsynchronous) this.#asynchronous++;
    if (call.caller !== this.#lastCaller) {
      this.#lastCaller = call.caller;
      this.#callers++;
    }
    if (call.root !== this.#lastRoot) {
      this.#lastRoot = call.root;
      this.#roots++;
    }
    this.open.add(call.root, call.from, call.to);
    if (!failed[call.row]) return;
    this.#failedCalls++;
    if (call.root === this.#lastHit) return;
    this.#lastHit = call.root;
    this.#hit++;
    this.#hitFailed += failed[rootRows[call.root]];
  }

  /** `timeOfRoots`: ns. */
  figures(rootCount: number, timeOfRoots: number): Omit<FlowNode, 'service' | 'parent' | 'depth'> {
    const time = this.open.total();
    const { values, length } = this.#durations;
    return {
      calls: this.calls,
      failedCalls: this.#failedCalls,
      callers: this.#callers,
      roots: this.#roots,
      share: rootCount === 0 ? 0 : this.#roots / rootCount,
      hit: this.#hit,
      hitFailed: this.#hitFailed,
      asynchronous: this.#asynchronous,
      timeMs: time / NS_PER_MS,
      ownTimeMs: (time - this.below.total()) / NS_PER_MS,
      timeShare: timeOfRoots === 0 ? 0 : time / timeOfRoots,
      responseTime: responseTimeOf(values.subarray(0, length)),
    };
  }
}
