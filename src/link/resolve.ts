/** From what a link says to what the data holds: target service and timeframe. */
import type { DataRange, Filter, ServicesAnswer, Target, Timeframe } from '../model/answers.ts';
import { SERVICE_TYPES, isInferred } from '../model/service.ts';
import type { ServiceRef, ServiceType } from '../model/service.ts';
import type { ViewState } from './view-state.ts';

type Named = Pick<ViewState, 'service' | 'type'>;

/**
 * The service a link means: of that name and type; without a type the traced one of that name,
 * else the inferred one that comes first in the order of the types. null: the link names none.
 * A name that the data does not hold gives a reference all the same: the answer then says `found: false`.
 */
export function resolveService(named: Named, answer: ServicesAnswer): ServiceRef | null {
  if (named.service === null) return null;
  const types = answer.services
    .filter((row) => row.service.name === named.service)
    .map((row) => row.service.type);
  const type = named.type ?? firstType(types) ?? 'service';
  return { name: named.service, type };
}

function firstType(types: readonly ServiceType[]): ServiceType | undefined {
  const traced = SERVICE_TYPES.filter((type) => !isInferred(type));
  const inferred = SERVICE_TYPES.filter(isInferred);
  return [...traced, ...inferred].find((type) => types.includes(type));
}

export function resolveTarget(view: ViewState, answer: ServicesAnswer): Target | null {
  const service = resolveService(view, answer);
  const { others, endpoint, instance } = view;
  return service && { service, ...(others.length > 0 ? { others } : {}), endpoint, instance };
}

/** How a link names a service: a traced one by its name alone, so that it is found again in data that types it differently. */
export function linkTo(service: ServiceRef): { readonly service: string; readonly type: ServiceType | null } {
  return { service: service.name, type: isInferred(service.type) ? service.type : null };
}

/** `last` counts from the end of the data. */
export function resolveTimeframe(
  view: Pick<ViewState, 'from' | 'to' | 'last'>,
  range: DataRange | null,
): Timeframe {
  if (view.from !== null || view.to !== null || view.last === null || range === null) {
    return { from: view.from, to: view.to };
  }
  return { from: range.to - BigInt(Math.round(view.last)) * 1_000_000n, to: null };
}

export function resolveFilter(view: ViewState, range: DataRange | null): Filter {
  const { chains, where, zones, extrapolated } = view;
  const timeframe = resolveTimeframe(view, range);
  return { timeframe, chains, where, zones, ...(extrapolated ? { extrapolated } : {}) };
}
