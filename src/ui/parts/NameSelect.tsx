import { For } from 'solid-js';
import type { JSX } from 'solid-js';

export interface NameSelectProps {
  readonly label: string;
  readonly names: readonly string[];
  readonly chosen: string | null;
  /** What null stands for. */
  readonly none: string;
  readonly onChoose: (name: string | null) => void;
}

/** One name out of a list, or none. Names are told by their place: a name may be the empty text. */
export function NameSelect(props: NameSelectProps): JSX.Element {
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
