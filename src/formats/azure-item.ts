/** One row or record of Application Insights → spans (FORMATS.md §3.18; classic and workspace column names). */
import * as z from 'zod';
import type { Span } from '../model/span.ts';
import { KIND_CONSUMER, KIND_INTERNAL, KIND_SERVER, STATUS_ERROR } from '../model/span.ts';
import { describeDependency } from './azure-dependency.ts';
import { parseDuration } from './durations.ts';
import {
  parentIdField,
  soundParentId,
  soundSpanId,
  soundTraceId,
  spanIdField,
  traceIdField,
} from './foreign-ids.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, type JsonObject } from './json-value.ts';
import { parseTextExactly } from './parse-text.ts';
import { plainText, setAll, setValue, SpanDraft, textIn } from './span-draft.ts';

/** The item's fields in one spelling: lower case, no underscores, no ` [UTC]`. */
export type AzureItem = JsonObject;
/** As they were spelt. */
export interface AzureFields {
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}

export type AzureKind = 'request' | 'dependency' | 'exception' | 'pageView';

const KINDS: ReadonlyMap<string, AzureKind> = new Map<string, AzureKind>([
  ['request', 'request'],
  ['apprequests', 'request'],
  ['requests', 'request'],
  ['dependency', 'dependency'],
  ['appdependencies', 'dependency'],
  ['dependencies', 'dependency'],
  ['exception', 'exception'],
  ['appexceptions', 'exception'],
  ['exceptions', 'exception'],
  ['pageview', 'pageView'],
  ['apppageviews', 'pageView'],
  ['pageviews', 'pageView'],
]);

const plainNames = new Map<string, string>();

export function plainAzureName(name: string): string {
  let plain = plainNames.get(name);
  if (plain === undefined) {
    plain = name
      .replace(/\s*\[[^\]]*\]\s*$/, '')
      .replaceAll('_', '')
      .toLowerCase();
    if (plainNames.size < 2000) plainNames.set(name, plain);
  }
  return plain;
}

/** null: an item that is no span and belongs to none (log line, metric, event, timing). */
export function kindOf(item: AzureItem): AzureKind | null {
  const known = textIn(item, 'itemtype', '$table') || textIn(item, 'type');
  const kind = KINDS.get(known.toLowerCase());
  if (kind) return kind;
  if (textIn(item, 'itemtype') !== '' || /^App[A-Z]/.test(known)) return null;
  if (textIn(item, 'url', 'source', 'resultcode') !== '' && textIn(item, 'target', 'data') === '')
    return 'request';
  if (textIn(item, 'outermessage', 'problemid') !== '') return 'exception';
  return textIn(item, 'dependencytype', 'target', 'data') === '' ? null : 'dependency';
}

export const azureIds = z.object({
  operationid: traceIdField,
  id: spanIdField,
  operationparentid: parentIdField,
});

/** As azureIds, for ids as they mostly are. */
export function soundIds(item: AzureItem): z.infer<typeof azureIds> | undefined {
  const operationid = soundTraceId(item.operationid);
  const id = soundSpanId(item.id);
  const operationparentid = soundParentId(item.operationparentid);
  if (operationid === undefined || id === undefined || operationparentid === undefined) return undefined;
  return { operationid, id, operationparentid };
}

/** Of an exception: its operation and the span that it was thrown in. */
export const exceptionIds = z.object({ operationid: traceIdField, operationparentid: spanIdField });

/**
 * `|trace.span.` (the older correlation protocol) → the span's part; parentid of the workspace and of the
 * migration documents → operationparentid.
 */
export function usePlainIds(item: Record<string, Json | undefined>): void {
  const operation = plainText(item.operationid);
  const parent = spanPart(textIn(item, 'operationparentid', 'parentid'));
  item.id = spanPart(plainText(item.id)) || null;
  item.operationparentid = parent === operation ? null : parent || null;
}

function spanPart(id: string): string {
  return id.startsWith('|') ? (/^\|[0-9a-f]{32}\.([0-9a-f]{16})\.?$/i.exec(id)?.[1] ?? id) : id;
}

export interface SpanItem {
  readonly item: AzureItem;
  readonly kind: AzureKind;
  readonly ids: z.infer<typeof azureIds>;
  readonly fields: AzureFields;
}

export function spanOfItem({ item, kind, ids, fields }: SpanItem): Span {
  const span = new SpanDraft({
    traceId: ids.operationid,
    spanId: ids.id,
    parentSpanId: ids.operationparentid,
  });
  describeResource(span, item);
  span.name = textIn(item, 'name', 'operationname');
  span.startUnixNano = timeOf(item);
  span.durationNs = parseDuration(item.duration ?? item.durationms, 'ms');
  if (/^(false|0)$/i.test(plainText(item.success))) span.status = STATUS_ERROR;
  const properties = propertiesOf(item);
  if (kind === 'request') describeRequest(span, item, properties);
  else if (kind === 'pageView') describePageView(span, item);
  else describeCall(span, item);
  describeRest(span, item, { properties, fields });
  return span.finish();
}

/**
 * An exception is a record of its own, which adds to the span that it was thrown in.
 */
export function exceptionRecord(item: AzureItem, ids: z.infer<typeof exceptionIds>): Span {
  const span = new SpanDraft({ traceId: ids.operationid, spanId: ids.operationparentid, parentSpanId: null });
  describeResource(span, item);
  const others = new Map([['azure.problem_id', textIn(item, 'problemid')]]);
  const details = detailsOf(item);
  const first = details[0];
  const thrown = {
    type: textIn(item, 'exceptiontype', 'outertype') || textIn(first, 'type') || plainText(item.type),
    message: textIn(item, 'outermessage', 'innermostmessage', 'message') || textIn(first, 'message'),
    stacktrace: textIn(first, 'rawStack') || stackOf(first),
  };
  span.exception(thrown, timeOf(item), others);
  return { ...span.finish(), partial: true };
}

function detailsOf(item: AzureItem): readonly JsonObject[] {
  const details = parsed(item.details);
  return Array.isArray(details) ? details.filter(isObject) : [];
}

function stackOf(detail: JsonObject | undefined): string {
  const frames = detail?.parsedStack;
  if (!Array.isArray(frames)) return '';
  return frames
    .map((frame) => {
      const file = textIn(frame, 'fileName');
      const place = file === '' ? '' : ` in ${file}:line ${textIn(frame, 'line')}`;
      return `   at ${textIn(frame, 'method')}${place}`;
    })
    .join('\n');
}

function timeOf(item: AzureItem): bigint | null {
  const value = item.timestamp ?? item.timegenerated ?? item.time;
  return parseInstant(value) ?? parseInstant(dayFirst(plainText(value)));
}

/** `14.5.2024, 10:21:33` or `14/5/2024 …`, as portals in other languages write it → the US order. */
function dayFirst(text: string): string {
  return text.replace(/^(\d{1,2})[./-](\d{1,2})[./-](\d{4})/, '$2/$1/$3');
}

function describeResource(span: SpanDraft, item: AzureItem): void {
  const isBrowser = isOfBrowser(item);
  const service = textIn(item, 'cloudrolename', 'approlename', 'appname');
  span.setResource('service.name', service === '' && isBrowser ? 'browser' : service);
  span.setResource('service.instance.id', textIn(item, 'cloudroleinstance', 'approleinstance'));
  span.setResource('service.version', textIn(item, 'applicationversion', 'appversion'));
  if (isBrowser) span.setResource('headwater.application', true);
}

function isOfBrowser(item: AzureItem): boolean {
  return textIn(item, 'clienttype').toLowerCase() === 'browser' || kindOf(item) === 'pageView';
}

function describeRequest(span: SpanDraft, item: AzureItem, properties: unknown): void {
  span.kind = KIND_SERVER;
  if (textIn(properties, 'messaging.system', 'messaging.destination.name') !== '') span.kind = KIND_CONSUMER;
  const [, method, route] = /^([A-Z]{3,7}) (\S.*)$/.exec(span.name) ?? [];
  span.set('http.request.method', method);
  // A path may be raw, with ids; a controller's action is not.
  if (method !== undefined && !route.startsWith('/')) span.set('http.route', route);
  span.set('url.full', textIn(item, 'url'));
  const code = textIn(item, 'resultcode');
  if (/^[1-5]\d\d$/.test(code)) span.set('http.response.status_code', Number(code));
}

function describeCall(span: SpanDraft, item: AzureItem): void {
  const type = plainText(item.dependencytype) || plainText(item.type);
  describeDependency(span, {
    type,
    target: textIn(item, 'target'),
    data: textIn(item, 'data'),
    name: span.name,
    resultCode: textIn(item, 'resultcode'),
  });
  span.set('azure.dependency_type', type);
}

/** Named as OpenTelemetry's span of the same thing; the page's title stays an attribute. */
function describePageView(span: SpanDraft, item: AzureItem): void {
  const url = textIn(item, 'url');
  span.kind = KIND_INTERNAL;
  span.set('url.full', url);
  span.set('azure.page_title', span.name);
  if (url !== '') span.name = 'documentLoad';
}

/** Said already, in OpenTelemetry's words. */
const SAID = new Set(
  (
    'operationid id operationparentid parentid name timestamp timegenerated time duration durationms success url ' +
    'target data type dependencytype itemtype cloudrolename approlename appname cloudroleinstance ' +
    'approleinstance applicationversion appversion customdimensions properties resultcode userid ' +
    'userauthenticatedid sessionid details'
  ).split(' '),
);

function describeRest(
  span: SpanDraft,
  item: AzureItem,
  { properties, fields }: { properties: unknown; fields: AzureFields },
): void {
  span.set('user.id', textIn(item, 'userauthenticatedid', 'userid'));
  span.set('session.id', textIn(item, 'sessionid'));
  if (!span.attributes.has('http.response.status_code')) span.set('azure.result_code', item.resultcode);
  setAll(span.attributes, properties);
  fields.names.forEach((name, i) => {
    if (!SAID.has(plainAzureName(name))) setValue(span.attributes, name, fields.values[i]);
  });
}

function propertiesOf(item: AzureItem): unknown {
  return parsed(item.customdimensions ?? item.properties);
}

/** JSON within a text, or what is there. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string' || !/^\s*[[{]/.test(value)) return value;
  try {
    return parseTextExactly(value);
  } catch {
    return undefined;
  }
}
