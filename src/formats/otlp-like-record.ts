/** Spans in OpenTelemetry's words but another shape: attributes as maps, events and links as lists of objects. */
import type { SpanEvent, SpanLink } from '../model/span.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, listOf, ownValue, textOf } from './json-value.ts';
import { AttributeBag, spanIdOf, traceIdOf } from './plain-span.ts';

/** The first of these keys that has a value. */
export function firstOf(record: unknown, ...keys: readonly string[]): Json | undefined {
  for (const key of keys) {
    const value = ownValue(record, key);
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

/** A map, nested or flat, or OTLP's list of keys and values. */
export function attributesOf(value: unknown): AttributeBag {
  const bag = new AttributeBag();
  if (isObject(value)) return bag.putNested(value);
  for (const item of listOf(value)) {
    const key = textOf(ownValue(item, 'key'));
    if (key !== undefined) bag.put(key, plainValue(ownValue(item, 'value')));
  }
  return bag;
}

/** OTLP's AnyValue `{"stringValue":"x"}` or the value itself. */
function plainValue(value: Json | undefined): unknown {
  if (!isObject(value)) return value;
  const [[key, inner] = ['', undefined]] = Object.entries(value);
  if (/^int_?value$/i.test(key)) return Number.isSafeInteger(Number(inner)) ? Number(inner) : inner;
  return /_?value$/i.test(key) ? inner : value;
}

export function eventsOf(list: unknown): SpanEvent[] {
  return listOf(list)
    .filter(isObject)
    .map((event) => ({
      name: textOf(firstOf(event, 'name', 'event_name', 'eventName')) ?? '',
      timeUnixNano: parseInstant(
        firstOf(event, 'timeUnixNano', 'time_unix_nano', 'time', 'timestamp', '@timestamp'),
      ),
      attributes: attributesOf(ownValue(event, 'attributes')).map,
    }));
}

export function linksOf(list: unknown): SpanLink[] {
  return listOf(list).flatMap((link) => {
    const traceId = traceIdOf(firstOf(link, 'traceId', 'trace_id', 'traceID'));
    const spanId = spanIdOf(firstOf(link, 'spanId', 'span_id', 'spanID'));
    return traceId === null || spanId === null ? [] : [{ traceId, spanId }];
  });
}
