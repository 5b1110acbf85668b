import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { DIFFERENCE_LEVEL_LABELS } from './difference.ts';
import type { Difference } from './difference.ts';
import { RimLegend } from './RimLegend.tsx';
import type { RimLegendProps } from './RimLegend.tsx';

const TITLES: Readonly<Record<Difference, readonly [more: string, less: string]>> = {
  share: ['More calls in B', 'fewer'],
  rate: ['Fails more often in B', 'less often'],
  time: ['Slower in B', 'faster'],
};

/** What colour, hatching, outline and the marks at the rim mean. */
export function DifferenceLegend(props: RimLegendProps & { readonly difference: Difference }): JSX.Element {
  const labels = () => DIFFERENCE_LEVEL_LABELS[props.difference];
  return (
    <div class="sunburst-legend">
      <p class="legend-title">
        {TITLES[props.difference][0]} (orange, +) or {TITLES[props.difference][1]} (blue, −)
      </p>
      <ul>
        <For each={labels()}>
          {(label, level) => (
            <li>
              <Show
                when={level() > 0}
                fallback={<span class="legend-swatch difference-none" aria-hidden="true" />}
              >
                <span class={`legend-swatch difference-more-${level()}`} aria-hidden="true" />
                <span class={`legend-swatch difference-less-${level()}`} aria-hidden="true" />
              </Show>
              {label}
            </li>
          )}
        </For>
      </ul>
      <ul>
        <li>
          <span class="legend-swatch difference-beyond-more" aria-hidden="true" />
          <span class="legend-swatch difference-beyond-less" aria-hidden="true" />
          hatched: beyond chance
        </li>
        <li>
          <span class="legend-swatch difference-one-sided" aria-hidden="true" />
          broken line: on one side only
        </li>
      </ul>
      <RimLegend other={props.other} deeper={props.deeper} />
    </div>
  );
}
