import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Interval } from '../../model/answers-impact.ts';
import { describePoints } from '../../util/text.ts';

export interface DifferenceIntervalProps {
  /** −1..1; null: one of the two shares does not exist. */
  readonly difference: number | null;
  readonly interval: Interval | null;
  /** Marked as beyond chance; by default when the interval does not hold 0. Of many compared at once, say it. */
  readonly beyond?: boolean;
}

/** px of the drawing; −1 is at its left, +1 at its right. */
const WIDTH = 120;
const HEIGHT = 16;

/** A difference of two shares with its 95 % confidence interval, drawn and as text. */
export function DifferenceInterval(props: DifferenceIntervalProps): JSX.Element {
  return (
    <Show when={props.interval} fallback={<span class="quiet">–</span>}>
      {(interval) => (
        <span class="difference" classList={{ beyond: props.beyond ?? isBeyondChance(interval()) }}>
          <svg class="difference-drawing" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
            <path class="difference-axis" d={`M0 ${HEIGHT / 2}H${WIDTH}M${WIDTH / 2} 1V${HEIGHT - 1}`} />
            <path class="difference-range" d={rangePath(interval())} />
            <circle class="difference-point" cx={xOf(props.difference ?? 0)} cy={HEIGHT / 2} r="3" />
          </svg>
          <span class="difference-text">
            <strong>{describePoints(props.difference ?? 0)}</strong>{' '}
            <span class="quiet">{describeInterval(interval())}</span>
          </span>
        </span>
      )}
    </Show>
  );
}

/** The interval does not hold 0. */
export function isBeyondChance({ low, high }: Interval): boolean {
  return low > 0 || high < 0;
}

/** `+3.2 to +40.1 points` */
export function describeInterval({ low, high }: Interval): string {
  return `${describePoints(low)} to ${describePoints(high)} points`;
}

function xOf(difference: number): number {
  return ((difference + 1) / 2) * (WIDTH - 6) + 3;
}

function rangePath({ low, high }: Interval): string {
  const middle = HEIGHT / 2;
  const cap = (x: number) => `M${x} ${middle - 4}V${middle + 4}`;
  return `M${xOf(low)} ${middle}H${xOf(high)}${cap(xOf(low))}${cap(xOf(high))}`;
}
