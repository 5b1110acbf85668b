import { Match, Show, Switch, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import type { DatasetSummary } from '../../model/dataset.ts';
import { useApp } from '../../state/app.ts';
import { describeBytes, describeCountOf, describeDate } from '../../util/text.ts';
import { FilePicker } from '../FilePicker.tsx';
import { focusFirst, focusSoon } from '../parts/focus.ts';

/** One stored dataset: open, add files, rename, delete. */
export function StoredDataset(props: { dataset: DatasetSummary }): JSX.Element {
  const app = useApp();
  const [doing, setDoing] = createSignal<'rename' | 'delete' | null>(null);
  let item!: HTMLLIElement;
  const buttonOf = (action: 'rename' | 'delete') => item.querySelector(`[data-action="${action}"]`);
  /** Back to the button that asked. */
  const done = (action: 'rename' | 'delete') => {
    setDoing(null);
    focusFirst(buttonOf(action));
  };
  const rename = async (name: string) => {
    done('rename');
    if (name.trim() !== '' && name !== props.dataset.name)
      await app.datasets.rename(props.dataset.id, name.trim());
  };
  const remove = async () => {
    const list = item.closest('section');
    const neighbour = (item.nextElementSibling ?? item.previousElementSibling)?.querySelector('button');
    const main = item.closest('main');
    await app.datasets.remove(props.dataset.id);
    if (item.isConnected) done('delete');
    else focusFirst(neighbour, list?.querySelector('button'), main);
  };
  return (
    <li class="dataset" classList={{ open: app.dataset()?.id === props.dataset.id }} ref={item}>
      <Switch>
        <Match when={doing() === null}>
          <div class="dataset-what">
            <button type="button" class="dataset-name" onClick={() => void app.openDataset(props.dataset.id)}>
              <span class="elide" title={props.dataset.name}>
                {props.dataset.name}
              </span>
            </button>
            <p class="quiet">
              {describeCountOf(props.dataset.counts.spans, 'span')} · {describeBytes(props.dataset.sizeBytes)}{' '}
              · {describeDate(props.dataset.importedAt)}
              <Show when={!props.dataset.stored}>
                {' '}
                · <strong>in memory only, gone after a reload</strong>
              </Show>
              <Show when={app.dataset()?.id === props.dataset.id}> · open</Show>
            </p>
          </div>
          <p class="actions">
            <FilePicker
              label="Add files"
              about={props.dataset.name}
              class="button small"
              into={props.dataset.id}
            />
            <button
              type="button"
              class="button small"
              data-action="rename"
              aria-label={`Rename ${props.dataset.name}`}
              onClick={() => setDoing('rename')}
            >
              Rename
            </button>
            <button
              type="button"
              class="button small"
              data-action="delete"
              aria-label={`Delete ${props.dataset.name}`}
              onClick={() => setDoing('delete')}
            >
              Delete
            </button>
          </p>
        </Match>
        <Match when={doing() === 'rename'}>
          <RenameForm
            name={props.dataset.name}
            onDone={(name) => void rename(name)}
            onCancel={() => done('rename')}
          />
        </Match>
        <Match when={doing() === 'delete'}>
          <p class="dataset-what">
            Delete <strong>{props.dataset.name}</strong> from this browser? The files it was read from are not
            touched.
          </p>
          <p
            class="actions"
            onKeyDown={(event) => {
              if (event.key === 'Escape') done('delete');
            }}
          >
            <button type="button" class="button danger" onClick={() => void remove()}>
              Delete it
            </button>
            <button type="button" class="button" ref={focusSoon} onClick={() => done('delete')}>
              Keep it
            </button>
          </p>
        </Match>
      </Switch>
    </li>
  );
}

function RenameForm(props: {
  name: string;
  onDone: (name: string) => void;
  onCancel: () => void;
}): JSX.Element {
  let input: HTMLInputElement | undefined;
  return (
    <form
      class="rename"
      onSubmit={(event) => {
        event.preventDefault();
        props.onDone(input?.value ?? '');
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') props.onCancel();
      }}
    >
      <label>
        New name
        <input
          type="text"
          value={props.name}
          maxlength={200}
          ref={(element) => {
            input = element;
            focusSoon(element);
          }}
        />
      </label>
      <button type="submit" class="button primary">
        Save
      </button>
      <button type="button" class="button" onClick={() => props.onCancel()}>
        Cancel
      </button>
    </form>
  );
}
