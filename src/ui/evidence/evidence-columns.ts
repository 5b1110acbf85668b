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
  /** px, unless somebody has set another: what is longer is elided. The last column takes the room that is left, but no less. */
  readonly width: number;
  /** Part of the room beyond all of these widths that it gets. */
  readonly grows?: number;
  readonly text: (row: EvidenceRow) => string;
  /** As exact as the data, for the CSV. */
  readonly exact?: (row: EvidenceRow) => string | number;
}

/** At 1440 px all are in sight, on a telephone the first two. */
export const EVIDENCE_COLUMNS: readonly EvidenceColumn[] = [
  {
    key: 'start',
    title: 'Start',
    sort: 'start',
    width: 208,
    text: (row) => (row.start === null ? 'no time' : describeInstant(row.start)),
    exact: (row) => (row.start === null ? '' : writeInstant(row.start)),
  },
  {
    key: 'duration',
    title: 'Response time',
    sort: 'duration',
    numeric: true,
    width: 112,
    // neither a time nor a duration: 0 would say that it was fast
    text: (row) => (row.start === null && row.durationMs === 0 ? '–' : describeDuration(row.durationMs)),
    exact: (row) => row.durationMs,
  },
  {
    key: 'failed',
    title: 'Outcome',
    sort: 'failed',
    width: 200,
    grows: 0.25,
    text: (row) => (row.failed ? `failed: ${row.reason}` : 'succeeded'),
  },
  {
    key: 'endpoint',
    title: 'Endpoint',
    sort: 'endpoint',
    width: 200,
    grows: 0.1,
    text: (row) => (row.endpoint === '' ? '(no name)' : row.endpoint),
  },
  { key: 'service', title: 'Service', sort: 'service', width: 140, text: (row) => row.service.name },
  {
    key: 'status',
    title: 'HTTP status',
    sort: 'status',
    numeric: true,
    width: 88,
    text: (row) => (row.httpStatus === null ? '–' : String(row.httpStatus)),
    exact: (row) => row.httpStatus ?? '',
  },
  {
    key: 'instance',
    title: 'Instance',
    sort: 'instance',
    width: 104,
    grows: 0.15,
    text: (row) => row.instance,
  },
  {
    key: 'chain',
    title: 'Chain',
    width: 200,
    text: (row) => row.chain.map((step) => step.name).join(' → '),
  },
];

export const TRACE_COLUMN: Pick<EvidenceColumn, 'title' | 'text' | 'exact'> = {
  title: 'Trace',
  text: (row) => row.traceId,
};
