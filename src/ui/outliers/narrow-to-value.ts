/** From a value to the filter that keeps only the requests with it. */
import type { ViewState } from '../../link/view-state.ts';
import { throughChain } from '../../model/answers.ts';
import type { OutlierValue } from '../../model/answers-outliers.ts';
import type { ServiceRef } from '../../model/service.ts';
import { attributeIs, compare, narrowTo, narrowToEvidence, textIs } from '../filter/narrow.ts';

/** null: no filter says that. */
export function narrowToValue(
  service: ServiceRef,
  view: ViewState,
  { field, value, path }: OutlierValue,
): Partial<ViewState> | null {
  if (field.kind !== 'request') return narrowTo(view, [service], [attributeIs(field.kind, field.key, value)]);
  switch (field.name) {
    case 'endpoint':
      return { endpoint: value };
    case 'instance':
      return { instance: value };
    case 'caller':
      return path && { chains: [...view.chains, throughChain([service, ...path])] };
    case 'chain':
      return path && { chains: [...view.chains, throughChain(path)] };
    case 'outcome': {
      const failed = compare('request:failed', '=', { kind: 'boolean', boolean: value === 'failed' });
      return narrowTo(view, [service], [failed]);
    }
    case 'reason':
      return value === null ? null : narrowTo(view, [service], [textIs('request:reason', value)]);
    case 'httpStatus': {
      const place = { kind: 'node', path: [service] } as const;
      return value === null
        ? null
        : narrowToEvidence(view, { place, count: 'requests', httpStatus: Number(value) });
    }
    case 'grpcStatus':
      return null;
  }
}
