/** Which column of a table of spans means what: guessed by src/formats, or told by people in the import dialog. */

export type ColumnRole =
  | 'traceId'
  | 'spanId'
  | 'parentSpanId'
  | 'start'
  | 'end'
  | 'duration'
  | 'service'
  | 'pod'
  | 'name'
  | 'kind'
  | 'httpStatus'
  | 'status'
  | 'attributes';

export type TimeUnit = 'ns' | 'us' | 'ms' | 's';

/** Plain data: it is stored and crosses between threads. */
export interface ColumnMapping {
  /** The header's own spelling of the column that plays each role. */
  readonly columns: Readonly<Partial<Record<ColumnRole, string>>>;
  /** Unit of the duration's numbers; null: told from the first rows. */
  readonly durationUnit: TimeUnit | null;
  /**
   * Unit of the numbers of start and end, since 1970; null: that which puts them between 2001 and 2100. Missing
   * in what was told to older versions: null.
   */
  readonly startUnit?: TimeUnit | null;
}

/** For people. */
export const ROLE_LABELS: Readonly<Record<ColumnRole, string>> = {
  traceId: 'trace id',
  spanId: 'span id',
  parentSpanId: 'parent span id',
  start: 'start time',
  end: 'end time',
  duration: 'duration',
  service: 'service',
  pod: 'pod (its service is told from its name)',
  name: 'span name',
  kind: 'span kind',
  httpStatus: 'HTTP status',
  status: 'status or error',
  attributes: 'attributes',
};

export const REQUIRED_ROLES: readonly ColumnRole[] = ['traceId', 'spanId', 'start'];
