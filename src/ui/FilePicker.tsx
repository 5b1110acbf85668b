import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../state/app.ts';
import { Icon } from './parts/Icon.tsx';

export interface FilePickerProps {
  /** Visible, and the accessible name of the file input. */
  readonly label: string;
  readonly class: string;
  /** Dataset to add to; null: a new one. */
  readonly into: number | null;
  /** Picks a folder with all that is in it. */
  readonly folder?: boolean;
  /** Completes the label for those who do not see where it stands. */
  readonly about?: string;
}

/** A file input that looks like a button; the input itself takes the focus. */
export function FilePicker(props: FilePickerProps): JSX.Element {
  const app = useApp();
  const take = (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    // so that choosing the same file again is a change again
    input.value = '';
    if (files.length > 0) void app.addFiles(files, props.into);
  };
  return (
    <label class={`file-picker ${props.class}`}>
      <Icon name="files" />
      <span class="file-picker-label">{props.label}</span>
      <Show when={props.about}>
        <span class="visually-hidden"> to {props.about}</span>
      </Show>
      <input
        type="file"
        class="visually-hidden"
        multiple
        ref={(input) => {
          input.webkitdirectory = props.folder === true;
        }}
        onChange={(event) => take(event.currentTarget)}
      />
    </label>
  );
}
