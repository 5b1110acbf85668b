/**
 * Which column of a table means what: guessed from the header by aliases (FORMATS.md §3.28), or told by people
 * for tables whose header says too little.
 */

import { memo } from '../util/memo.ts';
import {
  type ColumnMapping,
  type ColumnRole,
  REQUIRED_ROLES,
  ROLE_LABELS,
  type TimeUnit,
} from '../model/column-mapping.ts';

export type { ColumnMapping, ColumnRole, TimeUnit };

export interface MappingGuess {
  readonly mapping: ColumnMapping;
  /** Roles without which the rows cannot be read as spans. Empty: it can be read. */
  readonly missing: readonly ColumnRole[];
}

/** Best alias first. A column plays one role: that of the row that names it first. */
const ALIASES: readonly (readonly [ColumnRole, readonly string[]])[] = [
  [
    'traceId',
    [
      'traceid',
      'tracetraceid',
      'contexttraceid',
      'trace',
      'operationid',
      'transactiontraceid',
      'correlationid',
      'requestid',
      'rootspanid',
    ],
  ],
  [
    'parentSpanId',
    [
      'parentspanid',
      'spanparentid',
      'parentid',
      'parentspan',
      'parent',
      'traceparentid',
      'operationparentid',
      'parentspanids',
      'pspanid',
      'upstreamspanid',
      'parentobservationid',
      'parentrunid',
      'spanparents',
      'referenceparentspanid',
    ],
  ],
  ['spanId', ['spanid', 'tracespanid', 'contextspanid', 'segmentspanid', 'id', 'guid', 'callid']],
  [
    'start',
    [
      'starttimeunixnano',
      'starttime',
      'starttimestamp',
      'start',
      'startedat',
      'startts',
      'starttimens',
      'starttimeus',
      'starttimems',
      'starttimemillis',
      'spanstarttimestampnanos',
      'begintime',
      'metricsstart',
      'timestamp',
      'timestampms',
      'time',
      'date',
    ],
  ],
  [
    'end',
    [
      'endtimeunixnano',
      'endtime',
      'endtimestamp',
      'end',
      'endedat',
      'finishedat',
      'stoptime',
      'endtimens',
      'endts',
      'metricsend',
    ],
  ],
  [
    'duration',
    [
      // Those that bear their unit, before one that may be in any.
      'durationnano',
      'durationnanos',
      'durationns',
      'durationus',
      'durationmicros',
      'durationms',
      'durationmillis',
      'duration',
      'durations',
      'durationseconds',
      'elapsed',
      'elapsedms',
      'elapsedtime',
      'latency',
      'latencyms',
      'responsetime',
      'executiontime',
      'rt',
    ],
  ],
  [
    'service',
    [
      'servicename',
      'service',
      'localservice',
      'dtservicename',
      'cloudrolename',
      'application',
      'appname',
      'appservice',
      'process',
      'dsname',
      'entityname',
      'component',
    ],
  ],
  ['pod', ['podname', 'pod', 'k8spodname', 'cmdbid']],
  [
    'name',
    [
      'spanname',
      'name',
      'operationname',
      'operation',
      'resource',
      'endpoint',
      'rpcname',
      'interface',
      'url',
      'route',
      'method',
      'span',
      'spandataname',
      'spanattributesname',
    ],
  ],
  ['kind', ['spankind', 'attrspankind', 'kind', 'kindstring', 'spantype', 'calltype', 'type']],
  ['httpStatus', ['httpstatuscode', 'httpresponsestatuscode', 'httpstatus', 'responsecode', 'resultcode']],
  [
    'status',
    [
      'statuscode',
      'statuscodestring',
      'attrstatuscode',
      'spanstatus',
      'otelstatuscode',
      'status',
      'haserror',
      'iserror',
      'error',
      'success',
      'outcome',
      'result',
      'level',
    ],
  ],
  [
    'attributes',
    ['spanattributes', 'attributes', 'attrs', 'tags', 'customdimensions', 'properties', 'meta', 'labels'],
  ],
];

const LENGTH = 'duration|elapsed|latency|time|took|rt';
const UNIT_SUFFIXES: readonly (readonly [RegExp, TimeUnit])[] = [
  [new RegExp(`(${LENGTH})(in)?(nanos?|nanoseconds|ns)$`), 'ns'],
  [new RegExp(`(${LENGTH})(in)?(micros|microseconds|us|µs|μs)$`), 'us'],
  [new RegExp(`(${LENGTH})(in)?(millis|milliseconds|ms)$`), 'ms'],
  [new RegExp(`(${LENGTH})(in)?(seconds|secs?|s)$`), 's'],
];
/** Tables whose durations have a unit that nothing in them says: told by columns that no others have together. */
const UNITS_OF_TOOLS: readonly (readonly [columns: readonly string[], unit: TimeUnit])[] = [
  // Uptrace's tables in ClickHouse.
  [['traceid', 'projectid', 'groupid', 'system', 'duration'], 'ns'],
];
const UNIT_IN_BRACKETS = /[[(]\s*(ns|us|µs|μs|ms|s)\s*[\])]\s*$/i;

/** Lower case, without blanks, punctuation and what stands in brackets at the end. */
export const plainColumnName = memo((column) =>
  column
    .replace(/\s*[[(][^\])]*[\])]\s*$/, '')
    .toLowerCase()
    .replace(/[\s_.@:/-]/g, ''),
);

export function guessMapping(header: readonly string[]): MappingGuess {
  const byPlainName = new Map<string, string>();
  for (const column of header) {
    const plain = plainColumnName(column);
    if (!byPlainName.has(plain)) byPlainName.set(plain, column);
  }
  const columns: Partial<Record<ColumnRole, string>> = {};
  for (const [role, aliases] of ALIASES) {
    const alias = aliases.find((name) => byPlainName.has(name));
    const column = alias === undefined ? undefined : byPlainName.get(alias);
    if (alias === undefined || column === undefined) continue;
    columns[role] = column;
    byPlainName.delete(alias);
  }
  // The AIOps challenge of 2020 calls them `id` and `pid`; elsewhere that is a process.
  if (columns.parentSpanId === undefined && plainColumnName(columns.spanId ?? '') === 'id') {
    const column = byPlainName.get('pid');
    if (column !== undefined) columns.parentSpanId = column;
  }
  const durationUnit = unitOf(columns.duration ?? '') ?? unitOfTool(header.map(plainColumnName));
  const mapping: ColumnMapping = { columns, durationUnit };
  return { mapping, missing: missingRoles(mapping) };
}

function unitOfTool(plainNames: readonly string[]): TimeUnit | null {
  const found = UNITS_OF_TOOLS.find(([columns]) => columns.every((column) => plainNames.includes(column)));
  return found?.[1] ?? null;
}

export function missingRoles(mapping: ColumnMapping): ColumnRole[] {
  return REQUIRED_ROLES.filter((role) => mapping.columns[role] === undefined);
}

/** The unit that a column's name bears; null: none. */
export function unitOf(column: string): TimeUnit | null {
  const bracketed = UNIT_IN_BRACKETS.exec(column)?.[1].toLowerCase().replace(/[µμ]/, 'u');
  if (bracketed === 'ns' || bracketed === 'us' || bracketed === 'ms' || bracketed === 's') return bracketed;
  const plain = plainColumnName(column);
  return UNIT_SUFFIXES.find(([suffix]) => suffix.test(plain))?.[1] ?? null;
}

/** Equal for tables with the same columns in any order: a mapping told for one fits the others. */
export function shapeKey(header: readonly string[]): string {
  return JSON.stringify([...new Set(header)].toSorted());
}

/** Why a table cannot be read, and what its columns are. */
export function describeMissing(header: readonly string[], missing: readonly ColumnRole[]): string {
  const wanted = missing.map((role) => ROLE_LABELS[role]);
  if (wanted.length === 0) wanted.push('a duration', 'an end', 'a parent');
  const list =
    wanted.length > 1 ? `${wanted.slice(0, -1).join(', ')} and ${wanted.at(-1) ?? ''}` : (wanted[0] ?? '');
  const shown = header.slice(0, 12).join(', ') + (header.length > 12 ? ', …' : '');
  return `This is a table, but no column of it is recognised as ${list}. Its columns: ${shown}.`;
}
