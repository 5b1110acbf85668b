import { For, Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ColumnMapping } from '../../model/column-mapping.ts';
import type { SourceFile } from '../../model/dataset.ts';
import type { FormatName } from '../../model/import-choice.ts';
import { describeBytes, describeCount } from '../../util/text.ts';
import { FileRemarks } from '../summary/FileRemarks.tsx';
import { NoteList } from '../summary/NoteList.tsx';
import { ColumnMapper } from './ColumnMapper.tsx';

export interface RecognisedFileProps {
  readonly file: SourceFile;
  readonly formats: readonly FormatName[];
  /** Id of the format that is told; '': as found. */
  readonly told: string;
  readonly canRead: boolean;
  readonly onFormat: (formatId: string) => void;
  readonly onMapping: (shapeKey: string, mapping: ColumnMapping) => void;
}

/** One file: what it is, by which evidence, what came of it; and the ways to correct it. */
export function RecognisedFile(props: RecognisedFileProps): JSX.Element {
  const layers = () => [...props.file.containers, props.file.format ?? 'not recognised'].join(' → ');
  const figures = (): readonly (readonly [string, number])[] => {
    const { counts, records, rejected } = props.file;
    return counts
      ? [
          ['Spans', counts.spans],
          ['Traces', counts.traces],
          ['Services', counts.services],
          ['Left out', rejected + (counts.orphans ?? 0)],
        ]
      : [
          ['Records', records],
          ['Left out', rejected],
        ];
  };
  return (
    <article class="recognised-file">
      <h3 class="elide" title={props.file.name}>
        {props.file.name}
      </h3>
      <p>
        <strong>{layers()}</strong> <span class="quiet">· {describeBytes(props.file.sizeBytes)}</span>
      </p>
      <Show when={props.file.finding?.evidence}>{(evidence) => <p class="quiet">{evidence()}</p>}</Show>
      <FileRemarks file={props.file} />
      <Show when={props.file.records > 0}>
        <dl class="recognised-figures">
          <For each={figures()}>
            {([title, value]) => (
              <div>
                <dt>{title}</dt>
                <dd>{describeCount(value)}</dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
      <NoteList notes={props.file.notes} about={props.file.name} />
      <Show when={props.canRead}>
        <label class="format-choice">
          Read as
          <select onChange={(event) => props.onFormat(event.currentTarget.value)}>
            <option value="" selected={props.told === ''}>
              what it is recognised as
            </option>
            <For each={props.formats}>
              {({ id, label }) => (
                <option value={id} selected={props.told === id}>
                  {label}
                </option>
              )}
            </For>
          </select>
        </label>
        <Show when={props.file.finding?.table}>
          {(table) => (
            <ColumnMapper
              table={table()}
              about={props.file.name}
              isOpen={props.file.refusal !== null || table().missing.length > 0}
              onMapping={(mapping) => props.onMapping(table().shapeKey, mapping)}
            />
          )}
        </Show>
      </Show>
    </article>
  );
}
