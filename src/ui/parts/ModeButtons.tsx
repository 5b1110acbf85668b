import { For } from 'solid-js';
import type { JSX } from 'solid-js';

export interface ModeButtonsProps<T extends string> {
  readonly label: string;
  readonly titles: Readonly<Record<T, string>>;
  readonly names: readonly T[];
  readonly chosen: T;
  readonly onChoose: (name: T) => void;
}

/** One of a few ways to show the same, each a button. */
export function ModeButtons<T extends string>(props: ModeButtonsProps<T>): JSX.Element {
  return (
    <div class="scale-choice" role="group" aria-label={props.label}>
      <For each={props.names}>
        {(name) => (
          <button
            type="button"
            class="button small"
            aria-pressed={props.chosen === name}
            onClick={() => props.onChoose(name)}
          >
            {props.titles[name]}
          </button>
        )}
      </For>
    </div>
  );
}
