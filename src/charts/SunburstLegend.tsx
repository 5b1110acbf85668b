import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainEnd } from '../model/service.ts';
import { FAILURE_LEVEL_LABELS } from './palette.ts';
import { CHAIN_END_LABELS } from './sunburst.ts';

const ENDS: readonly ChainEnd[] = ['userAction', 'entryPoint', 'callerMissing'];

export interface SunburstLegendProps {
  /** Some arcs stand for several callers. */
  readonly other: boolean;
  /** Some callers lie beyond the last ring. */
  readonly deeper: boolean;
}

/** What colour, hatching and the marks at the rim mean. */
export function SunburstLegend(props: SunburstLegendProps): JSX.Element {
  return (
    <div class="sunburst-legend">
      <p class="legend-title">Failed calls</p>
      <ul>
        <For each={FAILURE_LEVEL_LABELS}>
          {(label, level) => (
            <li>
              <span class={`legend-swatch failure-level-${level()}`} aria-hidden="true" />
              {label}
            </li>
          )}
        </For>
      </ul>
      <p class="legend-title">A chain ends at its rim with</p>
      <ul>
        <For each={ENDS}>
          {(end) => (
            <li>
              <span class={`legend-mark chain-end-${end}`} aria-hidden="true" />
              {CHAIN_END_LABELS[end]}
            </li>
          )}
        </For>
      </ul>
      <Show when={props.other || props.deeper}>
        <p class="legend-title">Not drawn one by one</p>
        <ul>
          <Show when={props.other}>
            <li>
              <span class="legend-swatch arc-other" aria-hidden="true" />
              other: small callers as one
            </li>
          </Show>
          <Show when={props.deeper}>
            <li>
              <span class="legend-mark arc-deeper" aria-hidden="true" />
              further callers beyond the last ring
            </li>
          </Show>
        </ul>
      </Show>
    </div>
  );
}
