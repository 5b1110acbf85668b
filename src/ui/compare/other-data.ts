/** Which dataset side b is of, and whether it is here. */
import { isSameData } from '../../link/same-data.ts';
import type { LinkData, ViewState } from '../../link/view-state.ts';
import type { DatasetSummary } from '../../model/dataset.ts';

export type OtherData =
  | { readonly kind: 'open' }
  | { readonly kind: 'stored'; readonly dataset: DatasetSummary }
  | { readonly kind: 'missing'; readonly data: LinkData };

export function otherDataOf(
  { other }: Pick<ViewState, 'other'>,
  open: DatasetSummary | null,
  stored: readonly DatasetSummary[],
): OtherData {
  const data = other?.data ?? null;
  if (data === null || (open !== null && isSameData(data, open))) return { kind: 'open' };
  const dataset = stored.find((one) => isSameData(data, one));
  return dataset ? { kind: 'stored', dataset } : { kind: 'missing', data };
}
