/** Fields of spans as OpenCensus' protobuf has them in JSON, and Google's Cloud Trace v2 after it. */
import type { AttributeValue, SpanEvent, SpanLink } from '../model/span.ts';
import { parseInstant } from './instants.ts';
import { isObject, type Json, listOf, ownValue, textOf, valueAt } from './json-value.ts';
import { AttributeBag, spanIdOf, traceIdOf } from './plain-span.ts';

export type IdEncoding = 'hex' | 'base64';

/** `{"value":"…","truncatedByteCount":0}` */
export function truncatable(value: unknown): string | undefined {
  return textOf(ownValue(value, 'value')) ?? textOf(value);
}

export function attributesIn(attributes: Json | undefined): AttributeBag {
  const bag = new AttributeBag();
  const map = ownValue(attributes, 'attributeMap');
  for (const [key, value] of Object.entries(isObject(map) ? map : {})) {
    const text = truncatable(ownValue(value, 'stringValue'));
    const int = textOf(ownValue(value, 'intValue'));
    const typed: AttributeValue | null = int === undefined ? null : { type: 'int', value: int };
    if (typed) bag.putValue(key, typed);
    else bag.put(key, text ?? ownValue(value, 'boolValue') ?? ownValue(value, 'doubleValue'));
  }
  return bag;
}

export function eventsIn(events: Json | undefined): SpanEvent[] {
  return listOf(ownValue(events, 'timeEvent')).map((event) => {
    const annotation = ownValue(event, 'annotation');
    const message = ownValue(event, 'messageEvent');
    const attributes = annotation
      ? attributesIn(ownValue(annotation, 'attributes')).map
      : new AttributeBag().putAll(message).map;
    return {
      name: truncatable(ownValue(annotation, 'description')) ?? textOf(ownValue(message, 'type')) ?? '',
      timeUnixNano: parseInstant(ownValue(event, 'time')),
      attributes,
    };
  });
}

export function linksIn(links: Json | undefined, encoding: IdEncoding = 'hex'): SpanLink[] {
  return listOf(ownValue(links, 'link')).flatMap((link) => {
    const traceId = traceIdOf(ownValue(link, 'traceId'), encoding);
    const spanId = spanIdOf(ownValue(link, 'spanId'), encoding);
    return traceId === null || spanId === null ? [] : [{ traceId, spanId }];
  });
}

export function stackText(stackTrace: Json | undefined): string {
  return listOf(valueAt(stackTrace, 'stackFrames', 'frame'))
    .map((frame) => {
      const name = truncatable(ownValue(frame, 'functionName')) ?? '';
      const line = textOf(ownValue(frame, 'lineNumber')) ?? '';
      return `${name} (${truncatable(ownValue(frame, 'fileName')) ?? ''}:${line})`;
    })
    .join('\n');
}
