/** A row of a generic table (or a flat JSON object) → a span, by a mapping of its columns (FORMATS.md §3.28). */
import type { Span, StatusCode } from '../model/span.ts';
import { KIND_CLIENT, STATUS_ERROR, STATUS_UNSET } from '../model/span.ts';
import { memo } from '../util/memo.ts';
import { parseLiteral } from './clickhouse-literal.ts';
import { type ColumnMapping, type ColumnRole, plainColumnName } from './column-mapping.ts';
import { durationBetween, parseDuration } from './durations.ts';
import { spanIdText, traceIdText } from './foreign-ids.ts';
import { parseInstant } from './instants.ts';
import { unitBeside } from './duration-unit.ts';
import { ownValue } from './json-value.ts';
import { entriesOf, plainText, setAll, setEntry, setValue, SpanDraft, textIn } from './span-draft.ts';
import { parseKind, parseStatus } from './span-words.ts';

/** What some tools put before the names of attributes. */
const OF_ATTRIBUTES = /^(?:span\.)?attr(?:ibute)?s?\.(?=.)/;
/** Columns that describe who emitted the span. */
const OF_RESOURCE = /^(service|k8s|host|container|deployment|telemetry|cloud|process|os|device|browser)\./;
const DATABASE_WORD =
  /^(db|database|datastore|sql|jdbc|mysql|mariadb|postgres(ql)?|redis|mongo(db)?|memcached|cassandra|mc)$/i;
const FAILED_WORD = /^(error|err|failure|failed|fail|exception|fatal|critical|internal_error|timeout)$/i;
const FALSE_WORD = /^(false|0|no|none|null|nan|ok|n|f)$/i;

/** A text says why the row is no span. */
export function spanOfRow(row: unknown, mapping: ColumnMapping): Span | string {
  const value = (role: ColumnRole): unknown => {
    const column = mapping.columns[role];
    return column === undefined ? undefined : ownValue(row, column);
  };
  const traceId = traceIdText(plainText(value('traceId')));
  if (traceId === null) return `${mapping.columns.traceId ?? 'trace id'}: no trace id`;
  const spanId = spanIdText(plainText(value('spanId')));
  if (spanId === null) return `${mapping.columns.spanId ?? 'span id'}: no span id`;
  const parent = spanIdText(plainText(onlyOne(value('parentSpanId'))));
  const span = new SpanDraft({ traceId, spanId, parentSpanId: parent });
  span.name = plainText(value('name'));
  readTimes(span, mapping, value);
  readService(span, value, mapping);
  readKind(span, value, mapping);
  readCategory(span, textIn(row, 'category'));
  readStatus(span, value, { row, mapping });
  readAttributes(span, row, mapping);
  return span.finish();
}

type ValueOf = (role: ColumnRole) => unknown;

/** Of a list the first, as some tools have several parents. */
function onlyOne(value: unknown): unknown {
  return Array.isArray(value) ? (value as readonly unknown[])[0] : value;
}

function readTimes(span: SpanDraft, mapping: ColumnMapping, value: ValueOf): void {
  const { startUnit } = mapping;
  span.startUnixNano = parseInstant(value('start'), startUnit ?? undefined);
  const end = parseInstant(value('end'), startUnit ?? undefined);
  const unit = mapping.durationUnit ?? unitBeside(startUnit, value('start'));
  span.durationNs = durationBetween(span.startUnixNano, end) ?? parseDuration(value('duration'), unit);
}

function readService(span: SpanDraft, value: ValueOf, { columns }: ColumnMapping): void {
  const pod = plainText(value('pod'));
  span.setResource('service.name', value('service'));
  span.setResource('service.name', serviceOfPod(pod));
  // A cmdb_id is a pod, a container, a machine, or the service itself.
  const isPod = plainColumnName(columns.pod ?? '') !== 'cmdbid' || serviceOfPod(pod) !== pod;
  if (isPod) span.setResource('k8s.pod.name', pod);
  else if (span.text('service.name') !== pod) span.setResource('service.instance.id', pod);
}

const isDatabaseWord = memo((word): boolean => DATABASE_WORD.test(word));

/** A Deployment's pod is named `service-hash-suffix`, a StatefulSet's `service-0`. */
function serviceOfPod(pod: string): string {
  return /^(.+)-[a-z0-9]+-[a-z0-9]{5}$/.exec(pod)?.[1] ?? /^(.+)-\d+$/.exec(pod)?.[1] ?? pod;
}

function readKind(span: SpanDraft, value: ValueOf, { columns }: ColumnMapping): void {
  const word = plainText(value('kind'));
  const kind = parseKind(word);
  if (kind !== null) span.kind = kind;
  else {
    span.set(columns.kind ?? 'kind', word);
    if (!isDatabaseWord(word)) return;
    span.kind = KIND_CLIENT;
    span.set('headwater.database', true);
  }
}

function readStatus(
  span: SpanDraft,
  value: ValueOf,
  { row, mapping: { columns } }: { row: unknown; mapping: ColumnMapping },
): void {
  const http = plainText(value('httpStatus'));
  if (isHttpStatus(http)) span.set('http.response.status_code', Number(http));
  else span.set(columns.httpStatus ?? 'httpStatus', http);
  const word = plainText(value('status')).trim();
  if (isHttpStatus(word)) span.set('http.response.status_code', Number(word));
  else span.status = statusOf(plainColumnName(columns.status ?? ''), word);
  const thrown = textIn(row, 'error.message', 'errorMessage', 'error.class');
  if (span.status === STATUS_UNSET && thrown !== '') {
    span.status = STATUS_ERROR;
    span.statusMessage = thrown;
  } else if (span.status === STATUS_ERROR && !/^(true|false|0|1|2|error|status_code_error)$/i.test(word)) {
    span.statusMessage = word;
  }
}

/** New Relic's: calls to others, where no kind says so. */
function readCategory(span: SpanDraft, category: string): void {
  if (category === 'datastore') span.set('headwater.database', true);
  if (/^(datastore|http)$/.test(category) && span.kind === 0) span.kind = KIND_CLIENT;
}

function isHttpStatus(text: string): boolean {
  return /^[1-5]\d\d(\.0)?$/.test(text);
}

function statusOf(column: string, word: string): StatusCode {
  if (word === '') return STATUS_UNSET;
  if (/^(haserror|iserror|error)$/.test(column)) return FALSE_WORD.test(word) ? STATUS_UNSET : STATUS_ERROR;
  if (column === 'success') return /^(false|0|no|f|n)$/i.test(word) ? STATUS_ERROR : STATUS_UNSET;
  if (FAILED_WORD.test(word)) return STATUS_ERROR;
  return /^(statuscode|statuscodestring|attrstatuscode|otelstatuscode|spanstatus)$/.test(column)
    ? (parseStatus(word.replace(/\.0$/, '')) ?? STATUS_UNSET)
    : STATUS_UNSET;
}

/** Said already by the span's own fields. */
const OWN_ROLES: readonly ColumnRole[] = [
  'traceId',
  'spanId',
  'parentSpanId',
  'start',
  'end',
  'duration',
  'service',
  'pod',
  'kind',
  'httpStatus',
  'status',
  'attributes',
];
const ownColumns = new WeakMap<ColumnMapping, ReadonlySet<string>>();

function readAttributes(span: SpanDraft, row: unknown, mapping: ColumnMapping): void {
  const { columns } = mapping;
  let own = ownColumns.get(mapping);
  if (!own) {
    const names = OWN_ROLES.map((role) => columns[role]).filter((name) => name !== undefined);
    // A URL, route or method that names the span says more than its name.
    const isOnlyName = !/^(url|route|method)$/.test(plainColumnName(columns.name ?? ''));
    own = new Set(isOnlyName && columns.name !== undefined ? [...names, columns.name] : names);
    ownColumns.set(mapping, own);
  }
  const attributes = columns.attributes === undefined ? undefined : ownValue(row, columns.attributes);
  for (const [key, value] of entriesOf(attributesIn(attributes))) {
    setEntry(isOfResource(key) ? span.resource : span.attributes, key, value);
  }
  for (const [key, value] of Object.entries(row ?? {})) {
    if (own.has(key)) continue;
    const { name, owner } = fieldOf(key);
    if (owner === 'record') readResource(span, key, value);
    else setValue(span[owner], name, value);
  }
  // Tags of Jaeger's.
  if (span.kind === 0) span.kind = parseKind(span.text('span.kind')) ?? 0;
  if (span.status === STATUS_UNSET && span.text('error') === 'true') span.status = STATUS_ERROR;
  const method = textIn(row, 'http_method', 'httpMethod');
  if (method !== '') span.set('http.request.method', method);
}

const isOfResource = memo((key) => OF_RESOURCE.test(key));

/** What a column that bears no role is. 'record': it has a whole resource in it, or one's field. */
interface RowField {
  readonly name: string;
  readonly owner: 'attributes' | 'resource' | 'record';
}

const fieldOf = memo((column): RowField => {
  if (/^resource(\.|$)/.test(column)) return { name: column, owner: 'record' };
  const name = column.replace(OF_ATTRIBUTES, '');
  return { name, owner: isOfResource(name) ? 'resource' : 'attributes' };
});

/** `resource.service.name`, or an object of them at `resource` or `resource.attributes`. */
function readResource(span: SpanDraft, key: string, value: unknown): void {
  if (/^resource(\.attributes)?$/.test(key)) setAll(span.resource, attributesIn(value));
  else setValue(span.resource, key.replace(/^resource\.(attributes\.)?/, ''), value);
}

/** OTLP's `{"stringValue":…}`, or the value itself. */
function plainValue(value: unknown): unknown {
  const [entry, ...others] = entriesOf(value);
  return entry && others.length === 0 && /^(string|int|double|bool)_?[vV]alue$/.test(entry[0])
    ? entry[1]
    : value;
}

/** JSON, a ClickHouse map, a list of keys with values, or `k=v;k=v`. */
function attributesIn(value: unknown): unknown {
  if (Array.isArray(value))
    return new Map(value.map((item) => [textIn(item, 'key'), plainValue(ownValue(item, 'value'))]));
  if (typeof value !== 'string') return value;
  const literal = parseLiteral(value);
  if (Array.isArray(literal)) {
    return new Map(
      literal.map((item) =>
        item instanceof Map ? [plainText(item.get('key')), item.get('value')] : ['', undefined],
      ),
    );
  }
  if (literal) return literal;
  const pairs = value.split(/[;,]\s*/).map((pair) => /^\s*([^=:\s]+)\s*[=:]\s*(.*)$/s.exec(pair));
  return new Map(pairs.flatMap((pair) => (pair ? [[pair[1], pair[2]] as const] : [])));
}
