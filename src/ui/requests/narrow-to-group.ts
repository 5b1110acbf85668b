/** From a group of the top requests to a view of its requests alone. */
import type { ViewState } from '../../link/view-state.ts';
import { throughChain } from '../../model/answers.ts';
import type { Split, SplitValue } from '../../model/answers-top.ts';
import type { Condition } from '../../model/conditions.ts';
import type { ChainEnd, ServiceRef } from '../../model/service.ts';
import { joinParts, partsOf } from '../filter/describe-filter.ts';
import {
  attributeIs,
  backtraceFrom,
  compare,
  endsAs,
  httpStatusIs,
  textIs,
  textOrNil,
} from '../filter/narrow.ts';

export interface Narrowed {
  readonly patch: Partial<ViewState>;
  /** To the backtrace of a service, or to fewer requests of all services. */
  readonly toBacktrace: boolean;
}

/** null: there is nothing to narrow by. */
export function narrowToGroup(
  view: Pick<ViewState, 'where'>,
  splits: readonly Split[],
  values: readonly SplitValue[],
): Narrowed | null {
  const owner = splits.findIndex((split) => split.kind === 'fact' && OWNERS.includes(split.name));
  const service = values[owner]?.service ?? null;
  const added = splits.flatMap((split, at) => conditionsOf(split, values[at], service !== null));
  const where = joinParts([...partsOf(view.where), ...added]);
  if (service === null) return added.length === 0 ? null : { patch: { where }, toBacktrace: false };
  const named = splits.map((split, at) => ofTarget(service, split, values[at]));
  return { patch: Object.assign({}, backtraceFrom(service, []), { where }, ...named), toBacktrace: true };
}

/** Splits that say of which service the requests are. */
const OWNERS: readonly string[] = ['service', 'endpoint', 'instance'];

/** What the backtrace of the service has a field of its own for. */
function ofTarget(service: ServiceRef, split: Split, value: SplitValue): Partial<ViewState> {
  if (split.kind !== 'fact') return {};
  if (split.name === 'endpoint') return { endpoint: value.value };
  if (split.name === 'instance') return { instance: value.value };
  const caller = split.name === 'caller' ? value.service : null;
  return caller ? { chains: [throughChain([service, caller])] } : {};
}

/** `isOwned`: it goes along to the backtrace of one service, which names callers by chain filters. */
function conditionsOf(split: Split, { value, service }: SplitValue, isOwned: boolean): readonly Condition[] {
  if (split.kind === 'attribute') return [attributeIs(split.scope, split.key, value)];
  switch (split.name) {
    case 'service':
    case 'endpoint':
    case 'instance':
      return [];
    case 'status':
      return [httpStatusIs(value === null ? null : Number(value))];
    case 'method':
      return [textOrNil('request:method', value)];
    case 'reason':
      return value === null
        ? [compare('request:failed', '=', { kind: 'boolean', boolean: false })]
        : [textIs('request:reason', value)];
    case 'caller':
      if (service === null) return endsAs(value as ChainEnd);
      return isOwned ? [] : [textIs('request:caller', service.name)];
    case 'userAction':
      return service === null
        ? [textIs('request:end', value ?? '')]
        : [textIs('request:userAction', value ?? ''), textIs('request:application', service.name)];
  }
}
