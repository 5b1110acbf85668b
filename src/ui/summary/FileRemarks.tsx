import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { SourceFile } from '../../model/dataset.ts';
import { Icon } from '../parts/Icon.tsx';
import '../import/import.css';

/** Why a file was not read, which units of time were guessed, and what its source is known to leave out. */
export function FileRemarks(props: { file: SourceFile }): JSX.Element {
  return (
    <>
      <Show when={props.file.refusal}>
        {(refusal) => (
          <p class="refusal">
            <Icon name="failure" /> {refusal()}
          </p>
        )}
      </Show>
      <For each={props.file.finding?.units ?? []}>{(sentence) => <p class="quiet">{sentence}</p>}</For>
      <For each={props.file.finding?.warnings ?? []}>
        {(warning) => (
          <p class="import-warning">
            <Icon name="info" /> {warning}
          </p>
        )}
      </For>
    </>
  );
}
