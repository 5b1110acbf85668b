/**
 * Uptrace's spans as its API gives them to its UI: a trace as a tree (`{"trace":…,"root":{…,"children":[…]}}`),
 * or spans side by side (`{"spans":[…]}`). https://github.com/uptrace/uptrace (pkg/tracing/span.go, version 1) and
 * https://github.com/uptrace/openapi (version 2). A trace's own download is OTLP/JSON.
 * Not supported: groups of spans, which are sums.
 */
import * as z from 'zod/mini';
import type { Span } from '../model/span.ts';
import { parseDuration } from './durations.ts';
import { parseInstant, type TimeUnit } from './instants.ts';
import { isObject, type Json, listOf, ownValue, textOf } from './json-value.ts';
import { noteMissingIds } from './missing-ids.ts';
import { attributesOf } from './otlp-like-record.ts';
import { decimalSpanId, plainSpan, spanIdOf, traceIdOf } from './plain-span.ts';
import { hasKeys, recordFormat, type RecordContext } from './record-format.ts';
import { takeResource } from './resource-in-attributes.ts';
import { parseKind, parseStatus } from './span-words.ts';
import { withDots } from './underscored-keys.ts';

const schema = z.record(z.string(), z.unknown());
const PLACES = ['', 'root.', 'span.', 'spans[].'];
const SIGNS = ['traceId', 'id', 'time', 'duration', 'statusCode', 'kind'];

export const uptrace = recordFormat<Record<string, unknown>>({
  id: 'uptrace',
  label: 'Uptrace spans',
  matches: (head) => hasKeys(head, SIGNS, PLACES),
  lists: ['spans'],
  schema,
  unwrap: (record) => ownValue(record, 'root') ?? ownValue(record, 'span') ?? record,
  open: () => (_record, context) => [...spansIn(context.raw, context)],
});

/** The spans of a tree, callers first. */
function* spansIn(root: Json, context: RecordContext): Generator<Span> {
  const waiting = [root];
  for (let span = waiting.pop(); span !== undefined; span = waiting.pop()) {
    const read = spanOf(span, context);
    if (read) yield read;
    waiting.push(...listOf(ownValue(span, 'children')).filter(isObject).toReversed());
  }
}

/**
 * Version 1 writes times as texts, durations in ns and span ids in decimal digits; version 2 times and durations
 * in ms, ids in hex.
 */
interface Dialect {
  readonly durationUnit: TimeUnit;
  spanId(value: unknown): string | null;
}
const VERSION_1: Dialect = { durationUnit: 'ns', spanId: decimalSpanId };
const VERSION_2: Dialect = { durationUnit: 'ms', spanId: (value) => spanIdOf(value) };

function spanOf(span: Json, { note }: RecordContext): Span | null {
  const at = (key: string): Json | undefined => ownValue(span, key);
  const time = at('time');
  const { durationUnit, spanId: idOf } = typeof time === 'number' ? VERSION_2 : VERSION_1;
  const traceId = traceIdOf(at('traceId'));
  const spanId = idOf(at('id'));
  const parentSpanId = idOf(at('parentId'));
  if (traceId === null || spanId === null) {
    noteMissingIds(note, { traceId, spanId, name: at('name') });
    return null;
  }
  // An event or a log in a list of spans.
  if (at('eventName') !== undefined) {
    if (parentSpanId !== null) {
      return plainSpan({ traceId, spanId: parentSpanId, events: [eventOf(span)], partial: true });
    }
    note('not-a-span', 'skipped', 'An event or log that belongs to no span was left out.');
    return null;
  }
  const attributes = withDots(attributesOf(at('attrs')).map);
  return plainSpan({
    traceId,
    spanId,
    parentSpanId,
    name: textOf(at('name')) ?? '',
    kind: parseKind(textOf(at('kind')) ?? '') ?? 0,
    startUnixNano: parseInstant(time),
    durationNs: parseDuration(at('duration'), durationUnit),
    status: parseStatus(textOf(at('statusCode')) ?? '') ?? 0,
    statusMessage: textOf(at('statusMessage')) ?? '',
    // Uptrace keeps no resources.
    resource: takeResource(attributes).toResource(),
    attributes: attributes.map,
    events: listOf(at('events')).filter(isObject).map(eventOf),
    links: listOf(at('links')).flatMap((link) => {
      const linked = {
        traceId: traceIdOf(ownValue(link, 'traceId')),
        spanId: idOf(ownValue(link, 'spanId')),
      };
      return linked.traceId === null || linked.spanId === null
        ? []
        : [{ traceId: linked.traceId, spanId: linked.spanId }];
    }),
  });
}

function eventOf(event: Json): Span['events'][number] {
  const attributes = withDots(attributesOf(ownValue(event, 'attrs')).map).map;
  return {
    name: attributes.has('exception.type')
      ? 'exception'
      : (textOf(ownValue(event, 'eventName')) ?? textOf(ownValue(event, 'name')) ?? ''),
    timeUnixNano: parseInstant(ownValue(event, 'time')),
    attributes,
  };
}
