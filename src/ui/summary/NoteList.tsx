import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ImportNote, NoteExample } from '../../model/dataset.ts';
import { describePlace, examplesOf } from '../../model/import-note.ts';
import { describeCount, describeCountOf } from '../../util/text.ts';

export interface NoteListProps {
  /** The file. */
  readonly about: string;
  readonly notes: readonly ImportNote[];
}

/** What was left out of a file or read with a remark: how often, why, and where. */
export function NoteList(props: NoteListProps): JSX.Element {
  return (
    <Show when={props.notes.length > 0}>
      <ul class="notes">
        <For each={props.notes}>{(note) => <Note note={note} about={props.about} />}</For>
      </ul>
    </Show>
  );
}

const EFFECTS: Readonly<Record<ImportNote['effect'], string>> = {
  rejected: 'rejected',
  kept: 'read all the same',
  skipped: 'skipped, no trace data',
};

function Note(props: { note: ImportNote; about: string }): JSX.Element {
  return (
    <li class="import-note">
      <span class="note-count">{describeCount(props.note.count)}</span>{' '}
      <span class="tag" classList={{ 'tag-warn': props.note.effect === 'rejected' }}>
        {EFFECTS[props.note.effect]}
      </span>{' '}
      <span>{props.note.message}</span> <span class="quiet">{describeFirst(props.note)}</span>
      <Show when={props.note.examples}>
        {(examples) => <Examples examples={examples()} count={props.note.count} about={props.about} />}
      </Show>
    </li>
  );
}

/** Each record by itself; drawn when asked for: there may be hundreds. */
function Examples(props: { examples: readonly NoteExample[]; count: number; about: string }): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  const untold = () => props.count - props.examples.reduce((sum, { count }) => sum + count, 0);
  return (
    <details class="note-examples" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {untold() > 0 ? 'The first ones' : 'Each of them'}, with its place{' '}
        <span class="visually-hidden">in {props.about}</span>
      </summary>
      <Show when={isOpen()}>
        <ol>
          <For each={props.examples}>
            {(example) => (
              <li>
                {describePlace(example)}
                {example.count > 1 ? ` (${describeCountOf(example.count, 'record')})` : ''}: {example.message}
              </li>
            )}
          </For>
        </ol>
        <Show when={untold() > 0}>
          <p class="quiet">and {describeCountOf(untold(), 'record')} more.</p>
        </Show>
      </Show>
    </details>
  );
}

/** `first at line 12, byte 3,456`; '' where the place is unknown. */
function describeFirst(note: ImportNote): string {
  const place = describePlace(note);
  if (place === '') return '';
  return note.count === examplesOf(note)[0].count ? `at ${place}` : `first at ${place}`;
}
