import { For, Show, createEffect, createMemo, createSignal, on, onCleanup, onMount } from 'solid-js';
import type { JSX } from 'solid-js';
import type { Sort } from '../../link/view-state.ts';
import { EVIDENCE_SORTS } from '../../model/answers-evidence.ts';
import type { EvidenceRow, EvidenceSort } from '../../model/answers-evidence.ts';
import type { DatasetSummary } from '../../model/dataset.ts';
import { createAnswer } from '../../state/answers.ts';
import { useApp } from '../../state/app.ts';
import { describeCountOf } from '../../util/text.ts';
import { SampleNote } from '../details/SampleNote.tsx';
import { createGrowing } from '../parts/create-growing.ts';
import { Icon } from '../parts/Icon.tsx';
import { TraceLink } from '../traces/TraceLink.tsx';
import { AnswerTrouble } from '../service/AnswerStates.tsx';
import { askedParams } from './asked-evidence.ts';
import type { AskedEvidence } from './asked-evidence.ts';
import { EVIDENCE_COLUMNS } from './evidence-columns.ts';
import { ROW_HEIGHT, rowAtTop, spacesAround } from './list-window.ts';
import { EvidenceDownload } from './EvidenceDownload.tsx';
import { EvidenceHead, leastWidth } from './EvidenceHead.tsx';
import type { EvidenceOrder } from './EvidenceHead.tsx';

const NONE: readonly EvidenceRow[] = [];
/** Under this the widths of the columns are kept. */
const SHAPE = 'evidence';

/** The requests behind a number. Only the rows in sight are asked for and are in the document. */
export function EvidenceList(props: AskedEvidence): JSX.Element {
  const app = useApp();
  const [scrolled, setScrolled] = createSignal({ top: 0, room: 600 });
  const [total, setTotal] = createSignal(0);
  let region!: HTMLDivElement;
  const order = createMemo(() => orderOf(app.view().evidenceSort));
  /** Rows of a page, which is what is in sight or more; asked for are the page at the top, the one before and the one after. */
  const page = createMemo(() => Math.ceil(Math.max(window.innerHeight, scrolled().room) / ROW_HEIGHT));
  const offset = createMemo(() => {
    const at = Math.floor(rowAtTop({ ...scrolled(), total: total() }) / page());
    return Math.max(0, at - 1) * page();
  });
  const answer = createAnswer('evidence', () => ({
    ...askedParams(props),
    page: { ...order(), offset: offset(), limit: 3 * page() },
  }));
  const measure = () => setScrolled({ top: region.scrollTop, room: region.clientHeight || 600 });
  createEffect(
    on(
      () => props.selection,
      () => {
        region.scrollTop = 0;
        measure();
      },
      { defer: true },
    ),
  );
  createEffect(() => setTotal(answer.latest()?.total ?? 0));
  onMount(() => {
    measure();
    region.addEventListener('scroll', measure);
    onCleanup(() => region.removeEventListener('scroll', measure));
  });
  /** Of the requests only some were looked at. */
  const partly = () => {
    const sampled = answer.latest()?.sampled;
    return sampled && sampled.looked < sampled.requests ? sampled : null;
  };
  const counted = () =>
    `${describeCountOf(total(), 'request')}${app.view().extrapolated ? ' in the data' : ''}`;
  const widths = () => app.preferences.columnWidths(SHAPE);
  const first = () => answer.latest()?.offset ?? 0;
  const found = () => answer.latest()?.rows ?? NONE;
  const drawn = createGrowing(found, () => (scrolled().top > 0 ? Infinity : 0));
  const rows = () => found().slice(0, drawn());
  const spaces = createMemo(() => spacesAround({ ...scrolled(), total: total() }, first(), rows().length));
  const sortBy = (sort: EvidenceSort) =>
    app.navigate({ evidenceSort: { column: sort, descending: nextDirection(order(), sort) } }, 'replace');
  return (
    <>
      <div class="evidence-tools">
        <p role="status">
          <strong>{answer.latest() ? counted() : 'Looking them up …'}</strong>
        </p>
        <EvidenceDownload {...props} order={order()} total={total()} />
      </div>
      <Show when={partly()}>{(part) => <SampleNote sampled={part()} what="that the table is about" />}</Show>
      <AnswerTrouble error={answer.error()} />
      <div
        class="table-scroll evidence-scroll"
        classList={{ stale: answer.loading() }}
        role="group"
        aria-label="Requests"
        tabindex="0"
        ref={region}
      >
        <table
          class="table evidence-table"
          style={{ 'min-width': `${leastWidth(widths())}px` }}
          aria-label="Requests"
          aria-rowcount={total() + 1}
        >
          <EvidenceHead
            order={order()}
            onSort={sortBy}
            widths={widths()}
            onWidth={(column, width) => app.preferences.setColumnWidth(SHAPE, column, width)}
          />
          <tbody>
            <Spacer px={spaces().above} />
            <For each={rows()}>
              {(row, at) => <Row row={row} rowIndex={first() + at() + 2} stored={props.stored ?? null} />}
            </For>
            <Spacer px={spaces().below} />
            <Show when={answer.latest()?.total === 0}>
              <tr>
                <td class="empty" colspan={EVIDENCE_COLUMNS.length}>
                  No request of the open data fits.
                </td>
              </tr>
            </Show>
          </tbody>
        </table>
      </div>
    </>
  );
}

function orderOf(wanted: Sort | null): EvidenceOrder {
  const sort = EVIDENCE_SORTS.find((name) => name === wanted?.column);
  return { sort: sort ?? 'start', descending: sort !== undefined && wanted?.descending === true };
}

/** A column that was not sorted by starts with what stands out: slowest, failed, earliest. */
function nextDirection(order: EvidenceOrder, sort: EvidenceSort): boolean {
  return order.sort === sort ? !order.descending : sort !== 'start';
}

function Row(props: { row: EvidenceRow; rowIndex: number; stored: DatasetSummary | null }): JSX.Element {
  return (
    <tr aria-rowindex={props.rowIndex}>
      <For each={EVIDENCE_COLUMNS}>
        {(column, place) => (
          <Show
            when={place() > 0}
            fallback={
              <th scope="row">
                <TraceLink traceId={props.row.traceId} spanId={props.row.spanId} dataset={props.stored}>
                  {column.text(props.row)}
                </TraceLink>
              </th>
            }
          >
            <td classList={{ numeric: column.numeric }}>
              <span
                class="elide"
                classList={{ 'has-failures': column.key === 'failed' && props.row.failed }}
                title={column.text(props.row)}
              >
                <Show when={column.key === 'failed' && props.row.failed}>
                  <Icon name="failure" />{' '}
                </Show>
                {column.text(props.row)}
              </span>
            </td>
          </Show>
        )}
      </For>
    </tr>
  );
}

function Spacer(props: { px: number }): JSX.Element {
  return (
    <Show when={props.px > 0}>
      <tr aria-hidden="true" class="spacer">
        <td colspan={EVIDENCE_COLUMNS.length} style={{ height: `${props.px}px` }} />
      </tr>
    </Show>
  );
}
