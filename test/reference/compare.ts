/** Issue 4, item 8: two sets of target requests, node by node. A node is its path, target first, as JSON. */
import type { Filter, Target } from '../../src/model/answers.ts';
import { chainBackwards, matches, targetRequests } from './backtrace.ts';
import { adjustForMany, fisherTwoSided, mannWhitney } from './chance.ts';
import type { ReferenceData, Request } from './requests.ts';
import { responseTimeOf } from './statistics.ts';

export interface ReferenceSide {
  readonly data: ReferenceData;
  readonly target: Target;
  readonly filter: Filter;
}

interface Tested {
  readonly difference: number | null;
  readonly chance: number | null;
}

export interface ReferenceChange {
  readonly share: Tested;
  readonly failureRate: Tested;
  readonly callFailureRate: Tested;
  readonly responseTime: Tested;
}

const NOTHING: Tested = { difference: null, chance: null };

function targetsOf({ data, target, filter }: ReferenceSide): Request[] {
  return targetRequests(data, target).filter((request) => matches(request, filter));
}

function keyOf(chain: readonly Request[]): string {
  return JSON.stringify(chain.map(({ service }) => [service.name, service.type]));
}

/** Chains through the node of a path. */
function through(chains: readonly Request[][], path: string): Request[][] {
  const depth = (JSON.parse(path) as unknown[]).length;
  return chains.filter((chain) => chain.length >= depth && keyOf(chain.slice(0, depth)) === path);
}

export function compare(a: ReferenceSide, b: ReferenceSide): Map<string, ReferenceChange> {
  const chainsA = targetsOf(a).map(chainBackwards);
  const chainsB = targetsOf(b).map(chainBackwards);
  const paths = [
    ...new Set(
      [...chainsA, ...chainsB].flatMap((chain) => chain.map((_, i) => keyOf(chain.slice(0, i + 1)))),
    ),
  ];
  const measured = paths.map((path) => measure(path, chainsA, chainsB));
  const names = ['share', 'failureRate', 'callFailureRate', 'responseTime'] as const;
  const changes = measured.map((one) => ({ ...one }));
  for (const name of names) {
    adjustForMany(measured.map((one) => one[name].chance)).forEach((chance, i) => {
      changes[i][name] = { difference: measured[i][name].difference, chance };
    });
  }
  return new Map(paths.map((path, i) => [path, changes[i]]));
}

function measure(path: string, chainsA: readonly Request[][], chainsB: readonly Request[][]) {
  const depth = (JSON.parse(path) as unknown[]).length;
  const a = through(chainsA, path);
  const b = through(chainsB, path);
  const requestsOf = (chains: readonly Request[][]): Request[] => [
    ...new Set(chains.map((chain) => chain[depth - 1])),
  ];
  const targets = (chains: readonly Request[][]): Request[] => chains.map(([target]) => target);
  const [requestsA, requestsB] = [requestsOf(a), requestsOf(b)];
  const change: { -readonly [key in keyof ReferenceChange]: Tested } = {
    share: NOTHING,
    failureRate: rateChange(requestsA, requestsB),
    callFailureRate: rateChange(targets(a), targets(b)),
    responseTime: NOTHING,
  };
  if (chainsA.length > 0 && chainsB.length > 0) {
    change.share = {
      difference: b.length / chainsB.length - a.length / chainsA.length,
      chance: depth === 1 ? null : fisherTwoSided(chainsA.length, a.length, chainsB.length, b.length),
    };
  }
  if (a.length > 0 && b.length > 0) {
    const durationsA = requestsA.map((request) => request.durationNs);
    const durationsB = requestsB.map((request) => request.durationNs);
    change.responseTime = {
      difference: responseTimeOf(durationsB).median - responseTimeOf(durationsA).median,
      chance: mannWhitney(durationsA, durationsB),
    };
  }
  return change;
}

function rateChange(a: readonly Request[], b: readonly Request[]): Tested {
  if (a.length === 0 || b.length === 0) return NOTHING;
  const failed = (requests: readonly Request[]): number => requests.filter((one) => one.failed).length;
  return {
    difference: failed(b) / b.length - failed(a) / a.length,
    chance: fisherTwoSided(a.length, failed(a), b.length, failed(b)),
  };
}

export interface OneSidedChain {
  /** Target first, as JSON. */
  readonly chain: string;
  readonly calls: number;
  /** Adjusted for all chains of both sides. */
  readonly chance: number;
}

/** Whole chains that one side lacks, with the calls of the other. */
export function oneSidedChains(a: ReferenceSide, b: ReferenceSide): OneSidedChain[] {
  const [keysA, keysB] = [a, b].map((side) => targetsOf(side).map((target) => keyOf(chainBackwards(target))));
  const counted = [...new Set([...keysA, ...keysB])].map((chain) => ({
    chain,
    ofA: keysA.filter((other) => other === chain).length,
    ofB: keysB.filter((other) => other === chain).length,
  }));
  const chances = adjustForMany(
    counted.map(({ ofA, ofB }) => fisherTwoSided(keysA.length, ofA, keysB.length, ofB)),
  );
  return counted
    .map(({ chain, ofA, ofB }, i) => ({ chain, ofA, ofB, chance: chances[i] ?? 1 }))
    .filter(({ ofA, ofB }) => ofA === 0 || ofB === 0)
    .map(({ chain, ofA, ofB, chance }) => ({ chain, calls: ofA + ofB, chance }));
}
