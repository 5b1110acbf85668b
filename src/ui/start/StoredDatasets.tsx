import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../../state/app.ts';
import { StoredDataset } from './StoredDataset.tsx';

/** The datasets that can be opened again; nothing where there are none. */
export function StoredDatasets(props: { title: string }): JSX.Element {
  const app = useApp();
  // by id: a list that was fetched anew holds new objects, and new rows would lose the focus
  const ids = () => app.datasets.list().map(({ id }) => id);
  const datasetOf = (id: number) => app.datasets.list().find((dataset) => dataset.id === id);
  return (
    <Show when={app.datasets.list().length > 0}>
      <section class="stored" aria-label={props.title}>
        <h2>{props.title}</h2>
        <ul class="dataset-list">
          <For each={ids()}>
            {(id) => <Show when={datasetOf(id)}>{(dataset) => <StoredDataset dataset={dataset()} />}</Show>}
          </For>
        </ul>
      </section>
    </Show>
  );
}
