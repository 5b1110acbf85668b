import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import { fateSelection } from '../../model/answers-impact.ts';
import type { FatePlace, FatesAnswer } from '../../model/answers-impact.ts';
import { useApp } from '../../state/app.ts';
import { describeCount } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { Meter } from '../parts/Meter.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { FATE_TEXTS } from './fate-text.ts';
import { DEFINITIONS } from '../definitions.ts';
import { Term } from '../parts/Defined.tsx';

/** Where each fate was met: who absorbed, which user action was reached. */
export function FateTable(props: { answer: FatesAnswer }): JSX.Element {
  const app = useApp();
  const columns: readonly Column<FatePlace>[] = [
    {
      key: 'fate',
      title: 'Fate',
      hint: DEFINITIONS.fate,
      sortBy: (row) => FATE_TEXTS[row.fate].title,
      cell: (row) => (
        <>
          <span class={`legend-mark fate-${row.fate}`} aria-hidden="true" />{' '}
          <Term text={FATE_TEXTS[row.fate].definition}>{FATE_TEXTS[row.fate].title}</Term>
        </>
      ),
    },
    {
      key: 'service',
      title: 'At',
      hint: DEFINITIONS.fatePlace,
      sortBy: (row) => row.service.name,
      cell: (row) => <ServiceName service={row.service} />,
    },
    {
      key: 'endpoint',
      title: 'User action or endpoint',
      class: 'name-column',
      sortBy: (row) => row.endpoint,
      cell: (row) => (
        <Show when={row.endpoint !== ''} fallback={<span class="quiet">–</span>}>
          <span class="elide" title={row.endpoint}>
            {row.endpoint}
          </span>
        </Show>
      ),
    },
    {
      key: 'failures',
      title: 'Failures',
      hint: DEFINITIONS.fateFailures,
      numeric: true,
      sortBy: (row) => row.failures,
      cell: (row) => (
        <EvidenceLink
          selection={{
            place: { kind: 'node', path: [props.answer.target.service] },
            count: 'failedCalls',
            fate: fateSelection(row),
          }}
          count={row.failures}
        >
          {describeCount(row.failures)}
        </EvidenceLink>
      ),
    },
    {
      key: 'share',
      title: 'Share',
      hint: DEFINITIONS.fateShare,
      numeric: true,
      sortBy: (row) => row.failures / Math.max(1, props.answer.failures),
      cell: (row) => <Meter share={row.failures / Math.max(1, props.answer.failures)} />,
    },
  ];
  return (
    <Table
      label="Fates by place"
      columns={columns}
      rows={props.answer.places}
      sort={app.view().sort}
      defaultSort={{ column: 'failures', descending: true }}
      onSort={(sort) => app.navigate({ sort }, 'replace')}
      empty="No request failed."
    />
  );
}
