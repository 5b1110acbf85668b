import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Sort } from '../../link/view-state.ts';
import type { Ruleset } from '../../model/ruleset.ts';
import type {
  ReasonRuleChange,
  RuleChange,
  RulesPreview,
  ServiceRuleChange,
} from '../../model/answers-rules.ts';
import type { EvidenceSelection } from '../../model/answers-evidence.ts';
import { createAnswer } from '../../state/answers.ts';
import { describeCount } from '../../util/text.ts';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { AnswerPanel } from '../parts/AnswerPanel.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';

const SERVICE_COUNTS = [
  ['requests', 'Requests'],
  ['failedBefore', 'Failed before'],
  ['becameFailed', 'Become failed'],
  ['becameFine', 'Become fine'],
  ['failedAfter', 'Failed after'],
] as const;

/** A number of the preview, which opens its requests. */
type Behind = (
  count: number,
  change: keyof RuleChange,
  of?: Pick<EvidenceSelection, 'service' | 'reason'>,
) => JSX.Element;

function serviceColumns(behind: Behind): readonly Column<ServiceRuleChange>[] {
  return [
    {
      key: 'service',
      title: 'Service',
      sortBy: (row) => row.service.name,
      cell: (row) => <ServiceName service={row.service} />,
    },
    ...SERVICE_COUNTS.map(([key, title]): Column<ServiceRuleChange> => ({
      key,
      title,
      numeric: true,
      sortBy: (row) => row[key],
      cell: (row) => behind(row[key], key, { service: row.service }),
    })),
  ];
}

function reasonColumns(behind: Behind): readonly Column<ReasonRuleChange>[] {
  return [
    {
      key: 'reason',
      title: 'Reason',
      class: 'reason-column',
      value: (row) => row.reason,
      cell: (row) => row.reason,
    },
    { key: 'service', title: 'Service', cell: (row) => <ServiceName service={row.service} /> },
    { key: 'becomes', title: 'Becomes', cell: (row) => row.becomes },
    {
      key: 'requests',
      title: 'Requests',
      numeric: true,
      cell: ({ requests, becomes, service, reason }) =>
        behind(requests, becomes === 'failed' ? 'becameFailed' : 'becameFine', { service, reason }),
    },
  ];
}

/** What the draft would change, over all requests of the data, before it is applied. */
export function RulesPreviewPanel(props: { before: Ruleset; after: Ruleset }): JSX.Element {
  const answer = createAnswer('rulesPreview', () => ({ before: props.before, after: props.after }));
  return (
    <AnswerPanel title="What would change" answer={answer} pending="Trying the rules …">
      {(latest) => <Preview preview={latest()} after={props.after} />}
    </AnswerPanel>
  );
}

function Preview(props: { preview: RulesPreview; after: Ruleset }): JSX.Element {
  const behind: Behind = (count, change, of = {}) => (
    <EvidenceLink
      selection={{ place: { kind: 'rules', after: props.after, change }, count: 'requests', ...of }}
      count={count}
    >
      {describeCount(count)}
    </EvidenceLink>
  );
  const term = (change: keyof RuleChange, title: string) => (
    <span class="term">
      <strong>{behind(props.preview[change], change)}</strong> <span>{title}</span>
    </span>
  );
  const [sort, setSort] = createSignal<Sort | null>(null);
  return (
    <>
      <p class="equation" role="status">
        {term('failedBefore', 'failed before')}
        <span class="sign">+</span>
        {term('becameFailed', 'become failed')}
        <span class="sign">−</span>
        {term('becameFine', 'become fine')}
        <span class="sign">=</span>
        {term('failedAfter', 'failed after')}
      </p>
      <Show
        when={props.preview.services.length > 0}
        fallback={<p class="quiet">No request of the data changes sides.</p>}
      >
        <Table
          label="Changes by service"
          columns={serviceColumns(behind)}
          rows={props.preview.services}
          sort={sort()}
          defaultSort={{ column: 'none', descending: true }}
          onSort={setSort}
          empty=""
        />
        <Table
          label="Changes by reason"
          columns={reasonColumns(behind)}
          rows={props.preview.reasons}
          sort={null}
          defaultSort={{ column: 'none', descending: true }}
          onSort={() => {}}
          empty=""
        />
      </Show>
    </>
  );
}
