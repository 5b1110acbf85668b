import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { describeCount } from '../util/text.ts';
import './charts.css';

export interface FigureTable {
  readonly headings: readonly string[];
  /** The first cell of a row is its heading. */
  readonly rows: () => readonly (readonly string[])[];
}

export interface ChartFigureProps {
  readonly title: string;
  /** A sentence below the title. */
  readonly note?: string | undefined;
  /** The same figures as text. */
  readonly table: FigureTable;
  /** A sentence that stands instead of a chart without a figure; null: there are figures. */
  readonly empty?: string | null;
  readonly children: JSX.Element;
}

/** Rows of a table that stands in for a chart; more would only be scrolled past. */
const MAX_ROWS = 1000;

/** A chart under its title, with its figures as a table at hand. */
export function ChartFigure(props: ChartFigureProps): JSX.Element {
  const [open, setOpen] = createSignal(false);
  const chart = () => (
    <>
      {props.children}
      <details class="chart-table" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary>Show as table</summary>
        <Show when={open()}>
          <FiguresAsTable title={props.title} table={props.table} />
        </Show>
      </details>
    </>
  );
  return (
    <figure class="chart-figure">
      <figcaption>
        <span class="chart-title">{props.title}</span>
        <Show when={props.note}>{(note) => <span class="chart-note">{note()}</span>}</Show>
      </figcaption>
      <Show when={props.empty ?? null} fallback={chart()}>
        {(empty) => <p class="chart-note">{empty()}</p>}
      </Show>
    </figure>
  );
}

function FiguresAsTable(props: { title: string; table: FigureTable }): JSX.Element {
  const rows = () => props.table.rows();
  return (
    <div class="chart-table-scroll" role="region" aria-label={`${props.title}, as a table`} tabindex="0">
      <table class="table">
        <caption class="visually-hidden">{props.title}</caption>
        <thead>
          <tr>
            <For each={props.table.headings}>{(heading) => <th scope="col">{heading}</th>}</For>
          </tr>
        </thead>
        <tbody>
          <For each={rows().slice(0, MAX_ROWS)}>
            {(row) => (
              <tr>
                <th scope="row">{row[0]}</th>
                <For each={row.slice(1)}>{(cell) => <td>{cell}</td>}</For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <Show when={rows().length > MAX_ROWS}>
        <p>{`The first ${describeCount(MAX_ROWS)} of ${describeCount(rows().length)} rows; the downloads hold them all.`}</p>
      </Show>
    </div>
  );
}
