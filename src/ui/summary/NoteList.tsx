import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ImportNote } from '../../model/dataset.ts';
import { describeCount } from '../../util/text.ts';

/** What was left out of a file or read with a remark: how often, why, and where first. */
export function NoteList(props: { notes: readonly ImportNote[] }): JSX.Element {
  return (
    <Show when={props.notes.length > 0}>
      <ul class="notes">
        <For each={props.notes}>{(note) => <Note note={note} />}</For>
      </ul>
    </Show>
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
