import { Show } from 'solid-js';
import type { JSX } from 'solid-js';
import type { ChainPath } from '../../model/answers.ts';
import type { CodePlace, StackTracesAnswer } from '../../model/answers-spans.ts';
import { useApp } from '../../state/app.ts';
import { describeCountOf } from '../../util/text.ts';
import { ServiceName } from '../parts/ServiceName.tsx';
import { Table } from '../parts/Table.tsx';
import type { Column } from '../parts/Table.tsx';
import { EvidenceLink } from '../evidence/EvidenceLink.tsx';
import { countColumns, seenAt } from './count-columns.tsx';
import { SampleNote } from './SampleNote.tsx';
import { exampleColumn } from './example-column.tsx';
import { DEFINITIONS } from '../definitions.ts';

const CODE_COLUMNS: readonly Column<CodePlace>[] = [
  {
    key: 'code',
    title: 'Function',
    hint: DEFINITIONS.callingCode,
    class: 'name-column',
    sortBy: (row) => row.code,
    cell: (row) => <span class="frame-code">{row.code === '' ? row.place : row.code}</span>,
  },
  {
    key: 'place',
    title: 'File and line',
    sortBy: (row) => row.place,
    cell: (row) => <span class="frame-place">{row.place === '' ? '–' : row.place}</span>,
  },
  {
    key: 'service',
    title: 'Service',
    sortBy: (row) => row.service.name,
    cell: (row) => <ServiceName service={row.service} />,
  },
];

/** From which code the calls to the selected step were made. */
export function CodePlaceTable(props: { answer: StackTracesAnswer; path: ChainPath }): JSX.Element {
  const app = useApp();
  const place = () => ({ table: 'code', path: props.path }) as const;
  const columns = [...CODE_COLUMNS, ...countColumns<CodePlace>(place), exampleColumn<CodePlace>()];
  const without = (seenAs: readonly string[], requests: number) => (
    <EvidenceLink selection={seenAt(place(), seenAs)} count={requests}>
      {describeCountOf(requests, 'request')}
    </EvidenceLink>
  );
  const unsaid = () => without(['', '', ''], props.answer.withoutCode);
  return (
    <>
      <SampleNote sampled={props.answer.calls} what="at this step" />
      <Show
        when={props.answer.places.length > 0}
        fallback={
          <Show when={props.answer.withoutCode > 0}>
            <p class="quiet">
              {unsaid()}, of which no calling span names its code (code.function, code.filepath …).
            </p>
          </Show>
        }
      >
        <Table
          label="Code that called"
          columns={columns}
          rows={props.answer.places}
          sort={app.view().sort}
          defaultSort={{ column: 'requests', descending: true }}
          onSort={(sort) => app.navigate({ sort }, 'replace')}
          empty="None."
        />
      </Show>
      <Show when={props.answer.places.length > 0 && props.answer.withoutCode > 0}>
        <p class="quiet">{unsaid()} whose calling span does not say its code.</p>
      </Show>
      <Show when={props.answer.withoutCallingSpan > 0}>
        <p class="quiet">
          {without([], props.answer.withoutCallingSpan)} without a calling span in the data.
        </p>
      </Show>
    </>
  );
}
