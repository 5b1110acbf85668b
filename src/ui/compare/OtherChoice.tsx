import { For } from 'solid-js';
import type { JSX } from 'solid-js';

export interface OtherChoiceProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly chosen: string | null;
  /** What null stands for. */
  readonly none: 'as in A' | 'any';
  readonly onChoose: (name: string | null) => void;
}

/** One part of side B out of a list. */
export function OtherChoice(props: OtherChoiceProps): JSX.Element {
  return (
    <label class="target-control">
      <span>{props.label}</span>
      <select
        onChange={(event) => {
          const { value } = event.currentTarget;
          props.onChoose(value === '' ? null : props.names[Number(value)]);
        }}
      >
        <option value="" selected={props.chosen === null}>
          {props.none}
        </option>
        <For each={props.names}>
          {(name, at) => (
            <option value={at()} selected={name === props.chosen}>
              {name === '' ? '(no name)' : name}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}
