import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { SourceFile } from '../../model/dataset.ts';
import { describeBytes, describeCount, describeCountOf } from '../../util/text.ts';
import { describeNearEpoch } from '../../state/describe-near-epoch.ts';
import { FileRemarks } from './FileRemarks.tsx';
import { NoteList } from './NoteList.tsx';

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
      <Show when={props.file.counts?.orphans}>
        {(orphans) => (
          <p class="quiet">
            Of the records read, {describeCount(orphans())}{' '}
            {orphans() === 1
              ? 'only adds to a span that is not in the data, and was left out.'
              : 'only add to spans that are not in the data, and were left out.'}
          </p>
        )}
      </Show>
      <Show when={props.file.counts?.nearEpoch}>
        {(early) => <p class="import-warning">{describeNearEpoch(early())}</p>}
      </Show>
      <FileRemarks file={props.file} />
      <NoteList notes={props.file.notes} about={props.file.name} />
    </article>
  );
}
