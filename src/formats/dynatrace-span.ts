/** One record of Grail → a span. Numbers come as text, lists and objects in CSV as JSON. */
import { TRACE_STATE_KEY } from '../model/attribute-keys.ts';
import type { Span } from '../model/span.ts';
import { KIND_CLIENT, KIND_INTERNAL, STATUS_ERROR, STATUS_OK } from '../model/span.ts';
import { memo } from '../util/memo.ts';
import { listIn, partOf } from './column-values.ts';
import { durationBetween, parseDuration } from './durations.ts';
import { spanIdText } from './foreign-ids.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, ownValue } from './json-value.ts';
import { parseTextExactly } from './parse-text.ts';
import { plainText, setAll, SpanDraft, type SpanIds, textIn } from './span-draft.ts';
import { parseKind, parseStatus } from './span-words.ts';

const OWN = new Set([
  'trace.id',
  'trace.state',
  'span.id',
  'span.parent_id',
  'span.name',
  'span.kind',
  'start_time',
  'end_time',
  'duration',
  'span.status_code',
  'span.status_message',
  'span.events',
  'span.links',
  'dt.service.name',
]);
const OF_EVENT = new Set(['span_event.name', 'timestamp', 'exception.stack_trace']);
const OF_RESOURCE =
  /^(service|k8s|host|container|deployment|telemetry|cloud|process|os|device|browser)\.|^dt\.(entity|process|host|smartscape)/;
const OF_USER_EVENT = /^characteristics\.|^user_action\.|^interaction\.|^dt\.rum\.(application|frontend)/;
const isOfResource = memo((key) => OF_RESOURCE.test(key));

export function dynatraceSpan(record: Json, ids: SpanIds): Span {
  const alternate = spanIdText(textIn(record, 'span.alternate_parent_id'));
  const span = new SpanDraft({ ...ids, parentSpanId: ids.parentSpanId ?? alternate });
  span.name = textIn(record, 'span.name', 'endpoint.name');
  span.kind = kindOf(textIn(record, 'span.kind'));
  span.startUnixNano = parseInstant(ownValue(record, 'start_time') ?? ownValue(record, 'timestamp'));
  // A table shows durations rounded ("53.9 s"): the two times say more.
  span.durationNs =
    durationBetween(span.startUnixNano, parseInstant(ownValue(record, 'end_time'))) ??
    parseDuration(ownValue(record, 'duration'), 'ns');
  readStatus(span, record);
  readResource(span, record);
  if (isUserEvent(record)) describeUserEvent(span, record);
  span.scope = { name: textIn(record, 'otel.scope.name'), version: textIn(record, 'otel.scope.version') };
  for (const event of listIn(ownValue(record, 'span.events'))) readEvent(span, parsed(event));
  for (const link of listIn(ownValue(record, 'span.links'))) {
    const target = parsed(link);
    span.link(partOf(target, 'trace.id'), partOf(target, 'span.id'));
  }
  span.set(TRACE_STATE_KEY, textIn(record, 'trace.state'));
  span.setRest(record, OWN);
  return span.finish();
}

/** `link`: a span that is there to bear links. */
function kindOf(word: string): Span['kind'] {
  return word === 'link' ? KIND_INTERNAL : (parseKind(word) ?? 0);
}

/** The verdict of Dynatrace's own failure detection, where it gave one, else the span's status. */
function readStatus(span: SpanDraft, record: Json): void {
  span.status = parseStatus(textIn(record, 'span.status_code')) ?? 0;
  span.statusMessage = textIn(record, 'span.status_message');
  const verdict = textIn(record, 'request.is_failed', 'dt.failure_detection.verdict');
  if (/^(true|failure)$/i.test(verdict)) span.status = STATUS_ERROR;
  else if (/^(false|success)$/i.test(verdict)) span.status = STATUS_OK;
}

function readResource(span: SpanDraft, record: Json): void {
  span.setResource(
    'service.name',
    textIn(
      record,
      'dt.service.name',
      'service.name',
      'dt.entity.service.entity.name',
      'entity.name',
      'dt.entity.service',
      'dt.smartscape.service',
    ),
  );
  if (isObject(record)) {
    for (const key of Object.keys(record)) if (isOfResource(key)) span.setResource(key, record[key]);
  }
  if (span.resource.has('k8s.pod.name')) return;
  span.setResource(
    'service.instance.id',
    textIn(record, 'dt.entity.process_group_instance', 'dt.process.name'),
  );
}

function isUserEvent(record: Json): boolean {
  return (
    textIn(record, 'span.name', 'span.kind') === '' &&
    Object.keys(record ?? {}).some((key) => OF_USER_EVENT.test(key))
  );
}

/** `fetch user.events`: what happened in the browser; its span id is that of the request it sent. */
function describeUserEvent(span: SpanDraft, record: Json): void {
  span.setResource('headwater.application', true);
  span.resource.delete('service.name');
  span.setResource(
    'service.name',
    textIn(record, 'frontend.name', 'dt.rum.application.id', 'dt.service.name'),
  );
  const sends = /^true$/i.test(textIn(record, 'characteristics.has_request'));
  if (sends) span.kind = KIND_CLIENT;
  const action = textIn(record, 'user_action.name', 'interaction.name', 'view.name');
  span.name = action || textIn(record, 'url.path', 'page.url', 'endpoint.name');
  span.set('session.id', textIn(record, 'dt.rum.session.id'));
}

/** CSV may have the elements of a list as JSON texts. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return parseTextExactly(value);
  } catch {
    return undefined;
  }
}

function readEvent(span: SpanDraft, event: unknown): void {
  const attributes: Parameters<typeof setAll>[0] = new Map();
  const stack = partOf(event, 'exception.stack_trace');
  setAll(attributes, new Map([['exception.stacktrace', stack]]));
  setAll(attributes, event, { without: OF_EVENT });
  const name = plainText(partOf(event, 'span_event.name')) || (stack === undefined ? '' : 'exception');
  span.event(name, parseInstant(partOf(event, 'timestamp')), attributes);
}
