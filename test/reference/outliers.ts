/** docs/figures.md, Outliers: values over-represented among the slow or failed, as sets of requests. */
import type { ChainPath, Filter, Target } from '../../src/model/answers.ts';
import type { OutlierSet } from '../../src/model/answers-outliers.ts';
import { textOf } from './attributes.ts';
import { chainBackwards, requestsAt } from './backtrace.ts';
import { adjustForMany, fisherGreater } from './chance.ts';
import { grpcStatus, httpStatus } from './failed.ts';
import { groupBy } from './group.ts';
import type { ReferenceData, Request } from './requests.ts';

export interface ReferenceValue {
  /** `request endpoint`, `span http.route`, `resource host.name`. */
  readonly key: string;
  /** null: not set. */
  readonly value: string | null;
}

export interface ReferenceGroup {
  /** All that the same requests bear. */
  readonly values: readonly ReferenceValue[];
  readonly inside: number;
  readonly outside: number;
  /** Adjusted. */
  readonly chance: number;
}

export interface ReferenceOutliers {
  readonly outliers: readonly Request[];
  readonly others: readonly Request[];
  readonly groups: readonly ReferenceGroup[];
  readonly ids: readonly string[];
}

const PERCENT: Readonly<Record<OutlierSet, number>> = { slow10: 90, slow5: 95, slow1: 99, failed: NaN };

export function outliers(
  data: ReferenceData,
  target: Target,
  filter: Filter,
  set: OutlierSet,
  path: ChainPath = [target.service],
): ReferenceOutliers {
  const targets = requestsAt(data, target, filter, path);
  const sorted = targets.map(({ durationNs }) => durationNs).sort((a, b) => a - b);
  const rank = Math.ceil((PERCENT[set] * targets.length) / 100);
  const isOutlier = (request: Request): boolean =>
    set === 'failed' ? request.failed : request.durationNs > (sorted[rank - 1] ?? 0);
  const inside = targets.filter(isOutlier);
  const others = targets.filter((request) => !isOutlier(request));
  if (inside.length === 0 || others.length === 0) return { outliers: inside, others, groups: [], ids: [] };
  const maps = new Map(targets.map((request) => [request, valuesOf(request, set)]));
  const keys = [...new Set([...maps.values()].flatMap((values) => [...values.keys()]))];
  const ids = keys.filter((key) => !key.startsWith('request ') && isId(targets, maps, key));
  const marked = keys.flatMap((key) => {
    const byValue = groupBy(targets, (request) => maps.get(request)?.get(key) ?? null);
    return [...byValue].flatMap(([value, bearers]) =>
      (ids.includes(key) && value !== null) || bearers.length < 2 || bearers.length === targets.length
        ? []
        : [{ key, value, bearers }],
    );
  });
  const alike = groupBy(marked, ({ bearers }) => bearers.map((one) => targets.indexOf(one)).join());
  const groups = [...alike.values()].map((values) => {
    const { bearers } = values[0];
    const outlying = bearers.filter(isOutlier).length;
    return {
      values: values.map(({ key, value }) => ({ key, value })),
      inside: outlying,
      outside: bearers.length - outlying,
    };
  });
  const chances = adjustForMany(
    groups.map((group) => fisherGreater(inside.length, group.inside, others.length, group.outside)),
  );
  return {
    outliers: inside,
    others,
    groups: groups.map((group, i) => ({ ...group, chance: chances[i] ?? 1 })),
    ids,
  };
}

function isId(
  targets: readonly Request[],
  maps: ReadonlyMap<Request, ReadonlyMap<string, string>>,
  key: string,
): boolean {
  const values = targets.flatMap((request) => maps.get(request)?.get(key) ?? []);
  return new Set(values).size > values.length / 2;
}

/** docs/figures.md, Outliers. */
const TELLS_FAILURE =
  /^(http\.response\.status_code|http\.status_code|http\.statusCode|rpc\.(response\.)?status_code|rpc\.grpc\.status_code|grpc\.status[._]code|exception\.(type|message)|error|error\.(type|message))$/;

function valuesOf(request: Request, set: OutlierSet): Map<string, string> {
  const chain = chainBackwards(request);
  const status = httpStatus(request.opening);
  const grpc = grpcStatus(request.opening);
  const caller = request.caller?.service;
  const values = new Map([
    ['request endpoint', request.endpoint],
    ['request instance', request.instance],
    ['request caller', caller ? JSON.stringify(caller) : String(request.end)],
    ['request chain', JSON.stringify(chain.map(({ service }) => service))],
  ]);
  if (set !== 'failed') {
    if (status !== null) values.set('request httpStatus', String(status));
    if (grpc !== null) values.set('request grpcStatus', String(grpc));
    values.set('request outcome', String(request.failed));
    if (request.failed) values.set('request reason', String(request.reason));
  }
  for (const [key, value] of request.opening.attributes) {
    if (set !== 'failed' || !TELLS_FAILURE.test(key)) values.set(`span ${key}`, textOf(value));
  }
  for (const [key, value] of request.opening.resource) values.set(`resource ${key}`, textOf(value));
  return values;
}
