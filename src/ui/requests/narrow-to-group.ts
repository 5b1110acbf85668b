/** From a group of the top requests to a view of its requests alone. */
import type { ViewState } from '../../link/view-state.ts';
import type { Split, SplitValue } from '../../model/answers-top.ts';
import type { Condition } from '../../model/conditions.ts';
import { joinParts, partsOf } from '../filter/describe-filter.ts';
import { attributeIs, backtraceFrom, compare, textIs } from '../filter/narrow.ts';

export interface Narrowed {
  readonly patch: Partial<ViewState>;
  /** To the backtrace of a service, or to fewer requests of all services. */
  readonly toBacktrace: boolean;
}

/** As far as endpoint, instance and conditions can say it; null: they can say nothing of it. */
export function narrowToGroup(
  view: Pick<ViewState, 'where'>,
  splits: readonly Split[],
  values: readonly SplitValue[],
): Narrowed | null {
  const added = splits.flatMap((split, at) => conditionsOf(split, values[at]));
  const where = joinParts([...partsOf(view.where), ...added]);
  const owner = splits.findIndex((split) => split.kind === 'fact' && OWNERS.includes(split.name));
  const service = values[owner]?.service ?? null;
  if (service === null) return added.length === 0 ? null : { patch: { where }, toBacktrace: false };
  const named = splits.map((split, at): Partial<ViewState> => {
    if (split.kind !== 'fact') return {};
    if (split.name === 'endpoint') return { endpoint: values[at].value };
    return split.name === 'instance' ? { instance: values[at].value } : {};
  });
  return { patch: Object.assign({}, backtraceFrom(service, []), { where }, ...named), toBacktrace: true };
}

/** Splits that say of which service the requests are. */
const OWNERS: readonly string[] = ['service', 'endpoint', 'instance'];

function conditionsOf(split: Split, { value }: SplitValue): readonly Condition[] {
  if (split.kind === 'attribute') return [attributeIs(split.scope, split.key, value)];
  if (split.name !== 'reason') return [];
  return value === null
    ? [compare('request:failed', '=', { kind: 'boolean', boolean: false })]
    : [textIs('request:reason', value)];
}
