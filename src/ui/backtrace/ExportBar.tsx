import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import type { BacktraceNode } from '../../model/answers.ts';
import type { ChartHandle } from '../../charts/Chart.tsx';
import { nameOfServices } from '../../model/service.ts';
import { useApp } from '../../state/app.ts';
import { backtraceCsv } from './export-csv.ts';
import { backtraceJson } from './export-json.ts';
import { exportFileName, saveFile } from '../parts/save-file.ts';

export interface ExportBarProps {
  readonly root: BacktraceNode;
  /** null: the sunburst is not on screen. */
  readonly sunburst: ChartHandle | null;
}

const NO_PICTURE = 'There is a picture only while the sunburst is on screen: on the tab “Callers”.';

/** px; the picture is drawn anew for the file, whatever the size on screen. */
const PICTURE = { width: 1000, height: 1000 };

/** The backtrace as JSON and CSV, the sunburst as PNG and SVG. */
export function ExportBar(props: ExportBarProps): JSX.Element {
  const app = useApp();
  const name = (extension: string) => exportFileName(nameOfServices(props.root), extension);
  const savePicture = async (format: 'png' | 'svg') => {
    if (props.sunburst === null) return app.notices.add('info', NO_PICTURE);
    const end = app.beginWork();
    try {
      const picture = await props.sunburst.image(format, PICTURE);
      if (picture) saveFile(name(format), picture);
      else app.notices.add('problem', 'The picture could not be drawn.', []);
    } finally {
      end();
    }
  };
  const saveText = (extension: string, type: string, text: string) =>
    saveFile(name(extension), new Blob([text], { type }));
  return (
    <div class="export-bar" role="group" aria-label="Export">
      <button
        type="button"
        class="button"
        onClick={() => saveText('json', 'application/json', backtraceJson(props.root))}
      >
        Download JSON
      </button>
      <button
        type="button"
        class="button"
        onClick={() => saveText('csv', 'text/csv;charset=utf-8', backtraceCsv(props.root))}
      >
        Download CSV
      </button>
      <For each={['png', 'svg'] as const}>
        {(format) => (
          <button
            type="button"
            class="button"
            aria-disabled={props.sunburst === null}
            title={props.sunburst === null ? NO_PICTURE : undefined}
            onClick={() => void savePicture(format)}
          >
            Download {format.toUpperCase()}
          </button>
        )}
      </For>
    </div>
  );
}
