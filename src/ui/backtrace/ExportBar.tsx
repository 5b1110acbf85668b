import { For } from 'solid-js';
import type { JSX } from 'solid-js';
import type { BacktraceNode } from '../../model/answers.ts';
import type { ChartHandle } from '../../charts/Chart.tsx';
import { nameOfServices } from '../../model/service.ts';
import { useApp } from '../../state/app.ts';
import { backtraceCsv } from './export-csv.ts';
import { backtraceJson } from './export-json.ts';
import { Icon } from '../parts/Icon.tsx';
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
  const name = (root: BacktraceNode, extension: string) => exportFileName(nameOfServices(root), extension);
  const savePicture = async (root: BacktraceNode, format: 'png' | 'svg') => {
    if (props.sunburst === null) return app.notices.add('info', NO_PICTURE);
    const end = app.beginWork();
    try {
      const picture = await props.sunburst.image(format, PICTURE);
      if (picture) saveFile(name(root, format), picture);
      else app.notices.add('problem', 'The picture could not be drawn.', []);
    } finally {
      end();
    }
  };
  const formats = [
    {
      title: 'JSON',
      save: (root: BacktraceNode) =>
        saveFile(name(root, 'json'), new Blob([backtraceJson(root)], { type: 'application/json' })),
    },
    {
      title: 'CSV',
      save: (root: BacktraceNode) =>
        saveFile(name(root, 'csv'), new Blob([backtraceCsv(root)], { type: 'text/csv;charset=utf-8' })),
    },
    { title: 'PNG', isPicture: true, save: (root: BacktraceNode) => void savePicture(root, 'png') },
    { title: 'SVG', isPicture: true, save: (root: BacktraceNode) => void savePicture(root, 'svg') },
  ];
  const noPicture = (isPicture: boolean) => isPicture && props.sunburst === null;
  return (
    <div class="export-bar" role="group" aria-label="Export">
      <Icon name="download" />
      <For each={formats}>
        {({ title, isPicture = false, save }) => (
          <button
            type="button"
            class="button small"
            aria-disabled={noPicture(isPicture)}
            title={noPicture(isPicture) ? NO_PICTURE : `Download ${title}`}
            onClick={() => save(props.root)}
          >
            <span class="visually-hidden">Download </span>
            {title}
          </button>
        )}
      </For>
    </div>
  );
}
