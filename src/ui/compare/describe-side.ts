/** The two sides of a comparison in words, and the ones that the data offers. */
import type { OtherSide } from '../../link/other-side.ts';
import type { ViewState } from '../../link/view-state.ts';
import type { DataRange, Filter, Target } from '../../model/answers.ts';
import {
  describeChainFilter,
  describeCondition,
  describeZoneFilter,
  partsOf,
} from '../filter/describe-filter.ts';
import { closeTimeframe, describeTimeframe } from '../filter/timeframes.ts';

export const WHOLE_OTHER: OtherSide = {
  data: null,
  from: null,
  to: null,
  endpoint: null,
  instance: null,
  filter: null,
};

/** `POST /pay, instance pod-1, 10:00 – 10:15 (15 min)`; of two datasets its name first. */
export function describeSide(
  side: { readonly target: Target; readonly filter: Filter },
  range: DataRange | null,
  dataset: string | null = null,
): string {
  const { endpoint, instance } = side.target;
  const { where, zones, chains } = side.filter;
  const what = [
    dataset,
    endpoint,
    instance === null ? null : `instance ${instance}`,
    ...zones.map(describeZoneFilter),
    ...partsOf(where).map(describeCondition),
    ...chains.map(describeChainFilter),
  ].filter((part) => part !== null);
  const when = describeTimeframe(side.filter.timeframe, range);
  return what.length === 0 ? when : `${what.join(', ')}, ${when}`;
}

export interface SideOffer {
  readonly title: string;
  readonly patch: Partial<ViewState>;
}

/** Comparisons over time that need no typing. */
export function offersFor(filter: Filter, range: DataRange): readonly SideOffer[] {
  const { from, to } = closeTimeframe(filter.timeframe, range);
  const middle = from + (to - from) / 2n;
  const halves: SideOffer = {
    title: 'First half with second half',
    patch: { from, to: middle, other: { ...WHOLE_OTHER, from: middle, to } },
  };
  if (filter.timeframe.from === null && filter.timeframe.to === null) return [halves];
  const length = to - from;
  const shifted = (by: bigint): OtherSide => ({ ...WHOLE_OTHER, from: from + by, to: to + by });
  return [
    ...(from > range.from ? [{ title: 'With the time before', patch: { other: shifted(-length) } }] : []),
    ...(to < range.to ? [{ title: 'With the time after', patch: { other: shifted(length) } }] : []),
    { title: 'With the whole data', patch: { other: WHOLE_OTHER } },
    halves,
  ];
}
