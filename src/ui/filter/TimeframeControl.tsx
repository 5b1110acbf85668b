import { For, Show, createUniqueId } from 'solid-js';
import type { JSX } from 'solid-js';
import type { DataRange } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCountOf, describeInstant, describeZone } from '../../util/text.ts';
import { createPopover } from '../parts/create-popover.ts';
import { Icon } from '../parts/Icon.tsx';
import { TimeframeForm } from './TimeframeForm.tsx';
import { WHOLE_DATA, describeTimeframe, presetsFor, shiftTimeframe } from './timeframes.ts';

/** Shows the timeframe; opens to presets and exact input. */
export function TimeframeControl(): JSX.Element {
  const app = useApp();
  const popover = createPopover();
  const panelId = createUniqueId();
  const range = () => app.dataset()?.range ?? null;
  const withoutTime = () => app.dataset()?.counts.spansWithoutTime ?? 0;
  const timeframe = () => app.filter().timeframe;
  const whole = () => timeframe().from === null && timeframe().to === null;
  const shift = (within: DataRange, direction: -1 | 1) =>
    app.navigate(shiftTimeframe(timeframe(), within, direction), 'push');

  return (
    <Show when={range()}>
      {(within) => (
        <div class="timeframe" {...popover.root}>
          <Show when={!whole()}>
            <button
              type="button"
              class="icon-button"
              aria-label="Earlier by its own length"
              onClick={() => shift(within(), -1)}
            >
              <Icon name="left" />
            </button>
          </Show>
          <button
            type="button"
            class="button timeframe-button"
            aria-expanded={popover.opened()}
            aria-controls={panelId}
            title={`Timeframe, ${describeZone(new Date(Number(within().from / 1_000_000n)))}`}
            ref={popover.button}
            onClick={popover.toggle}
          >
            <Icon name="clock" />
            <span class="visually-hidden">Timeframe: </span>
            <span class="elide">{describeTimeframe(timeframe(), within())}</span>
            <Icon name="down" />
          </button>
          <Show when={!whole()}>
            <button
              type="button"
              class="icon-button"
              aria-label="Later by its own length"
              onClick={() => shift(within(), 1)}
            >
              <Icon name="right" />
            </button>
            <button type="button" class="button small" onClick={() => app.navigate(WHOLE_DATA, 'push')}>
              Whole data
            </button>
          </Show>
          <div class="popover" id={panelId} hidden={!popover.opened()} ref={popover.panel}>
            <Show when={popover.opened()}>
              <p class="quiet">
                The data runs from {describeInstant(within().from)} to {describeInstant(within().to)},{' '}
                {describeZone(new Date(Number(within().from / 1_000_000n)))}.
                <Show when={withoutTime() > 0}>
                  {' '}
                  {describeCountOf(withoutTime(), 'span')} without a time: their requests are in the whole
                  data alone, in no other timeframe.
                </Show>
              </p>
              <div class="presets" role="group" aria-label="Presets">
                <button
                  type="button"
                  class="button small"
                  aria-pressed={whole()}
                  onClick={() => (app.navigate(WHOLE_DATA, 'push'), popover.close())}
                >
                  Whole data
                </button>
                <For each={presetsFor(within())}>
                  {(preset) => (
                    <button
                      type="button"
                      class="button small"
                      onClick={() => (app.navigate(preset.patch, 'push'), popover.close())}
                    >
                      {preset.title}
                    </button>
                  )}
                </For>
              </div>
              <TimeframeForm range={within()} onDone={popover.close} />
            </Show>
          </div>
        </div>
      )}
    </Show>
  );
}
