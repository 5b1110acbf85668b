import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import { FAILURE_LEVEL_LABELS } from './palette.ts';
import { RimLegend } from './RimLegend.tsx';
import type { RimLegendProps } from './RimLegend.tsx';

/** What colour, hatching and the marks at the rim mean. */
export function SunburstLegend(props: RimLegendProps): JSX.Element {
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
      <RimLegend {...props} />
    </div>
  );
}
