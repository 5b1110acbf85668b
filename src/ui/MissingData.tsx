import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { useApp } from '../state/app.ts';
import { describeView } from './describe-link.ts';
import { StoredDatasets } from './start/StoredDatasets.tsx';
import { describeCountOf } from '../util/text.ts';

/** A link whose data is not here: which files it needs, and a place to wait for them. */
export function MissingData(): JSX.Element {
  const app = useApp();
  return (
    <section class="page narrow">
      <h1>This link needs its data</h1>
      <p>
        It shows {describeView(app.view())}. A link names the data but does not hold it: trace files never
        leave the browser they are opened in.
      </p>
      <Show
        when={app.view().data}
        fallback={<p>Drop the trace files here, or anywhere on this page, and the view appears.</p>}
      >
        {(data) => (
          <>
            <p>Drop these files here, or anywhere on this page, and the view appears:</p>
            <ul class="file-list">
              <For each={data().files}>{(file) => <li>{file}</li>}</For>
              <Show when={data().moreFiles > 0}>
                <li>and {describeCountOf(data().moreFiles, 'more file')}</li>
              </Show>
            </ul>
            <p class="quiet">
              Fingerprint of the data: <code>{data().fingerprint}</code>. The same spans have the same
              fingerprint, however they are split, packed or named.
            </p>
          </>
        )}
      </Show>
      <StoredDatasets title="Or open what is stored in this browser" />
    </section>
  );
}
