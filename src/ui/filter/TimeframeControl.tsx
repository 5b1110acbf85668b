import { For, Show, createSignal, createUniqueId, onCleanup, onMount } from 'solid-js';
import type { JSX } from 'solid-js';
import type { DataRange } from '../../model/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeInstant, describeZone } from '../../util/text.ts';
import { Icon } from '../parts/Icon.tsx';
import { TimeframeForm } from './TimeframeForm.tsx';
import { WHOLE_DATA, describeTimeframe, presetsFor, shiftTimeframe } from './timeframes.ts';

/** Shows the timeframe; opens to presets and exact input. */
export function TimeframeControl(): JSX.Element {
  const app = useApp();
  const [opened, setOpened] = createSignal(false);
  const panelId = createUniqueId();
  let button: HTMLButtonElement | undefined;
  let root: HTMLDivElement | undefined;
  const range = () => app.dataset()?.range ?? null;
  const timeframe = () => app.filter().timeframe;
  const whole = () => timeframe().from === null && timeframe().to === null;
  const close = () => {
    setOpened(false);
    button?.focus();
  };
  const closeFromOutside = (event: PointerEvent) => {
    if (event.target instanceof Node && !root?.contains(event.target)) setOpened(false);
  };
  onMount(() => {
    document.addEventListener('pointerdown', closeFromOutside);
    onCleanup(() => document.removeEventListener('pointerdown', closeFromOutside));
  });
  const shift = (within: DataRange, direction: -1 | 1) =>
    app.navigate(shiftTimeframe(timeframe(), within, direction), 'push');

  return (
    <Show when={range()}>
      {(within) => (
        <div
          class="timeframe"
          ref={(element) => (root = element)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && opened()) close();
          }}
          onFocusOut={(event) => {
            if (event.relatedTarget instanceof Node && !root?.contains(event.relatedTarget)) setOpened(false);
          }}
        >
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
            aria-expanded={opened()}
            aria-controls={panelId}
            title={`Timeframe, ${describeZone(new Date(Number(within().from / 1_000_000n)))}`}
            ref={(element) => (button = element)}
            onClick={() => setOpened(!opened())}
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
          <div class="popover" id={panelId} hidden={!opened()}>
            <p class="quiet">
              The data runs from {describeInstant(within().from)} to {describeInstant(within().to)},{' '}
              {describeZone(new Date(Number(within().from / 1_000_000n)))}.
            </p>
            <div class="presets" role="group" aria-label="Presets">
              <button
                type="button"
                class="button small"
                aria-pressed={whole()}
                onClick={() => (app.navigate(WHOLE_DATA, 'push'), close())}
              >
                Whole data
              </button>
              <For each={presetsFor(within())}>
                {(preset) => (
                  <button
                    type="button"
                    class="button small"
                    onClick={() => (app.navigate(preset.patch, 'push'), close())}
                  >
                    {preset.title}
                  </button>
                )}
              </For>
            </div>
            <TimeframeForm range={within()} onDone={close} />
          </div>
        </div>
      )}
    </Show>
  );
}
