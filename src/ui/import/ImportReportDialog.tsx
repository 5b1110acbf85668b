import { For, Show, createEffect, createResource, createSignal, on } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ColumnMapping } from '../../model/column-mapping.ts';
import type { FormatName } from '../../model/import-choice.ts';
import { useApp } from '../../state/app.ts';
import type { ImportReport } from '../../state/import-reports.ts';
import { describeCountOf } from '../../util/text.ts';
import { Icon } from '../parts/Icon.tsx';
import { RecognisedFile } from './RecognisedFile.tsx';
import './import.css';

/** What each file was taken for and why; lets people correct it. Over the screen, Escape closes it. */
export function ImportReportDialog(): JSX.Element {
  const { report } = useApp().datasets;
  let dialog!: HTMLDialogElement;
  createEffect(
    on(
      () => report.shown() !== null,
      (open) => {
        if (open && !dialog.open) dialog.showModal();
        else if (!open && dialog.open) dialog.close();
      },
    ),
  );
  return (
    <dialog
      class="drawer"
      aria-labelledby="import-report-title"
      ref={dialog}
      onClose={() => report.close()}
      onClick={(event) => event.target === dialog && dialog.close()}
    >
      <Show when={report.shown()}>
        {(shown) => <Report report={shown()} onClose={() => dialog.close()} />}
      </Show>
    </dialog>
  );
}

function Report(props: { report: ImportReport; onClose: () => void }): JSX.Element {
  const app = useApp();
  const [formats] = createResource(async () => {
    const outcome = await app.client.formats();
    return outcome.ok ? outcome.value : [];
  });
  const [told, setTold] = createSignal<ReadonlyMap<string, string>>(
    new Map(props.report.formats.map(({ name, formatId }) => [name, formatId])),
  );
  const [isMapped, setMapped] = createSignal(false);
  const canRead = () => props.report.own !== null;
  const isChanged = () => isMapped() || told().size !== props.report.formats.length || hasOtherFormats();
  const hasOtherFormats = () =>
    props.report.formats.some(({ name, formatId }) => told().get(name) !== formatId);

  const tell = (name: string, formatId: string) => {
    const next = new Map(told());
    if (formatId === '') next.delete(name);
    else next.set(name, formatId);
    setTold(next);
  };
  const map = (shapeKey: string, mapping: ColumnMapping) => {
    app.preferences.rememberMapping(shapeKey, mapping);
    setMapped(true);
  };
  const readAgain = () => {
    props.onClose();
    // What could not be read is told by the next reading.
    app.notices.dismissAll('problem');
    app.notices.dismissAll('warning');
    void app.readAgain(
      props.report,
      [...told()].map(([name, formatId]) => ({ name, formatId })),
    );
  };
  return (
    <div class="import-report">
      <header class="import-report-head">
        <h2 id="import-report-title">
          {props.report.files.length === 1
            ? 'How the file was read'
            : `How the ${describeCountOf(props.report.files.length, 'file')} were read`}
        </h2>
        <button type="button" class="icon-button" aria-label="Close" onClick={() => props.onClose()}>
          <Icon name="close" />
        </button>
      </header>
      <div class="import-report-files">
        <For each={props.report.files}>
          {(file) => (
            <RecognisedFile
              file={file}
              formats={formats() ?? NO_FORMATS}
              told={told().get(file.name) ?? ''}
              canRead={canRead()}
              onFormat={(id) => tell(file.name, id)}
              onMapping={map}
            />
          )}
        </For>
      </div>
      <footer class="import-report-foot">
        <Show
          when={canRead()}
          fallback={
            <p class="quiet">
              To read a file in another way, drop it again: this page was loaded anew and has not kept it.
            </p>
          }
        >
          <p class="quiet">The files are read again as you say; the dataset is replaced.</p>
          <button type="button" class="button primary" disabled={!isChanged()} onClick={readAgain}>
            Read again
          </button>
        </Show>
      </footer>
    </div>
  );
}

const NO_FORMATS: readonly FormatName[] = [];
