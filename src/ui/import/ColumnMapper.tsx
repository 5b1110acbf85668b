import { For, Show, createSignal } from 'solid-js';
import type { JSX } from 'solid-js';
import { REQUIRED_ROLES, ROLE_LABELS } from '../../model/column-mapping.ts';
import type { ColumnMapping, ColumnRole, TimeUnit } from '../../model/column-mapping.ts';
import type { TableFinding } from '../../model/import-choice.ts';

export interface ColumnMapperProps {
  readonly table: TableFinding;
  /** The file, for those who do not see where this stands. */
  readonly about: string;
  readonly isOpen: boolean;
  /** Told at each change that leaves a mapping which can be read. */
  readonly onMapping: (mapping: ColumnMapping) => void;
}

const ROLES = [
  'traceId',
  'spanId',
  'parentSpanId',
  'start',
  'end',
  'duration',
  'service',
  'pod',
  'name',
  'kind',
  'httpStatus',
  'status',
  'attributes',
] as const satisfies readonly ColumnRole[];

const UNITS: readonly (readonly [TimeUnit, string])[] = [
  ['ns', 'nanoseconds'],
  ['us', 'microseconds'],
  ['ms', 'milliseconds'],
  ['s', 'seconds'],
];

/** Which column of a table means what. Kept for all tables with these columns. */
export function ColumnMapper(props: ColumnMapperProps): JSX.Element {
  // Told once: what people choose afterwards is theirs.
  const [mapping, setMapping] = createSignal(initialMapping(props.table));
  const missing = () => REQUIRED_ROLES.filter((role) => mapping().columns[role] === undefined);
  const change = (next: ColumnMapping) => {
    setMapping(next);
    if (missing().length === 0) props.onMapping(next);
  };
  const choose = (role: ColumnRole, column: string) => {
    const columns = Object.fromEntries(
      Object.entries(mapping().columns).filter(([other, name]) => other !== role && name !== column),
    );
    change({ ...mapping(), columns: column === '' ? columns : { ...columns, [role]: column } });
  };
  const example = (column: string | undefined) => {
    const at = column === undefined ? -1 : props.table.columns.indexOf(column);
    return props.table.rows.find((row) => (row[at] ?? '') !== '')?.[at] ?? '';
  };
  return (
    <details class="column-mapper" open={props.isOpen}>
      <summary>
        Which column means what <span class="visually-hidden">in {props.about}</span>
      </summary>
      <p class="quiet">
        What you choose is kept for the next table with these columns. Columns that are not chosen become
        attributes of the spans. Times in another unit are put right below.
      </p>
      <FirstRows table={props.table} about={props.about} />
      <Show when={missing().length > 0}>
        <p class="form-problem" role="status">
          Still missing:{' '}
          {missing()
            .map((role) => ROLE_LABELS[role])
            .join(', ')}
          .
        </p>
      </Show>
      <div class="column-roles">
        <For each={ROLES}>
          {(role) => (
            <label>
              <span>
                {ROLE_LABELS[role]}
                {REQUIRED_ROLES.includes(role) ? ' (needed)' : ''}
              </span>
              <select
                aria-invalid={missing().includes(role)}
                onChange={(event) => choose(role, event.currentTarget.value)}
              >
                <option value="" selected={mapping().columns[role] === undefined}>
                  none
                </option>
                <For each={props.table.columns}>
                  {(column) => (
                    <option value={column} selected={mapping().columns[role] === column}>
                      {column}
                    </option>
                  )}
                </For>
              </select>
              <span class="quiet elide">{example(mapping().columns[role])}</span>
            </label>
          )}
        </For>
        <UnitChoice
          label="unit of the start time"
          whenUntold="told from the size of the numbers"
          unit={mapping().startUnit ?? null}
          onUnit={(startUnit) => change({ ...mapping(), startUnit })}
        />
        <UnitChoice
          label="unit of the duration"
          whenUntold="told from the first rows"
          unit={mapping().durationUnit}
          onUnit={(durationUnit) => change({ ...mapping(), durationUnit })}
        />
      </div>
    </details>
  );
}

interface UnitChoiceProps {
  readonly label: string;
  /** What happens when none is chosen. */
  readonly whenUntold: string;
  readonly unit: TimeUnit | null;
  readonly onUnit: (unit: TimeUnit | null) => void;
}

function UnitChoice(props: UnitChoiceProps): JSX.Element {
  return (
    <label>
      <span>{props.label}</span>
      <select
        onChange={(event) =>
          props.onUnit(UNITS.find(([name]) => name === event.currentTarget.value)?.[0] ?? null)
        }
      >
        <option value="" selected={props.unit === null}>
          {props.whenUntold}
        </option>
        <For each={UNITS}>
          {([unit, label]) => (
            <option value={unit} selected={props.unit === unit}>
              {label}
            </option>
          )}
        </For>
      </select>
      <span />
    </label>
  );
}

/** What the columns hold. */
function FirstRows(props: { table: TableFinding; about: string }): JSX.Element {
  return (
    <Show when={props.table.rows.length > 0}>
      <div
        class="table-scroll first-rows"
        role="group"
        aria-label={`First rows of ${props.about}`}
        tabindex="0"
      >
        <table class="table" aria-label={`First rows of ${props.about}`}>
          <thead>
            <tr>
              <For each={props.table.columns}>{(column) => <th scope="col">{column}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={props.table.rows}>
              {(row) => (
                <tr>
                  <For each={props.table.columns}>
                    {(_, at) => <td title={row[at()]}>{row[at()] ?? ''}</td>}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </Show>
  );
}

function initialMapping({ mapping }: TableFinding): ColumnMapping {
  return mapping;
}
