/** What tracers of OpenTracing log on a span → its events (FORMATS.md §6.5). */
import type { Attributes, SpanEvent } from '../model/span.ts';
import { textAt, without } from './plain-attributes.ts';
import { exceptionEvent } from './plain-span.ts';

/** The fields of a log; one that tells of an error becomes an exception. */
export function openTracingEvent(fields: Attributes, timeUnixNano: bigint | null): SpanEvent {
  const event = textAt(fields, 'event');
  const saysError =
    event === 'error' ||
    (event !== 'exception' && ['error.kind', 'error.object', 'stack'].some((key) => fields.has(key)));
  if (saysError) {
    const object = textAt(fields, 'error.object');
    const message = textAt(fields, 'message');
    const own = exceptionEvent(
      {
        type: textAt(fields, 'error.kind') ?? object?.split(':')[0],
        message: message ?? object,
        stacktrace: textAt(fields, 'stack'),
      },
      timeUnixNano,
    );
    const used = new Set(['event', 'error.kind', 'error.object', 'message', 'stack']);
    const rest = [...fields].filter(([key]) => !used.has(key));
    return { name: 'exception', timeUnixNano, attributes: new Map([...(own?.attributes ?? []), ...rest]) };
  }
  const named = event === undefined ? 'message' : 'event';
  return {
    name: textAt(fields, named) ?? '',
    timeUnixNano,
    attributes: without(fields, (key) => key === named),
  };
}
