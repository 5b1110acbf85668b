import { Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Sort } from '../../link/view-state.ts';
import type { Ruleset } from '../../failure/rulesets.ts';
import type { ReasonRuleChange, RulesPreview, ServiceRuleChange } from '../../model/answers-rules.ts';
import { createAnswer } from '../../state/answers.ts';
import { describeCount } from '../../util/text.ts';
import { AnswerPanel } from '../parts/AnswerPanel.tsx';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';

const SERVICE_COLUMNS: readonly Column<ServiceRuleChange>[] = [
  {
    key: 'service',
    title: 'Service',
    sortBy: (row) => row.service.name,
    cell: (row) => <ServiceName service={row.service} />,
  },
  ...(
    [
      ['requests', 'Requests'],
      ['failedBefore', 'Failed before'],
      ['becameFailed', 'Become failed'],
      ['becameFine', 'Become fine'],
      ['failedAfter', 'Failed after'],
    ] as const
  ).map(([key, title]): Column<ServiceRuleChange> => ({
    key,
    title,
    numeric: true,
    sortBy: (row) => row[key],
    cell: (row) => describeCount(row[key]),
  })),
];

const REASON_COLUMNS: readonly Column<ReasonRuleChange>[] = [
  {
    key: 'reason',
    title: 'Reason',
    class: 'reason-column',
    value: (row) => row.reason,
    cell: (row) => row.reason,
  },
  { key: 'service', title: 'Service', cell: (row) => <ServiceName service={row.service} /> },
  { key: 'becomes', title: 'Becomes', cell: (row) => row.becomes },
  { key: 'requests', title: 'Requests', numeric: true, cell: (row) => describeCount(row.requests) },
];

/** What the draft would change, over all requests of the data, before it is applied. */
export function RulesPreviewPanel(props: { before: Ruleset; after: Ruleset }): JSX.Element {
  const answer = createAnswer('rulesPreview', () => ({ before: props.before, after: props.after }));
  return (
    <AnswerPanel title="What would change" answer={answer} pending="Trying the rules …">
      {(latest) => <Preview preview={latest()} />}
    </AnswerPanel>
  );
}

function Preview(props: { preview: RulesPreview }): JSX.Element {
  const term = (count: number, title: string) => (
    <span class="term">
      <strong>{describeCount(count)}</strong> <span>{title}</span>
    </span>
  );
  const [sort, setSort] = createSignal<Sort | null>(null);
  return (
    <>
      <p class="equation" role="status">
        {term(props.preview.failedBefore, 'failed before')}
        <span class="sign">+</span>
        {term(props.preview.becameFailed, 'become failed')}
        <span class="sign">−</span>
        {term(props.preview.becameFine, 'become fine')}
        <span class="sign">=</span>
        {term(props.preview.failedAfter, 'failed after')}
      </p>
      <Show
        when={props.preview.services.length > 0}
        fallback={<p class="quiet">No request of the data changes sides.</p>}
      >
        <Table
          label="Changes by service"
          columns={SERVICE_COLUMNS}
          rows={props.preview.services}
          sort={sort()}
          defaultSort={{ column: 'none', descending: true }}
          onSort={setSort}
          empty=""
        />
        <Table
          label="Changes by reason"
          columns={REASON_COLUMNS}
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
