/** SEMANTICS.md §9: the figures of §6 as estimates of the whole; every request stands for its weight. */
import type { Filter, Target } from '../../src/model/answers.ts';
import type { Measure } from '../../src/model/answers-top.ts';
import type { ChainEnd } from '../../src/model/service.ts';
import { chainBackwards, matches, targetRequests } from './backtrace.ts';
import { groupBy } from './group.ts';
import type { ReferenceData, Request } from './requests.ts';
import { weightOf } from './sampling.ts';

export interface EstimatedTimes {
  readonly average: number;
  readonly median: number;
  readonly p75: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Of the top requests; `others`: what a share is of. null: there is nothing to measure. */
export function estimatedMeasure(
  requests: readonly Request[],
  measure: Exclude<Measure, 'perMinute'>,
  others: readonly Request[],
): number | null {
  const time = (list: readonly Request[]): number =>
    list.reduce((all, request) => all + weightOf(request.opening) * request.durationNs, 0);
  if (measure === 'requests') return estimate(requests);
  if (measure === 'failedRequests') return estimate(failedOf(requests));
  if (measure === 'sum') return time(requests) / 1e6;
  if (measure === 'share') return time(others) === 0 ? null : time(requests) / time(others);
  if (requests.length === 0) return null;
  if (measure !== 'failureRate') return estimatedTimes(requests)[measure];
  return estimate(requests) === 0 ? null : estimate(failedOf(requests)) / estimate(requests);
}

export interface EstimatedNode {
  readonly calls: number;
  readonly failedCalls: number;
  readonly requests: number;
  readonly failedRequests: number;
  readonly share: number;
  readonly hit: number;
  readonly hitFailed: number;
  readonly notHit: number;
  readonly notHitFailed: number;
  readonly ends: Readonly<Record<ChainEnd, number>>;
  readonly responseTime: EstimatedTimes;
}

export function estimate(requests: readonly Request[]): number {
  return requests.reduce((sum, request) => sum + weightOf(request.opening), 0);
}

const failedOf = (requests: readonly Request[]): Request[] => requests.filter((request) => request.failed);

/** By path, target first, as JSON. */
export function estimatedNodes(
  data: ReferenceData,
  target: Target,
  filter: Filter,
): Map<string, EstimatedNode> {
  const targets = targetRequests(data, target).filter((request) => matches(request, filter));
  const steps = targets.flatMap((request) =>
    chainBackwards(request).map((at, depth, chain) => ({
      at,
      request,
      isEnd: depth === chain.length - 1,
      path: JSON.stringify(chain.slice(0, depth + 1).map(({ service }) => [service.name, service.type])),
    })),
  );
  const nodes = [...groupBy(steps, ({ path }) => path)].map(([path, through]): [string, EstimatedNode] => {
    const calls = through.map(({ request }) => request);
    const requests = [...new Set(through.map(({ at }) => at))];
    // A call that stands for nothing hits nobody.
    const hits = (request: Request): boolean => request.failed && weightOf(request.opening) > 0;
    const hitBy = new Set(through.filter(({ request }) => hits(request)).map(({ at }) => at));
    const hit = requests.filter((request) => hitBy.has(request));
    const notHit = requests.filter((request) => !hitBy.has(request));
    const endingAs = (end: ChainEnd): number =>
      estimate(through.filter(({ isEnd, at }) => isEnd && at.end === end).map(({ request }) => request));
    return [
      path,
      {
        calls: estimate(calls),
        failedCalls: estimate(failedOf(calls)),
        requests: estimate(requests),
        failedRequests: estimate(failedOf(requests)),
        share: estimate(targets) === 0 ? 0 : estimate(calls) / estimate(targets),
        hit: estimate(hit),
        hitFailed: estimate(failedOf(hit)),
        notHit: estimate(notHit),
        notHitFailed: estimate(failedOf(notHit)),
        ends: {
          userAction: endingAs('userAction'),
          entryPoint: endingAs('entryPoint'),
          callerMissing: endingAs('callerMissing'),
        },
        responseTime: estimatedTimes(requests),
      },
    ];
  });
  return new Map(nodes);
}

/** ms. Nearest rank: the least duration that, with all shorter ones, stands for so much of the whole. */
export function estimatedTimes(requests: readonly Request[]): EstimatedTimes {
  const whole = estimate(requests);
  const at = (percent: number): number =>
    Math.min(
      ...requests
        .map(({ durationNs }) => durationNs)
        .filter((duration) => {
          const upTo = estimate(requests.filter(({ durationNs }) => durationNs <= duration));
          return upTo >= (percent / 100 - 1e-9) * whole;
        }),
    ) / 1e6;
  const sum = requests.reduce((all, request) => all + weightOf(request.opening) * request.durationNs, 0);
  return {
    average: whole === 0 ? 0 : sum / whole / 1e6,
    median: at(50),
    p75: at(75),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    max: at(100),
  };
}
