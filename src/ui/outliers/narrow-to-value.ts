/** From a value to the filter that keeps only the requests with it. */
import type { ViewState } from '../../link/view-state.ts';
import { throughChain } from '../../model/answers.ts';
import type { ChainPath, Target } from '../../model/answers.ts';
import type { OutlierValue } from '../../model/answers-outliers.ts';
import type { Condition } from '../../model/conditions.ts';
import type { ChainEnd } from '../../model/service.ts';
import { attributeIs, compare, endsAs, httpStatusIs, narrowTo, textIs, textOrNil } from '../filter/narrow.ts';
import { ownService } from './outlier-evidence.ts';

/** null: no filter says that. */
export function narrowToValue(
  target: Target,
  view: ViewState,
  { field, value, path }: OutlierValue,
): Partial<ViewState> | null {
  const own = (...conditions: readonly Condition[]) => narrowTo(view, [target.service], conditions);
  if (field.kind !== 'request') return own(attributeIs(field.kind, field.key, value));
  switch (field.name) {
    case 'endpoint':
      return { endpoint: value };
    case 'instance':
      return { instance: value };
    case 'caller':
      return path
        ? { chains: [...view.chains, throughChain([target.service, ...path])] }
        : own(...endsAs(value as ChainEnd));
    case 'chain':
      return path && narrowToChain(target, view, path);
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

/** The whole chain: its last caller has none itself. */
function narrowToChain(target: Target, view: ViewState, path: ChainPath): Partial<ViewState> {
  const own = ownService(target, path);
  if (path.length === 1) return narrowTo(view, path, [...own, ...endsAs(null)]);
  const ended = narrowTo(view, path, endsAs(null));
  return own.length === 0 ? ended : { ...ended, ...narrowTo(view, [target.service], own) };
}
