import type { JSX } from 'solid-js';
import { useApp } from '../../state/app.ts';
import { describeCountOf } from '../../util/text.ts';
import { csvText, tabbedText } from './csv.ts';
import type { CsvCell } from './csv.ts';
import { exportFileName, saveFile } from './save-file.ts';

export interface TableToolsProps {
  /** Of the table: the name of the file. */
  readonly label: string;
  /** The heading first; all rows, in the order on screen. */
  readonly rows: () => readonly (readonly CsvCell[])[];
}

/** Takes a table elsewhere: to the clipboard or into a file. */
export function TableTools(props: TableToolsProps): JSX.Element {
  const app = useApp();
  const copy = async () => {
    const rows = props.rows();
    try {
      await navigator.clipboard.writeText(tabbedText(rows));
      const size = describeCountOf(rows.length - 1, 'row');
      app.notices.add('done', `The table “${props.label}” is on the clipboard, ${size}.`);
    } catch {
      app.notices.add('problem', 'The browser does not let the page write to the clipboard.');
    }
  };
  const save = () =>
    saveFile(
      exportFileName(props.label, 'csv', 'table'),
      new Blob([csvText(props.rows())], { type: 'text/csv;charset=utf-8' }),
    );
  return (
    <div class="table-tools" role="group" aria-label={`Take along: ${props.label}`}>
      <button type="button" class="button small" onClick={() => void copy()}>
        Copy
      </button>
      <button type="button" class="button small" onClick={save}>
        CSV
      </button>
    </div>
  );
}
