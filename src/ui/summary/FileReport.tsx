import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ImportNote, SourceFile } from '../../model/dataset.ts';
import { describeBytes, describeCount, describeCountOf } from '../../util/text.ts';
import { Icon } from '../parts/Icon.tsx';

/** What one file was, what was read of it and what was not. */
export function FileReport(props: { file: SourceFile }): JSX.Element {
  const layers = () => [...props.file.containers, props.file.format ?? 'not a trace file'].join(' → ');
  return (
    <article class="card file-report">
      <h3 class="elide" title={props.file.name}>
        {props.file.name}
      </h3>
      <p class="quiet">
        {layers()} · {describeBytes(props.file.sizeBytes)} · {describeCountOf(props.file.records, 'record')},{' '}
        {describeCount(props.file.records - props.file.rejected)} read, {describeCount(props.file.rejected)}{' '}
        rejected
      </p>
      <Show when={props.file.refusal}>
        {(refusal) => (
          <p class="refusal">
            <Icon name="failure" /> {refusal()}
          </p>
        )}
      </Show>
      <Show when={props.file.notes.length > 0}>
        <ul class="notes">
          <For each={props.file.notes}>{(note) => <Note note={note} />}</For>
        </ul>
      </Show>
    </article>
  );
}

const EFFECTS: Readonly<Record<ImportNote['effect'], string>> = {
  rejected: 'rejected',
  kept: 'read all the same',
  skipped: 'skipped, no trace data',
};

function Note(props: { note: ImportNote }): JSX.Element {
  return (
    <li class="import-note">
      <span class="note-count">{describeCount(props.note.count)}</span>{' '}
      <span class="tag" classList={{ 'tag-warn': props.note.effect === 'rejected' }}>
        {EFFECTS[props.note.effect]}
      </span>{' '}
      <span>{props.note.message}</span> <span class="quiet">{describePlace(props.note)}</span>
    </li>
  );
}

/** `first at line 12, byte 3,456`; nothing where the place is unknown. */
export function describePlace(note: Pick<ImportNote, 'line' | 'bytePosition'>): string {
  const parts = [
    ...(note.line === null ? [] : [`line ${describeCount(note.line)}`]),
    ...(note.bytePosition === null ? [] : [`byte ${describeCount(note.bytePosition)}`]),
  ];
  return parts.length === 0 ? '' : `first at ${parts.join(', ')}`;
}
