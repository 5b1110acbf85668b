/** From a value to the filter that keeps only the requests with it. */
import type { ViewState } from '../../link/view-state.ts';
import type { ChainPath, Target } from '../../model/answers.ts';
import type { OutlierValue } from '../../model/answers-outliers.ts';
import type { Condition } from '../../model/conditions.ts';
import type { ChainEnd } from '../../model/service.ts';
import { attributeIs, compare, endsAs, httpStatusIs, narrowTo, textIs, textOrNil } from '../filter/narrow.ts';

/** `at`: the node whose requests were compared. null: no filter says that. */
export function narrowToValue(
  { target, at }: { readonly target: Target; readonly at: ChainPath },
  view: ViewState,
  { field, value, path }: OutlierValue,
): Partial<ViewState> | null {
  const own = (...conditions: readonly Condition[]) => narrowTo(view, at, conditions);
  if (field.kind !== 'request') return own(attributeIs(field.kind, field.key, value));
  const isTarget = at.length === 1;
  switch (field.name) {
    case 'endpoint':
      return isTarget ? { endpoint: value } : own(textIs('request:endpoint', value ?? ''));
    case 'instance':
      return isTarget ? { instance: value } : own(textIs('request:instance', value ?? ''));
    case 'caller':
      return path ? narrowTo(view, [...at, ...path], []) : own(...endsAs(value as ChainEnd));
    case 'chain':
      return path && narrowToChain({ target, at }, view, path);
    case 'outcome':
      return own(compare('request:failed', '=', { kind: 'boolean', boolean: value === 'failed' }));
    case 'reason':
      return own(
        value === null
          ? compare('request:failed', '=', { kind: 'boolean', boolean: false })
          : textIs('request:reason', value),
      );
    case 'httpStatus':
      return own(httpStatusIs(value === null ? null : Number(value)));
    case 'grpcStatus':
      return own(textOrNil('request:grpcStatus', value));
  }
}

/**
 * The whole chain: its last caller has none itself. Of several services the first stands for all at the root of a
 * chain: a condition tells whose chain it is.
 */
function narrowToChain(
  { target: { others = [] }, at }: { readonly target: Target; readonly at: ChainPath },
  view: ViewState,
  path: ChainPath,
): Partial<ViewState> {
  const own = at.length === 1 && others.length > 0 ? [textIs('request:service', path[0].name)] : [];
  if (path.length === 1) return narrowTo(view, at, [...own, ...endsAs(null)]);
  const ended = narrowTo(view, [...at, ...path.slice(1)], endsAs(null));
  return own.length === 0 ? ended : { ...ended, ...narrowTo(view, at, own) };
}
