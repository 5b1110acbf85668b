import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ReferrerRow } from '../../model/answers-spans.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCountOf } from '../../util/text.ts';
import type { NodeTabProps } from '../backtrace/node-tab-props.ts';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { countColumns, seenAt } from './count-columns.tsx';
import { DetailsAnswer } from './DetailsAnswer.tsx';
import { SampleNote } from './SampleNote.tsx';
import { DEFINITIONS } from '../definitions.ts';

const SOURCES: Readonly<Record<ReferrerRow['source'], string>> = {
  header: 'Referer header',
  'user action': 'page of the user action',
};

const NAME_COLUMNS: readonly Column<ReferrerRow>[] = [
  {
    key: 'page',
    title: 'Page',
    hint: DEFINITIONS.referrer,
    class: 'name-column',
    sortBy: (row) => row.page,
    cell: (row) => <span class="reason-text">{row.page}</span>,
  },
  { key: 'source', title: 'Known from', sortBy: (row) => row.source, cell: (row) => SOURCES[row.source] },
];

/** The pages that the requests at the selected step were made from. */
export function ReferrersTab(props: NodeTabProps): JSX.Element {
  const app = useApp();
  const answer = createAnswer('referrers', () => ({
    target: props.backtrace.target,
    filter: app.filter(),
    path: props.path,
  }));
  const place = () => ({ table: 'pages', path: props.path }) as const;
  const columns = [...NAME_COLUMNS, ...countColumns<ReferrerRow>(place)];
  return (
    <DetailsAnswer answer={answer} pending="Reading referrers …">
      {(latest) => (
        <>
          <SampleNote sampled={latest().sampled} what="at this step" />
          <Table
            label="Referring pages"
            columns={columns}
            rows={latest().rows}
            sort={app.view().sort}
            defaultSort={{ column: 'requests', descending: true }}
            onSort={(sort) => app.navigate({ sort }, 'replace')}
            empty="None of these requests says from which page it came."
          />
          <Show when={latest().without > 0}>
            <p class="quiet">
              <EvidenceLink selection={seenAt(place(), [])} count={latest().without}>
                {describeCountOf(latest().without, 'request')}
              </EvidenceLink>{' '}
              without a referrer and not called by a user action: browsers leave it out at will, and servers
              record it only where somebody asked for it.
            </p>
          </Show>
        </>
      )}
    </DetailsAnswer>
  );
}
