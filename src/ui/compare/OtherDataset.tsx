import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { DatasetSummary } from '../../model/dataset.ts';
import { useApp } from '../../state/app.ts';
import { describeDate } from '../../util/text.ts';
import { describeFiles } from '../describe-link.ts';
import { Icon } from '../parts/Icon.tsx';
import { NameSelect } from '../parts/NameSelect.tsx';
import type { OtherData } from './other-data.ts';

export interface OtherDatasetProps {
  readonly data: OtherData;
  readonly onChoose: (dataset: DatasetSummary | null) => void;
}

/** Which of the stored datasets side B is of; what it needs where it is not here. */
export function OtherDataset(props: OtherDatasetProps): JSX.Element {
  const app = useApp();
  const others = () => app.datasets.list().filter(({ id }) => id !== app.dataset()?.id);
  const title = (dataset: DatasetSummary) => `${dataset.name}, added ${describeDate(dataset.importedAt)}`;
  const missing = () => (props.data.kind === 'missing' ? props.data.data : null);
  const chosen = () => (props.data.kind === 'stored' ? title(props.data.dataset) : null);
  return (
    <>
      <Show
        when={others().length > 0}
        fallback={
          <Show when={missing() === null}>
            <p class="quiet">
              To compare with other data, drop its files and come back to this view: both are kept.
            </p>
          </Show>
        }
      >
        <NameSelect
          label="Dataset of B"
          none="as in A"
          names={others().map(title)}
          chosen={chosen()}
          onChoose={(name) => props.onChoose(others().find((one) => title(one) === name) ?? null)}
        />
      </Show>
      <Show when={missing()}>
        {(data) => (
          <p class="note" role="status">
            <Icon name="info" />
            Side B needs data that is not in this browser: {describeFiles(data())}. Drop it here, or anywhere
            on this page.
          </p>
        )}
      </Show>
    </>
  );
}
