import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../../state/app.ts';
import { StoredDataset } from './StoredDataset.tsx';

/** The datasets that can be opened again; nothing where there are none. */
export function StoredDatasets(props: { title: string }): JSX.Element {
  const app = useApp();
  return (
    <Show when={app.datasets.list().length > 0}>
      <section class="stored" aria-label={props.title}>
        <h2>{props.title}</h2>
        <ul class="dataset-list">
          <For each={app.datasets.list()}>{(dataset) => <StoredDataset dataset={dataset} />}</For>
        </ul>
      </section>
    </Show>
  );
}
