/** docs/figures.md, Top requests: groups of plain requests, by plain text keys. */
import type { Timeframe } from '../../src/model/answers.ts';
import type { Measure, RequestKind, Split } from '../../src/model/answers-top.ts';
import { first, KEYS, textOf } from './attributes.ts';
import { chainBackwards, isWithin } from './backtrace.ts';
import { httpStatus } from './failed.ts';
import { groupBy } from './group.ts';
import type { ReferenceData, Request } from './requests.ts';
import { responseTimeOf } from './statistics.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

export interface ReferenceGroup {
  /** By split: the value and its service, as JSON. */
  readonly values: readonly string[];
  readonly requests: readonly Request[];
}

export function requestsOf(data: ReferenceData, timeframe: Timeframe, kind: RequestKind): Request[] {
  return data.requests.filter(
    (request) => isOfKind(request, kind) && isWithin(timeframe, request.startUnixNano),
  );
}

export function groupsOf(requests: readonly Request[], splits: readonly Split[]): ReferenceGroup[] {
  const keyOf = (request: Request): string => JSON.stringify(splits.map((split) => valueOf(request, split)));
  return [...groupBy(requests, keyOf)].map(([key, members]) => ({
    values: (JSON.parse(key) as unknown[]).map((value) => JSON.stringify(value)),
    requests: members,
  }));
}

/** ms, 0..1 or a count; null where there is nothing to measure. `others`: what a share is of. */
export function measured(
  requests: readonly Request[],
  measure: Exclude<Measure, 'perMinute'>,
  others: readonly Request[],
): number | null {
  const sum = (list: readonly Request[]): number => list.reduce((ns, { durationNs }) => ns + durationNs, 0);
  const failed = requests.filter((request) => request.failed).length;
  if (measure === 'requests') return requests.length;
  if (measure === 'failedRequests') return failed;
  if (measure === 'sum') return sum(requests) / 1e6;
  if (measure === 'share') return sum(others) === 0 ? null : sum(requests) / sum(others);
  if (requests.length === 0) return null;
  if (measure === 'failureRate') return failed / requests.length;
  return responseTimeOf(requests.map(({ durationNs }) => durationNs))[measure];
}

function isOfKind({ service, opening, endpoint }: Request, kind: RequestKind): boolean {
  switch (kind) {
    case 'all':
      return true;
    case 'web': {
      const word = endpoint.split(' ')[0] ?? '';
      const isHttp = (httpStatus(opening) ?? 0) !== 0 || METHODS.includes(word);
      return isHttp && (service.type === 'service' || service.type === 'web server');
    }
    case 'third-party':
      return service.type === 'third-party' || service.type === 'unmonitored';
    default:
      return service.type === kind;
  }
}

function valueOf(request: Request, split: Split): unknown {
  const { opening } = request;
  if (split.kind === 'attribute') {
    const ofSpan = opening.attributes.get(split.key);
    const ofResource = opening.resource.get(split.key);
    const value =
      split.scope === 'span' ? ofSpan : split.scope === 'resource' ? ofResource : (ofSpan ?? ofResource);
    return [value === undefined ? null : textOf(value), null];
  }
  switch (split.name) {
    case 'service':
      return [request.service.name, request.service];
    case 'endpoint':
      return [request.endpoint, request.service];
    case 'instance':
      return [request.instance, request.service];
    case 'status':
      return [httpStatus(opening)?.toString() ?? null, null];
    case 'method':
      return [first(opening, KEYS.httpMethod), null];
    case 'reason':
      return [request.failed ? request.reason : null, null];
    case 'caller':
      return request.caller ? [request.caller.service.name, request.caller.service] : [request.end, null];
    case 'userAction': {
      const end = chainBackwards(request).at(-1);
      return end?.end === 'userAction' ? [end.endpoint, end.service] : [end?.end, null];
    }
  }
}
