import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainEnd } from '../model/service.ts';
import { CHAIN_END_LABELS } from './sunburst.ts';

const ENDS: readonly ChainEnd[] = ['userAction', 'entryPoint', 'callerMissing'];

export interface RimLegendProps {
  /** Some arcs stand for several callers. */
  readonly other: boolean;
  /** Some callers lie beyond the last ring. */
  readonly deeper: boolean;
}

/** What the marks at the rim of a sunburst mean, and what is not drawn one by one. */
export function RimLegend(props: RimLegendProps): JSX.Element {
  return (
    <>
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
    </>
  );
}
