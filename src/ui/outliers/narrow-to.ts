/** From a value to the filter that keeps only the requests with it. */
import type { ViewState } from '../../link/view-state.ts';
import { throughChain } from '../../model/answers.ts';
import type { Target } from '../../model/answers.ts';
import type { OutlierValue } from '../../model/answers-outliers.ts';

/** null: no filter says that. */
export function narrowTo(
  { service }: Target,
  view: ViewState,
  { field, value, path }: OutlierValue,
): Partial<ViewState> | null {
  if (field.kind !== 'request') return null;
  switch (field.name) {
    case 'endpoint':
      return { endpoint: value };
    case 'instance':
      return { instance: value };
    case 'caller':
      return path && { chains: [...view.chains, throughChain([service, ...path])] };
    case 'chain':
      return path && { chains: [...view.chains, throughChain(path)] };
    case 'outcome':
    case 'reason':
    case 'httpStatus':
    case 'grpcStatus':
      return null;
  }
}
