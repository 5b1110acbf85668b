/** The columns of a list of requests, on screen and in its CSV. */
import type { EvidenceRow, EvidenceSort } from '../../model/answers-evidence.ts';
import { describeDuration, describeInstant } from '../../util/text.ts';
import { writeInstant } from '../../link/instant-text.ts';

export interface EvidenceColumn {
  readonly key: string;
  readonly title: string;
  /** What the list can be sorted by. */
  readonly sort?: EvidenceSort;
  readonly numeric?: boolean;
  readonly text: (row: EvidenceRow) => string;
  /** As exact as the data, for the CSV. */
  readonly exact?: (row: EvidenceRow) => string | number;
}

export const EVIDENCE_COLUMNS: readonly EvidenceColumn[] = [
  {
    key: 'start',
    title: 'Start',
    sort: 'start',
    text: (row) => (row.start === null ? 'no time' : describeInstant(row.start)),
    exact: (row) => (row.start === null ? '' : writeInstant(row.start)),
  },
  { key: 'service', title: 'Service', sort: 'service', text: (row) => row.service.name },
  {
    key: 'endpoint',
    title: 'Endpoint',
    sort: 'endpoint',
    text: (row) => (row.endpoint === '' ? '(no name)' : row.endpoint),
  },
  {
    key: 'duration',
    title: 'Response time',
    sort: 'duration',
    numeric: true,
    text: (row) => describeDuration(row.durationMs),
    exact: (row) => row.durationMs,
  },
  {
    key: 'failed',
    title: 'Outcome',
    sort: 'failed',
    text: (row) => (row.failed ? `failed: ${row.reason}` : 'succeeded'),
  },
  {
    key: 'status',
    title: 'HTTP status',
    sort: 'status',
    numeric: true,
    text: (row) => (row.httpStatus === null ? '–' : String(row.httpStatus)),
    exact: (row) => row.httpStatus ?? '',
  },
  { key: 'instance', title: 'Instance', sort: 'instance', text: (row) => row.instance },
  { key: 'chain', title: 'Chain', text: (row) => row.chain.map((step) => step.name).join(' → ') },
];

export const TRACE_COLUMN: EvidenceColumn = { key: 'trace', title: 'Trace', text: (row) => row.traceId };
