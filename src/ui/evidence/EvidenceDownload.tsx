import type { JSX } from 'solid-js';
import type { EvidencePage, EvidenceRow } from '../../model/answers-evidence.ts';
import { useApp } from '../../state/app.ts';
import type { App } from '../../state/app.ts';
import { csvText } from '../parts/csv.ts';
import { exportFileName, saveFile } from '../parts/save-file.ts';
import { askedParams } from './asked-evidence.ts';
import type { AskedEvidence } from './asked-evidence.ts';
import { EVIDENCE_COLUMNS, TRACE_COLUMN } from './evidence-columns.ts';

export interface EvidenceDownloadProps extends AskedEvidence {
  readonly order: Pick<EvidencePage, 'sort' | 'descending'>;
  readonly total: number;
}

/** Rows that one answer gives at most. */
const MOST = 1000;

/** The whole list as CSV, in the order on screen. */
export function EvidenceDownload(props: EvidenceDownloadProps): JSX.Element {
  const app = useApp();
  const save = async () => {
    const end = app.beginWork();
    try {
      const rows = await allRows(app, props);
      if (rows === null) app.notices.add('problem', 'The list could not be written.');
      else
        saveFile(
          exportFileName(props.target?.service.name ?? 'all services', 'csv', 'requests'),
          new Blob([evidenceCsv(rows)], { type: 'text/csv;charset=utf-8' }),
        );
    } finally {
      end();
    }
  };
  return (
    <button type="button" class="button small" disabled={props.total === 0} onClick={() => void save()}>
      Download CSV
    </button>
  );
}

/** null: the question could not be answered. */
async function allRows(app: App, props: EvidenceDownloadProps): Promise<readonly EvidenceRow[] | null> {
  const total = props.total;
  const order = props.order;
  const asked = askedParams(props);
  const rows: EvidenceRow[] = [];
  for (let offset = 0; offset < total; offset += MOST) {
    const page = { sort: order.sort, descending: order.descending, offset, limit: MOST };
    const outcome = await app.client.ask('evidence', { ...asked, page }, app.view().rules);
    if (!outcome.ok) return null;
    rows.push(...outcome.value.rows);
  }
  return rows;
}

export function evidenceCsv(rows: readonly EvidenceRow[]): string {
  const columns = [...EVIDENCE_COLUMNS, TRACE_COLUMN];
  return csvText([
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map((column) => (column.exact ?? column.text)(row))),
  ]);
}
