/** Timeframes that the data offers, and moving along it. All instants in ns. */
import type { DataRange, Timeframe } from '../../model/answers.ts';
import type { ViewState } from '../../link/view-state.ts';
import { describeClock, describeDuration, describeInstant } from '../../util/text.ts';

type TimePatch = Pick<ViewState, 'from' | 'to' | 'last'>;

export interface Preset {
  readonly title: string;
  readonly patch: TimePatch;
}

export const WHOLE_DATA: TimePatch = { from: null, to: null, last: null };

const LAST_MS = [
  ['Last minute', 60_000],
  ['Last 5 minutes', 300_000],
  ['Last 15 minutes', 900_000],
  ['Last hour', 3_600_000],
  ['Last 6 hours', 21_600_000],
  ['Last day', 86_400_000],
] as const;

/** The last … of the data where that is less than all of it, and its quarters. */
export function presetsFor(range: DataRange): readonly Preset[] {
  const lengthNs = range.to - range.from;
  const last = LAST_MS.filter(([, ms]) => BigInt(ms) * 1_000_000n < lengthNs);
  const quarter = (index: bigint) => range.from + (lengthNs * index) / 4n;
  return [
    ...last.map(([title, ms]) => ({
      title,
      patch: { from: null, to: null, last: ms },
    })),
    { title: 'First quarter', patch: { from: null, to: quarter(1n), last: null } },
    { title: 'Second quarter', patch: { from: quarter(1n), to: quarter(2n), last: null } },
    { title: 'Third quarter', patch: { from: quarter(2n), to: quarter(3n), last: null } },
    { title: 'Last quarter', patch: { from: quarter(3n), to: null, last: null } },
  ];
}

/** The timeframe with open sides closed by the ends of the data; empty where it lies outside. */
export function closeTimeframe({ from, to }: Timeframe, range: DataRange): { from: bigint; to: bigint } {
  return {
    from: from ?? (to !== null && to < range.from ? to : range.from),
    to: to ?? (from !== null && from > range.to ? from : range.to),
  };
}

/** Earlier or later by its own length. */
export function shiftTimeframe(timeframe: Timeframe, range: DataRange, direction: -1 | 1): TimePatch {
  const { from, to } = closeTimeframe(timeframe, range);
  const step = (to - from) * BigInt(direction);
  return { from: from + step, to: to + step, last: null };
}

/** `Whole data`, or from – to with the length. */
export function describeTimeframe(timeframe: Timeframe, range: DataRange | null): string {
  if (range === null || (timeframe.from === null && timeframe.to === null)) return 'Whole data';
  const { from, to } = closeTimeframe(timeframe, range);
  const first = describeInstant(from);
  const last = describeInstant(to);
  if (timeframe.to === null && from >= range.to) return `from ${first} (after the end of the data)`;
  if (timeframe.from === null && to <= range.from) return `until ${last} (before the data begins)`;
  const end = first.slice(0, 10) === last.slice(0, 10) ? describeClock(to) : last;
  return `${first} – ${end} (${describeDuration(Number(to - from) / 1e6)})`;
}

/** ns → the value of a datetime-local input in the local zone, ms kept. */
export function toLocalInput(ns: bigint): string {
  return describeInstant(ns).replace(' ', 'T');
}

/** The other way. null: not a date. */
export function fromLocalInput(text: string): bigint | null {
  const ms = new Date(text).getTime();
  return Number.isNaN(ms) ? null : BigInt(ms) * 1_000_000n;
}
